"""What turns an answer round: the uncertain numbers that decide a paired difference, and where its sign turns.

Numbers are ranked by the square of the rank correlation between each and the worlds' differences, luck taken out. A
number is named only if that square is larger than the largest of all numbers in 19 of 20 shuffles of the worlds: one
that decides nothing looks as if it did, now and then, where many are tried. What a number does beyond rising or falling
is not seen. Where the sign turns is where the straight line through the differences crosses zero, if at least a tenth
of the worlds lie on either side; else the sign does not turn within its range, and the worlds are parted at its middle.
Where it turns has a 95% interval, by drawing the worlds again and moving all of them by the luck that they share; an
end that is beyond every value of the number stands at the outermost.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from experiments.statistics.influence import (
    UNKNOWN,
    Estimate,
    coefficients,
    drawn_again,
    rank_correlation,
    ranks,
    standard,
)
from experiments.statistics.paired import Matrix
from experiments.statistics.quantiles import quantiles
from experiments.statistics.weights import Weights
from experiments.statistics.worlds import Share, Worlds, measure_worlds
from experiments.text.verdicts import LOWER
from simulation.arrays import Flags, Floats, Numbers

FEWEST_WORLDS = 40
"""Worlds below which nothing can be told of what decides a difference."""
MOST_TURNS = 3
"""Numbers that are named at most."""
_SHUFFLES, _SAMPLES = 400, 400
_SEED = 2018
_LEVEL = 0.95
_ENDS = (0.025, 0.975)
_LEAST_SIDE = 0.1


@dataclass(frozen=True)
class Turn:
    """A number that decides a difference, and how the worlds stand on either side of a value of it.

    Attributes:
        name: of the number.
        correlation: its rank correlation with the worlds' differences, luck taken out, -1 to 1.
        coefficient: standard deviations by which the difference moves for one of the number, all others held; unknown
            where there are too few worlds for so many numbers.
        value: at which the worlds are parted, in the number's unit; with an interval where the sign turns there.
        turns: whether the sign of the mean difference turns there.
        below: share of the worlds at or below the value in which the regime does better, with its error.
        above: the same above it.
        worlds_below: worlds at or below the value.
        worlds_above: worlds above it.
    """

    name: str
    correlation: Estimate
    coefficient: Estimate
    value: Estimate
    turns: bool
    below: Share
    above: Share
    worlds_below: int
    worlds_above: int

    @property
    def explained(self) -> float:
        """Which share of the worlds' ranks goes with the number, luck taken out, 0 to 1."""
        return self.correlation.value**2


def find_turns(
    differences: Matrix,
    better: str,
    numbers: Mapping[str, Floats],
    counts: Flags | None = None,
    weights: Weights = None,
) -> list[Turn]:
    """Return the numbers that decide a paired difference most, the first most; none with fewer than `FEWEST_WORLDS`.

    Args:
        differences: regime less baseline, shape (sets, replicates); NaN where a run failed.
        better: ``lower``, ``higher`` or ``neither``, as the outcome has it.
        numbers: name -> value in each set, shape (sets,).
        counts: which sets met the parity, shape (sets,); None where there is none to be met.
        weights: how many times each set counts; once where None.
    """
    there = np.isfinite(differences).any(axis=1) & (True if counts is None else counts)
    worlds = measure_worlds(differences, counts, weights)
    known = worlds.without_luck
    if worlds.number < FEWEST_WORLDS or not np.isfinite(known).all() or known.min() == known.max():
        return []
    here = {name: values[there] for name, values in numbers.items() if np.ptp(values[there]) > 0}
    decisive = _decisive(known, here, worlds.weights)
    if not decisive:
        return []
    sides = _Sides(worlds, differences[there], better, drawn_again(worlds.number, _SAMPLES, _SEED))
    spread = math.sqrt(
        float(np.average((known - np.average(known, weights=worlds.weights)) ** 2, weights=worlds.weights))
    )
    every = coefficients(np.column_stack(list(here.values())), worlds.means, worlds.weights, spread)
    by_name = dict(zip(here, every, strict=True))
    return [sides.turn(name, here[name], by_name[name]) for name in decisive]


