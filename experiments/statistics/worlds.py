"""Worlds: parameter sets with luck averaged out, and what their paired differences say of all worlds.

A matrix holds one paired difference a run: a row a set, a column a replicate, NaN where a run failed. It is taken apart
as y = mean + world + luck that all worlds share + luck of one world's run (two-way random effects). The mean of a few
replicates still holds luck, so signs of these means are not counted. Worlds are taken as spread normally about their
mean, by their means' spread less that of luck; each world's own difference then has a chance to lie on either side of
any value, and a share of worlds is the mean of these chances (empirical Bayes). Without luck these are plain shares.
A world whose differences are all exactly zero is no win and no loss.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from experiments.statistics.paired import Matrix, set_means
from experiments.statistics.quantiles import NINE_TENTHS, quantiles
from experiments.statistics.weights import Weights, effective_sets, mean
from simulation.arrays import Flags, Floats

_PAIR = 2
"""A spread takes two."""
_ONE_ERROR = 0.16
"""Chance that a normal number lies one standard error or more below its mean."""


@dataclass(frozen=True)
class Share:
    """A share of worlds and its standard error: over sets, and for the luck that all worlds share."""

    value: float
    error: float


@dataclass(frozen=True, eq=False)
class Worlds:
    """The worlds that count, and what luck leaves open of them.

    Attributes:
        means: mean difference of each world over its replicates, shape (worlds,).
        luck: variance of each mean from the luck of its own runs, shape (worlds,); NaN with one replicate.
        weights: how many times each world counts, shape (worlds,).
        same: which worlds have no difference in any run, shape (worlds,).
        shared_luck: variance of all means together from the luck that all worlds share; NaN with one replicate.
        left_out: share of the worlds that do not count.
        replicates: replicates with at least one difference.
    """

    means: Floats
    luck: Floats
    weights: Floats
    same: Flags
    shared_luck: float
    left_out: float
    replicates: int

    @property
    def number(self) -> int:
        """How many worlds count, whatever their weights."""
        return len(self.means)

    @cached_property
    def size(self) -> float:
        """How many equally weighted worlds say as much (Kish); nought where none counts."""
        return effective_sets(self.weights) if self.number else 0.0

    @cached_property
    def mean(self) -> float:
        """The mean difference; NaN where no world counts."""
        return mean(self.means, self.weights)

    @cached_property
    def mean_error(self) -> float:
        """The standard error of the mean over sets and replicates together; NaN with one set or one replicate."""
        if self.number < _PAIR:
            return math.nan
        return math.sqrt(_spread(self.means, self.weights, self.mean) / self.size + self.shared_luck)

    @cached_property
    def _law(self) -> _Law:
        """How the worlds with a difference are spread."""
        live = ~self.same
        means, weights = self.means[live], self.weights[live]
        centre = mean(means, weights)
        spread = _spread(means, weights, centre) if len(means) >= _PAIR else math.nan
        noise = mean(self.luck[live], weights)
        return _Law(centre, spread, max(spread - noise, 0.0) if math.isfinite(spread - noise) else math.nan)

    @cached_property
    def same_share(self) -> float:
        """The share of worlds that have no difference in any run."""
        return mean(self.same.astype(np.float64), self.weights)

    @property
    def alike(self) -> bool:
        """Whether there are worlds, and no run of any has a difference."""
        return self.number > 0 and bool(self.same.all())

    @property
    def measurable(self) -> bool:
        """Whether there are worlds and replicates enough to part worlds from luck."""
        return self.number >= _PAIR and (self.alike or math.isfinite(self._law.spread_of_worlds))

    def share_beyond(self, value: float, way: float) -> float:
        """Return the share of worlds whose true difference is beyond ``value``; NaN where luck cannot be measured.

        Args:
            value: in the unit of the differences.
            way: 1 for above it, -1 for below.
        """
        return self._mean_chance(value, way, self._law) if self.measurable else math.nan

    def share(self, way: float, value: float = 0.0) -> Share:
        """Return the share of worlds whose true difference is above ``value`` (``way`` 1) or below (-1), and its error.

        NaN where luck cannot be measured.
        """
        if not self.measurable:
            return Share(math.nan, math.nan)
        chances = self._chances(value, way, self._law)
        share = mean(chances, self.weights)
        influence = chances - share + self._influence_of_law(value, way)
        variance = float(np.sum((self.weights * influence) ** 2)) / float(self.weights.sum()) ** 2
        variance *= self.size / (self.size - 1) if self.size > 1 else 1.0
        step = math.sqrt(self.shared_luck)
        shift = (self.share_beyond(value + step, way) - self.share_beyond(value - step, way)) / 2 if step else 0.0
        # All worlds alike says that few differ, not that none does: so few may, with the chance of one standard error.
        least = 1.0 - _ONE_ERROR ** (1.0 / (self.size + 1.0))
        return Share(share, max(math.hypot(math.sqrt(variance), shift), least))

    @cached_property
    def best_guesses(self) -> Floats:
        """What is best guessed of each world's true difference, shape (worlds,): its mean, drawn to all worlds' mean.

        The means themselves where luck cannot be measured.
        """
        law = self._law
        if not math.isfinite(law.spread_of_worlds):
            return self.means
        return np.where(self.same, 0.0, law.centre + law.trust(self.luck) * (self.means - law.centre))

    @cached_property
    def without_luck(self) -> Floats:
        """The worlds' differences drawn together until they spread as without luck, shape (worlds,)."""
        law = self._law
        pull = np.sqrt(law.spread_of_worlds / law.spread_of_means) if law.spread_of_means > 0 else 0.0
        return np.where(self.same, 0.0, law.centre + pull * (self.means - law.centre))

    def interval(self) -> tuple[float, float]:
        """Return the 5% and 95% quantiles of the worlds, luck taken out; NaN with fewer than two worlds."""
        return world_range(self.without_luck, self.weights)

    def _mean_chance(self, value: float, way: float, law: _Law) -> float:
        return mean(self._chances(value, way, law), self.weights)

    def _chances(self, value: float, way: float, law: _Law) -> Floats:
        """Return each world's chance that its true difference is above ``value``, or below it with way -1."""
        trust = law.trust(self.luck)
        centres = law.centre + trust * (self.means - law.centre)
        open_part = law.spread_of_worlds * (1 - trust) + self.shared_luck
        open_part = open_part + (1 - trust) ** 2 * law.spread_of_means / max(self.size, 1.0)
        gap = way * (centres - value)
        chances = np.where(gap > 0, 1.0, 0.0)
        vague = open_part > 0
        chances[vague] = _normal_share(gap[vague] / np.sqrt(open_part[vague]))
        chances[self.same] = 1.0 if way * value < 0 else 0.0
        return chances

    def _influence_of_law(self, value: float, way: float) -> Floats:
        """Return how far each world moves a share by moving the mean and the spread that all are drawn towards."""
        law, live = self._law, ~self.same
        influence = np.zeros(self.number)
        if not (live.any() and law.spread_of_worlds > 0):
            return influence
        part = float(self.weights.sum() / self.weights[live].sum())
        step = math.sqrt(law.spread_of_means) / 100
        wide = law.spread_of_worlds / 100
        by_centre = [self._mean_chance(value, way, law.moved(centre=move * step)) for move in (-1, 1)]
        by_spread = [self._mean_chance(value, way, law.moved(spread=move * wide)) for move in (-1, 1)]
        apart = self.means[live] - law.centre
        influence[live] = part * (by_centre[1] - by_centre[0]) / (2 * step) * apart
        influence[live] += part * (by_spread[1] - by_spread[0]) / (2 * wide) * (apart**2 - law.spread_of_means)
        return influence


