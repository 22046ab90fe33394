"""The runs of an ensemble: every regime under every parity, parameter set and luck, reduced to outcomes and months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.design.parameter_sets import ParameterSet
from experiments.design.world import Cell, Condition, Distinct, Piece, World, distinct_conditions
from experiments.files.digests import digest_of, plain_values
from experiments.results.blocks import Arrays, Block, BlockFolder
from experiments.results.folder import Tell
from experiments.running.rounds import run_rounds
from experiments.running.runner import Runner
from simulation.arrays import Floats
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.own_outcomes import OwnOutcomes, measure_own, uses_panel
from simulation.outcomes.pairs import paired_outcomes
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import Run
from simulation.parameters import Parameters
from simulation.regimes import Regime

BLOCK_RUNS = 32
"""About how many runs are made between two files: few enough that a small ensemble keeps all threads busy."""
_PLACE = {name: place for place, name in enumerate(OUTCOMES)}


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What is run: every regime under every parity, parameter set and luck."""

    world: World
    regimes: tuple[Regime, ...]
    parities: tuple[str, ...]
    sets: tuple[Parameters, ...]
    replicates: tuple[int, ...]
    months_kept: bool
    outcomes: OwnOutcomes = ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Regimes under parities, in the order of the rows."""
        return tuple(Condition(regime, parity) for regime in self.regimes for parity in self.parities)

    @cached_property
    def fingerprint(self) -> str:
        """The digest of all that is run."""
        return digest_of(self.describe())

    def describe(self) -> dict[str, Any]:
        """Return it as plain values, ready for JSON."""
        own = {
            "regimes": [asdict(regime) for regime in self.regimes],
            "parities": self.parities,
            "sets": [parameters.as_dict() for parameters in self.sets],
            "replicates": self.replicates,
            "months_kept": self.months_kept,
        }
        if self.outcomes:
            own["outcomes"] = {name: outcome.describe() for name, outcome in self.outcomes}
        return plain_values(own) | self.world.describe()


@dataclass(frozen=True)
class WholeRuns:
    """Reduces a run to its outcomes, paired ones and the user's own too, and where asked for its months."""

    months_kept: bool
    own: OwnOutcomes = ()
    paired: bool = True

    @property
    def panel(self) -> bool:
        """Whether an outcome of the user's own needs every council's months."""
        return uses_panel(self.own)

    def shelf(self, world: World, piece: Piece) -> WholeShelf:
        """Return an empty shelf for the runs of a piece."""
        return WholeShelf(piece.runs, world.months if self.months_kept else 0, self.own)


class WholeShelf:
    """The outcomes of the runs of a piece, and as many months."""

    def __init__(self, runs: int, months: int, own: OwnOutcomes) -> None:
        self._months, self._own = months, own
        self.arrays: Arrays = {
            "outcomes": np.full((runs, len(OUTCOMES) + len(own)), np.nan),
            "months": np.full((runs, months, len(PATHS)), np.nan),
        }

    def keep(self, row: int, run: Run, none: Run | None) -> None:
        """Keep a run."""
        outcomes = self.arrays["outcomes"][row]
        outcomes[:] = [*run.values, *measure_own(run, self._own).values()]
        if none is not None:
            for name, value in paired_outcomes(run, none).items():
                outcomes[_PLACE[name]] = value
        if self._months:
            self.arrays["months"][row] = run.month_values


def run_batch(
    batch: Batch, store: BlockFolder | None, workers: int, *, progress: bool, tell: Tell
) -> tuple[Floats, Floats, npt.NDArray[np.object_]]:
    """Make the runs, luck by luck.

    Returns:
        Outcomes, the user's own last, shape (regimes x parities, sets, replicates, outcomes), and months, shape
        (regimes x parities, sets, replicates, months, paths); of no month where none are kept. Both are not a number
        where a run failed; why, shape (regimes x parities, sets, replicates), empty where it did not.

    Raises:
        OSError: blocks cannot be written.
    """
    conditions, sets = batch.conditions, len(batch.sets)
    distinct = [distinct_conditions(ParameterSet(one), conditions, batch.world) for one in batch.sets]
    span = max(1, BLOCK_RUNS // max(len(runs) for runs, _ in distinct))
    firsts = list(product(range(len(batch.replicates)), range(0, sets, span)))
    pieces = [_piece(batch, distinct, place, range(first, min(first + span, sets))) for place, first in firsts]
    places = {piece.name: first for piece, first in zip(pieces, firsts, strict=True)}
    shape = (len(conditions), sets, len(batch.replicates))
    outcomes = np.empty((*shape, len(OUTCOMES) + len(batch.outcomes)))
    months = np.empty((*shape, batch.world.months if batch.months_kept else 0, len(PATHS)))

    errors = np.full(shape, "", dtype=object)

    def take(piece: Piece, block: Block) -> None:
        place, first = places[piece.name]
        begin = 0
        for number, (runs, shown) in enumerate(distinct[first : first + span], first):
            rows = [begin + one for one in shown]
            outcomes[:, number, place] = block.arrays["outcomes"][rows]
            months[:, number, place] = block.arrays["months"][rows]
            errors[:, number, place] = block.errors[rows]
            begin += len(runs)

    runner = Runner(batch.world, WholeRuns(batch.months_kept, batch.outcomes), batch.world.own.engine(None), workers)
    run_rounds(runner, [pieces], take, store=store, progress=progress, tell=tell)
    return outcomes, months, errors


def _piece(batch: Batch, distinct: Sequence[Distinct], place: int, numbers: range) -> Piece:
    """Return the runs of some sets under one luck."""
    replicate = batch.replicates[place]
    name = f"{place:06}-replicate-{replicate:06}-sets-{numbers.start:06}-{numbers.stop:06}"
    cells = tuple(Cell(batch.sets[number], replicate, distinct[number][0]) for number in numbers)
    return Piece(name, digest_of([batch.fingerprint, name]), cells)
