"""Spells of failure: Kaplan-Meier (1958), the same for what was observed and for a history.

A spell begins with an inadequate judgement in a council that is in none, and ends with the first judgement that is good
enough. Councils enter at the age that their spell has when the window opens (delayed entry), and are lost to sight when
it closes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from experiments.statistics.weights import ratio
from simulation.arrays import Floats, Numbers
from simulation.councils import GRADES, load_councils
from simulation.dates import history_month
from simulation.evidence import read_rows
from simulation.state import GOOD, INADEQUATE

UNJUDGED = -1
"""The grade of a council that the evidence does not know yet."""

LAST_JUDGED = 26
"""June 2020: the last month in which a judgement was published before the pause."""

FIRST_JUDGED = -50
"""February 2014: the first month of the evidence's judgements."""

AGES = 78
"""Months after the judgement over which spells are followed: February 2014 to June 2020 and one more."""

NO_SPELL = -10_000
"""The month in which the spell of a council began that is in none."""


@dataclass(frozen=True)
class Spells:
    """Spells counted by months since the judgement.

    Attributes:
        at_risk: spells under way, shape (`AGES`,).
        ends: those of them that ended in that month, same shape.
    """

    at_risk: Floats
    ends: Floats

    def curve(self) -> Floats:
        """Return the share of spells that have ended by each month, shape (`AGES`,)."""
        lasting: Floats = np.cumprod(1.0 - ratio(self.ends, self.at_risk, 0.0), dtype=np.float64)
        return np.subtract(1.0, lasting)

    def share_ended(self, months: int) -> float:
        """Return the share of spells that ended within so many months; NaN where none was under way."""
        return float(self.curve()[months]) if self.at_risk[: months + 1].any() else math.nan

    def error(self, months: int) -> float:
        """Return Greenwood's standard error of `share_ended`."""
        risk, ends = self.at_risk[: months + 1], self.ends[: months + 1]
        terms = ratio(ends, risk * (risk - ends), 0.0)
        return (1.0 - self.share_ended(months)) * math.sqrt(float(terms.sum()))


def count_spells(grades: Numbers, starts: Numbers, first: int = 0, *, end: int = GOOD) -> Spells:
    """Return the spells seen in a window.

    Args:
        grades: grade held at the end of each month from ``first`` on, shape (months, councils).
        starts: the month in which each council's spell under way before began, `NO_SPELL` where it is in none.
        first: month of the first row.
        end: the lowest grade with which a spell ends.
    """
    return _follow(grades, starts, first, end)[0]


def later_starts(grades: Numbers, starts: Numbers, first: int = 0, *, end: int = GOOD) -> Numbers:
    """Return when each council's spell under way after these months began; arguments are those of `count_spells`."""
    return _follow(grades, starts, first, end)[1]


@cache
def observed_starts(month: int = 0, *, end: int = GOOD) -> Numbers:
    """Return when each council's spell under way before ``month`` began, from the evidence's judgements."""
    grades = observed_grades(FIRST_JUDGED, month - 1)
    starts = later_starts(grades, no_spells(grades.shape[1]), FIRST_JUDGED, end=end)
    starts.flags.writeable = False
    return starts


def no_spells(councils: int) -> Numbers:
    """Return starts of which no council is in a spell."""
    return np.full(councils, NO_SPELL)


@cache
def observed_grades(first: int, last: int) -> Numbers:
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


def grades_before(month: int) -> Numbers:
    """Return the grade that each council held before ``month``; at the start that of the councils' own table."""
    grades = observed_grades(FIRST_JUDGED, month - 1)[-1]
    return np.where(grades == UNJUDGED, load_councils().grade, grades)


def _follow(grades: Numbers, starts: Numbers, first: int, end: int) -> tuple[Spells, Numbers]:
    starts = starts.copy()
    at_risk, ends = np.zeros(AGES), np.zeros(AGES)
    for month, now in enumerate(grades, first):
        under_way = starts != NO_SPELL
        over = under_way & (now >= end)
        at_risk += _by_age(month - starts[under_way])
        ends += _by_age(month - starts[over])
        starts[over] = NO_SPELL
        starts[(now == INADEQUATE) & ~under_way] = month
    return Spells(at_risk, ends), starts


def _by_age(ages: Numbers) -> Numbers:
    return np.bincount(ages[ages < AGES], minlength=AGES)
