"""What is worth knowing: how much better the choice would be if some uncertain numbers were known before it is made.

The expected value of partial perfect information, by regression on the worlds that are there (Strong, Oakley and
Brennan 2014, Medical Decision Making 34, 311-326): the gain of each choice over a reference is smoothed over the
numbers (`experiments.statistics.process`), and the value is the mean of the best smoothed gain less the best mean gain.
Luck and all other numbers are noise to the smoothing, so they do not count as knowledge. The error is theirs, from
draws of what the smoothing leaves open, with the luck that all worlds share and the sampling of worlds beside it. The
best of several is too good on average where they are known badly: ``bias`` says by how much the draws' mean exceeds
the value, and is not taken off, for the smoothing has drawn the gains together already.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.statistics.paired import known_means, set_means
from experiments.statistics.process import Shapes
from experiments.statistics.weights import Weights, effective_sets
from simulation.arrays import Flags, Floats

FEWEST_TO_KNOW = 40
"""Worlds below which nothing is said of what is worth knowing."""
_DRAWS = 400
_STREAM = 2014
_PAIR = 2


@dataclass(frozen=True)
class Worth:
    """What it is worth to know something before choosing, in the unit of the gains; never below 0.

    Attributes:
        value: the expected value.
        error: its standard error.
        bias: how far draws of what is left open lie above the value on average: about how much too large it may be.
        worlds: how many it is from.
    """

    value: float
    error: float
    bias: float
    worlds: int


class Choices:
    """Choices of which one is made, and what each gains in every world.

    Args:
        gains: of each choice over the reference, more is better, shape (choices, sets, replicates); NaN where a run
            failed. The reference itself, whose gains are nought, is one of the choices and is not listed.
        counts: sets in which all can be compared, shape (sets,); all where None.
        weights: how many times each set counts, shape (sets,); once where None.
    """

    def __init__(self, gains: Floats, counts: Flags | None = None, weights: Weights = None) -> None:
        met = np.ones(gains.shape[1], dtype=np.bool_) if counts is None else counts
        self.there: Flags = np.asarray(np.isfinite(gains).any(axis=2).all(axis=0) & met)
        every = np.ones(len(met)) if weights is None else weights
        self._weights = every[self.there]
        known = gains[:, self.there]
        self._means = np.stack([set_means(choice) for choice in known]) if len(self._weights) else known[:, :, 0]
        self._shifts = _shared_shifts(known, self._weights) if len(self._weights) else np.zeros((_DRAWS, len(gains)))

    @property
    def worlds(self) -> int:
        """How many sets count."""
        return len(self._weights)

    def worth_of(self, numbers: Floats) -> Worth:
        """Return what it is worth to know ``numbers``, shape (sets, numbers); NaN with fewer than `FEWEST_TO_KNOW`."""
        if self.worlds < FEWEST_TO_KNOW:
            return Worth(math.nan, math.nan, math.nan, self.worlds)
        shapes = Shapes(numbers[self.there], self._weights)
        smooth = [shapes.smooth(means) for means in self._means]
        fitted = np.stack([one.fitted for one in smooth])
        value = float(_value(fitted, self._weights))
        random = np.random.default_rng(_STREAM)
        possible = np.stack([one.draws(_DRAWS, random) for one in smooth], axis=1) + self._shifts[:, :, None]
        drawn = _value(possible, self._weights)
        error = math.hypot(math.sqrt(float(((drawn - value) ** 2).mean())), _sampling_error(fitted, self._weights))
        return Worth(value, error, max(float(drawn.mean()) - value, 0.0), self.worlds)


def worth_of_each(choices: Choices, numbers: Mapping[str, Floats]) -> dict[str, Worth]:
    """Return what it is worth to know each number by itself, by name; those that do not vary are left out.

    Args:
        choices: of which one is made.
        numbers: name -> value in each set, shape (sets,).
    """
    return {
        name: choices.worth_of(values[:, None]) for name, values in numbers.items() if _varies(values, choices.there)
    }


def worth_of_groups(
    choices: Choices, numbers: Mapping[str, Floats], groups: Mapping[str, Sequence[str]]
) -> dict[str, Worth]:
    """Return what it is worth to know all numbers of each group together; groups of which none varies are left out.

    Args:
        choices: of which one is made.
        numbers: name -> value in each set, shape (sets,).
        groups: name of a group -> names of its numbers.
    """
    found = {}
    for group, names in groups.items():
        some = [numbers[name] for name in names if name in numbers and _varies(numbers[name], choices.there)]
        if some:
            found[group] = choices.worth_of(np.column_stack(some))
    return found


def _varies(values: Floats, there: Flags) -> bool:
    return bool(there.any()) and float(np.ptp(values[there])) > 0


def _value(gains: Floats, weights: Floats) -> Floats:
    """Return the mean of the best less the best of the means, the reference at nought among them.

    Args:
        gains: shape (..., choices, worlds).
        weights: of the worlds.
    """
    shares = weights / weights.sum()
    best = np.maximum(gains.max(axis=-2), 0.0) @ shares
    return np.asarray(np.maximum(best - np.maximum((gains @ shares).max(axis=-1), 0.0), 0.0))


def _sampling_error(fitted: Floats, weights: Floats) -> float:
    """Return the error of a value from which worlds were drawn, the function being known."""
    means = (fitted @ weights) / weights.sum()
    chosen = fitted[int(np.argmax(means))] if means.max() > 0 else np.zeros(fitted.shape[1])
    gained = np.maximum(fitted.max(axis=0), 0.0) - chosen
    centre = (gained @ weights) / weights.sum()
    variance = ((gained - centre) ** 2 @ weights) / weights.sum()
    return math.sqrt(float(variance) / effective_sets(weights))


def _shared_shifts(gains: Floats, weights: Floats) -> Floats:
    """Return how far the luck that all worlds share may have moved every gain, shape (draws, choices).

    Replicates are drawn again; that includes a little of the worlds' own luck.
    """
    deviations = gains - known_means(gains, axis=2)[:, :, None]
    counts = np.where(np.isfinite(deviations), weights[None, :, None], 0.0)
    sums = np.where(np.isfinite(deviations), deviations, 0.0) * counts
    totals = counts.sum(axis=1)
    shared = np.divide(sums.sum(axis=1), totals, out=np.zeros_like(totals), where=totals > 0)
    replicates = shared.shape[1]
    if replicates < _PAIR:
        return np.zeros((_DRAWS, len(gains)))
    random = np.random.default_rng(_STREAM + 1)
    picks = random.integers(replicates, size=(_DRAWS, replicates))
    widening = math.sqrt(replicates / (replicates - 1))
    return np.asarray(shared[:, picks].mean(axis=2).T * widening)
