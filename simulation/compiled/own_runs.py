"""The start and the months with rules of one's own, compiled with all the rest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from numba.core.errors import NumbaError

from simulation.compiled import entries
from simulation.compiled.cache import Entry, code_parts
from simulation.copies import copies_with, own_copies
from simulation.errors import InputError
from simulation.own_rules import OwnRules, plain_function
from simulation.rules.marker import counted

EntryCall = Callable[..., None]


@dataclass(frozen=True)
class OwnRuns:
    """What begins a run and what runs its months, as `simulation.compiled.entries.open_run` and `run_months` do.

    None where the program's own does.
    """

    open: EntryCall | None = None
    run: EntryCall | None = None


def runs_with(rules: OwnRules) -> OwnRuns:
    """Return what begins runs and what makes them under these rules."""
    return _runs(rules, _digest(rules)) if rules else OwnRuns()


@lru_cache(maxsize=32)
def _runs(rules: OwnRules, digest: str) -> OwnRuns:
    # Numba holds constants as they were when it compiled: the functions are copied with those of this digest.
    own = own_copies(rules.parts())
    begins = [plain_function(entry) for entry in (entries.open_run, entries.run_months)]
    copies = copies_with(begins, {rule: own[one] for rule, one in rules.replaced().items()})
    # One of the user's may make lists, and so whatever calls it counts references.
    for copy in {**own, **copies}.values():
        counted(copy)
    return OwnRuns(*(_telling(Entry(copies[begin], digest), rules) if begin in copies else None for begin in begins))


def _telling(entry: Entry, rules: OwnRules) -> EntryCall:
    """Return an entry that tells in a sentence that a rule cannot be compiled."""

    def call(*arguments: Any) -> None:
        try:
            entry(*arguments)
        except NumbaError as error:
            names = ", ".join(name for name, _ in rules.functions)
            raise InputError(
                f"rules: expected functions that Numba can compile ({names}), got: {_reason(error)}"
            ) from None

    return call


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
