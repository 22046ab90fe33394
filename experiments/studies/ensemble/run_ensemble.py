"""Many runs at once, for a notebook: regimes, parameter sets and replicates in, labelled tables out.

>>> from experiments import run_ensemble
>>> found = run_ensemble(["none", "peer_support"], replicates=2, months=12)
>>> found.runs.groupby("regime", sort=False)["inadequate_months"].mean().tolist()
[253.0, 253.0]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from experiments.design.own_science import check_importable, own_science
from experiments.design.world import World
from experiments.results.blocks import BlockFolder
from experiments.results.folder import ResultsFolder, Tell, tell_nobody
from experiments.results.workplace import Workplace
from experiments.running.workers import checked_workers
from experiments.statistics.verdicts import PairedEffect
from experiments.studies.ensemble.effects import effect_in, way_of_outcome
from experiments.studies.ensemble.runs import Batch, run_batch
from simulation.arrays import Floats
from simulation.councils import Councils, same_start
from simulation.errors import InputError, shown, whole
from simulation.limits import checked_replicate, checked_replicates
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.own_outcomes import OwnOutcome, own_outcomes
from simulation.outcomes.paths import PATHS
from simulation.own_rules import plain_function
from simulation.parameters import PARAMETERS, Parameters
from simulation.ranges import beyond_ranges
from simulation.regimes import REGIMES, Regime, load_regime, with_own_name
from simulation.scenario import Scenario
from simulation.simulate import MESA
from simulation.switches import Switches

if TYPE_CHECKING:
    from simulation.agents.model import SectorModel
    from simulation.own_rules import Rules

STUDY = "run_ensemble"
RUNS_FILE, MONTHS_FILE = "runs.parquet", "months.parquet"
KEYS = ("regime", "parity", "set", "replicate")


@dataclass(frozen=True)
class EnsembleRuns:
    """What many runs gave.

    Attributes:
        runs: a row a run: ``regime``, ``parity``, ``set``, ``replicate``, every parameter, and every outcome of
            `OUTCOMES`, in its unit, the user's own last.
            Outcomes that compare a run with the same run under `none` are filled in; under `none` itself those of
            givers are missing, for there are none. A run that failed has no outcomes: ``error`` says why.
        months: a row a run and month (``month`` from 0): the same labels and every path of `PATHS`, in its unit; None
            unless they were asked for.
        units: unit of every parameter, outcome and path by name.
        length: months of a run.
        own: outcomes of the user's own by name.
    """

    runs: pd.DataFrame
    months: pd.DataFrame | None
    units: Mapping[str, str]
    length: int
    own: Mapping[str, OwnOutcome] = field(default_factory=dict)

    @property
    def failed(self) -> int:
        """How many runs failed."""
        return int((self.runs["error"] != "").sum())

    def paired_difference(
        self, outcome: str, regime: str, baseline: str = "none", *, parity: str | None = None
    ) -> PairedEffect:
        """Return the paired difference of an outcome between two regimes, with its verdict.

        Args:
            outcome: one of `OUTCOMES`, or of the user's own.
            regime: the regime's name.
            baseline: the regime that it is compared with.
            parity: under which; the first of the runs where None.

        Raises:
            InputError: there is no such outcome, or no run of a regime under the parity.
        """
        way = way_of_outcome(outcome, self.own, self.length)
        return effect_in(self.runs, outcome, (regime, baseline), parity or str(self.runs["parity"].iloc[0]), way)


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
    model: type[SectorModel] | None = None,
    rules: Rules | None = None,
    outcomes: Mapping[str, OwnOutcome] | None = None,
    keep_months: bool = False,
    threads: int | None = None,
    folder: str | Path | None = None,
    force: bool = False,
    progress: bool = True,
    tell: Tell = tell_nobody,
) -> EnsembleRuns:
    """Run every regime, under every parity and parameter set, with the luck of every replicate.

    Replicate k meets the same luck whatever the regime and the parameters, so that differences between runs of one set
    and replicate are paired. Rows come in the order of regimes, parities, sets and replicates, and are the same
    whatever the number of threads. A run that fails does not end the others: its row says why.

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
        model: a subclass of `SectorModel` that makes the runs, with Mesa; ``threads`` are then processes.
        rules: plain functions in the place of rules, by the rule's name.
        outcomes: outcomes of the user's own by name, beside the others.
        keep_months: whether to return the months too: 53 numbers a run and month.
        threads: as many as this process may use processors where None.
        folder: where the tables are kept; runs that were stopped go on from there. Nothing is kept where None.
        force: replace what the folder holds.
        progress: show a bar, on a terminal or in a notebook.
        tell: called with a line where something of earlier runs is used, or does not hold; `print` will do.

    Raises:
        InputError: a name is unknown, a number out of range, there is nothing to run, or the folder holds other runs.
        OSError: the folder cannot be written or the disk is full.
    """
    table, world_scenario = same_start(councils, scenario)
    world = World(
        councils=table,
        scenario=world_scenario,
        switches=switches or Switches(),
        months=months,
        seed=seed,
        own=own_science(model, rules),
    )
    batch = Batch(
        world=world,
        regimes=tuple(with_own_name(load_regime(one)) for one in _several("regimes", regimes, str, Path, Regime)),
        parities=tuple(_several("parities", parities, str)),
        sets=tuple(_several("parameters", Parameters() if parameters is None else parameters, Parameters)),
        replicates=tuple(_numbers(replicates)),
        months_kept=keep_months,
        outcomes=own_outcomes(outcomes),
    )
    if warning := beyond_ranges(batch.sets):
        tell(warning)
    workers = _workers(batch, threads)
    if folder is None:
        return _run(batch, None, workers, progress=progress, tell=tell)

    def fill(place: Workplace) -> dict[str, Any]:
        runs = _run(batch, place.blocks, workers, progress=progress, tell=tell)
        runs.runs.to_parquet(place.path / RUNS_FILE)
        if runs.months is not None:
            runs.months.to_parquet(place.path / MONTHS_FILE)
        return {"runs": len(runs.runs), "failed": runs.failed, "options": {"threads": workers}}

    home = ResultsFolder(folder, STUDY, batch.describe(), (RUNS_FILE, MONTHS_FILE))
    home.fill(fill, force=force, tell=tell)
    kept = pd.read_parquet(home.path / MONTHS_FILE) if keep_months else None
    return _labelled(batch, pd.read_parquet(home.path / RUNS_FILE), kept)


def _workers(batch: Batch, threads: int | None) -> int:
    """Return how many threads to use, or processes of Mesa, which must be able to import what is the user's own."""
    engine = batch.world.own.engine(None)
    workers = checked_workers(None, engine) if threads is None else whole("threads", threads, 1)
    if engine == MESA and workers > 1:
        check_importable(plain_function(own.function) for _, own in batch.outcomes)
    return workers


