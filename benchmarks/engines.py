"""The engines as they are timed: whole runs, and the bare compiled months on the arrays that they run on."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any
from unittest.mock import patch

import numpy as np

from simulation.compiled import cache as compiled
from simulation.compiled import ensemble as engine
from simulation.compiled.ensemble import Ensemble, Opening
from simulation.councils import Councils, load_councils
from simulation.parameters import Parameters
from simulation.regimes import QUANTITIES, REGIMES, Deployment, Regime, deploy, load_regime

SEED = 2018
WRITTEN = ("councils", "directors", "sectors", "rows", "panel", "work")
"""Arguments of the compiled months that a run writes on; the luck that it reads is one for all, as in a comparison."""

SCRATCH = ("places", "parts", "begin")
"""Room for sorting: what a run leaves in it means nothing."""


@dataclass(frozen=True)
class DistinctRun:
    """A regime under a parity; a parity that deploys the same support as an earlier one is no run of its own."""

    regime: Regime
    parity: str


@dataclass(frozen=True)
class MonthsCall:
    """What the compiled months were called with for one run: arrays by name, in order."""

    arguments: Mapping[str, Any]

    def prepare(self, months: Callable[..., object]) -> Callable[[], object]:
        """Return a call of these months on fresh arguments."""
        arguments = tuple(self.fresh().values())
        return lambda: months(*arguments)

    def fresh(self) -> dict[str, Any]:
        """Return the arguments as before the run: what a run writes on copied, what it only reads shared."""
        return {name: copy.deepcopy(value) if name in WRITTEN else value for name, value in self.arguments.items()}


def opened(ensemble: Ensemble, replicate: int = 0) -> Opening:
    """Return month 0 with default parameters."""
    return ensemble.open(Parameters(), ensemble.draw(SEED, replicate))


def distinct_runs(councils: int, regimes: Sequence[str] = REGIMES) -> list[DistinctRun]:
    """Return the runs that a comparison makes of one parameter set and replicate, each once."""
    seen: set[tuple[str, Deployment]] = set()
    runs = []
    for regime in map(load_regime, regimes):
        for parity in QUANTITIES:
            key = (regime.name, deploy(regime, Parameters(), parity, councils))
            if key not in seen:
                seen.add(key)
                runs.append(DistinctRun(regime, parity))
    return runs


def replicated(councils: int) -> Councils:
    """Return so many councils: England's, over and over, with codes of their own."""
    table = load_councils()
    pick = [k % table.n for k in range(councils)]
    fields: dict[str, Any] = {
        field.name: tuple(getattr(table, field.name)[k] for k in pick) for field in dataclasses.fields(table)[:-2]
    }
    fields["code"] = tuple(f"C{k:06d}" for k in range(councils))
    return dataclasses.replace(table, **fields)


def months_of(ensemble: Ensemble, run: DistinctRun, opening: Opening) -> MonthsCall:
    """Return what the compiled months are called with for a run."""
    kept: list[MonthsCall] = []
    names = tuple(signature(compiled.run_months.function).parameters)

    def keep(*arguments: Any) -> None:
        kept.append(MonthsCall(MonthsCall(dict(zip(names, arguments, strict=True))).fresh()))

    with patch.object(engine, "run_months", keep):
        ensemble.run(run.regime, opening, run.parity)
    return kept[0]


def differing(left: Mapping[str, Any], right: Mapping[str, Any]) -> list[str]:
    """Return the names of the arrays and record fields whose bits differ between two runs."""
    names = []
    for name, array in left.items():
        if isinstance(array, np.ndarray):
            names += _differing(name, array, right[name])
        elif hasattr(array, "_asdict"):
            names += differing(array._asdict(), right[name]._asdict())
    return names


def _differing(name: str, left: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> list[str]:
    if name in SCRATCH:
        return []
    if left.dtype.names is None:
        return [] if left.tobytes() == right.tobytes() else [name]
    return [wrong for field in left.dtype.names for wrong in _differing(f"{name}.{field}", left[field], right[field])]
