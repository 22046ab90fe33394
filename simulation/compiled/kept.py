"""Kept code: compiled files on disk are loaded only if they are as they were written, for damaged code ends a process.

Beside the files of an entry lies one with their digests. Where it is missing, or a file is not as it says, all of them
are thrown away, and the entry is compiled anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from numba.core import config
from numba.misc.appdirs import AppDirs

_DIGESTS, _CODE = ".sha256", (".nbi", ".nbc")
_VERSION = f".py{sys.version_info[0]}{sys.version_info[1]}{getattr(sys, 'abiflags', '')}"
"""What Numba names the files of this Python by."""


def can_keep(file: str) -> bool:
    """Return whether code of ``file`` can be kept in a folder that is meant for it.

    A user without a home has none: Numba would make one named ``~`` where the process stands.
    """
    home = AppDirs(appname="numba", appauthor=False).user_cache_dir  # type: ignore[no-untyped-call]
    if config.CACHE_DIR or Path(home).is_absolute():  # type: ignore[attr-defined]
        return True
    beside = Path(file).parent / "__pycache__"
    try:
        beside.mkdir(exist_ok=True)
        tempfile.TemporaryFile(dir=beside).close()
    except OSError:
        return False
    return True


def throw_away_damaged(dispatcher: Any) -> None:
    """Remove the files of an entry if any of them is not as it was written."""
    if any(path.suffix in _CODE for path in _files(dispatcher)) and not _hold(dispatcher):
        throw_away(dispatcher)


def throw_away(dispatcher: Any) -> None:
    """Remove the files of an entry."""
    for path in _files(dispatcher):
        with suppress(OSError):
            path.unlink()


def write_digests(dispatcher: Any) -> None:
    """Write the digests of an entry's files beside them; where that fails, the files will not be used again."""
    folder = dispatcher.stats.cache_path
    if folder is None:
        return
    target = Path(folder) / f"{_name(dispatcher)}{_VERSION}{_DIGESTS}"
    with suppress(OSError):
        descriptor, part = tempfile.mkstemp(dir=folder, prefix=f"{target.name}.")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(_digests(dispatcher), file)
        Path(part).replace(target)


def _hold(dispatcher: Any) -> bool:
    """Return whether every file of code is as its digest says."""
    sidecar = Path(dispatcher.stats.cache_path) / f"{_name(dispatcher)}{_VERSION}{_DIGESTS}"
    try:
        return bool(json.loads(sidecar.read_bytes()) == _digests(dispatcher))
    except (OSError, ValueError, RecursionError):
        return False


def _digests(dispatcher: Any) -> dict[str, str]:
    """Return the digest of every file of code by its name."""
    code = [path for path in _files(dispatcher) if path.suffix in _CODE]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in code}


def _files(dispatcher: Any) -> list[Path]:
    """Return the files of an entry for this Python; none where nothing is kept."""
    folder = dispatcher.stats.cache_path
    files = () if folder is None else Path(folder).glob(f"*{_name(dispatcher)}*")
    return sorted(path for path in files if f"{_VERSION}." in path.name)


def _name(dispatcher: Any) -> str:
    """Return the name of an entry, which holds the digest of all that is compiled."""
    return str(dispatcher.py_func.__qualname__)
