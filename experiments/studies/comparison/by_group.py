"""Who gains and who pays: paired differences by region, fifth of deprivation and grade at the start."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.design.design import BASELINES, Design, Label
from experiments.results.excerpt import read_parity
from experiments.results.group_totals import SMALLEST, Groups
from experiments.statistics.paired import NO_VERDICT, share_met
from experiments.studies.comparison.differences import DIFFERENCE_COLUMNS, Runs, paired_cells
from simulation.arrays import Floats

BY_GROUP_COLUMNS = (
    "measure",
    "unit",
    "better",
    "parity",
    "regime",
    "baseline",
    "kind",
    "group",
    "councils",
    *DIFFERENCE_COLUMNS,
    "parity_met",
    "sets",
    "replicates",
    "verdict",
)


@dataclass(frozen=True)
class Measure:
    """What is compared of a group: a column of the groups' table, as it is for an average council of the group."""

    name: str
    unit: str
    better: str
    total: bool = True


MEASURES = (
    Measure("inadequate_months", "months a council", "lower"),
    Measure("mean_quality", "SD", "higher", total=False),
    Measure("days_given", "days a council", "neither"),
    Measure("days_received", "days a council", "neither"),
)


def by_group_table(design: Design, runs: Runs, groups: Path) -> pd.DataFrame:
    """Return a row a parity, regime, baseline, group of councils and measure: what paired differences say.

    A group of fewer than `SMALLEST` councils has its row and no numbers.

    Args:
        design: what was run.
        runs: all runs, for what they realised.
        groups: `groups.parquet`, read regime by regime.
    """
    rows = [row for parity in design.parities for row in _rows(design, runs, groups, parity)]
    return pd.DataFrame(rows, columns=list(BY_GROUP_COLUMNS))


def _rows(design: Design, runs: Runs, groups: Path, parity: str) -> Iterator[dict[str, object]]:
    bases = {name: _values(design, groups, Label(parity, name)) for name in BASELINES}
    for regime in design.regimes:
        label = Label(parity, regime.name)
        values = bases[label.regime] if label.regime in bases else _values(design, groups, label)
        for baseline, base in bases.items():
            if baseline != label.regime:
                yield from _against(design, runs, label, baseline, values - base)


def _values(design: Design, groups: Path, label: Label) -> Floats:
    """Return what was measured of an average council, shape (measures, groups, sets, replicates)."""
    names = [measure.name for measure in MEASURES]
    table = read_parity(groups, label.parity, label.regime, ["councils", *names])
    shape = (len(design.sets), design.replicates, -1)
    councils = table["councils"].to_numpy().reshape(shape)
    values = [
        table[measure.name].to_numpy().reshape(shape) / (councils if measure.total else 1.0) for measure in MEASURES
    ]
    return np.ascontiguousarray(np.stack(values).transpose(0, 3, 1, 2))


def _against(
    design: Design, runs: Runs, label: Label, baseline: str, differences: Floats
) -> Iterator[dict[str, object]]:
    members, judged = Groups(design.councils), runs.fair(label)
    shared: dict[str, object] = {
        "parity": label.parity,
        "regime": label.regime,
        "baseline": baseline,
        "parity_met": share_met(judged, runs.weights),
    }
    for place, (kind, group) in enumerate(members.names.tolist()):
        size = int(members.sizes[place])
        for at, measure in enumerate(MEASURES):
            matrix = differences[at, place]
            cells = _withheld() if size < SMALLEST else paired_cells(matrix, measure.better, judged, runs.weights)
            names = {"measure": measure.name, "unit": measure.unit, "better": measure.better}
            yield shared | names | {"kind": kind, "group": group, "councils": size} | cells


def _withheld() -> dict[str, object]:
    return {**dict.fromkeys(DIFFERENCE_COLUMNS, math.nan), "sets": 0, "replicates": 0, "verdict": NO_VERDICT}
