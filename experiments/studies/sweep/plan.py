"""What a sweep would take, measured before it is run."""

from __future__ import annotations

import time
from dataclasses import dataclass

from experiments.results.outcome_numbers import Outcomes
from experiments.running.footprint import footprint
from experiments.running.maker import Maker
from experiments.studies.sweep.design import SweepDesign
from simulation.simulate import ENSEMBLE

_NUMBER, _TEXT, _BLOCK = 8, 14, 1500
"""Bytes of a number in memory and in a block, of one in the CSV file, and of a block beside its numbers."""
_TRIED = 3


@dataclass(frozen=True)
class SweepPlan:
    """What a sweep would take.

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


def plan_sweep(design: SweepDesign, workers: int) -> SweepPlan:
    """Return what a sweep would take, from the runs of one cell timed here and now."""
    crossing, numbers = design.crossing, len(design.kept)
    columns = len(crossing.points.columns) + numbers
    rows_of_text = min(crossing.rows, crossing.rows // crossing.replicates)
    disk = crossing.rows * numbers * 2 * _NUMBER + rows_of_text * columns * _TEXT + len(crossing.extents()) * _BLOCK
    return SweepPlan(
        runs=crossing.runs,
        rows=crossing.rows,
        seconds_a_run=_seconds_a_run(design),
        megabytes=disk / 1e6,
        memory=footprint(
            crossing.world, engine=ENSEMBLE, workers=workers, runs_a_block=0, numbers=crossing.rows * numbers * 2
        ),
    )


def _seconds_a_run(design: SweepDesign) -> float:
    crossing = design.crossing
    extent = crossing.extents()[0]
    maker = Maker(crossing.worlds[extent.world], ENSEMBLE)
    maker.warm()
    piece = crossing.piece(type(extent)(extent.world, 0, 0, min(_TRIED, extent.after)))
    begun = time.perf_counter()
    maker.make(piece, Outcomes(design.kept))
    return (time.perf_counter() - begun) / piece.runs
