"""Many runs at once, for a notebook: regimes, parameter sets and replicates in, labelled tables out.

>>> from experiments import run_ensemble
>>> found = run_ensemble(["none", "peer_support"], replicates=2, months=12)
>>> found.runs.groupby("regime", sort=False)["inadequate_months"].mean().tolist()
[253.0, 253.0]
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from simulation.arrays import Floats
from simulation.compiled.ensemble import Ensemble
from simulation.councils import Councils
from simulation.errors import InputError, shown, whole
from simulation.limits import checked_replicate, checked_replicates
from simulation.outcomes.measures import paired_outcomes
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.parameters import Parameters
from simulation.regimes import REGIMES, Regime, load_regime, with_own_name
from simulation.scenario import Scenario
from simulation.switches import Switches

KEYS = ("regime", "parity", "set", "replicate")

_PLACE = {name: place for place, name in enumerate(OUTCOMES)}


@dataclass(frozen=True)
class EnsembleRuns:
    """What many runs gave.

    Attributes:
        runs: a row a run: ``regime``, ``parity``, ``set``, ``replicate`` and every outcome of `OUTCOMES`, in its unit.
            Outcomes that compare a run with the same run under `none` are filled in; under `none` itself those of
            givers are missing, for there are none.
        months: a row a run and month (``month`` from 0): the same labels and every path of `PATHS`, in its unit; None
            unless they were asked for.
        units: unit of every outcome and path by name.
    """

    runs: pd.DataFrame
    months: pd.DataFrame | None
    units: Mapping[str, str]


def run_ensemble(
    regimes: Iterable[str | Path | Regime] | str | Regime = REGIMES,
    parameters: Parameters | Iterable[Parameters] | None = None,
    replicates: int | Iterable[int] = 8,
    *,
    parities: Iterable[str] | str = "none",
    months: int = 120,
    seed: int = 2018,
    switches: Switches | None = None,
    scenario: Scenario | None = None,
    councils: Councils | None = None,
    keep_months: bool = False,
    threads: int | None = None,
) -> EnsembleRuns:
    """Run every regime, under every parity and parameter set, with the luck of every replicate.

    Replicate k meets the same luck whatever the regime and the parameters, so that differences between runs of one set
    and replicate are paired. Rows come in the order of regimes, parities, sets and replicates, and are the same
    whatever the number of threads.

    Args:
        regimes: names, files or `Regime` objects; one alone will do.
        parameters: parameter sets, numbered from 0; the defaults alone where None.
        replicates: how many, or which ones.
        parities: what is held equal to Partners in Practice, each of `simulation.PARITIES`; ``none`` runs each regime
            as its file says.
        months: length of a run.
        seed: entropy of all luck.
        switches: the model's structure; defaults where None.
        scenario: the world outside the model; defaults where None.
        councils: the table at month 0; England's 152, in the scenario's first month, where None.
        keep_months: whether to return the months too: 53 numbers a run and month.
        threads: as many as there are processors where None.

    Raises:
        InputError: a name is unknown, a number out of range, or there is nothing to run.
    """
    given = {
        "regimes": [with_own_name(load_regime(one)) for one in _listed(regimes, str, Path, Regime)],
        "parities": _listed(parities, str),
        "parameters": _listed(Parameters() if parameters is None else parameters, Parameters),
        "replicates": _numbers(replicates),
    }
    for name, found in given.items():
        if not found:
            raise InputError(f"{name}: expected one or more, got none")
    ensemble = Ensemble(months, switches=switches, scenario=scenario, councils=councils)
    workers = os.cpu_count() or 1 if threads is None else whole("threads", threads, 1)
    outcomes, paths = _run_all(ensemble, seed, workers, *given.values(), keep_months=keep_months)
    names = [regime.name for regime in given["regimes"]]
    labels = pd.MultiIndex.from_product(
        [names, given["parities"], range(len(given["parameters"])), given["replicates"]], names=KEYS
    )
    units = {name: info.unit for table in (PATHS, OUTCOMES) for name, info in table.items()}
    return EnsembleRuns(
        runs=_table(labels, outcomes, list(OUTCOMES)),
        months=_months_table(labels, paths) if keep_months else None,
        units=units,
    )


def _run_all(
    ensemble: Ensemble,
    seed: int,
    workers: int,
    regimes: Sequence[Regime],
    parities: Sequence[str],
    sets: Sequence[Parameters],
    replicates: Sequence[int],
    *,
    keep_months: bool,
) -> tuple[Floats, Floats]:
    """Return outcomes, and paths if they are kept: regimes, parities, sets and replicates lead their shapes."""
    shape = (len(regimes), len(parities), len(sets), len(replicates))
    outcomes = np.empty((*shape, len(OUTCOMES)))
    paths = np.empty((*shape, ensemble.months if keep_months else 0, len(PATHS)))
    places = list(np.ndindex(shape[:2]))

    draw = lru_cache(maxsize=workers + 1)(lambda replicate: ensemble.draw(seed, replicate))

    def world(at: int, number: int) -> None:
        opening = ensemble.open(sets[number], draw(replicates[at]))
        none = ensemble.run("none", opening)
        for regime, parity in places:
            run = ensemble.run(regimes[regime], opening, parities[parity])
            here = (regime, parity, number, at)
            outcomes[here] = run.values  # noqa: PD011  an array of the run, nothing of pandas
            for name, value in paired_outcomes(run, none).items():
                outcomes[(*here, _PLACE[name])] = value
            if keep_months:
                paths[here] = run.month_values

    with ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(world, *zip(*np.ndindex(len(replicates), len(sets)), strict=True)):
            pass
    return outcomes, paths


def _listed(given: object, *alone: type) -> list[Any]:
    """Return what was handed in as a list; one thing of the types ``alone`` is a list of one."""
    if isinstance(given, alone):
        return [given]
    if not isinstance(given, Iterable):
        raise InputError(f"expected {alone[-1].__name__} or a list of them, got {shown(given)}")
    return list(given)


def _numbers(replicates: int | Iterable[int]) -> list[int]:
    if isinstance(replicates, Iterable):
        return [checked_replicate(number) for number in replicates]
    return list(range(checked_replicates(replicates)))


def _table(labels: pd.MultiIndex, values: Floats, columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(values.reshape(len(labels), -1), index=labels, columns=columns).reset_index()


def _months_table(labels: pd.MultiIndex, paths: Floats) -> pd.DataFrame:
    months = paths.shape[-2]
    repeated = labels.repeat(months).to_frame(index=False).assign(month=np.tile(np.arange(months), len(labels)))
    return pd.concat([repeated, pd.DataFrame(paths.reshape(-1, len(PATHS)), columns=list(PATHS))], axis=1)
