"""Replicates left out and parted in two: for choices that luck must not judge, and statistics that are no means."""

from __future__ import annotations

import math
import warnings
from itertools import combinations

import numpy as np
import numpy.typing as npt

from experiments.statistics.paired import Matrix

Stack = npt.NDArray[np.float64]

_MOST = 200
"""Halves looked at for each replicate, at most."""


def mean(stack: Stack, axis: int) -> Stack:
    """Return the mean of what is known along an axis; NaN where nothing is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.asarray(np.nanmean(stack, axis=axis))


def without_each(stack: Stack) -> Stack:
    """Return the mean over all replicates but one, for each that is left out; the same shape."""
    replicates = stack.shape[2]
    means = [mean(np.delete(stack, left, axis=2), axis=2) for left in range(replicates)]
    return np.stack(means, axis=2)


def halves(replicates: int) -> npt.NDArray[np.bool_]:
    """Return which replicates are in each half of them, shape (halves, replicates): all halves, or very many.

    Of an odd number the half is the smaller part.
    """
    size, most = replicates // 2, _MOST * replicates
    if math.comb(replicates, size) <= most:
        chosen = np.array(list(combinations(range(replicates), size)))
    else:
        stream = np.random.Generator(np.random.PCG64(replicates))
        chosen = np.argsort(stream.random((most, replicates)), axis=1)[:, :size]
    found = np.zeros((len(chosen), replicates), dtype=np.bool_)
    np.put_along_axis(found, chosen, values=True, axis=1)
    return found


def mean_of(stack: Stack, members: npt.NDArray[np.bool_]) -> Stack:
    """Return the mean over the replicates that are members, shape (options, sets, halves); NaN where there is none.

    Args:
        stack: shape (options, sets, replicates).
        members: shape (halves, replicates).
    """
    weights = members.T.astype(np.float64)
    known = np.isfinite(stack)
    counts, sums = known.astype(np.float64) @ weights, np.where(known, stack, 0.0) @ weights
    return np.asarray(np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0), dtype=np.float64)


def jackknifed(whole: Matrix, without: Matrix) -> Matrix:
    """Return numbers with the mean ``whole`` that spread over replicates as the jackknife says; NaN with one.

    For a mean these are the replicates' own numbers.

    Args:
        whole: the statistic of all replicates, shape (sets, 1).
        without: the same without each replicate, shape (sets, replicates).
    """
    replicates = without.shape[1]
    known = np.where(np.isfinite(without), without, whole) if replicates > 1 else np.full(without.shape, np.nan)
    return np.asarray(whole + (replicates - 1) * (known.mean(axis=1, keepdims=True) - known), dtype=np.float64)
