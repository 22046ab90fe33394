"""Smoothing: what a set's likelihood and its mean history are, seen through the noise of few particles and histories.

Both are estimated at each set, and each estimate has noise: of particles, of histories. Near the likeliest sets both
change smoothly with the parameters. So a quadratic surface over the scores of the fitted parameters is laid through the
estimates of many sets, and its height is taken in place of each estimate (a regression emulator).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.arrays import Flags, Floats

NEAR_BEST = 15.0
"""Sets whose likelihood is within this of the best, as a logarithm: the surface is laid through these."""
_ROUNDS = 6
_LEAST_A_TERM = 2.0
_BEST = 0.995


@dataclass(frozen=True, eq=False)
class Surface:
    """A surface laid through estimates.

    Attributes:
        heights: at every set, shape (sets,).
        close: sets that it was laid through, shape (sets,).
        noise: standard deviation of the estimates round it.
        explained: share of the estimates' variance that it explains.
    """

    heights: Floats
    close: Flags
    noise: float
    explained: float


def terms_of(scores: Floats) -> Floats:
    """Return the terms of a quadratic surface: 1, each score, each product of two, shape (sets, terms)."""
    first, second = np.triu_indices(scores.shape[1])
    return np.column_stack([np.ones(len(scores)), scores, scores[:, first] * scores[:, second]])


def likelihood_surface(terms: Floats, logs: Floats) -> Surface:
    """Return the surface of logarithms of likelihoods near the best ones, found in rounds.

    Each round lays it through the sets that the round before found close to the best. With too few sets for its terms
    it is laid through those that are likeliest by their own estimates.

    Args:
        terms: from `terms_of`, shape (sets, terms).
        logs: estimates, minus infinity where nothing was likely, shape (sets,).
    """
    known = np.isfinite(logs)
    least = min(int(_LEAST_A_TERM * terms.shape[1]), int(known.sum()))
    close, heights = _closest(logs, known, least), logs
    for _ in range(_ROUNDS):
        heights = terms @ np.linalg.lstsq(terms[close], logs[close], rcond=None)[0]
        close = _closest(heights, known, least)
    apart = logs[close] - heights[close]
    return Surface(heights, close, float(apart.std()), float(1.0 - apart.var() / logs[close].var()))


def smoothed_means(terms: Floats, means: Floats, close: Flags) -> Floats:
    """Return the mean histories as surfaces have them, a surface a pattern, laid through the close sets.

    Args:
        terms: from `terms_of`, shape (sets, terms).
        means: shape (sets, patterns); NaN where no history shows a pattern.
        close: sets through which surfaces are laid, shape (sets,).
    """
    smooth = np.full_like(means, np.nan)
    for column, values in enumerate(means.T):
        some = close & np.isfinite(values)
        if some.any():
            smooth[:, column] = terms @ np.linalg.lstsq(terms[some], values[some], rcond=None)[0]
    return smooth


def _closest(heights: Floats, known: Flags, least: int) -> Flags:
    """Return the known sets close to the best, or the best so many where those are fewer."""
    ordered = np.sort(heights[known])
    best = ordered[int(_BEST * (len(ordered) - 1))]
    cut = min(best - NEAR_BEST, ordered[-least])
    return np.asarray(known & (heights >= cut))
