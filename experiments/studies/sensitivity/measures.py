"""What is measured of every run: an outcome, the paired difference between two regimes, and which of them wins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from experiments.design.design import Label
from experiments.running.crossed import CrossedRuns
from experiments.studies.sensitivity.design import SensitivityDesign
from experiments.text.verdicts import HIGHER, LOWER
from simulation.arrays import Floats
from simulation.outcomes.outcomes import OUTCOMES

LEVEL, DIFFERENCE, WON = "outcome", "difference", "won"
"""Kinds: an outcome under a regime; that under one regime less that under the other; 1 where the first does better."""
MEASURE_COLUMNS = ("of", "outcome", "unit", "parity", "regime", "baseline")
"""What says in a table of which measure a row is."""


@dataclass(frozen=True)
class StudyMeasure:
    """One number of each replicate of a point.

    Attributes:
        of: its kind.
        outcome: what it is of.
        label: the regime and the parity.
        other: what that is compared with; None for an outcome alone.
    """

    of: str
    outcome: str
    label: Label
    other: Label | None = None

    @property
    def cells(self) -> dict[str, str]:
        """What says in a table which measure it is."""
        unit = "1 where it does better" if self.of == WON else OUTCOMES[self.outcome].unit
        baseline = "" if self.other is None else self.other.regime
        values = (self.of, self.outcome, unit, self.label.parity, self.label.regime, baseline)
        return dict(zip(MEASURE_COLUMNS, values, strict=True))

    @property
    def name(self) -> str:
        """Its name, as part of a file's."""
        rest = (self.of, self.label.regime, self.label.parity)
        return "_".join(rest if self.outcome == "inadequate_months" else (self.outcome, *rest))

    def numbers(self, runs: CrossedRuns) -> Floats:
        """Return them, shape (points, replicates); NaN where a run failed."""
        values = runs.of(self.label, self.outcome)[:, 0]
        if self.other is None:
            return values
        difference = values - runs.of(self.other, self.outcome)[:, 0]
        if self.of == DIFFERENCE:
            return difference
        way = -1.0 if OUTCOMES[self.outcome].better == LOWER else 1.0
        return np.asarray(0.5 * (1.0 + np.sign(way * difference)))


def all_measures(design: SensitivityDesign) -> tuple[StudyMeasure, ...]:
    """Return what is measured, differences first; which regime wins only where less or more is better."""
    return tuple(one for outcome in design.outcomes for one in _of_outcome(design, outcome))


def _of_outcome(design: SensitivityDesign, outcome: str) -> Iterator[StudyMeasure]:
    for pair in design.pairs:
        yield StudyMeasure(DIFFERENCE, outcome, *pair)
        if OUTCOMES[outcome].better in {LOWER, HIGHER}:
            yield StudyMeasure(WON, outcome, *pair)
    for label in design.labels:
        yield StudyMeasure(LEVEL, outcome, label)
