"""The runs of a comparison, round by round, until there are enough."""

from __future__ import annotations

import math
from dataclasses import dataclass

from experiments.design.design import Design, Extent
from experiments.design.stopping import FIXED, MAXIMUM, PRECISION, Look
from experiments.design.world import Piece
from experiments.results.blocks import Block, BlockFolder
from experiments.results.folder import Tell, tell_nobody
from experiments.results.gathered import Gathered
from experiments.results.numbers import RunNumbers
from experiments.running.rounds import run_rounds
from experiments.running.runner import Runner
from experiments.studies.comparison.differences import take_look


@dataclass(frozen=True)
class ComparisonRuns:
    """All runs that were made.

    Attributes:
        design: the design as it was run: with its number of replicates, and no rule.
        gathered: what is in memory of them.
        extents: of the blocks on disk that hold the rest.
        ending: what ended them: ``precision``, ``maximum`` or ``fixed``.
        look: the last look, None where the number was fixed.
    """

    design: Design
    gathered: Gathered
    extents: list[Extent]
    ending: str
    look: Look | None


def run_comparison(
    design: Design, blocks: BlockFolder, *, engine: str, workers: int, progress: bool = False, tell: Tell = tell_nobody
) -> ComparisonRuns:
    """Make the runs of ``design`` that are not on disk yet, with a look after each round where there is a stop rule."""
    gathered = Gathered.empty(design)
    size = design.replicates if design.stop is None else min(design.stop.per_round, design.replicates)
    rounds = [
        design.extents(engine, range(first, min(first + size, design.replicates)))
        for first in range(0, design.replicates, size)
    ]
    extents = {extent.name: extent for extents in rounds for extent in extents}
    looks: list[Look] = []

    def take(piece: Piece, block: Block) -> None:
        gathered.add(design, extents[piece.name], block)

    def foresee(number: int) -> int:
        return _foresee(design, gathered, looks, number, size)

    number = run_rounds(
        Runner(design.world, RunNumbers(design.kept_replicates), engine, workers),
        [[design.piece(extent) for extent in extents] for extents in rounds],
        take,
        store=blocks,
        foresee=None if design.stop is None else foresee,
        progress=progress,
        tell=tell,
    )
    replicates = min(number * size, design.replicates)
    return ComparisonRuns(
        design=design.as_run(replicates),
        gathered=gathered.first(replicates),
        extents=[extent for extents in rounds[:number] for extent in extents],
        ending=_ending(design, looks),
        look=looks[-1] if looks else None,
    )


def _foresee(design: Design, gathered: Gathered, looks: list[Look], number: int, size: int) -> int:
    """Take a look at so many rounds, and return how many it will take."""
    rule = design.stop
    if rule is None:
        return number
    replicates = min(number * size, design.replicates)
    look = take_look(design, gathered, rule, replicates)
    looks.append(look)
    if look.narrow and replicates >= rule.per_round:
        return number
    return max(number + 1, math.ceil(look.foreseen(rule, design.replicates) / size))


def _ending(design: Design, looks: list[Look]) -> str:
    if design.stop is None:
        return FIXED
    narrow = looks[-1].narrow and looks[-1].replicates >= design.stop.per_round
    return PRECISION if narrow else MAXIMUM
