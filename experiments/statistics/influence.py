"""How far uncertain numbers move a difference between worlds: by rank, and by regression on all of them together.

Luck in the worlds' means makes every rank correlation smaller; it is set right by the share of the means' spread that
is not luck (Spearman 1904). It makes no slope of a regression smaller, only less sure. A standardised coefficient is
in standard deviations of the worlds, luck taken out, for one of the number, all other numbers held. Intervals are of
95%: of correlations by drawing the worlds again, of coefficients by errors that hold whatever the noise (HC2; MacKinnon
and White 1985).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from experiments.statistics.weights import effective_sets
from simulation.arrays import Floats, Numbers

FREEDOM = 20
"""Worlds that a regression must have beyond its numbers."""
_TAIL = 0.025
_LEAST = 1e-9


@dataclass(frozen=True)
class Estimate:
    """A number with its 95% interval; NaN where it cannot be known."""

    value: float
    low: float
    high: float


UNKNOWN = Estimate(math.nan, math.nan, math.nan)


def ranks(values: Floats) -> Floats:
    """Return ranks from 1, equal values sharing the mean of theirs; shape (n,)."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[which], dtype=np.float64)


def standard(values: Floats, weights: Floats) -> Floats:
    """Return values with mean 0 and standard deviation 1 over weighted worlds; 0 where they do not vary."""
    centred = values - np.average(values, weights=weights)
    spread = math.sqrt(float(np.average(centred**2, weights=weights)))
    return centred / spread if spread > 0 else centred


def rank_correlation(values: Floats, means: Floats, weights: Floats, trust: float, picks: Numbers) -> Estimate:
    """Return the rank correlation of a number with worlds' differences, luck taken out, from -1 to 1.

    Args:
        values: of the number, shape (worlds,).
        means: of the differences of each world, shape (worlds,).
        weights: how many times each world counts, shape (worlds,).
        trust: share of the spread of means that is not luck.
        picks: worlds drawn again, from `drawn_again`.
    """
    if not trust > 0:
        return UNKNOWN
    every = [_correlation(values[pick], means[pick], weights[pick]) for pick in picks]
    whole = _correlation(values, means, weights)
    set_right = np.clip(np.array([whole, *every]) / math.sqrt(trust), -1.0, 1.0)
    low, high = np.quantile(set_right[1:], (_TAIL, 1 - _TAIL))
    return Estimate(float(set_right[0]), float(low), float(high))


def coefficients(numbers: Floats, means: Floats, weights: Floats, spread: float) -> list[Estimate]:
    """Return the standardised regression coefficient of every number, all of them in one regression.

    NaN where there are not `FREEDOM` worlds more than numbers, or where the numbers cannot be told apart.

    Args:
        numbers: shape (worlds, numbers).
        means: of the differences of each world, shape (worlds,).
        weights: how many times each world counts, shape (worlds,).
        spread: standard deviation of the worlds' differences, luck taken out.
    """
    count = numbers.shape[1]
    freedom = effective_sets(weights) - count - 1
    if freedom < FREEDOM or not spread > 0:
        return [UNKNOWN] * count
    roots = np.sqrt(weights)
    rows = np.column_stack([np.ones(len(means)), *(standard(column, weights) for column in numbers.T)]) * roots[:, None]
    left, sizes, right = np.linalg.svd(rows, full_matrices=False)
    if sizes[-1] < _LEAST * sizes[0]:
        return [UNKNOWN] * count
    seen = means * roots
    solved = (right.T / sizes) @ left.T
    slopes = solved @ seen
    rest = seen - rows @ slopes
    leverage = np.minimum((left**2).sum(axis=1), 1 - _LEAST)
    errors = np.sqrt(((solved * (rest / np.sqrt(1 - leverage))) ** 2).sum(axis=1))
    half = _student(freedom) * errors
    return [
        Estimate(*(float(end) / spread for end in (slope, slope - width, slope + width)))
        for slope, width in zip(slopes[1:], half[1:], strict=True)
    ]


def drawn_again(worlds: int, number: int, seed: int) -> Numbers:
    """Return which worlds so many samples hold, drawn with replacement, shape (number, worlds)."""
    return np.asarray(np.random.default_rng(seed).integers(worlds, size=(number, worlds)))


def _correlation(values: Floats, means: Floats, weights: Floats) -> float:
    ones, others = (standard(ranks(column), weights) for column in (values, means))
    return float(np.average(ones * others, weights=weights))


def _student(freedom: float) -> float:
    """Return how many errors make half a 95% interval."""
    # Slow to import, and not needed before the first look.
    from scipy import special

    return float(special.stdtrit(freedom, 1 - _TAIL))