@dataclass(frozen=True)
class _Law:
    """How worlds with a difference are spread: their mean, the variance of their means, and that without luck."""

    centre: float
    spread_of_means: float
    spread_of_worlds: float

    def trust(self, luck: Floats) -> Floats:
        """Return which part of a mean's distance from the centre is the world's own, shape (worlds,)."""
        whole = self.spread_of_worlds + luck
        return np.divide(self.spread_of_worlds, whole, out=np.ones_like(luck), where=whole > 0)

    def moved(self, centre: float = 0.0, spread: float = 0.0) -> _Law:
        """Return the same with another centre or another spread of worlds."""
        return _Law(self.centre + centre, self.spread_of_means, self.spread_of_worlds + spread)


def measure_worlds(differences: Matrix, counts: Flags | None = None, weights: Weights = None) -> Worlds:
    """Return the worlds of paired differences, and how much luck there is in them.

    Args:
        differences: shape (sets, replicates).
        counts: which sets count, shape (sets,): those that met the parity; all where None. One without a number never
            does.
        weights: how many times each set counts, shape (sets,); once where None.
    """
    every = np.ones(len(differences)) if weights is None else weights
    known = np.isfinite(differences)
    there = known.any(axis=1) if counts is None else known.any(axis=1) & counts
    values, some, known = differences[there], every[there], known[there]
    same = np.all((values == 0) | ~known, axis=1)
    luck, shared_luck = _measure_luck(values[~same], some[~same])
    return Worlds(
        means=set_means(values),
        luck=np.where(same, 0.0, luck / np.maximum(known.sum(axis=1), 1)),
        weights=some,
        same=same,
        shared_luck=shared_luck * (float(some[~same].sum() / some.sum()) ** 2 if len(some) else 1.0),
        left_out=1.0 - float(some.sum() / every.sum()),
        replicates=int(known.any(axis=0).sum()),
    )


