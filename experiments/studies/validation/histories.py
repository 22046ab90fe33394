"""Histories: the regime that was in force, run again and again, reduced to what was observed of England.

Every set meets lucks of its own: one shock that all sets shared would move all their means together, and the value
could not tell it from what the model expects.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from experiments.design.parameter_sets import ParameterSet
from experiments.observed import MONTHS, REGIME, History, fit_patterns, further_patterns, measure_fit, measure_further
from experiments.observed.fit_measures import posts_by_grade
from experiments.observed.further_measures import window_spells
from experiments.observed.spells import AGES
from experiments.running.flow import flow
from experiments.running.luck import own_luck
from simulation.arrays import Floats
from simulation.compiled.ensemble import Ensemble
from simulation.councils import GRADES

POSTS_AT = 35
"""March 2021: the last month of which months in post were published."""


@dataclass(frozen=True)
class Histories:
    """What histories show, by parameter set and replicate; NaN where there was nobody to see it on.

    Attributes:
        weights: of the parameter sets, summing to 1, shape (sets,).
        patterns: fit patterns and then further ones, shape (sets, replicates, patterns).
        grades: share of councils that hold each grade, shape (sets, replicates, months, grades).
        spells: share of spells of failure that have reached good, by months since the judgement, shape
            (sets, replicates, ages).
        posts: mean months in post of permanent directors in March 2021, shape (sets, replicates, grades).
    """

    weights: Floats
    patterns: Floats
    grades: Floats
    spells: Floats
    posts: Floats


def make_histories(
    sets: Sequence[ParameterSet],
    weights: Floats,
    replicates: int,
    seed: int,
    *,
    workers: int = 1,
    progress: bool = False,
) -> Histories:
    """Run every parameter set under replicates of luck that no other set meets, in threads, and return what they show.

    The numbers are the same whatever the number of workers.
    """
    many = len(fit_patterns()) + len(further_patterns())
    found = Histories(
        weights / weights.sum(),
        np.empty((len(sets), replicates, many)),
        np.empty((len(sets), replicates, MONTHS, len(GRADES))),
        np.empty((len(sets), replicates, AGES)),
        np.empty((len(sets), replicates, len(GRADES))),
    )
    ensemble = Ensemble(MONTHS)
    stop = threading.Event()
    bar = tqdm(
        total=len(sets) * replicates, unit="run", file=sys.stderr, disable=None if progress else True,
        dynamic_ncols=True,
    )  # fmt: skip

    def work(number: int) -> tuple[int, int]:
        return number, _fill(found, ensemble, sets[number], number, seed, stop)

    jobs = flow(ThreadPoolExecutor(workers), work, range(len(sets)), workers, stop.set)
    with bar, closing(jobs):
        for _, runs in jobs:
            bar.update(runs)
    return found


def _fill(
    found: Histories, ensemble: Ensemble, chosen: ParameterSet, number: int, seed: int, stop: threading.Event
) -> int:
    """Run one set, write down what is seen, and return how many runs were made."""
    replicates = int(found.patterns.shape[1])
    for replicate in range(replicates):
        if stop.is_set():
            return replicate
        luck = ensemble.draw(seed, own_luck(number, replicate, replicates))
        history = History(ensemble.run(REGIME, ensemble.open(chosen.parameters, luck), panel=True))
        at = number, replicate
        found.patterns[at] = np.concatenate([measure_fit(history), measure_further(history)])
        found.grades[at] = np.column_stack([(history.grades == grade).mean(axis=1) for grade in range(len(GRADES))])
        found.spells[at] = window_spells(history).curve()
        found.posts[at] = posts_by_grade(history, POSTS_AT)
    return replicates
