"""Time in inadequate: council-months, and how soon councils leave it, the same for what was observed and for a run.

A spell ends here with any judgement but another inadequate one.
"""

from __future__ import annotations

import numpy as np

from experiments.observed.spells import count_spells, later_starts
from experiments.studies.judgements.known import spells_under_way
from simulation.arrays import Floats, Numbers
from simulation.councils import Councils
from simulation.state import INADEQUATE, REQUIRES_IMPROVEMENT

LEFT_WITHIN = (24, 36)
"""Months after the judgement by which a share of spells has ended."""

TIME_MEASURES = ("council_months_inadequate", *(f"left_within_{months}_months" for months in LEFT_WITHIN))
"""What `time_inadequate` returns, in its order."""


def time_inadequate(grades: Numbers, first: int, starts: Numbers) -> Floats:
    """Return `TIME_MEASURES` of a window: council-months, and shares of spells ended, NaN where none was under way.

    Args:
        grades: grade held at the end of each month of the window, shape (months, councils).
        first: the window's first month.
        starts: when each council's spell under way before the window began, shape (councils,).
    """
    spells = count_spells(grades, starts, first, end=REQUIRES_IMPROVEMENT)
    return np.array([(grades == INADEQUATE).sum(), *map(spells.share_ended, LEFT_WITHIN)])


def observed_before(councils: Councils, month: int) -> Numbers:
    """Return when each council's observed spell under way before ``month`` began, shape (councils,)."""
    return spells_under_way(councils, month, REQUIRES_IMPROVEMENT)


def simulated_before(grades: Numbers, councils: Councils, start: int) -> Numbers:
    """Return the same of a run, before the month after ``grades``.

    Args:
        grades: grade held at the end of each month of the run from its start to before the window, shape (months,
            councils).
        councils: those of the start.
        start: its month from April 2018.
    """
    return later_starts(grades, observed_before(councils, start), start, end=REQUIRES_IMPROVEMENT)
