"""What runs of the regime that was in force show in a window, reduced run by run to what is held against a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import count, repeat

import numpy as np
from tqdm import tqdm

from experiments.design.parameter_sets import ParameterSet
from experiments.observed.history import REGIME, History
from experiments.running.luck import own_luck
from experiments.running.workers import process_pool
from experiments.studies.judgements.chances import grade_chances
from experiments.studies.judgements.group_members import group_members
from experiments.studies.judgements.judgement_file import Given, Numbers, transition_counts
from experiments.studies.judgements.time_inadequate import began_before, followed, time_inadequate
from experiments.studies.judgements.window import Window
from simulation.arrays import Floats
from simulation.coefficients import Coefficients
from simulation.compiled.ensemble import Ensemble
from simulation.councils import GRADES
from simulation.parameters import Parameters


@dataclass(frozen=True)
class Asked:
    """What is asked of every parameter set: the window, the judgements to give chances to, replicates and seed."""

    window: Window
    given: Given
    replicates: int
    seed: int


@dataclass(frozen=True)
class Simulated:
    """What the runs show; runs lie set by set.

    Attributes:
        counts: councils that hold each grade at each end of a quarter, shape (runs, quarters, grades).
        transitions: judgements of the window, shape (runs, grade held, grade given).
        inadequate: `experiments.studies.judgements.time_inadequate.MEASURES`, shape (runs, measures).
        groups: councils of each group at good or better at the end of the window, shape (runs, groups).
        chances: of each grade at each judgement asked for, mean over the set's replicates, shape (sets, judgements,
            grades).
    """

    counts: Floats
    transitions: Floats
    inadequate: Floats
    groups: Floats
    chances: Floats


def simulate_window(
    asked: Asked, sets: Sequence[ParameterSet], *, workers: int = 1, progress: bool = False
) -> Simulated:
    """Run every parameter set under replicates of luck that no other set meets, in processes: what the runs show.

    The numbers are the same whatever the number of workers.
    """
    parameters = [one.parameters for one in sets]
    found = list(
        tqdm(
            _made(asked, parameters, min(workers, len(sets))), total=len(sets), unit="set", file=sys.stderr,
            disable=None if progress else True, dynamic_ncols=True,
        )
    )  # fmt: skip
    joined = {field.name: [getattr(one, field.name) for one in found] for field in fields(Simulated)}
    return Simulated(**{name: np.concatenate(parts) for name, parts in joined.items()})


def simulate_set(asked: Asked, parameters: Parameters, number: int = 0) -> Simulated:
    """Return what the runs of parameter set ``number`` show."""
    ensemble = _ensemble(asked.window.last + 1)
    members = group_members(ensemble.table)
    c = Coefficients.of(parameters, ensemble.switches, ensemble.table.n, ensemble.scenario.poverty_tilt)
    chances = np.zeros((len(asked.given), len(GRADES)))
    rows = []
    for replicate in range(asked.replicates):
        luck = ensemble.draw(asked.seed, own_luck(number, replicate, asked.replicates))
        history = History(ensemble.run(REGIME, ensemble.open(parameters, luck), panel=True))
        rows.append((*_seen(history, asked.window), members.good_or_better(history.grades[-1])))
        at = asked.given.month, asked.given.council
        quality, held = history.panel["quality"][at], history.held[at]
        chances += grade_chances(quality, held, asked.given.framework, c)
    counts, transitions, inadequate, groups = (np.array(part, np.float64) for part in zip(*rows, strict=True))
    return Simulated(counts, transitions, inadequate, groups, chances[None] / asked.replicates)


def grade_counts(grades: Numbers, first: int, window: Window) -> Numbers:
    """Return how many councils hold each grade at each end of a quarter, from months of grades from ``first`` on."""
    return np.array([np.bincount(grades[month - first], minlength=len(GRADES)) for month in window.quarters])


def _seen(history: History, window: Window) -> tuple[Numbers, Floats, Floats]:
    """Return the fields of `Simulated` that months of grades show, but the groups."""
    first, grades = window.first, history.grades
    start = np.array(history.run.table.grade)
    judged = history.judged[first:]
    began = followed(start, began_before(0), grades[:first], 0)
    return (
        grade_counts(grades, 0, window),
        transition_counts(history.held[first:][judged], grades[first:][judged]),
        time_inadequate(history.held[first], began, grades[first:], first),
    )


def _made(asked: Asked, parameters: Sequence[Parameters], workers: int) -> Iterator[Simulated]:
    if workers <= 1:
        yield from (simulate_set(asked, one, number) for number, one in enumerate(parameters))
        return
    pool = process_pool(workers)
    try:
        yield from pool.map(simulate_set, repeat(asked), parameters, count())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@lru_cache(maxsize=2)
def _ensemble(months: int) -> Ensemble:
    return Ensemble(months)
