"""Memory: what runs take of it, and what is said where there is too little."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from simulation.errors import InputError

PROGRAM_LEAST = 1_300_000_000
"""Bytes of address space without which libraries do not load: 1.1 GB were too few on two processors, 1.3 GB enough."""

_FINITE = 1 << 60
_SIGNS = (
    "failed to map segment",
    "cannot allocate memory",
    "unable to allocate",
    "can't start new thread",
    "failed to launch worker thread",
    "returned null without setting",
)


def memory_limit() -> int | None:
    """Return the limit on this process's address space (bytes), None where there is none."""
    if sys.platform == "win32":
        return None
    resource: Any = import_module("resource")
    limit = int(resource.getrlimit(resource.RLIMIT_AS)[0])
    return limit if 0 <= limit < _FINITE else None


def check_memory() -> None:
    """Refuse a limit on memory under which the program cannot even be loaded.

    Raises:
        InputError: there is such a limit.
    """
    limit = memory_limit()
    if limit is not None and limit < PROGRAM_LEAST:
        raise InputError(
            f"memory: expected a limit of {PROGRAM_LEAST / 1e9:.1f} GB or more, got {limit / 1e9:.2g} GB; "
            f"`ulimit -v {PROGRAM_LEAST // 1024 + 1}` or more raises it"
        )


def is_memory_error(error: BaseException) -> bool:
    """Return whether an error, or what it came of, is a want of memory."""
    seen: BaseException | None = error
    while seen is not None:
        text = str(seen).lower()
        if isinstance(seen, MemoryError) or any(sign in text for sign in _SIGNS):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