def _run(batch: Batch, store: BlockFolder | None, workers: int, *, progress: bool, tell: Tell) -> EnsembleRuns:
    """Make the runs, and return them as tables."""
    outcomes, months, errors = run_batch(batch, store, workers, progress=progress, tell=tell)
    labels = _labels(batch)
    kept = _months_table(labels, months) if batch.months_kept else None
    found = _labelled(batch, _runs_table(labels, batch, outcomes).assign(error=errors.ravel()), kept)
    if found.failed:
        tell(f"{found.failed} of {len(found.runs)} runs failed: the column error says why")
    return found


def _labelled(batch: Batch, runs: pd.DataFrame, months: pd.DataFrame | None) -> EnsembleRuns:
    """Return tables of runs, with what stands in them."""
    named = [{name: info.unit for name, info in table.items()} for table in (PARAMETERS, PATHS, OUTCOMES)]
    own = dict(batch.outcomes)
    units = {name: unit for table in named for name, unit in table.items()}
    units |= {name: outcome.unit for name, outcome in own.items()}
    return EnsembleRuns(runs, months, units, batch.world.months, own)


def _labels(batch: Batch) -> pd.MultiIndex:
    """Return the labels of the rows."""
    names = [regime.name for regime in batch.regimes]
    return pd.MultiIndex.from_product([names, batch.parities, range(len(batch.sets)), batch.replicates], names=KEYS)


def _runs_table(labels: pd.MultiIndex, batch: Batch, outcomes: Floats) -> pd.DataFrame:
    numbers = pd.DataFrame([parameters.as_dict() for parameters in batch.sets])
    inputs = numbers.iloc[labels.get_level_values("set")].set_axis(labels)
    values = pd.DataFrame(outcomes.reshape(len(labels), -1), index=labels, columns=[*OUTCOMES, *dict(batch.outcomes)])
    return pd.concat([inputs, values], axis=1).reset_index()


def _several(name: str, argument: object, *alone: type) -> list[Any]:
    """Return what was handed in as a list; one thing of the types ``alone`` is a list of one.

    Raises:
        InputError: there is nothing, or it is no list of such things.
    """
    if isinstance(argument, alone):
        return [argument]
    if not isinstance(argument, Iterable):
        raise InputError(f"expected {alone[-1].__name__} or a list of them, got {shown(argument)}")
    things = list(argument)
    if not things:
        raise InputError(f"{name}: expected one or more, got none")
    return things


def _numbers(replicates: int | Iterable[int]) -> list[int]:
    if not isinstance(replicates, Iterable):
        return list(range(checked_replicates(replicates)))
    return [checked_replicate(number) for number in _several("replicates", replicates)]


def _months_table(labels: pd.MultiIndex, paths: Floats) -> pd.DataFrame:
    months = paths.shape[-2]
    repeated = labels.repeat(months).to_frame(index=False).assign(month=np.tile(np.arange(months), len(labels)))
    return pd.concat([repeated, pd.DataFrame(paths.reshape(-1, len(PATHS)), columns=list(PATHS))], axis=1)
