"""Histories: the regime that was in force, run again and again, reduced to what was observed of England.

Every set meets lucks of its own: one shock that all sets shared would move all their means together, and the value
could not tell it from what the model expects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.design.histories import history_pieces, history_world
from experiments.design.parameter_sets import ParameterSet
from experiments.design.world import Piece, World
from experiments.files.digests import digest_of
from experiments.observed import HISTORY_MONTHS, History, fit_patterns, further_patterns, measure_fit, measure_further
from experiments.observed.fit_measures import posts_by_grade
from experiments.observed.further_measures import window_spells
from experiments.observed.spells import AGES
from experiments.results.blocks import Arrays, BlockFolder
from experiments.results.folder import Tell, tell_nobody
from experiments.running.rounds import run_pieces
from experiments.running.runner import Runner
from simulation.arrays import Floats
from simulation.councils import GRADES
from simulation.outcomes.run import Run

POSTS_AT = 35
"""March 2021: the last month of which months in post were published."""


@dataclass(frozen=True)
class Histories:
    """What histories show, by parameter set and replicate; NaN where there was nobody to see it on.

    Attributes:
        weights: of the parameter sets, summing to 1, shape (sets,).
        patterns: fit patterns and then further ones, shape (sets, replicates, patterns).
        grades: share of councils that hold each grade, shape (sets, replicates, months, grades).
        spells: share of spells of failure that have reached good, by months since the judgement, shape
            (sets, replicates, ages).
        posts: mean months in post of permanent directors in March 2021, shape (sets, replicates, grades).
    """

    weights: Floats
    patterns: Floats
    grades: Floats
    spells: Floats
    posts: Floats


@dataclass(frozen=True)
class HistoryMeasures:
    """Reduces a history to what is held against what was observed: the arrays of `Histories`, a row a run."""

    panel: bool = True
    paired: bool = False

    def shelf(self, world: World, piece: Piece) -> ShownShelf:
        """Return an empty shelf for the runs of a piece."""
        return ShownShelf(world.months, piece.runs)


class ShownShelf:
    """What the runs of a piece show."""

    def __init__(self, months: int, runs: int) -> None:
        many = len(fit_patterns()) + len(further_patterns())
        shapes = {"patterns": (many,), "grades": (months, len(GRADES)), "spells": (AGES,), "posts": (len(GRADES),)}
        self.arrays: Arrays = {name: np.full((runs, *shape), np.nan) for name, shape in shapes.items()}

    def keep(self, row: int, run: Run, none: Run | None) -> None:
        """Keep what a history shows."""
        del none
        history = History(run)
        shares = [(history.grades == grade).mean(axis=1) for grade in range(len(GRADES))]
        self.arrays["patterns"][row] = np.concatenate([measure_fit(history), measure_further(history)])
        self.arrays["grades"][row] = np.column_stack(shares)
        self.arrays["spells"][row] = window_spells(history).curve()
        self.arrays["posts"][row] = posts_by_grade(history, POSTS_AT)


def run_histories(
    sets: Sequence[ParameterSet],
    weights: Floats,
    replicates: int,
    seed: int,
    *,
    store: BlockFolder | None = None,
    workers: int = 1,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> Histories:
    """Run every parameter set under replicates of luck that no other set meets, in threads, and return what they show.

    The numbers are the same whatever the number of workers.

    Raises:
        RunsFailedError: a run failed.
        OSError: blocks cannot be written.
    """
    world = history_world(HISTORY_MONTHS, seed)
    pieces = history_pieces(world, sets, replicates, _measures_digest())
    runner = Runner(world, HistoryMeasures(), workers=workers)
    blocks = run_pieces(runner, pieces, store=store, progress=progress, tell=tell)
    arrays = {name: np.stack([block.arrays[name] for block in blocks]) for name in blocks[0].arrays}
    return Histories(weights / weights.sum(), **arrays)


def _measures_digest() -> str:
    return digest_of([pattern.name for pattern in (*fit_patterns(), *further_patterns())])
