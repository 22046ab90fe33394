"""The library of a fit: how likely the judgements are under parameter sets, and what their histories show beside."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from experiments.design.histories import history_piece, history_world
from experiments.design.world import Cell, Condition, Piece, World
from experiments.files.digests import digest_of
from experiments.observed import HISTORY_MONTHS, REGIME, fit_patterns
from experiments.observed.judged import JudgedMonths
from experiments.results.blocks import Block, BlockFolder
from experiments.results.folder import Tell, tell_nobody
from experiments.running.flow import flow
from experiments.running.maker import Stopped, make_alone, maker_of, never
from experiments.running.rounds import run_pieces
from experiments.running.workers import thread_pool
from experiments.studies.calibration.runs import LUCKS, FitPatterns, lucks, patterns_digest
from simulation.arrays import Floats
from simulation.compiled.filter import JudgementFilter
from simulation.parameters import Parameters
from simulation.regimes import load_regime
from simulation.simulate import ENSEMBLE
from simulation.switches import Switches

HISTORIES = 2
"""Histories of each set, for the patterns of directors and agency staff."""
_SETS_A_PIECE = 16
_CHANCES, _PATTERNS = "log chances", "patterns"


@dataclass(frozen=True, eq=False)
class Data:
    """What sets are fitted to, but for the patterns' own targets.

    Attributes:
        judged: judgements by month and council.
        particles: of each council.
        switches: the model's structure.
        seed: entropy of all luck.
    """

    judged: JudgedMonths
    particles: int
    switches: Switches
    seed: int

    @cached_property
    def world(self) -> World:
        """The world of the histories."""
        return history_world(HISTORY_MONTHS, self.seed, switches=self.switches)

    @cached_property
    def filter(self) -> JudgementFilter:
        """What follows the judgements."""
        return JudgementFilter(
            self.judged.grades,
            self.judged.frameworks,
            particles=self.particles,
            switches=self.world.switches,
            scenario=self.world.scenario,
            councils=self.world.councils,
        )

    def digest(self) -> str:
        """Return a digest of all that decides what a set gives."""
        judgements = [self.judged.grades.tolist(), self.judged.frameworks.tolist()]
        return digest_of([judgements, self.particles, patterns_digest(), HISTORIES, self.world.describe()])


@dataclass(frozen=True)
class Likelihoods:
    """What a library holds of its sets, in their order.

    Attributes:
        log_chances: logarithm of the chance of each month's judgements, shape (sets, months).
        histories: what the sets' histories show of every fit pattern, shape (sets, histories, patterns).
    """

    log_chances: Floats
    histories: Floats

    def joined(self, other: Likelihoods) -> Likelihoods:
        """Return both, one after the other."""
        return Likelihoods(
            np.concatenate([self.log_chances, other.log_chances]), np.concatenate([self.histories, other.histories])
        )


@dataclass(frozen=True, eq=False)
class LibraryRunner:
    """Makes the blocks of a library, in threads: a filter holds no lock while it runs."""

    data: Data
    workers: int

    def warm(self) -> None:
        """Compile the model or load it, before any bar stands in its way."""
        maker_of(self.data.world, ENSEMBLE, LUCKS).warm()
        judged = self.data.judged
        JudgementFilter(judged.grades[:1], judged.frameworks[:1], particles=2).log_chances(Parameters())

    def blocks(self, pieces: Sequence[Piece]) -> Generator[tuple[Piece, Block], None, None]:
        """Yield each block as it is ready, in any order; close the iterator to stop."""
        pool = thread_pool(self.workers)
        with closing(flow(pool.executor, pool.work(self.make), pieces, lambda: self.workers, pool.stop)) as blocks:
            yield from blocks

    def make(self, piece: Piece, stopped: Stopped = never) -> Block | None:
        """Return the block of a piece, or None if ``stopped()`` before its end."""
        chances, patterns = [], []
        for cell in piece.cells:
            if stopped():
                return None
            chances.append(self.data.filter.log_chances(cell.parameters, seed=self.data.seed, replicate=cell.luck))
            runs = [(cell.parameters, luck) for luck in lucks(cell.luck, 0, HISTORIES)]
            histories = history_piece(self.data.world, "histories", runs, None)
            block = make_alone(self.data.world, histories, FitPatterns(), lucks=LUCKS)
            patterns.append(block.arrays[_PATTERNS])
        arrays = {_CHANCES: np.array(chances), _PATTERNS: np.array(patterns)}
        return Block(arrays, np.full(len(chances), "", dtype=np.str_))


def run_library(
    data: Data,
    name: str,
    sets: Sequence[Parameters],
    first: int,
    store: BlockFolder,
    *,
    workers: int = 1,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> Likelihoods:
    """Return what the data say of each set.

    Args:
        data: what is fitted to.
        name: of the pieces.
        sets: parameter sets.
        first: number of the first of them; a set's number chooses its luck.
        store: where blocks lie; those that are there are used again.
        workers: threads.
        progress: show a bar on a terminal.
        tell: called with a line where blocks on disk are used.

    Raises:
        OSError: the folder cannot be written.
    """
    digest = data.digest()
    pieces = [
        _piece(f"{name}-{start:06}", sets[start : start + _SETS_A_PIECE], first + start, digest)
        for start in range(0, len(sets), _SETS_A_PIECE)
    ]
    title = name.replace("-", " ")
    blocks = run_pieces(LibraryRunner(data, workers), pieces, store=store, progress=progress, title=title, tell=tell)
    return Likelihoods(*(np.concatenate([block.arrays[key] for block in blocks]) for key in (_CHANCES, _PATTERNS)))


def _piece(name: str, sets: Sequence[Parameters], first: int, data: str) -> Piece:
    cells = tuple(Cell(one, first + place, (_condition(),)) for place, one in enumerate(sets))
    return Piece(name, digest_of([data, first, [one.as_dict() for one in sets]]), cells)


@cache
def _condition() -> Condition:
    return Condition(load_regime(REGIME), "none")


def pattern_targets(until: str) -> Floats:
    """Return the targets of the fit patterns that are not made of judgements; NaN of what was not known by then.

    Args:
        until: first month of which nothing is known, as YYYY-MM.
    """
    return np.array([one.target if not one.judged and one.known <= until else np.nan for one in fit_patterns()])
