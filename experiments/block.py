"""One block of runs: one parameter set and one replicate, every regime and parity of it under the same luck."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.design import Design, DistinctRun
from experiments.sampling import ParameterSet
from simulation.chance import Chance, draw_chance
from simulation.engines import simulate
from simulation.measures import paired_outcomes
from simulation.outcomes import OUTCOMES
from simulation.paths import PATHS
from simulation.run import Run

REALISED = ("pounds", "days", "director_days")
GROUP_KINDS = ("region", "deprivation_fifth", "start_grade")
GROUP_SUMS = ("months_inadequate", "mean_quality", "days_given", "days_received")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """What the distinct runs of one parameter set and one replicate gave; NaN throughout where a run failed.

    Attributes:
        where: which distinct run each label of the design shows, shape (labels,).
        outcomes: in the order of `OUTCOMES`, shape (runs, outcomes).
        realised: pounds, days and director days, shape (runs, 3).
        months: in the order of `PATHS`, shape (runs, months, paths).
        groups: councils and `GROUP_SUMS` of each group of councils, shape (runs, groups, 5); the mean of quality,
            the sum of all else.
        names: kind and name of each group, shape (groups, 2).
        errors: why a run failed, empty where it did not, shape (runs,).
    """

    where: npt.NDArray[np.int64]
    outcomes: Floats
    realised: Floats
    months: Floats
    groups: Floats
    names: npt.NDArray[np.str_]
    errors: npt.NDArray[np.str_]

    @property
    def failed(self) -> int:
        """How many of the runs failed."""
        return int((self.errors != "").sum())


@dataclass
class _Rows:
    """The block's arrays while its runs are made."""

    outcomes: Floats
    realised: Floats
    months: Floats
    groups: list[Floats | None]
    errors: list[str]


def run_block(design: Design, number: int, replicate: int, stopped: Callable[[], bool] = lambda: False) -> Block | None:
    """Return the block of parameter set ``number`` and ``replicate``, or None if ``stopped()`` before its end.

    Chance is drawn once for all runs. A run that fails leaves its reason and the others go on.
    """
    runs, where = design.distinct(number)
    table = design.councils
    chance = draw_chance(design.seed, replicate, design.months, table.n, len(table.regions))
    rows = _Rows(
        outcomes=np.full((len(runs), len(OUTCOMES)), np.nan),
        realised=np.full((len(runs), len(REALISED)), np.nan),
        months=np.full((len(runs), design.months, len(PATHS)), np.nan),
        groups=[None] * len(runs),
        errors=[""] * len(runs),
    )
    names: npt.NDArray[np.str_] = np.empty((0, 2), dtype=np.str_)
    none: Run | None = None
    for place, distinct in enumerate(runs):
        if stopped():
            return None
        try:
            run = _simulate(design, design.sets[number], distinct, replicate, chance)
            none = run if place == 0 else none
            names = _keep(rows, place, run, none)
        except Exception as error:  # noqa: BLE001  whatever one run dies of, the others go on and its row says why
            rows.errors[place] = " ".join(f"{type(error).__name__}: {error}".split())
            rows.outcomes[place] = np.nan
    return _block(rows, where, names)


def _simulate(design: Design, chosen: ParameterSet, distinct: DistinctRun, replicate: int, chance: Chance) -> Run:
    return simulate(
        distinct.regime,
        replicate=replicate,
        seed=design.seed,
        months=design.months,
        parameters=chosen.parameters,
        switches=design.switches,
        scenario=design.scenario,
        councils=design.councils,
        parity=distinct.parity,
        chance=chance,
    )


def _keep(rows: _Rows, place: int, run: Run, none: Run | None) -> npt.NDArray[np.str_]:
    found = dict(run.outcomes)
    if none is not None and place:
        found |= paired_outcomes(run, none)
    groups, names = group_councils(run.councils)
    months = run.months[list(PATHS)].to_numpy(dtype=np.float64)
    rows.outcomes[place] = [found.get(name, np.nan) for name in OUTCOMES]
    rows.realised[place] = [run.realised[name] for name in REALISED]
    rows.months[place] = months
    rows.groups[place] = groups
    return names


def group_councils(councils: pd.DataFrame) -> tuple[Floats, npt.NDArray[np.str_]]:
    """Return each group's councils and `GROUP_SUMS`, shape (groups, 5), and its kind and name, shape (groups, 2).

    Args:
        councils: a row a council, as `simulation.run.Run.councils`.
    """
    numbers, names = [], []
    for kind in GROUP_KINDS:
        for name, members in councils.groupby(kind, sort=True, observed=True):
            sums = members[list(GROUP_SUMS)].sum()
            sums["mean_quality"] /= len(members)
            numbers.append([len(members), *sums])
            names.append([kind, str(name)])
    return np.array(numbers, dtype=np.float64), np.array(names, dtype=np.str_)


def _block(rows: _Rows, where: tuple[int, ...], names: npt.NDArray[np.str_]) -> Block:
    blank = np.full((len(names), 1 + len(GROUP_SUMS)), np.nan)
    return Block(
        where=np.array(where, dtype=np.int64),
        outcomes=rows.outcomes,
        realised=rows.realised,
        months=rows.months,
        groups=np.array([blank if one is None else one for one in rows.groups], dtype=np.float64).reshape(
            len(rows.groups), *blank.shape
        ),
        names=names,
        errors=np.array(rows.errors, dtype=np.str_),
    )
