"""What turns an answer round: the uncertain numbers that decide a paired difference, and where its sign turns.

Numbers are ranked by the square of the rank correlation between each and the worlds' differences, luck taken out. A
number is named only if that square is larger than the largest of all numbers in 19 of 20 shuffles of the worlds: one
that decides nothing looks as if it did, now and then, where many are tried. What a number does beyond rising or falling
is not seen. Where the sign turns is where the straight line through the differences crosses zero, if at least a tenth
of the worlds lie on either side; else the sign does not turn within its range, and the worlds are parted at its middle.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from experiments.statistics.paired import Matrix
from experiments.statistics.quantiles import quantiles
from experiments.statistics.weights import Weights
from experiments.statistics.worlds import Share, measure_worlds
from experiments.text.verdicts import LOWER
from simulation.arrays import Flags, Floats

FEWEST_WORLDS = 40
"""Worlds below which nothing can be told of what decides a difference."""
MOST_TURNS = 3
"""Numbers that are named at most."""
_SHUFFLES = 400
_SEED = 2018
_LEVEL = 0.95
_LEAST_SIDE = 0.1


@dataclass(frozen=True)
class Turn:
    """A number that decides a difference, and how the worlds stand on either side of a value of it.

    Attributes:
        name: of the number.
        explained: square of its rank correlation with the worlds' differences, 0 to 1.
        value: at which the worlds are parted, in the number's unit.
        turns: whether the sign of the mean difference turns there.
        below: share of the worlds at or below the value in which the regime does better, with its error.
        above: the same above it.
        worlds_below: worlds at or below the value.
        worlds_above: worlds above it.
    """

    name: str
    explained: float
    value: float
    turns: bool
    below: Share
    above: Share
    worlds_below: int
    worlds_above: int


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
    part = differences[there]
    return [_turn(name, square, part, known, here[name], worlds.weights, better) for name, square in decisive]


def _decisive(known: Floats, numbers: Mapping[str, Floats], weights: Floats) -> list[tuple[str, float]]:
    """Return the numbers whose squared rank correlation luck of the draw does not explain, the largest first."""
    if not numbers:
        return []
    names = list(numbers)
    ranks = np.stack([_standard(_ranks(numbers[name]), weights) for name in names])
    mine = _ranks(known)
    squares = _squares(ranks, mine[None, :], weights)[:, 0]
    random = np.random.default_rng(_SEED)
    shuffled = np.stack([random.permutation(mine) for _ in range(_SHUFFLES)])
    bar = float(np.quantile(_squares(ranks, shuffled, weights).max(axis=0), _LEVEL))
    order = sorted(range(len(names)), key=lambda place: (-squares[place], names[place]))
    return [(names[place], float(squares[place])) for place in order if squares[place] > bar][:MOST_TURNS]


def _squares(ranks: Floats, others: Floats, weights: Floats) -> Floats:
    """Return squared correlations of standard rows with others, shape (rows, others)."""
    standard = np.stack([_standard(other, weights) for other in others])
    product: Floats = (ranks * weights) @ standard.T / weights.sum()
    return product**2


def _standard(values: Floats, weights: Floats) -> Floats:
    centred = values - np.average(values, weights=weights)
    spread = math.sqrt(float(np.average(centred**2, weights=weights)))
    return centred / spread if spread > 0 else centred


def _ranks(values: Floats) -> Floats:
    """Return ranks, equal values sharing the mean of theirs."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[which], dtype=np.float64)


def _turn(
    name: str, square: float, differences: Matrix, known: Floats, values: Floats, weights: Floats, better: str
) -> Turn:
    value, turns = _crossing(known, values, weights)
    low = values <= value
    way = -1.0 if better == LOWER else 1.0
    below, above = (measure_worlds(differences[side], weights=weights[side]).share(way) for side in (low, ~low))
    return Turn(name, square, value, turns, below, above, int(low.sum()), int((~low).sum()))


def _crossing(known: Floats, values: Floats, weights: Floats) -> tuple[float, bool]:
    """Return where the line through the differences crosses zero; else the middle of the values, and no turn."""
    centre, middle = np.average(values, weights=weights), np.average(known, weights=weights)
    slope = np.average((values - centre) * (known - middle), weights=weights)
    slope /= np.average((values - centre) ** 2, weights=weights)
    crossing = float(centre - middle / slope) if slope else math.inf
    below: npt.NDArray[np.bool_] = values <= crossing
    share = float(weights[below].sum() / weights.sum())
    if _LEAST_SIDE <= share <= 1 - _LEAST_SIDE:
        return crossing, True
    return float(quantiles(values, weights, (0.5,))[0]), False
