"""What the runs of a crossing would take, measured before they are made."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from experiments.design.crossing import Crossing
from experiments.results.outcome_numbers import Outcomes
from experiments.running.footprint import footprint, memory_words
from experiments.running.maker import Maker
from simulation.simulate import ENSEMBLE

_NUMBER, _TEXT, _BLOCK = 8, 14, 1500
"""Bytes of a number in memory and in a block, of one in the CSV file, and of a block beside its numbers."""
_TRIED = 3


@dataclass(frozen=True)
class CrossingPlan:
    """What the runs of a crossing would take.

    Attributes:
        runs: different runs.
        rows: rows of the table of runs.
        seconds_a_run: measured just now on this machine.
        megabytes: on disk while it runs, the largest it gets.
        memory: bytes of memory, about.
    """

    runs: int
    rows: int
    seconds_a_run: float
    megabytes: float
    memory: int

    def minutes(self, workers: int) -> float:
        """Return how long all runs take on so many threads."""
        return self.runs * self.seconds_a_run / workers / 60


def plan_crossing(crossing: Crossing, outcomes: Sequence[str], workers: int) -> CrossingPlan:
    """Return what the runs of a crossing would take, from the runs of some cells timed here and now.

    Args:
        crossing: what is run.
        outcomes: what is kept of each run.
        workers: threads.
    """
    numbers = len(outcomes)
    columns = len(crossing.points.columns) + numbers
    rows_of_text = min(crossing.rows, crossing.rows // crossing.replicates)
    disk = crossing.rows * numbers * 2 * _NUMBER + rows_of_text * columns * _TEXT + len(crossing.extents()) * _BLOCK
    return CrossingPlan(
        runs=crossing.runs,
        rows=crossing.rows,
        seconds_a_run=_seconds_a_run(crossing, outcomes),
        megabytes=disk / 1e6,
        memory=footprint(
            crossing.world, engine=ENSEMBLE, workers=workers, runs_a_block=0, numbers=crossing.rows * numbers * 2
        ),
    )


def _seconds_a_run(crossing: Crossing, outcomes: Sequence[str]) -> float:
    extent = crossing.extents()[0]
    maker = Maker(crossing.worlds[extent.world], ENSEMBLE)
    maker.warm()
    piece = crossing.piece(type(extent)(extent.world, 0, 0, min(_TRIED, extent.after)))
    begun = time.perf_counter()
    maker.make(piece, Outcomes(tuple(outcomes)))
    return (time.perf_counter() - begun) / piece.runs


def cost_lines(plan: CrossingPlan, workers: int, out: str) -> Iterator[str]:
    """Yield how long the runs take and what disk and memory they need, to print before they start.

    Args:
        plan: what was measured.
        workers: threads.
        out: the folder.
    """
    minutes = plan.minutes(workers)
    took = f"{minutes:.1f} minutes" if minutes >= 1 else f"{max(1, round(60 * minutes))} seconds"
    threads = f"{workers} thread{'s' if workers > 1 else ''}"
    yield f"about {took} on {threads}, at {1000 * plan.seconds_a_run:.1f} milliseconds a run measured just now"
    yield f"about {max(1.0, plan.megabytes):,.0f} MB on disk in {out}, {memory_words(plan.memory)} of memory"
