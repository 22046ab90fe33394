"""Quantiles of values with weights: by linear interpolation, by steps, and the interval of a further draw."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from experiments.statistics.weights import effective_sets
from simulation.arrays import Floats

NINE_TENTHS = (0.05, 0.95)
"""Quantiles between which nine tenths lie."""

INTERVAL = 0.9
"""Chance with which a further draw lies in `draw_interval`."""


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
    rising = np.take_along_axis(here, order, axis=-1)
    there = np.isfinite(rising)
    rising[~there] = 0.0
    ends = np.cumsum(np.where(there, weights[order], 0.0), axis=-1)
    whole = ends[..., -1:]
    out = np.full((len(shares), *values.shape[:-1]), math.nan)
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
        total = (inside * rising[..., first:after]).sum(axis=-1)
        np.divide(total, length, out=out[place, ...], where=length > 0)
    return out


def step_quantiles(values: Floats, weights: Floats, shares: Sequence[float]) -> list[float]:
    """Return, for each share, the smallest value at or below which lies at least that much of the weight.

    The size of the weights does not matter, only their proportions: for sets whose weights are probabilities.

    >>> step_quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3]), (0.05, 0.5, 0.81))
    [1.0, 1.0, 3.0]
    """
    cuts: list[float] = np.quantile(values, shares, weights=weights, method="inverted_cdf").tolist()
    return cuts


def draw_interval(values: Floats, weights: Floats, share: float = INTERVAL) -> tuple[float, float]:
    """Return the ends between which a further draw lies with this chance, the number of sets being allowed for.

    Of n draws, it lies below the k-th with a chance of k / (n + 1), so the ends stand at (n + 1) times the tails
    (Hyndman and Fan's sixth way); n is the effective number of sets. Quantiles at the tails themselves would be too
    near: of 42 sets they hold 86%.
    """
    number = effective_sets(weights)
    order = np.argsort(values, kind="stable")
    place = np.cumsum(weights[order]) - 0.5 * weights[order]
    tails = np.array([(1 - share) / 2, (1 + share) / 2])
    low, high = np.interp((tails * (number + 1) - 0.5) / number, place / weights.sum(), values[order])
    return float(low), float(high)
