"""The table that answers the question: every regime against both baselines, by outcome and parity."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Protocol

import numpy as np
import pandas as pd

from experiments.design.design import BASELINES, Design, Label
from experiments.design.stopping import Look, StopRule
from experiments.results.gathered import Gathered
from experiments.statistics.paired import Matrix, variance_saved
from experiments.statistics.verdicts import PARITY_TOLERANCE, paired_effect
from experiments.statistics.weights import Weights, mean
from experiments.statistics.worlds import measure_worlds, share_met, worlds_within
from experiments.text.names import NOTHING, PARTNERS
from simulation.arrays import Flags
from simulation.outcomes.outcomes import Outcome
from simulation.regimes import QUANTITIES

EFFECT_COLUMNS = (
    "difference",
    "difference_error",
    "share",
    "share_error",
    "worlds_low",
    "worlds_high",
    "gains",
    "losses",
    "within",
    "matters",
)
COUNT_COLUMNS = ("parity_met", "worlds", "left_out", "replicates", "verdict")
COMPARISON_COLUMNS = (
    "outcome",
    "unit",
    "better",
    "parity",
    "regime",
    "baseline",
    *EFFECT_COLUMNS,
    "realised",
    "realised_baseline",
    *COUNT_COLUMNS,
)


class PairedRuns(Protocol):
    """Runs as matrices of shape (sets, replicates), looked up by label: of all councils or of a part of them."""

    @property
    def weights(self) -> Weights:
        """How many times each set counts; once where None."""

    def outcome(self, label: Label, name: str) -> Matrix:
        """Return an outcome."""

    def counts(self, label: Label) -> Flags | None:
        """Return which sets met the parity, shape (sets,); None where there is none to be met."""


class Runs:
    """The gathered runs, looked up by label: matrices of shape (sets, replicates); and the weights of their sets."""

    def __init__(self, design: Design, gathered: Gathered) -> None:
        self._place = {label: place for place, label in enumerate(design.labels)}
        self._outcomes = design.outcomes
        self._column = {name: place for place, name in enumerate(design.outcomes)}
        self._gathered = gathered
        self.weights: Weights = design.weights

    def outcome(self, label: Label, name: str) -> Matrix:
        """Return an outcome; a paired one is nought under `none`, which is its own reference."""
        values: Matrix = self._gathered.outcomes[self._place[label], :, :, self._column[name]]
        if self._outcomes[name].paired and label.regime == NOTHING:
            return np.where(np.isfinite(self._gathered.realised[self._place[label], :, :, 0]), 0.0, np.nan)
        return values

    def realised(self, label: Label) -> Matrix:
        """Return what was realised of what the parity makes equal; pounds where each regime has its own size."""
        unit = QUANTITIES.index(label.parity) if label.parity in QUANTITIES else 0
        values: Matrix = self._gathered.realised[self._place[label], :, :, unit]
        return values

    def counts(self, label: Label) -> Flags | None:
        """Return which sets met the parity, shape (sets,): their mean realised is within a tenth of the partners'.

        None where there is none to be met.
        """
        if label.regime == NOTHING or label.parity not in QUANTITIES:
            return None
        return worlds_within(self.realised(label), self.realised(Label(label.parity, PARTNERS)), PARITY_TOLERANCE)

    def counts_of_both(self, label: Label, other: Label) -> Flags | None:
        """Return which sets met the parity under two regimes, shape (sets,); None where there is none to be met.

        The baselines have none to meet: it is the partners that the others are held to.
        """
        both = [one for one in (label, other) if one == label or one.regime not in BASELINES]
        some = [counts for counts in map(self.counts, both) if counts is not None]
        return np.logical_and.reduce(some) if some else None

    def share_met(self, label: Label) -> float:
        """Return the share of worlds that met the parity; NaN where there is none to be met."""
        counts = self.counts(label)
        return share_met(counts, self.weights)


def comparison_table(design: Design, gathered: Gathered) -> pd.DataFrame:
    """Return a row a parity, regime, baseline and outcome: what paired differences say and the verdict.

    What is said of a difference is said of the worlds that met the parity. Realised quantities are means over all runs,
    in the unit of the parity (pounds where parity is ``none``). ``parity_met`` is the share of worlds within 10% of the
    partners', empty where there is nothing to be met.
    """
    rows = list(_comparison_rows(design, Runs(design, gathered)))
    return pd.DataFrame(rows, columns=list(COMPARISON_COLUMNS))


def take_look(design: Design, gathered: Gathered, rule: StopRule) -> Look:
    """Return which comparison is known least against what the rule wants.

    A pair that met the parity in no world is passed over: more sets would not help it.
    """
    runs = Runs(design, gathered)
    looks = [
        _look_at(design, runs, rule, label, other, name)
        for label, other in pairs(design)
        if runs.share_met(label) != 0.0
        for name in rule.outcomes
    ]
    return max(looks, key=lambda look: look.ratio)


def _look_at(design: Design, runs: Runs, rule: StopRule, label: Label, other: Label, name: str) -> Look:
    differences = runs.outcome(label, name) - runs.outcome(other, name)
    worlds = measure_worlds(differences, runs.counts(label), runs.weights)
    errors = {
        "share": 0.0 if worlds.alike else worlds.share(1).error,
        "mean": 0.0 if worlds.alike else worlds.mean_error,
    }
    wanted = {"share": rule.share_error, "mean": rule.mean_share * design.smallest(name)}
    ratios = {of: math.inf if math.isnan(error) else error / wanted[of] for of, error in errors.items()}
    of = max(ratios, key=lambda one: ratios[one])
    return Look(
        sets=design.draws,
        ratio=ratios[of],
        of=of,
        error=math.inf if math.isnan(errors[of]) else errors[of],
        outcome=name,
        parity=label.parity,
        regime=label.regime,
        baseline=other.regime,
    )


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
    rows = [_summary_row(runs, label, outcome) for label in design.labels for outcome in design.outcomes.values()]
    return pd.DataFrame(rows)


def _comparison_rows(design: Design, runs: Runs) -> Iterator[dict[str, object]]:
    for label, other in pairs(design):
        shared = {
            "parity": label.parity,
            "regime": label.regime,
            "baseline": other.regime,
            "realised": mean(runs.realised(label), runs.weights),
            "realised_baseline": mean(runs.realised(other), runs.weights),
            "parity_met": runs.share_met(label),
        }
        counts = runs.counts(label)
        for name, outcome in design.outcomes.items():
            differences = runs.outcome(label, name) - runs.outcome(other, name)
            effect = paired_effect(differences, outcome.better, design.smallest(name), counts, runs.weights)
            yield {"outcome": name, "unit": outcome.unit, "better": outcome.better, **shared, **asdict(effect)}


def _summary_row(runs: Runs, label: Label, outcome: Outcome) -> dict[str, object]:
    values = runs.outcome(label, outcome.name)
    worlds = measure_worlds(values, weights=runs.weights)
    low, high = worlds.interval()
    row: dict[str, object] = {
        "parity": label.parity,
        "regime": label.regime,
        "outcome": outcome.name,
        "meaning": outcome.meaning,
        "unit": outcome.unit,
        "better": outcome.better,
        "mean": worlds.mean,
        "mean_error": worlds.mean_error,
        "worlds_low": low,
        "worlds_high": high,
        "worlds": worlds.number,
        "replicates": worlds.replicates,
    }
    for baseline in BASELINES:
        other = Label(label.parity, baseline)
        row[f"variance_saved_against_{baseline}"] = (
            math.nan if other == label else variance_saved(values, runs.outcome(other, outcome.name), runs.weights)
        )
    return row
