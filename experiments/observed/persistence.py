"""Persistence: how much one judgement tells of the next, as a correlation of what stands behind the grades.

The polychoric correlation is that of two normal numbers of which only the bands are seen (Olsson 1979): it does not
depend on where the cuts between grades lie, nor on how many councils hold each.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.optimize import minimize_scalar
from scipy.special import ndtr, ndtri

from experiments.observed.history import History
from experiments.observed.judged import NOT_JUDGED, judged_until
from simulation.arrays import Flags, Floats, Numbers
from simulation.councils import GRADES
from simulation.state import ILACS

FITTED_UNTIL = "2024-04"
"""The first month of which nothing is fitted to."""
_NODES, _WEIGHTS = leggauss(24)
_MOST, _STEP, _LEAST_PAIRS = 0.99, 1e-3, 10
_TINY = 1e-12


@cache
def observed_persistence() -> tuple[float, float]:
    """Return the polychoric correlation between successive ILACS judgements to March 2024, and its standard error."""
    judged = judged_until(FITTED_UNTIL)
    pairs = successive_grades(judged.grades, (judged.grades != NOT_JUDGED) & (judged.frameworks == ILACS))
    found = polychoric(pairs)
    curvature = sum(log_likelihood(found + step, pairs) for step in (-_STEP, _STEP)) - 2 * log_likelihood(found, pairs)
    return found, _STEP / math.sqrt(-curvature)


def persistence(history: History) -> float:
    """Return the polychoric correlation between a history's successive ILACS judgements; NaN of fewer than 10 pairs."""
    first = (np.cumsum(history.judgements, axis=0) == 1) & history.judgements
    ilacs = history.judgements & ~(first & (np.array(history.run.table.first_framework) != ILACS))
    pairs = successive_grades(history.grades, ilacs)
    return polychoric(pairs) if pairs.sum() >= _LEAST_PAIRS else math.nan


def successive_grades(grades: Numbers, judged: Flags) -> Numbers:
    """Return how often each grade was followed by each other one, shape (grades, grades).

    Args:
        grades: grade of each month, shape (months, councils).
        judged: whether it was given in that month, same shape.
    """
    pairs = np.zeros((len(GRADES), len(GRADES)), int)
    for council in range(grades.shape[1]):
        given = grades[judged[:, council], council]
        np.add.at(pairs, (given[:-1], given[1:]), 1)
    return pairs


def polychoric(pairs: Numbers) -> float:
    """Return the correlation under which the pairs are likeliest, the cuts being those of the margins.

    >>> round(polychoric(np.array([[40, 10], [10, 40]])), 3)
    0.809

    Args:
        pairs: counts, shape (grades, grades).
    """
    found = minimize_scalar(lambda rho: -log_likelihood(rho, pairs), bounds=(-_MOST, _MOST), method="bounded")
    return float(found.x)


def log_likelihood(rho: float, pairs: Numbers) -> float:
    """Return the logarithm of the chance of the pairs under a correlation, but for a constant."""
    rows, columns = (ndtri(np.cumsum(pairs.sum(axis=axis))[:-1] / pairs.sum()) for axis in (1, 0))
    below = np.zeros((len(rows) + 2, len(columns) + 2))
    below[1:-1, 1:-1] = share_below_both(rows[:, None], columns[None, :], rho)
    below[-1, 1:-1], below[1:-1, -1], below[-1, -1] = ndtr(columns), ndtr(rows), 1.0
    chances = np.diff(np.diff(below, axis=0), axis=1)
    return float((pairs * np.log(np.maximum(chances, _TINY))).sum())


def share_below_both(a: Floats, b: Floats, rho: float) -> Floats:
    """Return the share of two standard normal numbers with a correlation that lie below ``a`` and ``b``.

    Source: the derivative of it by the correlation is the density (Plackett 1954); infinite ends are allowed.
    """
    x, y = (np.clip(one, -38.0, 38.0)[..., None] for one in (a, b))
    r = rho * (_NODES + 1) / 2
    left = 1 - r * r
    density = np.exp(-(x * x - 2 * r * x * y + y * y) / (2 * left)) / (2 * math.pi * np.sqrt(left))
    share: Floats = ndtr(a) * ndtr(b) + rho / 2 * (density * _WEIGHTS).sum(axis=-1)
    return share
