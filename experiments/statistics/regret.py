"""Regret: what is lost in a world by having chosen one regime instead of the best there.

The best of several in a world is picked by what is known of that world, and a mean over few replicates that looks best
is partly lucky (the winner's curse). So each regime's mean difference from a common reference is first drawn towards
the regime's mean over worlds, by how much luck there is in it (posterior means). The best by these is less extreme than
the best by raw means; regret is then, if anything, a little too small.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from experiments.statistics.weights import Weights, effective_sets, mean
from experiments.statistics.worlds import measure_worlds
from simulation.arrays import Flags, Floats

WORST = 0.1
"""Share of worlds that the worst tenth takes."""


@dataclass(frozen=True)
class Regret:
    """What is lost by one choice, in the outcome's unit; never below 0, NaN where no world counts.

    Attributes:
        mean: over worlds.
        mean_error: its standard error over worlds.
        worst_tenth: mean over the worst tenth of worlds.
        worlds: how many count.
    """

    mean: float
    mean_error: float
    worst_tenth: float
    worlds: int


def regrets(differences: Floats, *, lower_is_better: bool, counts: Flags, weights: Weights = None) -> list[Regret]:
    """Return the regret of each choice.

    Args:
        differences: of each choice from a common reference, shape (choices, sets, replicates); nought for the
            reference.
        lower_is_better: whether less is better.
        counts: sets in which every choice can be compared, shape (sets,).
        weights: how many times each set counts; once where None.
    """
    usable = counts & np.isfinite(differences).any(axis=2).all(axis=0)
    if not usable.any():
        return [Regret(math.nan, math.nan, math.nan, 0) for _ in differences]
    some = None if weights is None else weights[usable]
    means = np.stack([measure_worlds(choice[usable], weights=some).best_guesses for choice in differences])
    losses = means - means.min(axis=0) if lower_is_better else means.max(axis=0) - means
    return [_regret(loss, np.ones(len(loss)) if some is None else some) for loss in losses]


def _regret(losses: Floats, weights: Floats) -> Regret:
    size, centre = effective_sets(weights), mean(losses, weights)
    spread = mean((losses - centre) ** 2, weights)
    error = math.sqrt(spread / (size - 1)) if size > 1 else math.nan
    return Regret(centre, error, _worst(losses, weights), len(losses))


def _worst(losses: Floats, weights: Floats) -> float:
    """Return the mean over the worst tenth of the weight: of the world at its edge, the part that is needed."""
    order = np.argsort(-losses, kind="stable")
    left = np.clip(WORST * weights.sum() - (np.cumsum(weights[order]) - weights[order]), 0.0, weights[order])
    return float((losses[order] * left).sum() / left.sum())
