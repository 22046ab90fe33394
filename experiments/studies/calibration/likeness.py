"""How like the observed a parameter set's histories are: errors, implausibility, and weights by ABC.

Three errors stand between a set's mean history and the one that was observed, and each has its own term:

- the *model's discrepancy and the figures' own error*: what is left of a pattern's stated error (`Pattern.sd`, which
  includes the chance of a single history) once that chance is taken out, and at least half of it;
- the *chance of the one history that was observed*, as large as that of a simulated one: the covariance of the
  patterns between replicates of a set, pooled over sets;
- the *replicate error* of the mean over R simulated histories: that covariance over R.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from experiments.statistics.weights import ratio
from simulation.arrays import Flags, Floats

CUT = 3.0
"""A set is ruled out if it lies further than this from any pattern, in its errors (Pukelsheim 1994)."""
_LEAST_DISCREPANCY = 0.5


@dataclass(frozen=True)
class Errors:
    """What separates a set's mean history from the observed one.

    Attributes:
        discrepancy: variances of model discrepancy and observation error, shape (patterns,).
        chance: covariance of single histories of one set, shape (patterns, patterns).
    """

    discrepancy: Floats
    chance: Floats

    def covariance(self, replicates: float) -> Floats:
        """Return the covariance of the observed less the mean of so many simulated histories."""
        covariance: Floats = np.diag(self.discrepancy) + self.chance * (1 + 1 / replicates)
        return covariance


def pooled_errors(histories: Floats, sds: Floats) -> Errors:
    """Return the errors, from histories of shape (sets, replicates, patterns) and the patterns' stated errors.

    A pair of patterns counts the histories that show both.
    """
    apart = histories - mean_histories(histories)[:, None, :]
    known = np.isfinite(apart)
    flat, counts = (part.reshape(-1, histories.shape[2]) for part in (np.where(known, apart, 0.0), known.astype(float)))
    some = known.any(axis=1).astype(float)
    chance = flat.T @ flat / (counts.T @ counts - some.T @ some)
    least = (_LEAST_DISCREPANCY * sds) ** 2
    return Errors(np.maximum(sds**2 - np.diag(chance), least), chance)


def mean_histories(histories: Floats) -> Floats:
    """Return each set's mean over its replicates, shape (sets, patterns); NaN for what no replicate shows."""
    counts = np.isfinite(histories).sum(axis=1)
    sums = np.where(np.isfinite(histories), histories, 0.0).sum(axis=1)
    return ratio(sums, counts)


def implausibility(means: Floats, targets: Floats, errors: Errors, replicates: int) -> Floats:
    """Return how far each set's mean history is from each target, in its errors, shape (sets, patterns).

    A pattern that was not observed (NaN) rules nothing out; one that no history of a set shows rules the set out.
    """
    scale = np.sqrt(np.diag(errors.covariance(replicates)))
    apart = np.abs(means - targets) / scale
    return np.where(np.isfinite(apart), apart, np.where(np.isfinite(targets), np.inf, 0.0))


def plausible(distances: Floats) -> Flags:
    """Return which sets are not ruled out by any pattern."""
    return np.asarray(distances.max(axis=1) <= CUT)


def log_likeness(means: Floats, targets: Floats, errors: Errors, replicates: float = math.inf) -> Floats:
    """Return the logarithm of the density of the observed patterns given each set's mean history, but for a constant.

    ``replicates`` is how many histories the means are of; infinite where they are known without noise.

    Approximate Bayesian computation with a Gaussian kernel: its width is no free tolerance but the errors themselves,
    correlations between patterns included (Wood 2010; Wilkinson 2013 on the kernel as error). A pattern that was not
    observed (NaN) says nothing; minus infinity where no history of a set shows one that was.
    """
    known = np.isfinite(targets)
    if not known.any():
        return np.zeros(len(means))
    apart = (means - targets)[:, known]
    covariance = errors.covariance(replicates)[np.ix_(known, known)]
    squares = np.einsum("sp,ps->s", apart, np.linalg.solve(covariance, apart.T))
    return np.where(np.isfinite(squares), -0.5 * squares, -np.inf)


def abc_weights(means: Floats, targets: Floats, errors: Errors, replicates: int) -> Floats:
    """Return each set's weight, summing to 1, by `log_likeness` alone."""
    return normalised(log_likeness(means, targets, errors, replicates))


def normalised(logs: Floats) -> Floats:
    """Return weights with these logarithms, summing to 1."""
    weights = np.exp(logs - np.max(logs))
    return np.asarray(weights / weights.sum())
