"""Bands of simulated numbers, over replicates and parameter sets at once.

The one place where chance and ignorance share a band: a prediction is scored here, and both are part of what it does
not know.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.statistics.quantiles import step_quantiles
from experiments.statistics.weights import ratio
from simulation.arrays import Flags, Floats

NARROW, WIDE = 0.5, 0.9
"""What the two bands are to hold."""

_EDGES = ((1 - NARROW) / 2, (1 + NARROW) / 2, (1 - WIDE) / 2, (1 + WIDE) / 2, 0.5)


@dataclass(frozen=True)
class Bands:
    """Weighted quantiles of simulated numbers, each field of the shape of what was simulated in one run.

    Attributes:
        median: half of the weight lies at or below it.
        low_50, high_50: between which half of the weight lies, or more where values are counts.
        low_90, high_90: the same for nine tenths.
        mass_50, mass_90: the weight that does lie in each, edges included.
    """

    median: Floats
    low_50: Floats
    high_50: Floats
    low_90: Floats
    high_90: Floats
    mass_50: Floats
    mass_90: Floats

    def inside_50(self, truth: Floats) -> Flags:
        """Return whether each number observed lies in the 50% band, edges included."""
        return _within(truth, self.low_50, self.high_50)

    def inside_90(self, truth: Floats) -> Flags:
        """Return whether each number observed lies in the 90% band, edges included."""
        return _within(truth, self.low_90, self.high_90)


def make_bands(values: Floats, weights: Floats) -> Bands:
    """Return the bands of simulated numbers.

    Args:
        values: shape (runs, ...); NaN where a run shows nothing, which then weighs nothing.
        weights: of each run, shape (runs,).
    """
    known = np.isfinite(values)
    each = np.where(known, weights.reshape(-1, *[1] * (values.ndim - 1)), 0.0)
    low_50, high_50, low_90, high_90, median = np.apply_along_axis(_edges, 0, values, weights)
    masses = [
        ratio((each * _within(values, low, high)).sum(axis=0), each.sum(axis=0))
        for low, high in ((low_50, high_50), (low_90, high_90))
    ]
    return Bands(median, low_50, high_50, low_90, high_90, *masses)


def _edges(values: Floats, weights: Floats) -> list[float]:
    """Return the quantiles of `_EDGES` of one number; NaN where no run that weighs anything shows it."""
    known = np.isfinite(values) & (weights > 0)
    return step_quantiles(values[known], weights[known], _EDGES) if known.any() else [np.nan] * len(_EDGES)


def _within(values: Floats, low: Floats, high: Floats) -> Flags:
    return np.asarray((values >= low) & (values <= high))
