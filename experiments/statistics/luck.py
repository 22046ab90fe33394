"""Luck alone: how far the mean of a few replicates may lie from that of very many, the parameter sets being held.

All sets meet the same luck in a replicate, so the replicates are what varies: the mean over the sets in each of them is
one number, and the error is that of the mean of these numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from experiments.statistics.paired import CONFIDENCE, Matrix, set_means
from experiments.statistics.weights import Weights, column_means, mean
from simulation.arrays import Floats

_PAIR = 2


@dataclass(frozen=True)
class LuckyMean:
    """A mean over sets and replicates with what luck leaves open of it; NaN where it cannot be known.

    Attributes:
        mean: over the sets, each over its replicates.
        error: its standard error from luck alone, the sets held.
        low: lower end of the 95% interval, by Student's t.
        high: upper end.
    """

    mean: float
    error: float
    low: float
    high: float

    @property
    def told_from_nought(self) -> bool:
        """Whether the interval leaves nought out; so it does where luck changes nothing and the mean is not nought."""
        return self.low > 0 or self.high < 0


def luck_of_mean(values: Matrix, weights: Weights = None) -> LuckyMean:
    """Return the mean of runs and its interval from luck.

    Args:
        values: shape (sets, replicates); NaN where a run failed.
        weights: how many times each set counts, shape (sets,); once where None.
    """
    there = np.isfinite(values).any(axis=1)
    known = values[there]
    counts = np.ones(len(known)) if weights is None else weights[there]
    means = set_means(known) if len(known) else np.empty(0)
    centre = mean(means, counts)
    by_replicate = column_means(known - means[:, None], counts) if len(known) else np.empty(0)
    rest = by_replicate[np.isfinite(by_replicate)]
    if len(rest) < _PAIR:
        return LuckyMean(centre, math.nan, math.nan, math.nan)
    error = float(np.std(rest, ddof=1)) / math.sqrt(len(rest))
    reach = _t_quantile(len(rest) - 1) * error
    return LuckyMean(centre, error, centre - reach, centre + reach)


def _t_quantile(freedom: int) -> float:
    """Return how many standard errors a 95% interval reaches, by Student's t."""
    # Slow to import, and not needed where nothing is concluded.
    from scipy import special

    quantile: Floats = special.stdtrit(freedom, 1 - (1 - CONFIDENCE) / 2)
    return float(quantile)
