"""Sensitivity of an outcome to what was drawn: Sobol indices and Morris's elementary effects, with luck apart.

The estimators are those of SALib: for the first index that of Saltelli and others (2010), for the total one that of
Jansen (1999), for screening that of Morris (1991) with the mean of absolute effects of Campolongo and others (2007). An
outcome comes with replicates, and every product of two numbers is taken between different replicates, so that luck
counts in no index: what luck does is told beside them, as a share of the variance of a single run. With one replicate
luck cannot be told apart, and the indices are SALib's. Intervals are of 95%, by drawing the base points again.

An index is told only if its interval is narrower than itself and it lies between nought and one as far as its interval
says. For one that is not, the size that would do is reckoned from how the interval shrank between an eighth of the base
points and all of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.statistics.paired import Matrix
from simulation.arrays import Flags, Floats, Numbers
from simulation.errors import InputError

LARGEST_SIZE = 1 << 20
"""Base points beyond which no size is named."""
_SAMPLES, _SEED = 200, 2010
_ENDS = (0.025, 0.975)
_PARTS = (8, 4, 2, 1)
_FEWEST_BASE = 8
_PAIR = 2
_USUAL, _STEEPEST, _FLATTEST = 0.5, 1.0, 0.2
_LEAST_STEP = 1e-9
_HALF_NORMAL = math.sqrt(2.0 / math.pi)


@dataclass(frozen=True, eq=False)
class Indices:
    """One kind of index of every column.

    Attributes:
        values: shape (columns,); a number below 0 or above 1 comes from too few points.
        lows: lower ends of the 95% intervals, shape (columns,).
        highs: upper ends.
        told: which can be told, shape (columns,).
        sizes: base points from which each could be told; those that were made where it can be, 0 where it takes more
            than `LARGEST_SIZE`, as it does for one that is nought or less.
    """

    values: Floats
    lows: Floats
    highs: Floats
    told: Flags
    sizes: Numbers


@dataclass(frozen=True, eq=False)
class SobolIndices:
    """What decides an outcome over the ranges of everything that was drawn.

    Attributes:
        names: of the columns.
        first: share of the variance, luck apart, that goes with each column alone.
        total: share that goes with it and all that it acts together with.
        luck: share of the variance of a single run that is luck; NaN with one replicate.
        variance: variance that is not luck, in the outcome's unit squared.
        size: base points that count.
        left_out: base points of which a run failed.
    """

    names: tuple[str, ...]
    first: Indices
    total: Indices
    luck: float
    variance: float
    size: int
    left_out: int


@dataclass(frozen=True, eq=False)
class MorrisEffects:
    """How far an outcome moves when one column moves over its whole range, from many places.

    Attributes:
        names: of the columns.
        means: mean effect, shape (columns,), in the outcome's unit.
        sizes: mean of absolute effects.
        size_lows: lower ends of their 95% intervals.
        size_highs: upper ends.
        spreads: standard deviation of effects: where it is large, the column acts together with others.
        luck: mean of absolute effects that luck alone would give; NaN with one replicate.
        trajectories: that count.
        left_out: trajectories of which a run failed.
    """

    names: tuple[str, ...]
    means: Floats
    sizes: Floats
    size_lows: Floats
    size_highs: Floats
    spreads: Floats
    luck: Floats
    trajectories: int
    left_out: int


def sobol_indices(outcomes: Matrix, names: Sequence[str], seed: int = _SEED) -> SobolIndices:
    """Return the Sobol indices of an outcome.

    Args:
        outcomes: of Saltelli's points in their order, for each base point itself, with each column in turn from the
            other base point, and that point: shape (base points x (columns + 2), replicates); NaN where a run failed.
        names: of the columns.
        seed: of the base points that are drawn again.

    Raises:
        InputError: there are not as many points as such a design has, or fewer than 8 base points count.
    """
    columns = len(names)
    runs = _parted(outcomes, columns + 2, "base point", "Sobol's")
    known = np.isfinite(runs).all(axis=(1, 2))
    runs = runs[known]
    size = len(runs)
    if size < _FEWEST_BASE:
        raise InputError(f"expected at least {_FEWEST_BASE} base points whose runs did not fail, got {size}")
    # Luck that all points of a replicate share changes no index; without it they are surer.
    sums = _Sums.of(runs - runs.mean(axis=(0, 1)))
    picks = np.random.default_rng(seed).integers(size, size=(_SAMPLES, size))
    part = {share: _drawn(sums, picks[:, : size // share] % (size // share)) for share in _PARTS}
    whole = sums.indices(np.arange(size))
    luck, variance = _luck_share(runs)
    first, total = (_told(whole[kind], {share: one[kind] for share, one in part.items()}, size) for kind in (0, 1))
    return SobolIndices(tuple(names), first, total, luck, variance, size, int((~known).sum()))


def morris_effects(points: Floats, outcomes: Matrix, names: Sequence[str], seed: int = _SEED) -> MorrisEffects:
    """Return Morris's elementary effects on an outcome.

    Args:
        points: of the trajectories in their order, each column as a share of its range, 0 to 1: shape (trajectories x
            (columns + 1), columns).
        outcomes: shape (trajectories x (columns + 1), replicates); NaN where a run failed.
        names: of the columns.
        seed: of the trajectories that are drawn again.

    Raises:
        InputError: there are not as many points as such a design has, a step moves not exactly one column, or fewer
            than two trajectories count.
    """
    columns = len(names)
    runs = _parted(outcomes, columns + 1, "trajectory", "Morris's")
    steps = np.diff(points.reshape(len(runs), columns + 1, columns), axis=1)
    moved = np.abs(steps) > _LEAST_STEP
    if (moved.sum(axis=2) != 1).any() or (moved.sum(axis=1) != 1).any():
        raise InputError("expected trajectories that move one column after another, got others")
    known = np.isfinite(runs).all(axis=(1, 2))
    if known.sum() < _PAIR:
        raise InputError(f"expected at least {_PAIR} trajectories whose runs did not fail, got {int(known.sum())}")
    order = np.argmax(moved[known], axis=2)
    lengths = np.take_along_axis(steps[known], order[:, :, None], axis=2)
    by_step = np.diff(runs[known], axis=1) / lengths
    effects = np.empty_like(by_step)
    np.put_along_axis(effects, order[:, :, None], by_step, axis=1)
    return _effects(effects, tuple(names), int((~known).sum()), seed)


def _effects(effects: Floats, names: tuple[str, ...], left_out: int, seed: int) -> MorrisEffects:
    """Return what effects of shape (trajectories, columns, replicates) say."""
    trajectories, columns, replicates = effects.shape
    means = effects.mean(axis=2)
    absolute = np.abs(means)
    picks = np.random.default_rng(seed).integers(trajectories, size=(_SAMPLES, trajectories))
    lows, highs = np.quantile(absolute[picks].mean(axis=1), _ENDS, axis=0)
    luck = np.full(columns, math.nan)
    if replicates >= _PAIR:
        luck = _HALF_NORMAL * np.sqrt(effects.var(axis=2, ddof=1) / replicates).mean(axis=0)
    return MorrisEffects(
        names,
        means.mean(axis=0),
        absolute.mean(axis=0),
        lows,
        highs,
        means.std(axis=0, ddof=1),
        luck,
        trajectories,
        left_out,
    )


@dataclass(frozen=True, eq=False)
class _Sums:
    """What a base point adds to every index: products between different replicates, shape (base points, columns).

    ``level`` is the mean of both ends in each replicate, shape (base points, replicates).
    """

    first: Floats
    total: Floats
    square: Floats
    level: Floats

    @classmethod
    def of(cls, runs: Floats) -> _Sums:
        """Return them for runs of shape (base points, columns + 2, replicates)."""
        one, other, mixed = runs[:, :1], runs[:, -1:], runs[:, 1:-1]
        ends = runs[:, [0, -1]]
        return cls(
            first=_between(np.broadcast_to(other, mixed.shape), mixed - one),
            total=0.5 * _between(one - mixed, one - mixed),
            square=_between(ends, ends),
            level=ends.mean(axis=1),
        )

    def indices(self, picks: Numbers) -> Floats:
        """Return first and total indices of some base points, shape (2, columns)."""
        level = self.level[picks].mean(axis=0)[None, None]
        variance = float(self.square[picks].mean() - _between(level, level)[0, 0])
        both = np.stack([self.first[picks].mean(axis=0), self.total[picks].mean(axis=0)])
        return both / variance if variance > 0 else np.full_like(both, math.nan)


def _between(ones: Floats, others: Floats) -> Floats:
    """Return the mean product over pairs of different replicates; of the one replicate with itself if it is alone."""
    replicates = ones.shape[2]
    same = (ones * others).sum(axis=2)
    if replicates < _PAIR:
        return np.asarray(same)
    return np.asarray((ones.sum(axis=2) * others.sum(axis=2) - same) / (replicates * (replicates - 1)))


def _parted(outcomes: Matrix, each: int, what: str, whose: str) -> Floats:
    if not len(outcomes) or len(outcomes) % each:
        raise InputError(f"expected {each} points for each {what} of a design of {whose}, got {len(outcomes)} in all")
    return outcomes.reshape(-1, each, outcomes.shape[1])


def _luck_share(runs: Floats) -> tuple[float, float]:
    """Return the share of a single run's variance that is luck, and the variance that is not."""
    ends = runs[:, [0, -1]]
    means = ends.mean(axis=2)
    if ends.shape[2] < _PAIR:
        return math.nan, float(means.var())
    own = float(ends.var(axis=2, ddof=1).mean())
    rest = max(float(means.var()) - own / ends.shape[2], 0.0)
    return own / (own + rest) if own + rest > 0 else math.nan, rest


