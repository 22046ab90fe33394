"""What a comparison would take, measured before it is run."""

from __future__ import annotations

import time
from dataclasses import dataclass

from experiments.design.design import RUNS_A_BLOCK, Design, Extent
from experiments.results.group_totals import COUNCIL_COLUMNS
from experiments.results.numbers import RunNumbers
from experiments.running.footprint import footprint
from experiments.running.maker import Maker
from simulation.outcomes.paths import PATHS
from simulation.regimes import QUANTITIES
from simulation.simulate import ENSEMBLE

_TRIAL_MONTHS = 24
_DOUBLE, _SINGLE = 8, 4
_SCALARS = 1000
"""Bytes of a run's scalars and groups, about."""
_TABLES = 220_000_000
"""Bytes that the tables and the report take beside the runs, measured with England's councils."""


@dataclass(frozen=True)
class Plan:
    """What a comparison would take.

    Attributes:
        rows: rows of `runs.parquet`, a run under each parity that shows it.
        runs: distinct runs, at most.
        fewest: distinct runs before the stop rule may end them; as many as ``runs`` where there is none.
        seconds_a_run: measured in a short trial on this machine.
        megabytes: on disk while the runs go on, the largest it gets.
    """

    rows: int
    runs: int
    fewest: int
    seconds_a_run: float
    megabytes: float

    def minutes(self, workers: int) -> float:
        """Return how long all runs take on ``workers`` threads or processes, at most."""
        return self.runs * self.seconds_a_run / workers / 60


def make_plan(design: Design, engine: str = ENSEMBLE) -> Plan:
    """Return what ``design`` would take with an engine, from runs timed here and now."""
    runs = design.size()
    least = design.draws if design.stop is None else design.stop.looks(design.draws)[0]
    kept = design.kept_replicates / design.replicates
    month = design.months * len(PATHS)
    disk = runs * month * (_DOUBLE * kept + _SINGLE * (1 - kept)) + runs * (kept * month * _DOUBLE + _SCALARS)
    if design.keeps_councils:
        disk += 2 * runs * design.councils.n * len(COUNCIL_COLUMNS) * _SINGLE
    return Plan(
        rows=len(design.labels) * len(design.sets) * design.replicates,
        runs=runs,
        fewest=design.as_run(least).size(),
        seconds_a_run=_seconds_a_run(design, engine),
        megabytes=disk / 1e6,
    )


def memory_of(design: Design, engine: str, workers: int) -> int:
    """Return about how many bytes of memory a comparison takes at most."""
    rows = len(design.labels) * len(design.sets) * design.replicates
    largest = int(design.sizes.max())
    return _TABLES + footprint(
        design.world,
        engine=engine,
        workers=workers,
        runs_a_block=max(largest, min(RUNS_A_BLOCK, largest * len(design.sets))) if engine == ENSEMBLE else largest,
        numbers=rows * (len(design.outcomes) + len(QUANTITIES)),
    )


def _seconds_a_run(design: Design, engine: str) -> float:
    """Return the mean time of a run: over a set's runs where they are short, else of the last regime's first years."""
    if engine == ENSEMBLE:
        maker = Maker(design.world, engine)
        maker.warm()
        piece = design.piece(Extent(replicate=0, first=0, after=1))
        begun = time.perf_counter()
        maker.make(piece, RunNumbers.of(design))
        return (time.perf_counter() - begun) / piece.runs
    months = min(design.months, _TRIAL_MONTHS)
    _trial(design, 1)
    begun = time.perf_counter()
    _trial(design, months)
    return (time.perf_counter() - begun) * design.months / months


def _trial(design: Design, months: int) -> None:
    from simulation.simulate import simulate

    simulate(
        design.regimes[-1],
        seed=design.seed,
        months=months,
        parameters=design.sets[0].parameters,
        switches=design.switches,
        scenario=design.scenario,
        councils=design.councils,
        model=design.own.model,
        rules=design.own.rules,
    )
