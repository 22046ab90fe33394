"""What runs from one origin show: chances at every judgement after it, and the mix of grades one and two years on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from experiments.design.histories import history_piece, history_world
from experiments.design.parameter_sets import ParameterSet
from experiments.design.world import Piece, World
from experiments.observed.history import History
from experiments.results.blocks import Arrays, Block, BlockFolder
from experiments.results.folder import Tell, tell_nobody
from experiments.running.rounds import run_pieces
from experiments.running.runner import Runner
from experiments.studies.judgements.known import Judgements
from experiments.studies.judgements.origins import KNOWN_TO, LEADS
from experiments.studies.judgements.runs import chances_at
from simulation.arrays import Floats, Numbers
from simulation.councils import GRADES, Councils
from simulation.dates import calendar_month
from simulation.outcomes.run import Run
from simulation.switches import Switches

MOST_CHANCE_RUNS = 1000
"""Runs at one parameter set, at most: enough for the ends of a band of counts."""

_CHANCE_PIECE = 50


@dataclass(frozen=True)
class OriginRuns:
    """What is run from an origin.

    Attributes:
        origin: its month from April 2018.
        judgements: those to give chances to, on the councils of the origin.
        replicates: runs of each parameter set.
        seed: of all luck.
        switches: the model's structure.
        real_months: whether first judgements fall in their real months.
    """

    origin: int
    judgements: Judgements
    replicates: int
    seed: int
    switches: Switches
    real_months: bool = False

    @property
    def world(self) -> World:
        """Whom and when: England's councils from the origin to the last judgement that is known."""
        months = max(KNOWN_TO + 1 - self.origin, *LEADS)
        start = calendar_month(self.origin)
        return history_world(months, self.seed, start, self.switches, real_months=self.real_months or None)


@dataclass(frozen=True)
class SimulatedOrigin:
    """What the runs show.

    Attributes:
        chances: of each grade at each judgement, mean over the set's replicates, shape (sets, judgements, grades).
        counts: councils of each region that hold each grade after `LEADS`, shape (runs, leads, regions, grades).
        chance_counts: the same of runs at one parameter set, which luck alone sets apart.
    """

    chances: Floats
    counts: Floats
    chance_counts: Floats


@dataclass(frozen=True)
class OriginNumbers:
    """Reduces a history to chances and counts: chances are added up over the runs of a piece.

    Attributes:
        judgements: the judgements to give chances to, their months counted from the origin.
        panel: as of `Reducer`.
        paired: as of `Reducer`.
    """

    judgements: Judgements
    panel: bool = True
    paired: bool = False

    def shelf(self, world: World, piece: Piece) -> OriginShelf:
        """Return an empty shelf for the runs of a piece."""
        return OriginShelf(self, world, piece)


class OriginShelf:
    """What the runs of a piece show."""

    def __init__(self, reducer: OriginNumbers, world: World, piece: Piece) -> None:
        self._judgements, self._world, self._piece = reducer.judgements, world, piece
        kinds, regions = len(GRADES), len(world.councils.regions)
        self.arrays: Arrays = {
            "chances": np.zeros((1, len(self._judgements), kinds)),
            "counts": np.full((piece.runs, len(LEADS), regions, kinds), np.nan),
        }

    def keep(self, row: int, run: Run, none: Run | None) -> None:
        """Keep what a history shows."""
        del none
        history, judgements = History(run), self._judgements
        for place, lead in enumerate(LEADS):
            self.arrays["counts"][row, place] = region_counts(history.grades[lead - 1], run.table)
        parameters = self._piece.cells[row].parameters
        self.arrays["chances"][0] += chances_at(history, judgements, 0, self._world, parameters)


def region_counts(grades: Numbers, councils: Councils) -> Numbers:
    """Return how many councils of each region hold each grade, shape (regions, grades), from each council's grade."""
    kinds, regions = len(GRADES), len(councils.regions)
    places = np.array(councils.region_index) * kinds + grades
    return np.bincount(places, minlength=regions * kinds).reshape(regions, kinds)


def simulate_origin(
    asked: OriginRuns,
    sets: Sequence[ParameterSet],
    central: ParameterSet,
    *,
    store: BlockFolder | None = None,
    workers: int = 1,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> SimulatedOrigin:
    """Run every parameter set from an origin, and as many times one set alone for what luck does.

    The numbers are the same whatever the number of workers. The last three arguments are those of `run_rounds`.

    Args:
        asked: the origin, and what is asked of it.
        sets: parameter sets, each of which meets luck that no other set meets.
        central: the one set that is run alone.
        store: where blocks of runs lie; none are kept where None.
        workers: processes.
        progress: whether to show how far the runs have come.
        tell: called with a line where blocks on disk are used.

    Raises:
        RunsFailedError: a run failed.
        OSError: blocks cannot be written.
    """
    title = f"from {calendar_month(asked.origin)}"

    def made(world: World, judgements: Judgements, pieces: list[Piece]) -> list[Block]:
        runner = Runner(world, OriginNumbers(judgements), workers=workers, processes=True)
        return run_pieces(runner, pieces, store=store, progress=progress, title=title, tell=tell)

    world, judgements = asked.world, replace(asked.judgements, month=asked.judgements.month - asked.origin)
    blocks = made(world, judgements, _pieces(asked, world, judgements, sets))
    short = replace(world, months=max(LEADS))
    alone = made(short, _first(judgements, 0), _chance_pieces(asked, short, central, asked.replicates * len(sets)))
    return SimulatedOrigin(
        chances=np.concatenate([block.arrays["chances"] for block in blocks]) / asked.replicates,
        counts=np.concatenate([block.arrays["counts"] for block in blocks]),
        chance_counts=np.concatenate([block.arrays["counts"] for block in alone]),
    )


def _pieces(asked: OriginRuns, world: World, judgements: Judgements, sets: Sequence[ParameterSet]) -> list[Piece]:
    what = [LEADS, *(getattr(judgements, one.name).tolist() for one in fields(Judgements))]
    replicates = asked.replicates
    return [
        history_piece(
            world,
            f"{calendar_month(asked.origin)}-set-{number:06}",
            [(one.parameters, luck) for luck in range(number * replicates, (number + 1) * replicates)],
            what,
        )
        for number, one in enumerate(sets)
    ]


def _chance_pieces(asked: OriginRuns, world: World, central: ParameterSet, runs: int) -> list[Piece]:
    starts = range(0, min(runs, MOST_CHANCE_RUNS), _CHANCE_PIECE)
    return [
        history_piece(
            world,
            f"{calendar_month(asked.origin)}-luck-{first:06}",
            [(central.parameters, luck) for luck in range(first, min(first + _CHANCE_PIECE, runs, MOST_CHANCE_RUNS))],
            LEADS,
        )
        for first in starts
    ]


def _first(judgements: Judgements, number: int) -> Judgements:
    return Judgements(*(getattr(judgements, one.name)[:number] for one in fields(Judgements)))
