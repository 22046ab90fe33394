"""Boxes of uncertain numbers in which a choice loses, with what other worlds and other luck would have made of them.

A box is peeled (`experiments.statistics.peeling`) from the share of replicates that were lost in each world. It is that
on the way whose gain in density, times the root of its mass, is largest (Kloesgen 1996): the one that chance would make
least often, and so neither a sliver nor nearly everything. Peeling always finds some box, so nothing is believed for
being found:

- Numbers are limited only if half of the samples of worlds and replicates drawn again limit them too (what Bryant and
  Lempert 2010 call reproducibility), and at most `MOST_LIMITED` of them. In each sample a box is peeled from the few
  numbers that go with losses most there, be it that losses rise or fall with them, or lie in their middle or at their
  ends: among sixty numbers some always look as if they did.
- The box is peeled from these numbers alone, limits that hardly make it better are opened, and each that stays has a
  band, from the boxes of as many samples again.
- Mass, density and coverage are told of worlds held out: the whole search is made without each fifth of the worlds,
  and that fifth is put to the box that it gives.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from experiments.statistics.influence import ranks, standard
from experiments.statistics.paired import Matrix, known_means
from experiments.statistics.peeling import Box, Peeling
from experiments.statistics.weights import mean
from simulation.arrays import Flags, Floats, Numbers

MOST_LIMITED = 4
"""Numbers that a box limits at most: more are no sentence."""
LEAST_LOST_MORE = 0.05
"""Gain in density below which a box is worth no sentence, however sure it is."""
FEWEST_TO_PEEL = 60
"""Worlds below which no box is looked for."""
_SAMPLES, _DRAWS, _FOLDS = 30, 400, 5
_ROUGH = 0.1
_SCREENED = 8
_OFTEN = 0.5
"""Share of samples from which a number is limited."""
_BAND = (0.05, 0.95)
_WORTH = 0.95
"""A limit without which a box keeps this share of what makes it the best is opened."""
_ENDS = (0.025, 0.975)


@dataclass(frozen=True, eq=False)
class Limits:
    """What a box allows of one number; infinite where it sets no limit.

    Attributes:
        number: place of the number.
        low: lower limit, with the 5% and 95% quantiles of the samples', shape (3,).
        high: upper limit, the same.
        reproduced: share of samples whose box, of all numbers, limits this one.
    """

    number: int
    low: Floats
    high: Floats
    reproduced: float


@dataclass(frozen=True)
class HeldOut:
    """A box put to worlds that it was not found in.

    Attributes:
        mass: share of the worlds in it.
        density: share of replicates lost in it.
        density_error: standard error of that, over worlds and replicates.
        coverage: share of all losses that are in it.
        gain: density in it less that of all worlds.
        gain_low: lower end of its 95% interval, over worlds and replicates.
        gain_high: upper end.
    """

    mass: float
    density: float
    density_error: float
    coverage: float
    gain: float
    gain_low: float
    gain_high: float


NOTHING_HELD = HeldOut(0.0, math.nan, math.nan, 0.0, math.nan, math.nan, math.nan)


@dataclass(frozen=True, eq=False)
class FoundBox:
    """A box and how far it can be believed.

    Attributes:
        box: over the numbers that it limits, in the order of ``limits``, with what it holds of all worlds; None where
            no number is limited in most samples.
        limits: of each number that is limited.
        inside: which worlds are in it, shape (worlds,).
        outside_found: which worlds are in the box that was found without them, shape (worlds,).
        held_out: what that box holds of them.
        base: share of replicates lost in all worlds.
    """

    box: Box | None
    limits: tuple[Limits, ...]
    inside: Flags
    outside_found: Flags
    held_out: HeldOut
    base: float

    @property
    def better(self) -> bool:
        """Whether it beats no box: worlds held out surely lose more in it, and by `LEAST_LOST_MORE` or more."""
        return self.box is not None and self.held_out.gain_low > 0 and self.held_out.gain >= LEAST_LOST_MORE


def find_box(numbers: Floats, lost: Matrix, weights: Floats, seed: int = 2018) -> FoundBox:
    """Return the box in which most is lost.

    Args:
        numbers: shape (worlds, numbers).
        lost: 1 where a replicate was lost, 0 where it was not, one half where it was even; NaN where a run failed;
            every world has one that did not; shape (worlds, replicates).
        weights: how many times each world counts, shape (worlds,).
        seed: of samples and folds.
    """
    worlds = len(weights)
    nobody = np.zeros(worlds, dtype=np.bool_)
    base = mean(known_means(lost, axis=1), weights)
    if worlds < FEWEST_TO_PEEL or not 0.0 < base < 1.0:
        return FoundBox(None, (), nobody, nobody, NOTHING_HELD, base)
    random = np.random.default_rng(seed)
    box, limits = _Search(numbers, lost, weights, random).result()
    if box is None:
        return FoundBox(None, (), nobody, nobody, NOTHING_HELD, base)
    folds = random.permutation(worlds) % _FOLDS
    outside_found = nobody.copy()
    for fold in range(_FOLDS):
        mine = folds == fold
        other, found = _Search(numbers[~mine], lost[~mine], weights[~mine], random).result()
        if other is not None:
            outside_found[mine] = other.holds(numbers[mine][:, [one.number for one in found]])
    inside = box.holds(numbers[:, [one.number for one in limits]])
    return FoundBox(box, limits, inside, outside_found, _held_out(outside_found, lost, weights, random), base)


def best_box(trajectory: list[Box]) -> Box:
    """Return the box on the way whose gain in density, times the root of its mass, is largest."""
    base = trajectory[0].density
    return max(trajectory, key=lambda box: _quality(box, base))


@dataclass(frozen=True, eq=False)
class _Search:
    """The whole search in some worlds; fields are those of `find_box`."""

    numbers: Floats
    lost: Matrix
    weights: Floats
    random: np.random.Generator

    def result(self) -> tuple[Box | None, tuple[Limits, ...]]:
        """Return the box over the numbers that are limited, and their limits; None where there are none."""
        often = np.mean([self._limited() for _ in range(_SAMPLES)], axis=0)
        order = np.argsort(-often, kind="stable")[:MOST_LIMITED]
        kept: Numbers = np.sort(order[often[order] >= _OFTEN])
        if not len(kept):
            return None, ()
        some = self.numbers[:, kept]
        samples = [self._sampled(some) for _ in range(_SAMPLES)]
        least, most = some.min(axis=0), some.max(axis=0)
        lows = np.maximum([one.low for one in samples], least)
        highs = np.minimum([one.high for one in samples], most)
        peeling = Peeling(some, known_means(self.lost, axis=1), self.weights, patient=True)
        box = _opened(peeling, best_box(peeling.trajectory()))
        left = np.flatnonzero(box.restricted)
        if not len(left):
            return None, ()
        limits = tuple(
            Limits(
                int(kept[place]),
                _with_band(box.low[place], lows[:, place]),
                _with_band(box.high[place], highs[:, place]),
                float(often[kept[place]]),
            )
            for place in left
        )
        return replace(box, low=box.low[left], high=box.high[left]), limits

    def _drawn_again(self) -> tuple[Numbers, Floats]:
        """Return worlds drawn again, and their share of losses over replicates drawn again."""
        worlds, replicates = self.lost.shape
        picks: Numbers = np.asarray(self.random.integers(worlds, size=worlds))
        values = known_means(self.lost[picks][:, self.random.integers(replicates, size=replicates)], axis=1)
        known = np.isfinite(values)
        return picks[known], values[known]

    def _limited(self) -> Flags:
        """Return which numbers the best box of worlds and replicates drawn again limits, shape (numbers,)."""
        picks, values = self._drawn_again()
        numbers, weights = self.numbers[picks], self.weights[picks]
        some = _screened(numbers, values, weights)
        limited = np.zeros(numbers.shape[1], dtype=np.bool_)
        limited[some] = best_box(
            Peeling(numbers[:, some], values, weights, peel=_ROUGH, patient=True).trajectory()
        ).restricted
        return limited

    def _sampled(self, numbers: Floats) -> Box:
        """Return the best box of worlds and replicates that are drawn again."""
        picks, values = self._drawn_again()
        return best_box(Peeling(numbers[picks], values, self.weights[picks], patient=True).trajectory())


def _screened(numbers: Floats, values: Floats, weights: Floats) -> Numbers:
    """Return the places of the numbers that go with the values most, by rank or by distance from the middle rank."""
    mine = standard(ranks(values), weights)
    columns = np.stack([ranks(column) for column in numbers.T])
    both = (columns, np.abs(columns - (len(values) + 1) / 2))
    strength = [
        [abs(float(np.average(standard(row, weights) * mine, weights=weights))) for row in rows] for rows in both
    ]
    order: Numbers = np.argsort(-np.asarray(strength, dtype=np.float64).max(axis=0), kind="stable")
    return np.asarray(np.sort(order[:_SCREENED]))


def _opened(peeling: Peeling, box: Box) -> Box:
    """Return a box without those limits that hardly make it better: a sentence says no more than it must."""
    base = peeling.box(np.full_like(box.low, -math.inf), np.full_like(box.high, math.inf)).density
    while sides := [
        (side, place) for side in (0, 1) for place in np.flatnonzero(np.isfinite((box.low, box.high)[side]))
    ]:
        wider = []
        for side, place in sides:
            ends = [box.low.copy(), box.high.copy()]
            ends[side][place] = math.inf if side else -math.inf
            wider.append(peeling.box(*ends))
        best = max(wider, key=lambda one: _quality(one, base))
        if _quality(best, base) < _WORTH * _quality(box, base):
            break
        box = best
    return box


def _quality(box: Box, base: float) -> float:
    return math.sqrt(box.mass) * (box.density - base)


def _with_band(limit: float, samples: Floats) -> Floats:
    """Return a limit and the band of the samples', itself within it; infinite throughout where there is no limit."""
    if not math.isfinite(limit):
        return np.full(3, limit)
    low, high = np.quantile(samples, _BAND)
    return np.array([limit, min(low, limit), max(high, limit)])


def _held_out(inside: Flags, lost: Matrix, weights: Floats, random: np.random.Generator) -> HeldOut:
    """Return what a box holds of worlds that it was not found in, with errors over worlds and replicates."""
    values = known_means(lost, axis=1)
    density, base = mean(values[inside], weights[inside]), mean(values, weights)
    if not inside.any():
        return NOTHING_HELD
    worlds, replicates = lost.shape
    drawn = []
    for _ in range(_DRAWS):
        picks = random.integers(worlds, size=worlds)
        sample = known_means(lost[picks][:, random.integers(replicates, size=replicates)], axis=1)
        within = inside[picks]
        drawn.append((mean(sample[within], weights[picks][within]), mean(sample, weights[picks])))
    densities, bases = np.array([pair for pair in drawn if math.isfinite(sum(pair))]).reshape(-1, 2).T
    if not len(densities):
        return NOTHING_HELD
    low, high = np.quantile(densities - bases, _ENDS)
    return HeldOut(
        mass=float(weights[inside].sum() / weights.sum()),
        density=density,
        density_error=float(densities.std()),
        coverage=float((weights * values)[inside].sum() / (weights * values).sum()),
        gain=density - base,
        gain_low=float(low),
        gain_high=float(high),
    )
