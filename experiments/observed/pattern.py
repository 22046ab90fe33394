"""Patterns: what was observed of England's councils, each with its tolerance and its source."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from experiments.observed.history import History
from simulation.arrays import Floats

TOLERANCE = 2.0
"""How many standard errors a reproduced pattern may lie from its target."""


@dataclass(frozen=True)
class Pattern:
    """One observed number.

    Attributes:
        name: as in tables.
        meaning: what was counted, in words.
        unit: of the target.
        target: the number observed.
        sd: one standard error, the chance of a single history and the model's own discrepancy included.
        source: who published it.
        basis: how ``sd`` was reached.
        given: what sets the number before the model does anything, so that meeting it tests nothing; else empty.
        near: whether it shares councils and years with a fit pattern of its kind, so that meeting it tests little.
        judged: whether it is made of judgements, which a fit takes one by one and not by this number.
        known: first month in which the number could be known, as YYYY-MM.
    """

    name: str
    meaning: str
    unit: str
    target: float
    sd: float
    source: str
    basis: str = "stated with the fit patterns"
    given: str = ""
    near: bool = False
    judged: bool = False
    known: str = "2018-04"


@dataclass(frozen=True)
class Group:
    """Patterns that are measured together.

    Attributes:
        name: as in tables.
        patterns: in the order of what ``measure`` returns.
        measure: what a history shows of them, shape (patterns,); NaN where there is nobody to see it on.
        months: how long a history must be.
    """

    name: str
    patterns: tuple[Pattern, ...]
    measure: Callable[[History], Floats]
    months: int


def count_sd(count: int, of: int, discrepancy: float) -> float:
    """Return the error of a share of ``of``: its chance, (count + 0.5) / (of + 2) being its chance, and discrepancy."""
    share = (count + 0.5) / (of + 2)
    return math.sqrt(share * (1 - share) / of + discrepancy * discrepancy)
