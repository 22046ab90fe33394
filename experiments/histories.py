"""Histories: the regime that was in force, run again and again, reduced to what was observed of England."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from experiments.patterns import MONTHS, History, fit_patterns, further_patterns, measure_fit, measure_further
from experiments.patterns.further_measured import window_spells
from experiments.patterns.spells import AGES
from experiments.sampling import ParameterSet
from simulation.chance import Chance
from simulation.councils import GRADES
from simulation.engine import Ensemble

REGIME = "historical"
_SETS_A_JOB = 4

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Histories:
    """What histories show, by parameter set and replicate; NaN where there was nobody to see it on.

    Attributes:
        weights: of the parameter sets, summing to 1, shape (sets,).
        patterns: fit patterns and then further ones, shape (sets, replicates, patterns).
        grades: share of councils that hold each grade, shape (sets, replicates, months, grades).
        spells: share of spells of failure that have reached good, by months since the judgement, shape
            (sets, replicates, ages).
    """

    weights: Floats
    patterns: Floats
    grades: Floats
    spells: Floats


def make_histories(
    sets: Sequence[ParameterSet],
    weights: Floats,
    replicates: int,
    seed: int,
    *,
    workers: int = 1,
    progress: bool = False,
) -> Histories:
    """Run every parameter set under every replicate's luck, in threads, and return what the histories show.

    The numbers are the same whatever the number of workers.
    """
    many = len(fit_patterns()) + len(further_patterns())
    found = Histories(
        weights / weights.sum(),
        np.empty((len(sets), replicates, many)),
        np.empty((len(sets), replicates, MONTHS, len(GRADES))),
        np.empty((len(sets), replicates, AGES)),
    )
    ensemble = Ensemble(MONTHS)
    draw = lru_cache(maxsize=2 * workers)(lambda replicate: ensemble.draw(seed, replicate))
    stop = threading.Event()
    bar = tqdm(
        total=len(sets) * replicates, unit="run", file=sys.stderr, disable=None if progress else True,
        dynamic_ncols=True,
    )  # fmt: skip

    def work(replicate: int, first: int) -> int:
        return _fill(found, ensemble, sets, draw, replicate, range(first, len(sets))[:_SETS_A_JOB], stop)

    pool = ThreadPoolExecutor(workers)
    try:
        with bar:
            jobs = [(one, first) for one in range(replicates) for first in range(0, len(sets), _SETS_A_JOB)]
            for done in as_completed([pool.submit(work, *job) for job in jobs]):
                bar.update(done.result())
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)
    return found


def _fill(
    found: Histories,
    ensemble: Ensemble,
    sets: Sequence[ParameterSet],
    draw: Callable[[int], Chance],
    replicate: int,
    chosen: range,
    stop: threading.Event,
) -> int:
    """Run one replicate of some sets, write down what is seen, and return how many runs were made."""
    luck = draw(replicate)
    for made, number in enumerate(chosen):
        if stop.is_set():
            return made
        opening = ensemble.open(sets[number].parameters, luck)
        history = History(ensemble.run(REGIME, opening, panel=True))
        found.patterns[number, replicate] = np.concatenate([measure_fit(history), measure_further(history)])
        shares = [(history.grades == grade).mean(axis=1) for grade in range(len(GRADES))]
        found.grades[number, replicate] = np.column_stack(shares)
        found.spells[number, replicate] = window_spells(history).curve()
    return len(chosen)
