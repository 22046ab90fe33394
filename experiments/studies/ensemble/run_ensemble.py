"""Many runs at once, for a notebook: regimes, parameter sets and replicates in, labelled tables out.

>>> from experiments import run_ensemble
>>> found = run_ensemble(["none", "peer_support"], replicates=2, months=12)
>>> found.runs.groupby("regime", sort=False)["inadequate_months"].mean().tolist()
[253.0, 253.0]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.design.parameter_sets import ParameterSet
from experiments.design.world import Cell, Condition, Piece, World, distinct_conditions
from experiments.files.digests import digest_of, plain_values
from experiments.results.blocks import Arrays, BlockFolder
from experiments.results.folder import ResultsFolder, Workplace
from experiments.running.rounds import run_pieces
from experiments.running.runner import Runner
from experiments.running.workers import processors
from simulation.arrays import Floats
from simulation.councils import Councils, same_start
from simulation.errors import InputError, whole
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.pairs import paired_outcomes
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import Run
from simulation.parameters import PARAMETERS, Parameters
from simulation.regimes import REGIMES, Regime, load_regime
from simulation.scenario import Scenario
from simulation.switches import Switches

STUDY = "run_ensemble"
RUNS_FILE, MONTHS_FILE = "runs.parquet", "months.parquet"
KEYS = ("regime", "parity", "set", "replicate")

_MOST = 1_000_000
_PLACE = {name: place for place, name in enumerate(OUTCOMES)}


@dataclass(frozen=True)
class EnsembleRuns:
    """What many runs gave.

    Attributes:
        runs: a row a run: ``regime``, ``parity``, ``set``, ``replicate``, every parameter, and every outcome of
            `OUTCOMES`, in its unit.
            Outcomes that compare a run with the same run under `none` are filled in; under `none` itself those of
            givers are missing, for there are none.
        months: a row a run and month (``month`` from 0): the same labels and every path of `PATHS`, in its unit; None
            unless they were asked for.
        units: unit of every parameter, outcome and path by name.
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
    folder: str | Path | None = None,
    force: bool = False,
    progress: bool = False,
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
        threads: as many as this process may use processors where None.
        folder: where the tables are kept; runs that were stopped go on from there. Nothing is kept where None.
        force: replace what the folder holds.
        progress: show a bar on a terminal.

    Raises:
        InputError: a name is unknown, a number out of range, there is nothing to run, or the folder holds other runs.
        RunsFailedError: a run failed.
        OSError: the folder cannot be written or the disk is full.
    """
    table, world_scenario = same_start(councils, scenario)
    world = World(
        councils=table,
        scenario=world_scenario,
        switches=switches or Switches(),
        months=whole("months", months, 1, _MOST),
        seed=whole("seed", seed, 0, 2**63 - 1),
    )
    batch = Batch(
        world=world,
        regimes=tuple(load_regime(one) for one in _several("regimes", regimes, str, Path, Regime)),
        parities=tuple(_several("parities", parities, str)),
        sets=tuple(_several("parameters", Parameters() if parameters is None else parameters, Parameters)),
        replicates=tuple(_numbers(replicates)),
        months_kept=keep_months,
    )
    workers = processors() if threads is None else whole("threads", threads, 1, _MOST)
    if folder is None:
        return _run(batch, None, workers, progress=progress)

    def fill(place: Workplace) -> dict[str, Any]:
        runs = _run(batch, place.blocks, workers, progress=progress)
        runs.runs.to_parquet(place.path / RUNS_FILE)
        if runs.months is not None:
            runs.months.to_parquet(place.path / MONTHS_FILE)
        return {"options": {"threads": workers}}

    home = ResultsFolder(folder, STUDY, batch.describe(), (RUNS_FILE, MONTHS_FILE))
    home.fill(fill, force=force)
    kept = pd.read_parquet(home.path / MONTHS_FILE) if keep_months else None
    return EnsembleRuns(pd.read_parquet(home.path / RUNS_FILE), kept, _units())


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What is run: every regime under every parity, parameter set and luck."""

    world: World
    regimes: tuple[Regime, ...]
    parities: tuple[str, ...]
    sets: tuple[Parameters, ...]
    replicates: tuple[int, ...]
    months_kept: bool

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Regimes under parities, in the order of the rows."""
        return tuple(Condition(regime, parity) for regime in self.regimes for parity in self.parities)

    @property
    def labels(self) -> pd.MultiIndex:
        """The labels of the rows."""
        names = [regime.name for regime in self.regimes]
        return pd.MultiIndex.from_product([names, self.parities, range(len(self.sets)), self.replicates], names=KEYS)

    def describe(self) -> dict[str, Any]:
        """Return it as plain values, ready for JSON."""
        own = {
            "regimes": [asdict(regime) for regime in self.regimes],
            "parities": self.parities,
            "sets": [parameters.as_dict() for parameters in self.sets],
            "replicates": self.replicates,
            "months_kept": self.months_kept,
        }
        return plain_values(own) | self.world.describe()


@dataclass(frozen=True)
class WholeRuns:
    """Reduces a run to its outcomes, paired ones too, and where asked for its months."""

    months_kept: bool
    panel: bool = False
    paired: bool = True

    def shelf(self, world: World, piece: Piece) -> WholeShelf:
        """Return an empty shelf for the runs of a piece."""
        return WholeShelf(piece.runs, world.months if self.months_kept else 0)


class WholeShelf:
    """The outcomes of the runs of a piece, and as many months."""

    def __init__(self, runs: int, months: int) -> None:
        self._months = months
        self.arrays: Arrays = {
            "outcomes": np.full((runs, len(OUTCOMES)), np.nan),
            "months": np.full((runs, months, len(PATHS)), np.nan),
        }

    def keep(self, row: int, run: Run, none: Run | None) -> None:
        """Keep a run."""
        outcomes = self.arrays["outcomes"][row]
        outcomes[:] = run.values  # noqa: PD011  an array of the run, nothing of pandas
        if none is not None:
            for name, value in paired_outcomes(run, none).items():
                outcomes[_PLACE[name]] = value
        if self._months:
            self.arrays["months"][row] = run.month_values


def _run(batch: Batch, store: BlockFolder | None, workers: int, *, progress: bool) -> EnsembleRuns:
    """Make the runs, luck by luck, and return them as tables."""
    conditions, work = batch.conditions, digest_of(batch.describe())
    distinct = [distinct_conditions(ParameterSet(one), conditions, batch.world.councils.n) for one in batch.sets]
    cells = list(product(batch.replicates, range(len(batch.sets))))
    pieces = []
    for replicate, number in cells:
        name = f"replicate-{replicate:06}-set-{number:06}"
        cell = Cell(batch.sets[number], replicate, distinct[number][0])
        pieces.append(Piece(name, digest_of([work, name]), (cell,)))
    runner = Runner(batch.world, WholeRuns(batch.months_kept), workers=workers)
    blocks = run_pieces(runner, pieces, store=store, progress=progress)
    shape = (len(batch.replicates), len(batch.sets), len(conditions))
    arrays = {}
    for name in ("outcomes", "months"):
        rows = [block.arrays[name][list(distinct[number][1])] for block, (_, number) in zip(blocks, cells, strict=True)]
        arrays[name] = np.stack(rows).reshape(*shape, *rows[0].shape[1:]).swapaxes(0, 2)
    labels = batch.labels
    return EnsembleRuns(
        runs=_runs_table(labels, batch.sets, arrays["outcomes"]),
        months=_months_table(labels, arrays["months"]) if batch.months_kept else None,
        units=_units(),
    )


def _runs_table(labels: pd.MultiIndex, sets: Sequence[Parameters], outcomes: Floats) -> pd.DataFrame:
    numbers = pd.DataFrame([parameters.as_dict() for parameters in sets])
    inputs = numbers.iloc[labels.get_level_values("set")].set_axis(labels)
    values = pd.DataFrame(outcomes.reshape(len(labels), -1), index=labels, columns=list(OUTCOMES))
    return pd.concat([inputs, values], axis=1).reset_index()


def _units() -> dict[str, str]:
    return {name: info.unit for table in (PARAMETERS, PATHS, OUTCOMES) for name, info in table.items()}


def _several(name: str, given: object, *alone: type) -> list[Any]:
    """Return what was handed in as a list; one thing of the types ``alone`` is a list of one.

    Raises:
        InputError: there is nothing, or it is no list of such things.
    """
    if isinstance(given, alone):
        return [given]
    if not isinstance(given, Iterable):
        raise InputError(f"expected {alone[-1].__name__} or a list of them, got {given!r}")
    things = list(given)
    if not things:
        raise InputError(f"{name}: expected one or more, got none")
    return things


def _numbers(replicates: int | Iterable[int]) -> list[int]:
    if not isinstance(replicates, Iterable):
        return list(range(whole("replicates", replicates, 1, _MOST)))
    return [whole("replicate", number, 0, _MOST) for number in _several("replicates", replicates)]


def _months_table(labels: pd.MultiIndex, paths: Floats) -> pd.DataFrame:
    months = paths.shape[-2]
    repeated = labels.repeat(months).to_frame(index=False).assign(month=np.tile(np.arange(months), len(labels)))
    return pd.concat([repeated, pd.DataFrame(paths.reshape(-1, len(PATHS)), columns=list(PATHS))], axis=1)
