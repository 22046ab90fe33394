"""Paired runs as matrices: their means, and what common random numbers saved.

A matrix holds one number a run: a row a parameter set, a column a replicate, NaN where a run failed or has no such
outcome. Where weights are given, one a row, a set counts as often as its weight says in every mean over sets.
"""

from __future__ import annotations

import math
import warnings
from typing import TypeAlias

import numpy as np
import pandas as pd

from experiments.statistics.weights import Weights, mean
from simulation.arrays import Floats

Matrix: TypeAlias = Floats
CONFIDENCE = 0.95


def as_matrix(runs: pd.DataFrame, column: str) -> Matrix:
    """Return ``column`` of one regime's runs under one parity as a matrix, sets and replicates in rising order.

    Args:
        runs: columns ``set``, ``replicate`` and ``column``; a row a run.
        column: name of an outcome or of a realised quantity.
    """
    return runs.pivot_table(
        index="set", columns="replicate", values=column, dropna=False, aggfunc="mean", sort=True
    ).to_numpy(dtype=np.float64)


def set_means(values: Matrix) -> Floats:
    """Return the mean of every parameter set over its replicates; NaN for a set without a number."""
    return known_means(values, axis=1)


def variance_saved(regime: Matrix, baseline: Matrix, weights: Weights = None) -> float:
    """Return what common random numbers saved: variance of an unpaired difference over that of the paired one.

    Both are variances over replicates within a set, averaged over the sets. NaN where the paired difference never
    varies or a set has fewer than two pairs.
    """
    both = np.isfinite(regime) & np.isfinite(baseline)
    rows = both.sum(axis=1) >= 2  # noqa: PLR2004  a variance takes two
    if not rows.any():
        return math.nan
    pairs = both[rows]
    a, b = np.where(pairs, regime[rows], np.nan), np.where(pairs, baseline[rows], np.nan)
    counts = None if weights is None else weights[rows]
    without_pairs = mean(np.nanvar(a, axis=1, ddof=1) + np.nanvar(b, axis=1, ddof=1), counts)
    with_pairs = mean(np.nanvar(a - b, axis=1, ddof=1), counts)
    return without_pairs / with_pairs if with_pairs > 0 else math.nan


def known_means(values: Floats, axis: int) -> Floats:
    """Return the mean of what is known along an axis; NaN where nothing is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.asarray(np.nanmean(values, axis=axis))
