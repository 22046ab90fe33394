"""The runs of a comparison, round by round, until there are enough."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from experiments.design.design import Design, Extent
from experiments.design.parameter_sets import first_draws
from experiments.design.stopping import FIXED, MAXIMUM, PRECISION, Look, StopRule
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
        design: the design as it was run: with its number of sets, and no rule.
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
    draws = [design.draws] if design.stop is None else design.stop.looks(design.draws)
    ends = [len(first_draws(design.sets, number)) for number in draws]
    rounds = [design.extents(engine, range(*sets)) for sets in pairwise([0, *ends])]
    extents = {extent.name: extent for extents in rounds for extent in extents}
    looks: list[Look] = []

    def take(piece: Piece, block: Block) -> None:
        gathered.add(design, extents[piece.name], block)

    def foresee(number: int) -> int:
        settled = design.as_run(draws[number - 1])
        looks.append(take_look(settled, gathered.first(len(settled.sets)), design.stop or StopRule()))
        if looks[-1].enough:
            return number
        return max(number + 1, bisect_left(draws, looks[-1].foreseen(design.draws)) + 1)

    number = run_rounds(
        Runner(design.world, RunNumbers.of(design), engine, workers),
        [[design.piece(extent) for extent in extents] for extents in rounds],
        take,
        store=blocks,
        foresee=None if design.stop is None else foresee,
        progress=progress,
        tell=tell,
    )
    return ComparisonRuns(
        design=design.as_run(draws[number - 1]),
        gathered=gathered.first(ends[number - 1]),
        extents=[extent for extents in rounds[:number] for extent in extents],
        ending=FIXED if not looks else PRECISION if looks[-1].enough else MAXIMUM,
        look=looks[-1] if looks else None,
    )
