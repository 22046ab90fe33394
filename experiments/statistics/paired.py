"""What may be concluded from paired runs: differences, intervals, win shares and verdicts.

A matrix holds one number a run: a row a parameter set, a column a replicate, NaN where a run failed or has no such
outcome. Chance (luck, across replicates) and ignorance (across parameter sets) are never pooled. Where weights are
given, one a row, a set counts as often as its weight says in every mean, share and quantile over sets.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
import pandas as pd

from experiments.statistics.quantiles import NINE_TENTHS, quantiles
from experiments.statistics.weights import Weights, column_means, mean
from simulation.arrays import Flags, Floats

Matrix: TypeAlias = Floats
MIN_REPLICATES = 5
MIN_SETS = 10
CONFIDENCE = 0.95
DISSENT = 0.2
PARITY_TOLERANCE = 0.1
PARITY_SHARE = 0.5

HIGHER, LOWER, NEITHER = "higher", "lower", "neither"
"""Directions: which one of an outcome is better, which one is claimed, or which way a difference goes."""
BETTER, WORSE = "better", "worse"
CLOSE = "too close to call"
NO_VERDICT = "no verdict"
PARITY_NOT_MET = "parity not met"
SUPPORTED, NOT_SUPPORTED = "supported", "not supported"
"""What may be said of a claim; `CLOSE` and `NO_VERDICT` may be said of it too."""


@dataclass(frozen=True)
class Estimate:
    """A paired difference and all that is said about it, in the unit of the outcome.

    Attributes:
        difference: mean over the parameter sets of each set's mean over replicates.
        chance_low: lower end of the 95% interval from luck; NaN with one replicate.
        chance_high: upper end.
        sets_low: 5% quantile of the sets' means; NaN with one set.
        sets_high: 95% quantile of the sets' means.
        win_share: share of the judged sets in which the regime does better; NaN where neither direction is better.
        dissent: share of the sets whose mean does not share the difference's sign.
        sets: different parameter sets with at least one difference, whatever their weights.
        replicates: replicates with at least one difference.
    """

    difference: float
    chance_low: float
    chance_high: float
    sets_low: float
    sets_high: float
    win_share: float
    dissent: float
    sets: int
    replicates: int


def as_matrix(runs: pd.DataFrame, column: str) -> Matrix:
    """Return ``column`` of one regime's runs under one parity as a matrix, sets and replicates in rising order.

    Args:
        runs: columns ``set``, ``replicate`` and ``column``; a row a run.
        column: name of an outcome or of a realised quantity.
    """
    return runs.pivot_table(
        index="set", columns="replicate", values=column, dropna=False, aggfunc="mean", sort=True
    ).to_numpy(dtype=np.float64)


def estimate(differences: Matrix, better: str, fair: Flags | None = None, weights: Weights = None) -> Estimate:
    """Return what paired differences say.

    Args:
        differences: regime less baseline, same set and same replicate.
        better: ``lower``, ``higher`` or ``neither``.
        fair: which runs count for the win share (same shape); all where None.
        weights: how many times each set counts; once where None.
    """
    means = set_means(differences)
    low, high = chance_interval(differences, weights)
    sets_low, sets_high = sets_range(means, weights)
    difference = mean(means, weights)
    return Estimate(
        difference=difference,
        chance_low=low,
        chance_high=high,
        sets_low=sets_low,
        sets_high=sets_high,
        win_share=win_share(differences, better, fair, weights),
        dissent=_dissent(means, difference, weights),
        sets=int(np.isfinite(means).sum()),
        replicates=int(np.isfinite(differences).any(axis=0).sum()),
    )


def set_means(values: Matrix) -> Floats:
    """Return the mean of every parameter set over its replicates; NaN for a set without a number."""
    return known_means(values, axis=1)


def replicate_means(values: Matrix, weights: Weights = None) -> Floats:
    """Return the mean of every replicate over the parameter sets.

    Each set counts as its deviation from its own mean, so a missing run does not shift its replicate by what its
    set is like. With no run missing this is the plain mean of the column.
    """
    means = set_means(values)
    luck = values - means[:, None]
    over_sets = known_means(luck, axis=0) if weights is None else column_means(luck, weights)
    return over_sets + mean(means, weights)


def chance_interval(differences: Matrix, weights: Weights = None) -> tuple[float, float]:
    """Return the 95% Student t interval of the mean difference, over replicates averaged over the sets.

    Replicates share their luck across sets, so the sets are not independent and do not add to the degrees of
    freedom. NaN with fewer than two replicates.
    """
    means = replicate_means(differences, weights)
    means = means[np.isfinite(means)]
    if len(means) < 2:  # noqa: PLR2004  a spread takes two
        return (math.nan, math.nan)
    half = _student(len(means) - 1) * float(np.std(means, ddof=1)) / math.sqrt(len(means))
    centre = float(means.mean())
    return (centre - half, centre + half)


def sets_range(means: Floats, weights: Weights = None) -> tuple[float, float]:
    """Return the 5% and 95% quantiles of the sets' means: our ignorance. NaN with fewer than two sets."""
    known = means[np.isfinite(means)]
    if len(known) < 2:  # noqa: PLR2004  one set has no range
        return (math.nan, math.nan)
    low, high = np.quantile(known, NINE_TENTHS) if weights is None else quantiles(means, weights, NINE_TENTHS)
    return (float(low), float(high))