def _drawn(sums: _Sums, picks: Numbers) -> Floats:
    """Return indices of base points drawn again, shape (2, samples, columns)."""
    return np.stack([sums.indices(pick) for pick in picks], axis=1)


def _told(values: Floats, drawn: dict[int, Floats], size: int) -> Indices:
    """Return indices with intervals, and which can be told."""
    ends = {share: np.quantile(one, _ENDS, axis=0) for share, one in drawn.items()}
    lows, highs = ends[1]
    widths = {share: high - low for share, (low, high) in ends.items()}
    inside = (values <= 1.0) & (highs >= 0.0)
    told = inside & (widths[1] < values)
    needed = [
        size
        if told[place]
        else _size(float(values[place]), {share: float(one[place]) for share, one in widths.items()}, size)
        for place in range(len(values))
    ]
    return Indices(values, lows, highs, np.asarray(told), np.array(needed, dtype=np.int64))


def _size(value: float, widths: dict[int, float], size: int) -> int:
    """Return base points, a power of two, at which an interval would be narrower than its index; 0 beyond all."""
    logs = [(math.log(size // share), math.log(width)) for share, width in widths.items() if width > 0]
    if not value > 0 or not logs:
        return 0
    pace = _USUAL
    if len(logs) >= _PAIR:
        across, down = (np.array(axis) for axis in zip(*logs, strict=True))
        pace = float(np.clip(-np.polyfit(across, down, 1)[0], _FLATTEST, _STEEPEST))
    wanted = min(value, 1.0)
    power = math.log2(size) + max(math.log2(widths[1] / wanted), 0.0) / pace
    needed = 1 << max(math.ceil(power), math.floor(math.log2(size)) + 1)
    return needed if needed <= LARGEST_SIZE else 0
