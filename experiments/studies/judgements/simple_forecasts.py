"""Three simple forecasts of a judgement, from what was known before the window and the judgements of the fit years.

None of them looks into the file but for how many judgements a council has had since: the model does not look either.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from experiments.studies.judgements.judgement_file import transition_counts
from experiments.studies.judgements.known import Judgements, councils_at, known_judgements
from experiments.studies.judgements.window import Window, make_window
from simulation.arrays import Floats, Numbers

FIT_YEARS: Window = make_window("2018-04", "2020-03")
"""The judgements that the parameters were fitted to stand in these months (the first of some councils after them)."""

LAST, MIX, MATRIX = "last_grade", "fit_years_mix", "fit_years_matrix"
SIMPLE: Mapping[str, str] = {
    LAST: "the last grade held before the window",
    MIX: "the mix of grades given in the fit years",
    MATRIX: "the transition matrix of the fit years, powered by the number of judgements since",
}

_HALF = 0.5


def simple_forecasts(before: Numbers, judgements: Judgements, counts: Floats | None = None) -> dict[str, Floats]:
    """Return the chances that each simple forecast gives to each judgement, shape (judgements, grades), by name.

    Args:
        before: grade held by each council before the window, shape (councils,).
        judgements: the judgements.
        counts: of the fit years, shape (grade held, grade given); the package's where None.
    """
    counts = fit_years() if counts is None else counts
    known = before[judgements.council]
    matrix = _shares(counts)
    powers = np.array([np.linalg.matrix_power(matrix, power) for power in range(judgements.count.max() + 1)])
    return {
        LAST: _repeats(counts)[known],
        MIX: np.tile(_shares(counts.sum(axis=0)), (len(judgements), 1)),
        MATRIX: powers[judgements.count, known],
    }


@cache
def fit_years() -> Floats:
    """Return the package's judgements of April 2018 to March 2020, shape (grade held, grade given)."""
    return given_before(FIT_YEARS.last + 1)


@cache
def given_before(month: int) -> Floats:
    """Return the judgements of the tables from April 2018 to before ``month``, shape (grade held, grade given)."""
    judgements = known_judgements(councils_at(0), Window(0, month - 1))
    counts = transition_counts(judgements.before, judgements.grade)
    counts.flags.writeable = False
    return counts


def _shares(counts: Floats) -> Floats:
    """Return shares of the last axis; half a judgement is added to each grade, so that no chance is nought."""
    shares: Floats = (counts + _HALF) / (counts + _HALF).sum(axis=-1, keepdims=True)
    return shares


def _repeats(counts: Floats) -> Floats:
    """Return the held grade with the chance that a judgement of the fit years repeated it, the others alike."""
    kinds = len(counts)
    again = (np.trace(counts) + _HALF) / (counts.sum() + 2 * _HALF)
    chances: Floats = np.where(np.eye(kinds, dtype=bool), again, (1.0 - again) / (kinds - 1))
    return chances
