"""The patient rule induction method: a box of numbers in which a value is high, found by peeling thin slices off.

From a box that holds every world, the slice whose removal raises the mean of the value most, for each world that goes,
is peeled off, again and again; then slices are pasted back where that raises the mean (Friedman and Fisher 1999,
Statistics and Computing 9, 123-143). Slices, their order where several are as good, and the gain per world are those of
the EMA Workbench (Kwakkel 2017), so that both give the same trajectory. That one ends where no slice raises the mean;
Friedman and Fisher's goes on with the best there is until the box is small, past hollows in which the other stays, and
so does a patient one here. The value is a number from 0 to 1, such as the
share of replicates lost, and no label; a world counts as often as its weight.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulation.arrays import Flags, Floats

PEEL, LEAST_MASS = 0.05, 0.1
"""Share of the worlds that a slice takes, and the smallest share of them that a box may hold."""
_HALF = 0.5


@dataclass(frozen=True, eq=False)
class Box:
    """A box, and what it holds of the worlds that it was found in.

    Attributes:
        low: its lower limits, minus infinity where there is none, shape (numbers,).
        high: its upper limits, infinity where there is none.
        mass: share of the worlds that it holds.
        density: mean of the value in it.
        coverage: share of all of the value that it holds.
    """

    low: Floats
    high: Floats
    mass: float
    density: float
    coverage: float

    def holds(self, numbers: Floats) -> Flags:
        """Return which worlds are in it, of numbers of shape (worlds, numbers); shape (worlds,)."""
        return np.asarray(((numbers >= self.low) & (numbers <= self.high)).all(axis=1))

    @property
    def restricted(self) -> Flags:
        """Which numbers it limits, shape (numbers,)."""
        return np.asarray(np.isfinite(self.low) | np.isfinite(self.high))


class Peeling:
    """Values of worlds, from which boxes are peeled.

    Args:
        numbers: shape (worlds, numbers).
        values: of which the box is to hold much, 0 to 1, shape (worlds,).
        weights: how many times each world counts, shape (worlds,).
        peel: share of the worlds in the box that a slice takes.
        least_mass: the smallest share of the worlds that a box may hold.
        patient: whether peeling goes on where no slice raises the mean.
    """

    def __init__(
        self,
        numbers: Floats,
        values: Floats,
        weights: Floats,
        *,
        peel: float = PEEL,
        least_mass: float = LEAST_MASS,
        patient: bool = False,
    ) -> None:
        self._numbers, self._values, self._weights = numbers, values, weights
        self._peel, self._least, self._patient = peel, least_mass, patient
        self._all = float(weights.sum())
        self._total = float(weights @ values)

    def trajectory(self) -> list[Box]:
        """Return every box on the way from that which holds all to the last one."""
        numbers = self._numbers.shape[1]
        boxes = [self.box(np.full(numbers, -math.inf), np.full(numbers, math.inf))]
        for step in (self._peeled, self._pasted):
            while (box := step(boxes[-1])) is not None:
                boxes.append(box)
        return boxes

    def box(self, low: Floats, high: Floats) -> Box:
        """Return a box of these limits, with what it holds."""
        inside = ((self._numbers >= low) & (self._numbers <= high)).all(axis=1)
        weight = float(self._weights[inside].sum())
        held = float(self._weights[inside] @ self._values[inside])
        density = held / weight if weight else math.nan
        return Box(low, high, weight / self._all, density, held / self._total if self._total else math.nan)

    def _peeled(self, box: Box) -> Box | None:
        """Return the box without its best slice; None where no slice raises the mean or all leave too little."""
        inside = box.holds(self._numbers)
        here = self._numbers[inside]
        if len(here) < 2:  # noqa: PLR2004  nothing to take a slice from
            return None
        rising = np.sort(here, axis=0)
        limits = np.stack([_upper_quantile(rising, 1 - self._peel), _lower_quantile(rising, self._peel)], axis=1)
        kept = np.stack([here <= limits[:, 0], here >= limits[:, 1]], axis=2)
        return self._best(box, limits, kept.reshape(len(here), -1), inside)

    def _best(self, box: Box, limits: Floats, kept: Flags, inside: Flags) -> Box | None:
        """Return the box that the best slice leaves: ``kept`` has a column a number and side, upper sides first."""
        weights, values = self._weights[inside], self._values[inside]
        left = weights @ kept
        means = np.divide((weights * values) @ kept, left, out=np.zeros_like(left), where=left > 0)
        gone = weights.sum() - left
        gains = np.divide(means - box.density, gone, out=np.full_like(gone, -math.inf), where=gone > 0)
        free = self._free(box)
        best = max(range(len(gains)), key=lambda place: (gains[place], free[place // 2], -place))
        ended = gains[best] <= 0 and not (self._patient and gone[best] > 0)
        if ended or left[best] / self._all < self._least:
            return None
        low, high = box.low.copy(), box.high.copy()
        number, side = divmod(best, 2)
        (low if side else high)[number] = limits[number, side]
        return self.box(low, high)

    def _free(self, box: Box) -> list[int]:
        """Return how many numbers stay without a limit if each is limited."""
        restricted = box.restricted
        return [int((~restricted).sum()) - int(not one) for one in restricted]

    def _pasted(self, box: Box) -> Box | None:
        """Return the box with its best slice pasted on; None where none raises the mean."""
        weight = box.mass * self._all
        best: tuple[float, Box] | None = None
        for low, high in self._pastes(box):
            wider = self.box(low, high)
            more = wider.mass * self._all - weight
            gain = (wider.density - box.density) / more if more > 0 else 0.0
            if gain > 0 and (best is None or gain > best[0]):
                best = (gain, wider)
        return None if best is None else best[1]

    def _pastes(self, box: Box) -> Iterator[tuple[Floats, Floats]]:
        """Yield the limits of every box that is wider by a slice, of the worlds beyond one of its limits."""
        for number in np.flatnonzero(box.restricted):
            column = self._numbers[:, number]
            for limits, beyond in ((box.low, column <= box.low[number]), (box.high, column >= box.high[number])):
                others = ((self._numbers >= box.low) & (self._numbers <= box.high)) | (
                    np.arange(len(box.low)) == number
                )
                outside = np.sort(column[others.all(axis=1) & beyond])
                lower = limits is box.low
                if not math.isfinite(limits[number]):
                    continue
                wider = limits.copy()
                if not len(outside):
                    wider[number] = -math.inf if lower else math.inf
                elif lower:
                    wider[number] = _upper_quantile(outside[:, None], 1 - self._peel)[0]
                else:
                    wider[number] = _lower_quantile(outside[:, None], self._peel)[0]
                yield (wider, box.high) if lower else (box.low, wider)


def _upper_quantile(rising: Floats, share: float) -> Floats:
    """Return a limit of which worlds above are a slice off the top, between two that differ, shape (numbers,)."""
    place = (len(rising) - 1) * share
    above = rising[math.ceil(place)]
    # The next one down that is smaller: of equal values all or none are peeled.
    below = (rising[: math.floor(place) + 1] < above).sum(axis=0) - 1
    return np.asarray(_HALF * (np.take_along_axis(rising, np.maximum(below, 0)[None], axis=0)[0] + above))


def _lower_quantile(rising: Floats, share: float) -> Floats:
    """Return a limit of which worlds below are a slice off the bottom, between two that differ, shape (numbers,)."""
    return np.asarray(-_upper_quantile(-rising[::-1], 1 - share))
