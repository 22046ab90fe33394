"""The runs of a crossing: every point with every parameter set, replicate, regime and parity, in one array."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from experiments.design.crossing import CrossedExtent, Crossing
from experiments.design.design import Label
from experiments.design.world import Piece
from experiments.results.blocks import Block, BlockFolder
from experiments.results.folder import Tell, tell_nobody
from experiments.results.outcome_numbers import Outcomes
from experiments.results.realised import MADE_EQUAL
from experiments.running.rounds import run_rounds
from experiments.running.runner import Runner
from experiments.statistics.verdicts import PARITY_TOLERANCE
from experiments.statistics.worlds import worlds_within
from experiments.text.names import NOTHING
from simulation.arrays import Flags, Floats, Numbers
from simulation.simulate import ENSEMBLE


class CrossedRuns:
    """What the runs of a crossing gave: eight bytes a number.

    Attributes:
        crossing: what was run.
        outcomes: names of what was kept, in the order of the last axis.
        numbers: shape (points, sets, labels, replicates, outcomes); not a number where a run failed, and for outcomes
            that compare a run with no programme under no programme itself, where they are nought.
        errors: point, set, label and replicate of each row whose run failed -> why.
        failed: how many runs failed.
    """

    def __init__(self, crossing: Crossing, outcomes: Sequence[str]) -> None:
        self.crossing, self.outcomes = crossing, tuple(outcomes)
        self.numbers: Floats = np.full((*crossing.shape, len(self.outcomes)), np.nan)
        self.errors: dict[tuple[int, int, int, int], str] = {}
        self.failed = 0

    def of(self, label: Label, outcome: str) -> Floats:
        """Return an outcome under a regime and a parity, shape (points, sets, replicates)."""
        numbers: Floats = self.numbers[:, :, self.crossing.labels.index(label), :, self.outcomes.index(outcome)]
        return numbers

    def add(self, extent: CrossedExtent, block: Block) -> None:
        """Take in the block of a extent."""
        made, first = block.arrays["outcomes"], 0
        for point, number in self.crossing.cells_of(extent):
            places = self.crossing.places[point, number]
            for label in np.flatnonzero(places >= 0).tolist():
                row = first + int(places[label])
                self.numbers[point, number, label, extent.replicate] = made[row]
                if block.errors[row]:
                    self.errors[point, number, label, extent.replicate] = str(block.errors[row])
            first += int(self.crossing.sizes[point, number])
        self.failed += block.failed

    def show_everywhere(self) -> None:
        """Show runs that are made at one point at all points at which they are the same."""
        every = np.arange(len(self.crossing.points))
        for label, owners in enumerate(self.crossing.owners.T):
            if np.array_equal(owners, every):
                continue
            self.numbers[:, :, label] = self.numbers[owners, :, label]
            shown_at: dict[int, list[int]] = {}
            for point, owner in enumerate(owners.tolist()):
                if point != owner:
                    shown_at.setdefault(owner, []).append(point)
            for (owner, number, at, replicate), reason in list(self.errors.items()):
                if at == label:
                    same = {(point, number, at, replicate): reason for point in shown_at.get(owner, ())}
                    self.errors.update(same)


def run_crossing(
    crossing: Crossing,
    outcomes: Sequence[str],
    *,
    store: BlockFolder | None = None,
    engine: str = ENSEMBLE,
    workers: int = 1,
    progress: bool = False,
    title: str | None = None,
    tell: Tell = tell_nobody,
) -> CrossedRuns:
    """Make the runs of a crossing that are not on disk yet, and return all.

    Args:
        crossing: what is run.
        outcomes: what is kept of each run.
        store: where blocks lie; those that are there are used. Nothing is kept on disk where None.
        engine: which makes them; the numbers are the same.
        workers: threads, or processes of Mesa's agents; the numbers are the same whatever their number.
        progress: show a bar on a terminal.
        title: what the bar is of.
        tell: called with a line where blocks on disk are used, or do not hold.

    Raises:
        OSError: the folder cannot be written or the disk is full; whole blocks are left, and the next call goes on.
    """
    runs = CrossedRuns(crossing, outcomes)
    extents = {extent.name: extent for extent in crossing.extents(engine)}

    def take(piece: Piece, block: Block) -> None:
        runs.add(extents[piece.name], block)

    run_rounds(
        Runner(crossing.world, Outcomes(tuple(outcomes)), engine, workers),
        [[crossing.piece(extent) for extent in extents.values()]],
        take,
        store=store,
        progress=progress,
        title=title,
        tell=tell,
    )
    runs.show_everywhere()
    return runs


def parity_met(runs: CrossedRuns, pair: tuple[Label, Label], where: int | tuple[Numbers, int]) -> Flags | None:
    """Return which worlds met a parity, shape (worlds,); None where there is none to be met.

    They did where both regimes realised the same within a tenth, of what the parity makes equal.

    Args:
        runs: with the outcome that the parity makes equal among those that are kept.
        pair: two regimes under one parity.
        where: a point, whose sets are the worlds; or points and a set, whose points are.
    """
    label, other = pair
    if label.parity not in MADE_EQUAL or NOTHING in {label.regime, other.regime}:
        return None
    realised = [runs.of(one, MADE_EQUAL[label.parity])[where] for one in pair]
    return worlds_within(realised[0], realised[1], PARITY_TOLERANCE)
