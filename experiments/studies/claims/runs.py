"""The runs behind the claims: every condition on the same parameter sets, with the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from experiments.design.origin import Origin
from experiments.design.parameter_sets import ParameterSet, describe_sets
from experiments.design.world import Cell, Condition, Distinct, Piece, World, distinct_conditions
from experiments.files.digests import digest_of, plain_values
from experiments.results.blocks import Block, BlockFolder
from experiments.results.folder import Tell, tell_nobody
from experiments.results.outcome_numbers import Outcomes
from experiments.running.rounds import run_rounds
from experiments.running.runner import Runner
from experiments.statistics.paired import Matrix
from experiments.statistics.weights import Weights, as_weights
from simulation.arrays import Floats


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What all claims are tried on.

    Attributes:
        world: whom and when.
        sets: parameter sets.
        origin: where they come from.
        replicates: of each set; replicate k meets the same luck under every condition.
    """

    world: World
    sets: tuple[ParameterSet, ...]
    origin: Origin
    replicates: int

    @property
    def weights(self) -> Weights:
        """How many times each set counts, shape (sets,); None where each counts once."""
        return as_weights([one.weight for one in self.sets])

    def describe(self, conditions: Sequence[Condition]) -> dict[str, Any]:
        """Return it, with what is run in it, as plain values."""
        own = {
            "conditions": [asdict(condition) for condition in conditions],
            "origin": asdict(self.origin),
            "sets": describe_sets(self.sets),
            "replicates": self.replicates,
        }
        return plain_values(own) | self.world.describe()


class ConditionRuns:
    """What the runs gave.

    Attributes:
        outcomes: kept outcomes, in the order of the last axis.
        of: numbers by condition, shape (sets, replicates, outcomes); not a number where a run failed.
        number: how many different runs there were.
        failed: how many of them ended in an error.
        errors: why, by the first condition that shows it, set and replicate.
        weights: how many times each set counts; None where each counts once.
    """

    def __init__(self, trial: Trial, conditions: Sequence[Condition], outcomes: Sequence[str]) -> None:
        shape = (len(trial.sets), trial.replicates, len(outcomes))
        self.outcomes = tuple(outcomes)
        self.of: dict[Condition, Floats] = {condition: np.full(shape, np.nan) for condition in conditions}
        self.number = self.failed = 0
        self.errors: dict[tuple[int, int, int], str] = {}
        self.weights = trial.weights

    def values(self, condition: Condition, outcome: str) -> Matrix:
        """Return an outcome under a condition, shape (sets, replicates)."""
        numbers: Matrix = self.of[condition][:, :, self.outcomes.index(outcome)]
        return numbers

    def add(self, number: int, replicate: int, places: Sequence[int], block: Block) -> None:
        """Take in the runs of one set and replicate; ``places`` says which of them each condition is."""
        for numbers, place in zip(self.of.values(), places, strict=True):
            numbers[number, replicate] = block.arrays["outcomes"][place]
        self.number += len(block.errors)
        self.failed += block.failed
        for place in np.flatnonzero(block.errors != "").tolist():
            self.errors[places.index(place), number, replicate] = str(block.errors[place])


class ConditionPieces:
    """The pieces of work of a trial: one set and replicate each, luck by luck."""

    def __init__(self, trial: Trial, conditions: Sequence[Condition], outcomes: Sequence[str]) -> None:
        self.trial, self._conditions = trial, tuple(conditions)
        self._work = digest_of([trial.describe(conditions), list(outcomes)])

    @cached_property
    def distinct(self) -> list[Distinct]:
        """The different conditions of each set, and which of them each condition is."""
        return [distinct_conditions(one, self._conditions, self.trial.world) for one in self.trial.sets]

    def piece(self, replicate: int, number: int) -> Piece:
        """Return the runs of one set under one luck."""
        name = f"replicate-{replicate:06}-set-{number:06}"
        cell = Cell(self.trial.sets[number].parameters, replicate, self.distinct[number][0])
        return Piece(name, digest_of([self._work, name]), (cell,))


def run_trial(
    trial: Trial,
    conditions: Sequence[Condition],
    outcomes: Sequence[str],
    *,
    store: BlockFolder | None = None,
    workers: int = 1,
    progress: bool = False,
    title: str | None = None,
    tell: Tell = tell_nobody,
) -> ConditionRuns:
    """Run every condition on every set and replicate.

    Args:
        trial: what all conditions are run on.
        conditions: what is run, each once.
        outcomes: what is kept of each run.
        store: where blocks lie; those that are there are used.
        workers: threads; the numbers are the same whatever their number.
        progress: show a bar on a terminal.
        title: what the bar is of.
        tell: called with a line where blocks on disk are used.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    runs = ConditionRuns(trial, conditions, outcomes)
    work = ConditionPieces(trial, conditions, outcomes)
    cells = [(replicate, number) for replicate in range(trial.replicates) for number in range(len(trial.sets))]
    pieces = [work.piece(*cell) for cell in cells]
    places = {piece.name: cell for piece, cell in zip(pieces, cells, strict=True)}

    def take(piece: Piece, block: Block) -> None:
        replicate, number = places[piece.name]
        runs.add(number, replicate, work.distinct[number][1], block)

    run_rounds(
        Runner(trial.world, Outcomes(tuple(outcomes)), workers=workers),
        [pieces],
        take,
        store=store,
        progress=progress,
        title=title,
        tell=tell,
    )
    return runs