def world_range(values: Floats, weights: Floats) -> tuple[float, float]:
    """Return the 5% and 95% quantiles of one value a world; NaN with fewer than two worlds, or where one is unknown."""
    if len(values) < _PAIR or not np.isfinite(values).all():
        return (math.nan, math.nan)
    equal = bool((weights == weights[0]).all())
    low, high = np.quantile(values, NINE_TENTHS) if equal else quantiles(values, weights, NINE_TENTHS)
    return (float(low), float(high))


def worlds_within(quantity: Matrix, reference: Matrix, tolerance: float) -> Flags:
    """Return which worlds realised a quantity within a share of the reference's, by their means, shape (sets,)."""
    means, wanted = set_means(quantity), set_means(reference)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(means - wanted) <= tolerance * np.abs(wanted) + 1e-9)


def share_met(counts: Flags | None, weights: Weights = None) -> float:
    """Return the share of worlds that met the parity, of flags of shape (sets,); NaN where there is none to be met."""
    return math.nan if counts is None else mean(counts.astype(np.float64), weights)


def _measure_luck(values: Matrix, weights: Floats) -> tuple[float, float]:
    """Return the variance of one run's own luck in its world, and that of a mean from the luck that worlds share.

    Own luck is measured over all worlds together: a few replicates of one world cannot tell it.
    """
    worlds, replicates = values.shape
    if not worlds:
        return 0.0, 0.0
    if replicates < _PAIR:
        return math.nan, math.nan
    deviations = values - set_means(values)[:, None]
    known = np.isfinite(deviations)
    counts = np.where(known, weights[:, None], 0.0)
    sums = np.where(known, deviations * weights[:, None], 0.0).sum(axis=0)
    shared = np.divide(sums, counts.sum(axis=0), out=np.full(replicates, math.nan), where=counts.sum(axis=0) > 0)
    there = shared[np.isfinite(shared)]
    if worlds < _PAIR or len(there) < _PAIR:
        return math.nan, math.nan
    rest = np.where(known, deviations - shared, 0.0)
    freedom = known.sum() - worlds - replicates + 1
    own = float((counts * rest**2).sum() / counts.sum() * known.sum() / freedom) if freedom > 0 else math.nan
    between = float(np.var(there, ddof=1)) - own / effective_sets(weights)
    return own, max(between, 0.0) / len(there)


def _spread(means: Floats, weights: Floats, centre: float) -> float:
    """Return the variance of worlds' means, freedom by their effective number; 0 where one weighs it all."""
    size = effective_sets(weights)
    return mean((means - centre) ** 2, weights) * size / (size - 1) if size > 1 else 0.0


def _normal_share(places: Floats) -> Floats:
    # Slow to import, and not needed before the first look.
    from scipy import special

    return np.asarray(special.ndtr(places))
