"""Few days or many: paired differences over thirds of the parameter sets, parted by the two levers that decide most."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from experiments.design.design import Design, Label
from experiments.design.parameter_sets import LEVER_QUANTILES
from experiments.results.rows import MAIN
from experiments.statistics.thirds import FEWEST, THIRDS, thirds
from experiments.statistics.verdicts import paired_effect
from experiments.statistics.worlds import share_met
from experiments.studies.comparison.differences import COUNT_COLUMNS, EFFECT_COLUMNS, Runs, pairs
from simulation.arrays import Flags
from simulation.outcomes.outcomes import OUTCOMES

BY_LEVER_COLUMNS = (
    "outcome",
    "unit",
    "better",
    "lever",
    "third",
    "parity",
    "regime",
    "baseline",
    *EFFECT_COLUMNS,
    "rank",
    *COUNT_COLUMNS,
)


def by_lever_table(design: Design, runs: Runs) -> pd.DataFrame:
    """Return a row a lever, third, parity, regime and baseline: what paired differences of that third say.

    Its rank is that of the difference among all regimes set against the same baseline, 1 the lowest, none where there
    is no difference. Without rows where levers are fixed, or there are fewer than `FEWEST` sets.
    """
    rows: list[dict[str, object]] = []
    if design.levers == "drawn" and len(design.sets) >= FEWEST:
        for lever in LEVER_QUANTILES:
            third = thirds([getattr(one, lever) for one in design.sets])
            for place, name in enumerate(THIRDS):
                shared = {"lever": lever, "third": name}
                rows.extend(shared | _row(design, runs, *pair, third == place) for pair in pairs(design))
    table = pd.DataFrame(rows, columns=list(BY_LEVER_COLUMNS))
    return table.assign(rank=_ranks(table))


def _row(design: Design, runs: Runs, label: Label, other: Label, inside: Flags) -> dict[str, object]:
    outcome, counts = OUTCOMES[MAIN], runs.counts(label)
    differences = (runs.outcome(label, MAIN) - runs.outcome(other, MAIN))[inside]
    met = None if counts is None else counts[inside]
    weights = None if runs.weights is None else runs.weights[inside]
    return {
        "outcome": MAIN,
        "unit": outcome.unit,
        "better": outcome.better,
        "parity": label.parity,
        "regime": label.regime,
        "baseline": other.regime,
        "parity_met": share_met(met, weights),
        **asdict(paired_effect(differences, outcome.better, design.smallest(MAIN), met, weights)),
    }


def _ranks(table: pd.DataFrame) -> pd.Series[int]:
    """Return the rank of each difference among those of its lever, third, parity and baseline; ties go by name."""
    together = table.sort_values("regime").groupby(["lever", "third", "parity", "baseline"])
    return together["difference"].rank(method="first").astype("Int64")
