"""Time in inadequate: council-months, and how soon councils leave it, the same for what was observed and for a run.

A spell ends here with any judgement but another inadequate one.
"""

from __future__ import annotations

import numpy as np

from experiments.observed.spells import count_spells, later_starts, observed_starts
from simulation.arrays import Floats, Numbers
from simulation.state import INADEQUATE, REQUIRES_IMPROVEMENT

LEFT_WITHIN = (24, 36)
"""Months after the judgement by which a share of spells has ended."""

TIME_MEASURES = ("council_months_inadequate", *(f"left_within_{months}_months" for months in LEFT_WITHIN))
"""What `time_inadequate` returns, in its order."""


def time_inadequate(grades: Numbers, first: int, months_before: Numbers | None = None) -> Floats:
    """Return `TIME_MEASURES` of a window: council-months, and shares of spells ended, NaN where none was under way.

    Args:
        grades: grade held at the end of each month of the window, shape (months, councils).
        first: the window's first month.
        months_before: the same of the months from 0 to before the window; the evidence's judgements where None.
    """
    if months_before is None:
        starts = observed_starts(first, end=REQUIRES_IMPROVEMENT)
    else:
        starts = later_starts(months_before, observed_starts(end=REQUIRES_IMPROVEMENT), end=REQUIRES_IMPROVEMENT)
    spells = count_spells(grades, starts, first, end=REQUIRES_IMPROVEMENT)
    return np.array([(grades == INADEQUATE).sum(), *map(spells.share_ended, LEFT_WITHIN)])
