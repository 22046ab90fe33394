"""Spells from an inadequate judgement to good: Kaplan-Meier, the same for what was observed and for a history.

A spell begins with an inadequate judgement in a council that is in none, and ends when the council is judged good or
outstanding. Councils enter at the age that their spell has when the window opens (delayed entry), and are lost to
sight when it closes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from simulation.arrays import Floats
from simulation.councils import GRADES, load_councils
from simulation.dates import history_month
from simulation.evidence import read_rows
from simulation.state import GOOD, INADEQUATE

Grades = npt.NDArray[np.int64]

UNJUDGED = -1
"""The grade of a council that the evidence does not know yet."""

LAST_JUDGED = 26
"""June 2020: the last month in which a judgement was published before the pause."""

FIRST_JUDGED = -50
"""February 2014: the first month of the evidence's judgements."""

AGES = 78
"""Months after the judgement over which spells are followed: February 2014 to June 2020 and one more."""

_NONE = -10_000


@dataclass(frozen=True)
class Spells:
    """Spells counted by months since the judgement.

    Attributes:
        at_risk: spells under way, shape (`AGES`,).
        ended: those of them that ended in good or better in that month, same shape.
    """

    at_risk: Floats
    ended: Floats

    def curve(self) -> Floats:
        """Return the share of spells that have reached good by each month, shape (`AGES`,)."""
        lasting: Floats = np.cumprod(1.0 - _divided(self.ended, self.at_risk), dtype=np.float64)
        return np.subtract(1.0, lasting)

    def reached(self, months: int) -> float:
        """Return the share of spells that reached good within so many months; NaN where none was under way."""
        return float(self.curve()[months]) if self.at_risk[: months + 1].any() else math.nan

    def error(self, months: int) -> float:
        """Return Greenwood's standard error of `reached`."""
        risk, ended = self.at_risk[: months + 1], self.ended[: months + 1]
        terms = _divided(ended, risk * (risk - ended))
        return (1.0 - self.reached(months)) * math.sqrt(float(terms.sum()))


@cache
def began_before() -> Grades:
    """Return the month in which each council's spell under way at the start began, or a far one where it is in none."""
    path = observed_grades(FIRST_JUDGED, -1)
    began = _follow(path, FIRST_JUDGED, nobody_in_one(path.shape[1]))[1]
    began.flags.writeable = False
    return began


def count_spells(grades: Grades, began: Grades, first: int = 0) -> Spells:
    """Return the spells seen in a window.

    Args:
        grades: grade held at the end of each month from ``first`` on, shape (months, councils).
        began: from `began_before`, or what `nobody_in_one` returns.
        first: month of the first row.
    """
    return _follow(grades, first, began)[0]


def nobody_in_one(councils: int) -> Grades:
    """Return a start at which no council is in a spell."""
    return np.full(councils, _NONE)


@cache
def observed_grades(first: int, last: int) -> Grades:
    """Return the grade that each council held at the end of each month from ``first`` to ``last``, from judgements.

    `UNJUDGED` before a council's first judgement of the evidence; shape (months, councils), councils by code.
    """
    place = {code: number for number, code in enumerate(load_councils().code)}
    path = np.full((last - first + 1, len(place)), UNJUDGED)
    for row in read_rows("judgements"):
        month = history_month(row.cells["published"])
        if month <= last:
            path[max(month - first, 0) :, place[row.cells["code"]]] = GRADES.index(row.cells["grade"])
    path.flags.writeable = False
    return path


def _follow(grades: Grades, first: int, began: Grades) -> tuple[Spells, Grades]:
    began = began.copy()
    at_risk, ended = np.zeros(AGES), np.zeros(AGES)
    for month, held in enumerate(grades, first):
        in_one = began != _NONE
        mended = in_one & (held >= GOOD)
        at_risk += _by_age(month - began[in_one])
        ended += _by_age(month - began[mended])
        began[mended] = _NONE
        began[(held == INADEQUATE) & ~in_one] = month
    return Spells(at_risk, ended), began


def _by_age(ages: Grades) -> Grades:
    return np.bincount(ages[ages < AGES], minlength=AGES)


def _divided(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros(len(whole)), where=whole > 0)
