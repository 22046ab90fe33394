"""What runs of the regime that was in force show in a window, reduced run by run to what is held against a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache

import numpy as np

from experiments.design.histories import history_pieces, history_world
from experiments.design.parameter_sets import ParameterSet
from experiments.design.world import Piece, World
from experiments.observed.history import History
from experiments.results.blocks import Arrays, BlockFolder
from experiments.results.folder import Tell, tell_nobody
from experiments.running.rounds import run_pieces
from experiments.running.runner import Runner
from experiments.studies.judgements.chances import grade_chances
from experiments.studies.judgements.group_members import group_members
from experiments.studies.judgements.judgement_file import transition_counts
from experiments.studies.judgements.known import Judgements
from experiments.studies.judgements.time_inadequate import TIME_MEASURES, simulated_before, time_inadequate
from experiments.studies.judgements.window import Window
from simulation.arrays import Floats, Numbers
from simulation.coefficients import Coefficients
from simulation.councils import GRADES
from simulation.outcomes.run import Run
from simulation.parameters import Parameters
from simulation.switches import Switches


@dataclass(frozen=True)
class WindowDesign:
    """What is asked of every parameter set.

    Attributes:
        window: the months, and the start.
        judgements: those to give chances to.
        replicates, seed: of the runs.
        switches: the model's structure.
    """

    window: Window
    judgements: Judgements
    replicates: int
    seed: int
    switches: Switches = field(default_factory=Switches)


@dataclass(frozen=True)
class SimulatedWindow:
    """What the runs show; runs lie set by set.

    Attributes:
        counts: councils that hold each grade at each end of a quarter, shape (runs, quarters, grades).
        transitions: judgements of the window, shape (runs, grade held, grade given).
        inadequate: `experiments.studies.judgements.time_inadequate.TIME_MEASURES`, shape (runs, measures).
        groups: councils of each group at good or better at the end of the window, shape (runs, groups).
        chances: of each grade at each judgement asked for, mean over the set's replicates, shape (sets, judgements,
            grades).
    """

    counts: Floats
    transitions: Floats
    inadequate: Floats
    groups: Floats
    chances: Floats


@dataclass(frozen=True)
class WindowNumbers:
    """Reduces a history to what is held against a file: the arrays of `Simulated`, a row a run.

    Attributes:
        window: the months.
        judgements: the judgements to give chances to.
        panel: as of `Reducer`.
        paired: as of `Reducer`.
    """

    window: Window
    judgements: Judgements
    panel: bool = True
    paired: bool = False

    def shelf(self, world: World, piece: Piece) -> WindowShelf:
        """Return an empty shelf for the runs of a piece."""
        return WindowShelf(self, world, piece)


class WindowShelf:
    """What the runs of a piece show in a window."""

    def __init__(self, reducer: WindowNumbers, world: World, piece: Piece) -> None:
        self._window, self._judgements, self._world, self._piece = reducer.window, reducer.judgements, world, piece
        self._members = group_members(world.councils)
        kinds, runs = len(GRADES), piece.runs
        shapes = {
            "counts": (len(self._window.quarters), kinds),
            "transitions": (kinds, kinds),
            "inadequate": (len(TIME_MEASURES),),
            "groups": (len(self._members.names),),
            "chances": (len(self._judgements), kinds),
        }
        self.arrays: Arrays = {name: np.full((runs, *shape), np.nan) for name, shape in shapes.items()}

    def keep(self, row: int, run: Run, none: Run | None) -> None:
        """Keep what a history shows."""
        del none
        history = History(run)
        counts, transitions, inadequate = _window_arrays(history, self._window)
        self.arrays["counts"][row] = counts
        self.arrays["transitions"][row] = transitions
        self.arrays["inadequate"][row] = inadequate
        self.arrays["groups"][row] = self._members.good_or_better(history.grades[-1])
        parameters = self._piece.cells[row].parameters
        self.arrays["chances"][row] = chances_at(history, self._judgements, self._window.start, self._world, parameters)


def simulate_window(
    design: WindowDesign,
    sets: Sequence[ParameterSet],
    *,
    store: BlockFolder | None = None,
    workers: int = 1,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> SimulatedWindow:
    """Run every parameter set under replicates of luck that no other set meets, in processes: what the runs show.

    The numbers are the same whatever the number of workers.

    Raises:
        RunsFailedError: a run failed.
        OSError: blocks cannot be written.
    """
    world = history_world(design.window.run_months, design.seed, design.window.start_month, design.switches)
    what = [str(design.window), *(getattr(design.judgements, one.name).tolist() for one in fields(Judgements))]
    pieces = history_pieces(world, sets, design.replicates, what)
    runner = Runner(world, WindowNumbers(design.window, design.judgements), workers=workers, processes=True)
    blocks = run_pieces(runner, pieces, store=store, progress=progress, tell=tell)
    arrays = {name: np.concatenate([block.arrays[name] for block in blocks]) for name in blocks[0].arrays}
    chances = arrays.pop("chances").reshape(len(sets), design.replicates, len(design.judgements), len(GRADES))
    return SimulatedWindow(**arrays, chances=chances.sum(axis=1) / design.replicates)


@lru_cache(maxsize=2)
def _coefficients(world: World, parameters: Parameters) -> Coefficients:
    return Coefficients.of(parameters, world.switches, world.councils.n, *world.scenario.for_coefficients())


def chances_at(history: History, judgements: Judgements, start: int, world: World, parameters: Parameters) -> Floats:
    """Return the chances of each grade that an inspection in the month of each judgement would give in a run.

    Args:
        history: the run.
        judgements: on its councils.
        start: month from which the judgements' months count where that of the run is 0.
        world: of the run.
        parameters: of the run.
    """
    at = judgements.month - start, judgements.council
    quality, before = history.panel["quality"][at], history.grades_before[at]
    return grade_chances(quality, before, judgements.framework, _coefficients(world, parameters))


def grade_counts(grades: Numbers, first: int, window: Window) -> Numbers:
    """Return how many councils hold each grade at each end of a quarter, from months of grades from ``first`` on."""
    return np.array([np.bincount(grades[month - first], minlength=len(GRADES)) for month in window.quarters])


def _window_arrays(history: History, window: Window) -> tuple[Numbers, Floats, Floats]:
    """Return the fields of `Simulated` that months of grades show, but the groups."""
    first, grades = window.first - window.start, history.grades
    judgements = history.judgements[first:]
    starts = simulated_before(grades[:first], history.run.table, window.start)
    return (
        grade_counts(grades, window.start, window),
        transition_counts(history.grades_before[first:][judgements], grades[first:][judgements]),
        time_inadequate(grades[first:], window.first, starts),
    )
