"""Months with rules of one's own, compiled with all the rest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from numba.core.errors import NumbaError

from simulation.compiled import entries
from simulation.compiled.cache import Entry, code_parts
from simulation.copies import copies_with, own_copies
from simulation.errors import InputError
from simulation.own_rules import OwnRules, plain_function
from simulation.rules.marker import counted

_BEGIN = plain_function(entries.run_months)


def months_with(rules: OwnRules) -> Callable[..., None] | None:
    """Return what runs months as `simulation.compiled.entries.run_months` does, with these rules; None without any."""
    return _months(rules, _digest(rules)) if rules else None


@lru_cache(maxsize=32)
def _months(rules: OwnRules, digest: str) -> Callable[..., None]:
    # Numba holds constants as they were when it compiled: the functions are copied with those of this digest.
    own = own_copies(rules.parts())
    copies = copies_with([_BEGIN], {rule: own[one] for rule, one in rules.replaced().items()})
    entry = Entry(copies.pop(_BEGIN), digest)
    # One of the user's may make lists, and so whatever calls it counts references.
    for copy in {**own, **copies}.values():
        counted(copy)

    def run(*arguments: Any) -> None:
        try:
            entry(*arguments)
        except NumbaError as error:
            names = ", ".join(name for name, _ in rules.functions)
            raise InputError(
                f"rules: expected functions that Numba can compile ({names}), got: {_reason(error)}"
            ) from None

    return run


def _digest(rules: OwnRules) -> str:
    """Return a digest of the rules as they were loaded, and as they stand in their files."""
    digest = hashlib.sha256(json.dumps(rules.describe(), sort_keys=True).encode())
    for part in rules.parts():
        digest.update("\0".join(code_parts(part.__code__)).encode())
    return digest.hexdigest()[:20]


def _reason(error: NumbaError) -> str:
    """Return the line of Numba's many that says what is wrong: the first below the innermost function."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    last = max((place for place, line in enumerate(lines) if "Failed in nopython mode" in line), default=-1)
    return next(iter(lines[last + 1 :]), type(error).__name__)
