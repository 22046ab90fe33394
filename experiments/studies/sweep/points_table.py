"""The table of points: at each, what an outcome is under a regime, and the paired difference between two regimes.

Luck and ignorance stand apart: ``luck_error`` and the interval from ``luck_low`` to ``luck_high`` are of the mean over
replicates with the sets held; ``sets_low`` to ``sets_high`` is the range of the sets, luck taken out. ``mean_error`` is
the standard error over sets and replicates together. These are of all sets, the same at every point, so that points can
be held against each other. Shares, verdict and ``mean_met`` are of the sets that met the parity at the point.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict

import pandas as pd

from experiments.design.design import Label
from experiments.design.points import POINT
from experiments.running.crossed import CrossedRuns, parity_met
from experiments.statistics.luck import luck_of_mean
from experiments.statistics.paired import Matrix
from experiments.statistics.verdicts import paired_effect
from experiments.statistics.worlds import measure_worlds
from experiments.studies.sweep.design import SweepDesign
from simulation.outcomes.outcomes import OUTCOMES

LEVEL_COLUMNS = ("mean", "mean_error", "luck_error", "luck_low", "luck_high", "sets_low", "sets_high")
_EFFECT = (
    "mean_met",
    "share",
    "share_error",
    "gains",
    "losses",
    "within",
    "matters",
    "worlds",
    "left_out",
    "replicates",
    "verdict",
)
KEY_COLUMNS = ("outcome", "unit", "better", "parity", "regime", "baseline")
_ONE_WORLD = 1


def sweep_points(design: SweepDesign, runs: CrossedRuns) -> pd.DataFrame:
    """Return a row a point, outcome and regime, and one a point, outcome and pair of regimes, which has a baseline."""
    inputs = design.crossing.points.table()
    rows = pd.DataFrame(list(_rows(design, runs)), columns=[POINT, *KEY_COLUMNS, *LEVEL_COLUMNS, *_EFFECT])
    return pd.concat([rows[[POINT]], inputs.iloc[rows[POINT]].reset_index(drop=True), rows.drop(columns=POINT)], axis=1)


def _rows(design: SweepDesign, runs: CrossedRuns) -> Iterator[dict[str, object]]:
    for point in range(len(design.crossing.points)):
        for name in design.outcomes:
            known = {"outcome": name, "unit": OUTCOMES[name].unit, "better": OUTCOMES[name].better}
            for label in design.crossing.labels:
                level = _spread(runs.of(label, name)[point], design)
                yield {POINT: point, **known, "parity": label.parity, "regime": label.regime, "baseline": "", **level}
            for label, other in design.pairs:
                yield {POINT: point, **known, **_pair_row(design, runs, point, name, (label, other))}


def _pair_row(
    design: SweepDesign, runs: CrossedRuns, point: int, name: str, pair: tuple[Label, Label]
) -> dict[str, object]:
    label, other = pair
    differences = runs.of(label, name)[point] - runs.of(other, name)[point]
    counts = parity_met(runs, pair, point)
    row: dict[str, object] = {"parity": label.parity, "regime": label.regime, "baseline": other.regime}
    weights = design.crossing.weights
    if len(differences) == _ONE_WORLD:
        return row | _spread(differences, design)
    effect = asdict(paired_effect(differences, OUTCOMES[name].better, design.smallest(name), counts, weights))
    effect["mean_met"] = effect["difference"]
    return row | _spread(differences, design) | {column: effect[column] for column in _EFFECT}


def _spread(values: Matrix, design: SweepDesign) -> dict[str, float]:
    """Return the mean of runs of shape (sets, replicates) with its two uncertainties."""
    weights = design.crossing.weights
    luck = luck_of_mean(values, weights)
    error, ends = math.nan, (math.nan, math.nan)
    if len(values) > _ONE_WORLD:
        worlds = measure_worlds(values, weights=weights)
        error, ends = worlds.mean_error, worlds.interval()
    numbers = (luck.mean, error, luck.error, luck.low, luck.high, *ends)
    return dict(zip(LEVEL_COLUMNS, numbers, strict=True))
