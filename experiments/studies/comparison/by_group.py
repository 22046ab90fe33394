"""Who gains and who pays: paired differences by region, fifth of deprivation and grade at the start."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.design.design import BASELINES, Design, Label
from experiments.results.excerpt import read_run_rows
from experiments.results.group_totals import SMALLEST, Groups
from experiments.results.run_index import RunIndex, index_runs
from experiments.statistics.verdicts import paired_effect
from experiments.statistics.worlds import share_met
from experiments.studies.comparison.differences import COUNT_COLUMNS, EFFECT_COLUMNS, Runs
from experiments.text.verdicts import NO_VERDICT
from simulation.arrays import Floats, Numbers

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
    *EFFECT_COLUMNS,
    *COUNT_COLUMNS,
)


@dataclass(frozen=True)
class Measure:
    """What is compared of a group: a column of the groups' table, as it is for an average council of the group.

    Attributes:
        name: of the column.
        unit: of the measure.
        better: ``lower``, ``higher`` or ``neither``.
        outcome: the outcome of all councils that says what matters: of a total, an average council's part of it.
        total: whether the column is a total over the group's councils.
    """

    name: str
    unit: str
    better: str
    outcome: str
    total: bool = True

    def smallest(self, design: Design) -> float:
        """Return the smallest difference worth a decision, for an average council."""
        whole = design.smallest(self.outcome)
        return whole / design.councils.n if self.total else whole


MEASURES = (
    Measure("inadequate_months", "months a council", "lower", "inadequate_months"),
    Measure("mean_quality", "SD", "higher", "mean_quality", total=False),
    Measure("days_given", "days a council", "neither", "days_delivered"),
    Measure("days_received", "days a council", "neither", "days_delivered"),
)


def by_group_table(design: Design, runs: Runs, groups: Path) -> pd.DataFrame:
    """Return a row a parity, regime, baseline, group of councils and measure: what paired differences say.

    Every two regimes are set against each other, the one that stands later in the design less the earlier. A group of
    fewer than `SMALLEST` councils has its row and no numbers.

    Args:
        design: what was run.
        runs: all runs, for what they realised.
        groups: `groups.parquet`, read regime by regime.
    """
    index = index_runs(design)
    rows = [row for parity in design.parities for row in _rows(design, runs, groups, index, parity)]
    return pd.DataFrame(rows, columns=list(BY_GROUP_COLUMNS))


def _rows(design: Design, runs: Runs, groups: Path, index: RunIndex, parity: str) -> Iterator[dict[str, object]]:
    """Yield every regime against each that stands before it, and the baselines against each other."""
    known: dict[str, Floats] = {}
    for regime in design.regimes:
        label = Label(parity, regime.name)
        values = _values(design, groups, index.numbers(design.labels.index(label)))
        for baseline, base in known.items():
            yield from _against(design, runs, label, baseline, values - base)
            if {label.regime, baseline} == set(BASELINES):
                yield from _against(design, runs, Label(parity, baseline), label.regime, base - values)
        known[label.regime] = values


def _values(design: Design, groups: Path, numbers: Numbers) -> Floats:
    """Return what was measured of an average council, shape (measures, groups, sets, replicates)."""
    names = [measure.name for measure in MEASURES]
    table = read_run_rows(groups, "run", numbers.ravel(), ["councils", *names])
    shape = (len(design.sets), design.replicates, -1)
    councils = table["councils"].to_numpy().reshape(shape)
    values = [
        table[measure.name].to_numpy().reshape(shape) / (councils if measure.total else 1.0) for measure in MEASURES
    ]
    return np.ascontiguousarray(np.stack(values).transpose(0, 3, 1, 2))


def _against(
    design: Design, runs: Runs, label: Label, baseline: str, differences: Floats
) -> Iterator[dict[str, object]]:
    members, counts = Groups(design.councils), runs.counts_of_both(label, Label(label.parity, baseline))
    shared: dict[str, object] = {
        "parity": label.parity,
        "regime": label.regime,
        "baseline": baseline,
        "parity_met": share_met(counts, runs.weights),
    }
    for place, (kind, group) in enumerate(members.names.tolist()):
        size = int(members.sizes[place])
        for at, measure in enumerate(MEASURES):
            smallest = measure.smallest(design)
            cells = (
                _withheld(smallest)
                if size < SMALLEST
                else asdict(paired_effect(differences[at, place], measure.better, smallest, counts, runs.weights))
            )
            names = {"measure": measure.name, "unit": measure.unit, "better": measure.better}
            yield shared | names | {"kind": kind, "group": group, "councils": size} | cells


def _withheld(smallest: float) -> dict[str, object]:
    """Return the cells of a group that is too small to be shown."""
    none = {**dict.fromkeys(EFFECT_COLUMNS, math.nan), "matters": smallest, "left_out": math.nan}
    return none | {"worlds": 0, "replicates": 0, "verdict": NO_VERDICT}