def win_share(differences: Matrix, better: str, fair: Flags | None = None, weights: Weights = None) -> float:
    """Return the share of parameter sets in which the regime does better than the baseline.

    A set is judged by the mean of its runs that count; a set without one is left out. No difference is no win.
    NaN where neither direction is better or no set is left.
    """
    counts = differences if fair is None else np.where(fair, differences, np.nan)
    means = set_means(counts)
    if better == NEITHER:
        return math.nan
    return _share(means < 0 if better == LOWER else means > 0, means, weights)


def parity_met(quantity: Matrix, reference: Matrix) -> Flags:
    """Return which runs realised a quantity within 10% of the reference's in the same set and replicate.

    A run without a number did not meet it.
    """
    tolerance = PARITY_TOLERANCE * np.abs(reference)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(quantity - reference) <= tolerance + 1e-9)


def share_met(fair: Flags | None, weights: Weights = None) -> float:
    """Return the share of runs that met the parity, shape (sets, replicates); NaN where there is none to be met."""
    return math.nan if fair is None else mean(fair.astype(np.float64), weights)


def verdict(effect: Estimate, better: str, fair: Flags | None = None, weights: Weights = None) -> str:
    """Return the verdict in words.

    ``parity not met`` where fewer than half of the runs met it; ``no verdict`` with fewer than 5 replicates or 10
    sets; ``too close to call`` where the chance interval reaches zero, or over a fifth of the sets do not share the
    difference's sign; else ``better`` or ``worse``, or ``higher`` or ``lower`` where neither direction is better.
    """
    if share_met(fair, weights) < PARITY_SHARE:
        return PARITY_NOT_MET
    if effect.replicates < MIN_REPLICATES or effect.sets < MIN_SETS:
        return NO_VERDICT
    if not (effect.chance_low > 0 or effect.chance_high < 0) or effect.dissent > DISSENT:
        return CLOSE
    direction = HIGHER if effect.difference > 0 else LOWER
    if better == NEITHER:
        return direction
    return BETTER if direction == better else WORSE


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


def _dissent(means: Floats, difference: float, weights: Weights) -> float:
    return _share(np.sign(means) != np.sign(difference), means, weights)


def _share(holds: Flags, means: Floats, weights: Weights) -> float:
    """Return the share of the sets with a mean of which something holds."""
    return mean(np.where(np.isfinite(means), holds, np.nan), weights)


@cache
def _student(freedom: int) -> float:
    # Slow to import, and not needed before the first look.
    from scipy import special

    return float(special.stdtrit(freedom, 0.5 + CONFIDENCE / 2))
