"""Time in inadequate: council-months, and how soon councils leave it, the same for what was observed and for a run.

A spell begins with an inadequate judgement of a council that was not inadequate and ends with any other judgement.
Those under way when the window opens enter at the age that they have (delayed entry); those that last beyond it are
lost to sight (Kaplan and Meier 1958).
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from experiments.studies.judgements.judgement_file import Numbers
from simulation.arrays import Floats
from simulation.councils import GRADES, load_councils
from simulation.dates import history_month
from simulation.evidence import read_rows
from simulation.state import INADEQUATE

WITHIN = (24, 36)
"""Months after the judgement by which a share of spells has ended."""

MEASURES = ("council_months_inadequate", *(f"left_within_{months}_months" for months in WITHIN))
"""What `time_inadequate` returns, in its order."""

NONE = -10_000
"""The month in which the spell of a council began that is in none."""

_AGES = max(WITHIN) + 1


def time_inadequate(before: Numbers, began: Numbers, grades: Numbers, first: int) -> Floats:
    """Return `MEASURES` of a window: council-months, and shares of spells ended, NaN where none was under way.

    Args:
        before: grade held before the window, shape (councils,).
        began: as `followed` returns it for the months before.
        grades: grade held at the end of each month of the window, shape (months, councils).
        first: the window's first month.
    """
    at_risk, left = np.zeros(_AGES), np.zeros(_AGES)
    for month, (held, now) in enumerate(zip([before, *grades[:-1]], grades, strict=True), first):
        ages = month - began
        spell = (held == INADEQUATE) & (ages < _AGES)
        at_risk += np.bincount(ages[spell], minlength=_AGES)
        left += np.bincount(ages[spell & (now != INADEQUATE)], minlength=_AGES)
        began = followed(held, began, now[None], month)
    lasting = np.cumprod(1.0 - np.divide(left, at_risk, out=np.zeros(_AGES), where=at_risk > 0))
    shares = [1.0 - lasting[months] if at_risk[: months + 1].any() else math.nan for months in WITHIN]
    return np.array([(grades == INADEQUATE).sum(), *shares])


def followed(before: Numbers, began: Numbers, grades: Numbers, first: int) -> Numbers:
    """Return when each council's spell under way began, `NONE` where there is none, after the months of ``grades``."""
    began = began.copy()
    for month, (held, now) in enumerate(zip([before, *grades[:-1]], grades, strict=True), first):
        began[now != INADEQUATE] = NONE
        began[(now == INADEQUATE) & (held != INADEQUATE)] = month
    return began


@cache
def began_before(month: int) -> Numbers:
    """Return when each council's spell under way before ``month`` began, from the package's own judgements."""
    places = {code: place for place, code in enumerate(load_councils().code)}
    began = np.full(len(places), NONE)
    for row in read_rows("judgements"):
        place, published = places[row.cells["code"]], history_month(row.cells["published"])
        if published < month:
            inadequate = GRADES.index(row.cells["grade"]) == INADEQUATE
            began[place] = NONE if not inadequate else published if began[place] == NONE else began[place]
    began.flags.writeable = False
    return began
