"""Systematic picking: some of many, so that they lie spread over the whole."""

from __future__ import annotations

import numpy as np

from simulation.arrays import Floats, Numbers


def weighted_picks(weights: Floats, number: int, start: float) -> Numbers:
    """Return how many times each of some things in a row is picked at equal steps over their weights.

    Each is as long as its weight. One of weight w, of a sum of 1, is picked ``number`` times w on average, a whole
    number above or below it.

    >>> weighted_picks(np.array([0.5, 0.1, 0.4]), 4, 0.5)
    array([2, 0, 2])

    Args:
        weights: of the things in their order, shape (things,).
        number: of picks.
        start: where in the first step the first pick falls, from 0 to before 1.
    """
    ends = np.cumsum(weights)
    steps = (start + np.arange(number)) / number * ends[-1]
    places = np.minimum(np.searchsorted(ends, steps, side="right"), len(weights) - 1)
    return np.bincount(places, minlength=len(weights))


def spread_draws(weights: Floats, number: int, start: float) -> Numbers:
    """Return which of some things in a row each draw takes, shape (number,): spread evenly, however many are drawn.

    Each thing is as long as its weight. Draws stand where van der Corput's sequence puts them, moved by ``start``
    and round the row's end: of a power of two they lie at equal steps, and a thing of weight w, of a sum of 1, is
    drawn ``number`` times w, a whole number above or below it.

    >>> spread_draws(np.array([0.5, 0.1, 0.4]), 4, 0.1)
    array([0, 2, 0, 2])

    Args:
        weights: of the things in their order, shape (things,).
        number: of draws.
        start: where the first draw falls, from 0 to before 1.
    """
    ends = np.cumsum(weights)
    left, places, half = np.arange(number), np.full(number, start), 0.5
    while left.any():
        places += half * (left % 2)
        left, half = left // 2, half / 2
    things: Numbers = np.searchsorted(ends, (places % 1.0) * ends[-1], side="right").astype(np.int64)
    return np.minimum(things, len(weights) - 1)
