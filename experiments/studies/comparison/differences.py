"""The table that answers the question: every regime against both baselines, by outcome and parity."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd

from experiments.design.design import BASELINES, Design, Label
from experiments.design.stopping import Look, StopRule
from experiments.results.gathered import Gathered
from experiments.statistics import paired as statistics
from experiments.statistics.paired import Matrix
from experiments.statistics.weights import Weights, mean
from experiments.text.names import NOTHING, PARTNERS
from simulation.arrays import Flags
from simulation.outcomes.outcomes import OUTCOMES
from simulation.regimes import QUANTITIES

DIFFERENCE_COLUMNS = ("difference", "chance_low", "chance_high", "sets_low", "sets_high", "win_share")
COMPARISON_COLUMNS = (
    "outcome",
    "unit",
    "better",
    "parity",
    "regime",
    "baseline",
    *DIFFERENCE_COLUMNS,
    "realised",
    "realised_baseline",
    "parity_met",
    "sets",
    "replicates",
    "verdict",
)


class Runs:
    """The gathered runs, looked up by label: matrices of shape (sets, replicates); and the weights of their sets."""

    def __init__(self, design: Design, gathered: Gathered) -> None:
        self._place = {label: place for place, label in enumerate(design.labels)}
        self._outcome = {name: place for place, name in enumerate(OUTCOMES)}
        self._gathered = gathered
        self.weights = design.weights

    def outcome(self, label: Label, name: str) -> Matrix:
        """Return an outcome; a paired one is nought under `none`, which is its own reference."""
        values: Matrix = self._gathered.outcomes[self._place[label], :, :, self._outcome[name]]
        if OUTCOMES[name].paired and label.regime == NOTHING:
            return np.where(np.isfinite(self._gathered.realised[self._place[label], :, :, 0]), 0.0, np.nan)
        return values

    def realised(self, label: Label) -> Matrix:
        """Return what was realised of what the parity makes equal; pounds where each regime has its own size."""
        unit = QUANTITIES.index(label.parity) if label.parity in QUANTITIES else 0
        values: Matrix = self._gathered.realised[self._place[label], :, :, unit]
        return values

    def fair(self, label: Label) -> Flags | None:
        """Return which runs met the parity with the partners; None where there is none to be met."""
        if label.regime == NOTHING or label.parity not in QUANTITIES:
            return None
        return statistics.parity_met(self.realised(label), self.realised(Label(label.parity, PARTNERS)))


def comparison_table(design: Design, gathered: Gathered) -> pd.DataFrame:
    """Return a row a parity, regime, baseline and outcome: what paired differences say and the verdict.

    Realised quantities are means over runs, in the unit of the parity (pounds where parity is ``none``).
    ``parity_met`` is the share of runs within 10% of the partners', empty where there is nothing to be met.
    """
    rows = list(_comparison_rows(design, Runs(design, gathered)))
    return pd.DataFrame(rows, columns=list(COMPARISON_COLUMNS))


def take_look(design: Design, gathered: Gathered, rule: StopRule, replicates: int) -> Look:
    """Return which comparison, of the first ``replicates``, is furthest from the half-width that the rule wants."""
    runs = Runs(design, gathered.first(replicates))
    looks = (
        Look(
            replicates=replicates,
            ratio=_ratio(runs, label, other, name, rule.share * matters),
            outcome=name,
            parity=label.parity,
            regime=label.regime,
            baseline=other.regime,
        )
        for label, other in pairs(design)
        for name, matters in rule.matters
    )
    return max(looks, key=lambda look: look.ratio)


def _ratio(runs: Runs, label: Label, other: Label, name: str, wanted: float) -> float:
    low, high = statistics.chance_interval(runs.outcome(label, name) - runs.outcome(other, name), runs.weights)
    return math.inf if math.isnan(high - low) else (high - low) / 2 / wanted


def pairs(design: Design) -> Iterator[tuple[Label, Label]]:
    """Yield every label with each baseline under its parity."""
    for label in design.labels:
        for baseline in BASELINES:
            if baseline != label.regime:
                yield label, Label(label.parity, baseline)


def summary_table(design: Design, gathered: Gathered) -> pd.DataFrame:
    """Return a row a parity, regime and outcome: its mean over all runs, and how it spreads.

    ``variance_saved_*`` is what common random numbers saved: the variance of an unpaired difference to that baseline
    over the variance of the paired one.
    """
    runs = Runs(design, gathered)
    rows = [_summary_row(runs, label, name) for label in design.labels for name in OUTCOMES]
    return pd.DataFrame(rows)


def _comparison_rows(design: Design, runs: Runs) -> Iterator[dict[str, object]]:
    for label, other in pairs(design):
        shared = _shared_cells(runs, label, other)
        for name in OUTCOMES:
            yield _comparison_row(runs, label, other, name) | shared


def _shared_cells(runs: Runs, label: Label, other: Label) -> dict[str, object]:
    judged = runs.fair(label)
    return {
        "parity": label.parity,
        "regime": label.regime,
        "baseline": other.regime,
        "realised": mean(runs.realised(label), runs.weights),
        "realised_baseline": mean(runs.realised(other), runs.weights),
        "parity_met": statistics.share_met(judged, runs.weights),
    }


def _comparison_row(runs: Runs, label: Label, other: Label, name: str) -> dict[str, object]:
    outcome, judged = OUTCOMES[name], runs.fair(label)
    differences = runs.outcome(label, name) - runs.outcome(other, name)
    names = {"outcome": name, "unit": outcome.unit, "better": outcome.better}
    return names | paired_cells(differences, outcome.better, judged, runs.weights)


def paired_cells(differences: Matrix, better: str, judged: Flags | None, weights: Weights) -> dict[str, object]:
    """Return what paired differences say, as cells of a table: the one rule by which all tables of findings judge.

    Args:
        differences: regime less baseline, shape (sets, replicates).
        better: ``lower``, ``higher`` or ``neither``.
        judged: which runs met the parity, as `Runs.judged`.
        weights: how many times each set counts; once where None.
    """
    estimate = statistics.estimate(differences, better, judged, weights)
    return {
        "difference": estimate.difference,
        "chance_low": estimate.chance_low,
        "chance_high": estimate.chance_high,
        "sets_low": estimate.sets_low,
        "sets_high": estimate.sets_high,
        "win_share": estimate.win_share,
        "sets": estimate.sets,
        "replicates": estimate.replicates,
        "verdict": statistics.verdict(estimate, better, judged, weights),
    }


def _summary_row(runs: Runs, label: Label, name: str) -> dict[str, object]:
    values = runs.outcome(label, name)
    estimate = statistics.estimate(values, statistics.NEITHER, weights=runs.weights)
    row: dict[str, object] = {
        "parity": label.parity,
        "regime": label.regime,
        "outcome": name,
        "meaning": OUTCOMES[name].meaning,
        "unit": OUTCOMES[name].unit,
        "better": OUTCOMES[name].better,
        "mean": estimate.difference,
        "chance_low": estimate.chance_low,
        "chance_high": estimate.chance_high,
        "sets_low": estimate.sets_low,
        "sets_high": estimate.sets_high,
        "sets": estimate.sets,
        "replicates": estimate.replicates,
    }
    for baseline in BASELINES:
        other = Label(label.parity, baseline)
        row[f"variance_saved_against_{baseline}"] = (
            math.nan if other == label else statistics.variance_saved(values, runs.outcome(other, name), runs.weights)
        )
    return row
