"""Parameter sets that count for more or less than one: means in which each has a weight.

A weight says how many times a set counts: whole weights give what so many rows of that set would. Where every weight is
1, and where there are none, the plain mean is taken, the same in every bit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from simulation.arrays import Floats

Weights: TypeAlias = Floats | None
"""How many times each parameter set counts, shape (sets,); None where each counts once."""


def relative(weights: Sequence[float]) -> list[float]:
    """Return weights of the same proportions whose mean is 1: equal ones are all exactly 1.

    >>> relative([0.25, 0.75])
    [0.5, 1.5]
    """
    total = math.fsum(weights)
    return [weight * len(weights) / total for weight in weights]


def as_weights(weights: Sequence[float]) -> Weights:
    """Return weights as an array, or None where every set counts once."""
    array = np.array(weights, dtype=np.float64)
    return None if bool((array == 1.0).all()) else array


def mean(values: Floats, weights: Weights = None) -> float:
    """Return the mean of the finite ones, NaN where there is none.

    Args:
        values: a row a parameter set, shape (sets,) or (sets, replicates).
        weights: of the sets.
    """
    known = np.isfinite(values)
    if not known.any():
        return math.nan
    if weights is None:
        return float(values[known].mean())
    counts = np.broadcast_to(weights.reshape(-1, *[1] * (values.ndim - 1)), values.shape)[known]
    return float(np.sum(values[known] * counts) / np.sum(counts))


def column_means(values: Floats, weights: Floats) -> Floats:
    """Return the mean over the first axis of the finite ones, NaN where there is none."""
    known = np.isfinite(values)
    counts = known * weights.reshape(-1, *[1] * (values.ndim - 1))
    return ratio(np.sum(np.where(known, values, 0.0) * counts, axis=0), counts.sum(axis=0))


def means_without(values: Floats, weights: Weights = None) -> Floats:
    """Return the mean of the finite ones without each in turn, shape (sets,); NaN where none is left.

    >>> means_without(np.array([1.0, 2.0, 6.0]))
    array([4. , 3.5, 1.5])
    """
    known = np.isfinite(values)
    counts = np.where(known, 1.0 if weights is None else weights, 0.0)
    parts = np.where(known, values, 0.0) * counts
    return ratio(parts.sum() - parts, counts.sum() - counts)


def ratio(part: npt.ArrayLike, whole: npt.ArrayLike, empty: float = math.nan) -> Floats:
    """Return part over whole, ``empty`` where the whole is not above nought.

    >>> ratio([1.0, 2.0], [4.0, 0.0])
    array([0.25,  nan])
    """
    quotient = np.full(np.broadcast_shapes(np.shape(part), np.shape(whole)), empty)
    np.divide(part, whole, out=quotient, where=np.asarray(whole) > 0)
    return quotient


def effective_sets(weights: Floats) -> float:
    """Return how many equally weighted sets say as much (Kish)."""
    return float(weights.sum() ** 2 / (weights**2).sum())
