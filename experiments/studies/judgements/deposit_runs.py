"""How many councils of each group hold each grade, quarter by quarter, in the runs of a deposit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.design.histories import history_pieces, history_world
from experiments.design.parameter_sets import ParameterSet
from experiments.design.world import Piece, World
from experiments.observed.history import History
from experiments.results.blocks import Arrays
from experiments.results.folder import Tell, tell_nobody
from experiments.running.rounds import run_pieces
from experiments.running.runner import Runner
from experiments.studies.judgements.group_members import group_members
from simulation.arrays import Floats, Numbers
from simulation.councils import GRADES, Councils
from simulation.dates import month_number, month_text
from simulation.outcomes.run import Run
from simulation.switches import Switches

COUNTRY = ("country", "England")
_QUARTER = 3


@dataclass(frozen=True)
class MixNumbers:
    """Reduces a history to councils of each group by grade, added up over the runs of a piece.

    Attributes:
        ends: months of the run at whose end a quarter ends.
        panel: as of `Reducer`.
        paired: as of `Reducer`.
    """

    ends: tuple[int, ...]
    panel: bool = True
    paired: bool = False

    def shelf(self, world: World, piece: Piece) -> MixShelf:
        """Return an empty shelf for the runs of a piece."""
        del piece
        return MixShelf(self.ends, world.councils)


class MixShelf:
    """The sum over the runs of a piece."""

    def __init__(self, ends: tuple[int, ...], councils: Councils) -> None:
        self._ends = ends
        groups = len(group_names(councils))
        self.arrays: Arrays = {"counts": np.zeros((1, groups, len(ends), len(GRADES)))}

    def keep(self, row: int, run: Run, none: Run | None) -> None:
        """Add what a history shows."""
        del row, none
        grades = History(run).grades
        for place, month in enumerate(self._ends):
            self.arrays["counts"][0, :, place] += group_counts(grades[month], run.table)


def group_names(councils: Councils) -> tuple[tuple[str, str], ...]:
    """Return kind and name of every group: the country, regions, fifths of deprivation."""
    return (COUNTRY, *group_members(councils).names)


def group_counts(grades: Numbers, councils: Councils) -> Numbers:
    """Return how many councils of each group hold each grade, shape (groups, grades), from each council's grade."""
    belongs = np.vstack([np.ones((1, councils.n), dtype=np.bool_), group_members(councils).belongs])
    return np.array(belongs.astype(np.int64) @ (grades[:, None] == np.arange(len(GRADES))), np.int64)


def quarter_ends(start: str, months: int) -> tuple[int, ...]:
    """Return which of the months of a run end a quarter: March, June, September and December."""
    first = month_number(start, "start")
    return tuple(month for month in range(months) if (first + month) % _QUARTER == _QUARTER - 1)


def simulate_mixes(
    sets: Sequence[ParameterSet],
    start: str,
    months: int,
    replicates: int,
    seed: int,
    switches: Switches,
    *,
    workers: int = 1,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> tuple[tuple[str, ...], Floats]:
    """Return the calendar months that end a quarter, and the mean number of councils by set, group, month and grade.

    Args:
        sets: parameter sets, each of which meets luck that no other set meets.
        start: first month of the runs, YYYY-MM.
        months: their length.
        replicates: runs of each set.
        seed: of all luck.
        switches: the model's structure.
        workers: processes; the numbers are the same whatever their number.
        progress: whether to show how far the runs have come.
        tell: called with a line where something has to be said.

    Raises:
        InputError: a run cannot start in that month.
        RunsFailedError: a run failed.
    """
    world, ends = history_world(months, seed, start, switches), quarter_ends(start, months)
    runner = Runner(world, MixNumbers(ends), workers=workers, processes=True)
    blocks = run_pieces(runner, history_pieces(world, sets, replicates, ends), progress=progress, tell=tell)
    first = month_number(start, "start")
    counts = np.concatenate([block.arrays["counts"] for block in blocks]) / replicates
    return tuple(month_text(first + month) for month in ends), counts
