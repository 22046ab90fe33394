"""Simulated histories for a fit: what parameter sets show of the fit patterns, made in processes, kept on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.design.histories import history_piece, history_world
from experiments.design.world import Piece, World
from experiments.files.digests import digest_of
from experiments.observed import HISTORY_MONTHS, History, fit_patterns, measure_fit
from experiments.results.blocks import Arrays, BlockFolder
from experiments.results.folder import Tell, tell_nobody
from experiments.running.maker import make_alone
from experiments.running.rounds import run_pieces
from experiments.running.runner import Runner
from simulation.arrays import Floats
from simulation.outcomes.run import Run
from simulation.parameters import Parameters

LUCKS = 64
"""How many lucks the sets share out among themselves, so that what is peculiar to one of them does not tell in all."""
_SETS_A_PIECE = 64
_PATTERNS = "patterns"


@dataclass(frozen=True)
class FitPatterns:
    """Reduces a history to the fit patterns: ``patterns``, shape (runs, patterns); NaN where it shows nothing."""

    panel: bool = True
    paired: bool = False

    def shelf(self, world: World, piece: Piece) -> FitShelf:
        """Return an empty shelf for the runs of a piece."""
        del world
        return FitShelf(piece.runs)


class FitShelf:
    """The fit patterns that the runs of a piece show."""

    def __init__(self, runs: int) -> None:
        self.arrays: Arrays = {_PATTERNS: np.full((runs, len(fit_patterns())), np.nan)}

    def keep(self, row: int, run: Run, none: Run | None) -> None:
        """Keep what a history shows."""
        del none
        self.arrays[_PATTERNS][row] = measure_fit(History(run))


def patterns_digest() -> str:
    """Return the digest of what is fitted to: names, targets and errors."""
    return digest_of([[pattern.name, pattern.target, pattern.sd] for pattern in fit_patterns()])


def lucks(number: int, first: int, after: int) -> tuple[int, ...]:
    """Return which replicates set ``number`` meets as its ``first`` to before its ``after``: no one twice."""
    return tuple((number * 7 + place) % LUCKS for place in range(first, after))


@dataclass(frozen=True)
class FitHistories:
    """Histories ``first`` to before ``after`` of some parameter sets.

    Attributes:
        name: of their pieces.
        sets: all parameter sets.
        numbers: which of them.
        first: history of each set.
        after: history of each set.
        seed: entropy of all luck.
    """

    name: str
    sets: Sequence[Parameters]
    numbers: Sequence[int]
    first: int
    after: int
    seed: int

    def pieces(self) -> list[Piece]:
        """Return the work, in the order of the numbers."""
        world, size = history_world(HISTORY_MONTHS, self.seed), _SETS_A_PIECE
        parts = {start: self.numbers[start : start + size] for start in range(0, len(self.numbers), size)}
        return [
            history_piece(
                world,
                f"{self.name}-{start:07}",
                [(self.sets[number], luck) for number in part for luck in lucks(number, self.first, self.after)],
                patterns_digest(),
            )
            for start, part in parts.items()
        ]


def run_fit_histories(
    histories: FitHistories,
    store: BlockFolder,
    *,
    workers: int = 1,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> Floats:
    """Return what each set shows of every pattern, shape (sets, histories, patterns).

    Raises:
        RunsFailedError: a run failed.
        OSError: the folder cannot be written.
    """
    world = history_world(HISTORY_MONTHS, histories.seed)
    runner = Runner(world, FitPatterns(), workers=workers, processes=True, lucks=LUCKS)
    blocks = run_pieces(
        runner, histories.pieces(), store=store, progress=progress, title=histories.name.replace("-", " "), tell=tell
    )
    shape = (len(histories.numbers), histories.after - histories.first, len(fit_patterns()))
    return np.concatenate([block.arrays[_PATTERNS] for block in blocks]).reshape(shape)


def one_history(parameters: Parameters, replicate: int, seed: int) -> Floats:
    """Return what one simulated history shows of every fit pattern, shape (patterns,); NaN where it shows nothing."""
    world = history_world(HISTORY_MONTHS, seed)
    piece = history_piece(world, "one", [(parameters, replicate)], patterns_digest())
    patterns: Floats = make_alone(world, piece, FitPatterns(), lucks=LUCKS).arrays[_PATTERNS][0]
    return patterns