def _decisive(known: Floats, numbers: Mapping[str, Floats], weights: Floats) -> list[str]:
    """Return the numbers whose squared rank correlation luck of the draw does not explain, the largest first."""
    if not numbers:
        return []
    names = list(numbers)
    rows = np.stack([standard(ranks(numbers[name]), weights) for name in names])
    mine = ranks(known)
    squares = _squares(rows, mine[None, :], weights)[:, 0]
    random = np.random.default_rng(_SEED)
    shuffled = np.stack([random.permutation(mine) for _ in range(_SHUFFLES)])
    bar = float(np.quantile(_squares(rows, shuffled, weights).max(axis=0), _LEVEL))
    order = sorted(range(len(names)), key=lambda place: (-squares[place], names[place]))
    return [names[place] for place in order if squares[place] > bar][:MOST_TURNS]


def _squares(rows: Floats, others: Floats, weights: Floats) -> Floats:
    """Return squared correlations of standard rows with others, shape (rows, others)."""
    columns = np.stack([standard(other, weights) for other in others])
    product: Floats = (rows * weights) @ columns.T / weights.sum()
    return product**2


@dataclass(frozen=True, eq=False)
class _Sides:
    """The worlds, parted by one number after another; ``picks`` are those drawn again, shape (samples, worlds)."""

    worlds: Worlds
    differences: Matrix
    better: str
    picks: Numbers

    def turn(self, name: str, values: Floats, coefficient: Estimate) -> Turn:
        """Return what a number does, and how the worlds stand on either side."""
        weights, means = self.worlds.weights, self.worlds.means
        value, turns = self._parting(values)
        low = values <= value.value
        way = -1.0 if self.better == LOWER else 1.0
        below, above = (
            measure_worlds(self.differences[side], weights=weights[side]).share(way) for side in (low, ~low)
        )
        correlation = rank_correlation(values, means, weights, self._trust, self.picks)
        return Turn(name, correlation, coefficient, value, turns, below, above, int(low.sum()), int((~low).sum()))

    @property
    def _trust(self) -> float:
        """The share of the spread of means that is not luck."""
        spread = float(np.var(self.worlds.means))
        return float(np.var(self.worlds.without_luck)) / spread if spread > 0 else 0.0

    def _parting(self, values: Floats) -> tuple[Estimate, bool]:
        """Return where the line through the differences crosses zero; else the middle of the values, and no turn."""
        weights, means = self.worlds.weights, self.worlds.means
        crossing = _crossing(means, values, weights)
        below: npt.NDArray[np.bool_] = values <= crossing
        share = float(weights[below].sum() / weights.sum())
        if not _LEAST_SIDE <= share <= 1 - _LEAST_SIDE:
            middle = float(quantiles(values, weights, (0.5,))[0])
            return Estimate(middle, UNKNOWN.low, UNKNOWN.high), False
        moves = np.random.default_rng(_SEED).standard_normal(len(self.picks)) * math.sqrt(self.worlds.shared_luck)
        every = [
            _crossing(means[pick] + move, values[pick], weights[pick])
            for pick, move in zip(self.picks, moves, strict=True)
        ]
        low, high = np.quantile(np.clip(every, values.min(), values.max()), _ENDS)
        return Estimate(crossing, float(low), float(high)), True


def _crossing(means: Floats, values: Floats, weights: Floats) -> float:
    """Return where the line through the differences crosses zero; infinity where it is level."""
    centre, middle = np.average(values, weights=weights), np.average(means, weights=weights)
    slope = float(np.average((values - centre) * (means - middle), weights=weights))
    square = float(np.average((values - centre) ** 2, weights=weights))
    return float(centre - middle * square / slope) if slope else math.inf
