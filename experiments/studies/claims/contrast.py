"""How an effect is worked out: from the outcomes of conditions, one number for each set and replicate.

Runs of one set and replicate share their luck, so every number is paired. A matrix has a row a parameter set and a
column a replicate, NaN where there is no such number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from experiments.design.world import Condition
from experiments.statistics.paired import Matrix, known_means
from experiments.statistics.prices import Effect, break_even_price
from experiments.statistics.resampling import Stack, halves, member_means, pseudo_values, without_each
from experiments.statistics.weights import Weights, column_means, mean
from experiments.text.verdicts import HIGHER
from simulation.arrays import Flags, Floats
from simulation.outcomes.outcomes import OUTCOMES

Values = Callable[[Condition, str], Matrix]
"""Gives the matrix of an outcome under a condition."""

_FEWEST = 3
"""Replicates of which one can be left out and the rest be parted in two."""


class Contrast(Protocol):
    """A way to make one effect out of several conditions."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What has to be run."""

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What has to be kept besides the outcome that is asked for."""

    @property
    def by_set(self) -> bool:
        """Whether each set has an effect of its own; else it is a number of all sets together."""

    def matrix(self, values: Values, outcome: str, weights: Weights = None) -> Matrix:
        """Return the effect on ``outcome``, shape (sets, replicates).

        ``weights`` say how many times each set counts, where a number is of all sets together.
        """


@dataclass(frozen=True)
class WeightedSum:
    """A sum of outcomes with weights: a level, a difference, or a difference of differences."""

    terms: tuple[tuple[float, Condition], ...]
    outcomes: tuple[str, ...] = ()
    by_set: bool = True

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What has to be run."""
        return tuple(condition for _, condition in self.terms)

    def matrix(self, values: Values, outcome: str, weights: Weights = None) -> Matrix:
        """Return the sum, shape (sets, replicates)."""
        del weights
        parts = [weight * values(condition, outcome) for weight, condition in self.terms]
        return np.asarray(np.sum(parts, axis=0), dtype=np.float64)


def level(condition: Condition) -> WeightedSum:
    """Return an outcome as it is."""
    return WeightedSum(((1.0, condition),))


def less(condition: Condition, other: Condition) -> WeightedSum:
    """Return the difference between two conditions."""
    return WeightedSum(((1.0, condition), (-1.0, other)))


def beyond(one: WeightedSum, other: WeightedSum) -> WeightedSum:
    """Return how much further one difference goes than another."""
    return WeightedSum((*one.terms, *((-weight, condition) for weight, condition in other.terms)))


@dataclass(frozen=True)
class Between:
    """The best option between two ends, less the better of the ends: does the middle of a range do best?

    Both are chosen by the mean of the other replicates, set by set, so that luck does not choose what it then judges.

    Attributes:
        options: conditions along a range, from end to end.
        for_all: choose one option for all sets, as somebody must who does not know which set is true.
        outcomes: as of `Contrast`.
        by_set: as of `Contrast`.
    """

    options: tuple[Condition, ...]
    for_all: bool = False
    outcomes: tuple[str, ...] = ()
    by_set: bool = True

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What has to be run."""
        return self.options

    def matrix(self, values: Values, outcome: str, weights: Weights = None) -> Matrix:
        """Return the difference, shape (sets, replicates)."""
        stack = _stack(values, self.options, outcome)
        middle, ends = stack[1:-1], stack[[0, -1]]
        return _at_choice(middle, self._choice(middle, outcome, weights)) - _at_choice(
            ends, self._choice(ends, outcome, weights)
        )

    def _choice(self, stack: Stack, outcome: str, weights: Weights) -> npt.NDArray[np.intp]:
        scores = _scores(without_each(stack), outcome)
        if self.for_all:
            counts = np.ones(scores.shape[1]) if weights is None else weights
            together = column_means(np.moveaxis(scores, 1, 0), counts)
            scores = np.broadcast_to(together[:, None, :], scores.shape)
        return _best(scores)


@dataclass(frozen=True)
class BestChange:
    """The share of sets in which another regime is best: with the first options than with the second.

    The options of both are the same regimes in the same order. Luck alone also makes another regime look best, so the
    replicates are parted in two: the share is that of sets in which the best differs between the first options in one
    half and the second in the other, less that in which it differs between two halves of the same. Over all halves;
    chance from leaving out each replicate in turn (jackknife).
    """

    first: tuple[Condition, ...]
    second: tuple[Condition, ...]
    outcomes: tuple[str, ...] = ()
    by_set: bool = False

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What has to be run."""
        return (*self.first, *self.second)

    def matrix(self, values: Values, outcome: str, weights: Weights = None) -> Matrix:
        """Return numbers whose mean is that share, shape (sets, replicates); NaN with fewer than 3 replicates."""
        del weights
        stacks = [_scores(_stack(values, options, outcome), outcome) for options in (self.first, self.second)]
        replicates = stacks[0].shape[2]
        if replicates < _FEWEST:
            return np.full(stacks[0].shape[1:], np.nan)
        without = [_changes([np.delete(stack, left, axis=2) for stack in stacks]) for left in range(replicates)]
        return pseudo_values(_changes(stacks)[:, None], np.stack(without, axis=1))


