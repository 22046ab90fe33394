"""Parameter sets that count for more or less than one: means and quantiles in which each has a weight.

A weight says how many times a set counts: whole weights give what so many rows of that set would. Where every weight is
1, and where there are none, the plain mean and the plain quantiles are taken, the same in every bit.
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


def counted(weights: Sequence[float]) -> Weights:
    """Return weights as an array, or None where every set counts once."""
    found = np.array(weights, dtype=np.float64)
    return None if bool((found == 1.0).all()) else found


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


def ratio(part: npt.ArrayLike, whole: npt.ArrayLike, empty: float = math.nan) -> Floats:
    """Return part over whole, ``empty`` where the whole is not above nought.

    >>> ratio([1.0, 2.0], [4.0, 0.0])
    array([0.25,  nan])
    """
    quotient = np.full(np.broadcast_shapes(np.shape(part), np.shape(whole)), empty)
    np.divide(part, whole, out=quotient, where=np.asarray(whole) > 0)
    return quotient


def quantiles(values: npt.NDArray[np.floating], weights: Floats, shares: Sequence[float]) -> Floats:
    """Return quantiles over the last axis of the finite ones, shape (shares, ...); NaN where there is none.

    With W the sum of the weights, values in rising order fill a line from 0 to W, each as long as its weight. The
    quantile q is the mean of that line over a window of length 1 from q(W - 1): linear interpolation between
    neighbours where all weights are whole.

    Args:
        values: shape (..., n).
        weights: shape (n,).
        shares: of the whole, from 0 to 1.
    """
    known = np.isfinite(values)
    here = np.where(known, values, np.inf).astype(values.dtype, copy=False)
    order = np.argsort(here, axis=-1)
    ordered = np.take_along_axis(here, order, axis=-1)
    there = np.isfinite(ordered)
    ordered[~there] = 0.0
    ends = np.cumsum(np.where(there, weights[order], 0.0), axis=-1)
    whole = ends[..., -1:]
    found = np.full((len(shares), *values.shape[:-1]), math.nan)
    for place, share in enumerate(shares):
        begin = np.maximum(share * (whole - 1.0), 0.0)
        # What lies outside every window is not looked at: nearly all, where there are many values.
        first = int((ends <= begin).sum(axis=-1).min())
        after = int((ends < begin + 1.0).sum(axis=-1).max()) + 1
        before = ends[..., first - 1 : first] if first else np.zeros_like(whole)
        ends_here = ends[..., first:after]
        starts_here = np.concatenate([before, ends_here[..., :-1]], axis=-1)
        inside = np.maximum(np.minimum(ends_here, begin + 1.0) - np.maximum(starts_here, begin), 0.0)
        length = inside.sum(axis=-1)
        total = (inside * ordered[..., first:after]).sum(axis=-1)
        np.divide(total, length, out=found[place, ...], where=length > 0)
    return found


def step_quantiles(values: Floats, weights: Floats, shares: Sequence[float]) -> list[float]:
    """Return, for each share, the smallest value at or below which lies at least that much of the weight.

    The size of the weights does not matter, only their proportions: for sets whose weights are probabilities.

    >>> step_quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3]), (0.05, 0.5, 0.81))
    [1.0, 1.0, 3.0]
    """
    found: list[float] = np.quantile(values, shares, weights=weights, method="inverted_cdf").tolist()
    return found
