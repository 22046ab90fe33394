"""Replicates left out and parted in two: for choices that luck must not judge, and statistics that are no means."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TypeAlias

import numpy as np

from experiments.statistics.paired import Matrix, known_means
from experiments.statistics.weights import ratio
from simulation.arrays import Flags, Floats

Stack: TypeAlias = Floats

_MOST = 200
"""Halves looked at for each replicate, at most."""


def without_each(stack: Stack) -> Stack:
    """Return the mean over all replicates but one, for each that is left out; the same shape."""
    replicates = stack.shape[2]
    means = [known_means(np.delete(stack, left, axis=2), axis=2) for left in range(replicates)]
    return np.stack(means, axis=2)


def halves(replicates: int) -> Flags:
    """Return which replicates are in each half of them, shape (halves, replicates): all halves, or very many.

    Of an odd number the half is the smaller part.
    """
    size, most = replicates // 2, _MOST * replicates
    if math.comb(replicates, size) <= most:
        places = np.array(list(combinations(range(replicates), size)))
    else:
        stream = np.random.Generator(np.random.PCG64(replicates))
        places = np.argsort(stream.random((most, replicates)), axis=1)[:, :size]
    members = np.zeros((len(places), replicates), dtype=np.bool_)
    np.put_along_axis(members, places, values=True, axis=1)
    return members


def member_means(stack: Stack, members: Flags) -> Stack:
    """Return the mean over the replicates that are members, shape (options, sets, halves); NaN where there is none.

    Args:
        stack: shape (options, sets, replicates).
        members: shape (halves, replicates).
    """
    weights = members.T.astype(np.float64)
    known = np.isfinite(stack)
    counts, sums = known.astype(np.float64) @ weights, np.where(known, stack, 0.0) @ weights
    return ratio(sums, counts)


def pseudo_values(whole: Matrix, without: Matrix) -> Matrix:
    """Return numbers with the mean ``whole`` that spread over replicates as the jackknife says; NaN with one.

    For a mean these are the replicates' own numbers.

    Args:
        whole: the statistic of all replicates, shape (sets, 1).
        without: the same without each replicate, shape (sets, replicates).
    """
    replicates = without.shape[1]
    known = np.where(np.isfinite(without), without, whole) if replicates > 1 else np.full(without.shape, np.nan)
    return np.asarray(whole + (replicates - 1) * (known.mean(axis=1, keepdims=True) - known), dtype=np.float64)