@dataclass(frozen=True)
class Mistake:
    """What is lost by taking the regime that is best under the second options, where the first are true.

    Nought where the best is the same. Chosen by the other replicates, as in `Between`.
    """

    first: tuple[Condition, ...]
    second: tuple[Condition, ...]
    outcomes: tuple[str, ...] = ()
    by_set: bool = True

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What has to be run."""
        return (*self.first, *self.second)

    def matrix(self, values: Values, outcome: str, weights: Weights = None) -> Matrix:
        """Return the outcome of the mistaken choice less that of the right one, shape (sets, replicates)."""
        del weights
        true, belief = (_stack(values, options, outcome) for options in (self.first, self.second))
        right, wrong = (_best(_scores(without_each(stack), outcome)) for stack in (true, belief))
        return _at_choice(true, wrong) - _at_choice(true, right)


@dataclass(frozen=True)
class BreakEven:
    """The price of an unpaid day at which peers cost as much as partners for each month avoided, of all sets together.

    Its error is taken from leaving out each set and each replicate in turn (jackknife).
    """

    nothing: Condition
    partners: Condition
    peers: Condition
    days: tuple[str, str] = ("programme_cash", "days_delivered")
    by_set: bool = False

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What has to be run."""
        return (self.nothing, self.partners, self.peers)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What has to be kept besides the outcome."""
        return self.days

    def matrix(self, values: Values, outcome: str, weights: Weights = None) -> Matrix:
        """Return numbers with about that price as their mean, shape (sets, replicates): sum of both jackknives."""
        cash, days = self.days
        none = values(self.nothing, outcome)
        parts = [
            (values(one, cash), values(one, days) * unpaid, none - values(one, outcome))
            for one, unpaid in ((self.peers, 1.0), (self.partners, 0.0))
        ]
        sets, replicates = none.shape
        every = np.ones(sets) if weights is None else weights
        whole = _price(parts, np.ones(replicates, dtype=np.bool_), every)
        by_replicate = [_price(parts, members, every) for members in ~np.eye(replicates, dtype=np.bool_)]
        by_set = [_price(parts, slice(None), counts) for counts in every * ~np.eye(sets, dtype=np.bool_)]
        luck = pseudo_values(np.full((1, 1), whole), np.array([by_replicate]))
        worlds = pseudo_values(np.full((1, 1), whole), np.array([by_set]))
        return np.asarray(luck + worlds.T - whole)


def _price(of_both: Sequence[tuple[Matrix, Matrix, Matrix]], members: Flags | slice, weights: Floats) -> float:
    """Return the break-even price of the mean cash, unpaid days and months avoided of the replicates ``members``."""
    some = weights > 0
    peers, partners = (Effect(*(mean(part[some][:, members], weights[some]) for part in parts)) for parts in of_both)
    return break_even_price(peers, partners)


def _stack(values: Values, options: Sequence[Condition], outcome: str) -> Stack:
    """Return the outcome of each option, shape (options, sets, replicates)."""
    return np.stack([values(condition, outcome) for condition in options])


def _scores(stack: Stack, outcome: str) -> Stack:
    return stack if OUTCOMES[outcome].better == HIGHER else -stack


def _best(scores: Stack) -> npt.NDArray[np.intp]:
    """Return the option with the highest score, the first among equals, -1 where one has none; (sets, replicates)."""
    known = np.isfinite(scores).all(axis=0)
    return np.where(known, np.argmax(np.where(known, scores, 0.0), axis=0), -1)


def _at_choice(stack: Stack, choice: npt.NDArray[np.intp]) -> Matrix:
    """Return what was chosen, NaN where nothing was."""
    outcome = np.take_along_axis(stack, np.maximum(choice, 0)[None], axis=0)[0]
    return np.where(choice < 0, np.nan, outcome)


def _changes(stacks: Sequence[Stack]) -> Floats:
    """Return for each set how often its best differs between the stacks, beyond how often luck makes it differ."""
    here = halves(stacks[0].shape[2])
    (first, first_there), (second, second_there) = (
        tuple(_best(member_means(stack, members)) for members in (here, ~here)) for stack in stacks
    )
    across = (first != second_there).astype(np.float64) + (second != first_there)
    by_luck = (first != first_there).astype(np.float64) + (second != second_there)
    unknown = np.min([first, first_there, second, second_there], axis=0) < 0
    return known_means(np.where(unknown, np.nan, (across - by_luck) / 2), axis=1)
