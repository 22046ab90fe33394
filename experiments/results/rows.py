"""Paired differences as things with names: of the comparison, of groups, of thirds of the sets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from experiments.results.group_totals import SMALLEST
from experiments.statistics.paired import BETTER, CLOSE, HIGHER, LOWER, PARITY_NOT_MET, WORSE

MAIN = "inadequate_months"
"""The outcome that the report's answer is about."""
ONE_SET = "one parameter set: illustration, no verdict"
FIRM = (BETTER, WORSE, HIGHER, LOWER, CLOSE)
"""Verdicts that something may be read from, be it that two regimes are too close to call."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A paired difference, regime less baseline, at one parity; NaN where there is none.

    Attributes:
        unit: of the difference and its two intervals.
        better: ``lower``, ``higher`` or ``neither``.
        chance: ends of the interval from luck alone.
        sets_range: ends of the range of the parameter sets' means.
        parity_met: share of runs that came within a tenth of what the parity makes equal.
        sets: different parameter sets with at least one difference.
        replicates: replicates with at least one difference.
    """

    unit: str
    better: str
    parity: str
    regime: str
    baseline: str
    difference: float
    chance: tuple[float, float]
    sets_range: tuple[float, float]
    win_share: float
    parity_met: float
    sets: int
    replicates: int
    verdict: str

    @property
    def state(self) -> str:
        """The verdict; with one parameter set there is none, whatever luck says."""
        return ONE_SET if self.sets == 1 and self.verdict != PARITY_NOT_MET else self.verdict

    @property
    def firm(self) -> bool:
        """Whether a verdict was reached, be it that the two are too close to call."""
        return self.state in FIRM

    @property
    def by_luck(self) -> bool:
        """Whether luck alone could explain the difference: its interval reaches zero."""
        return not (self.chance[0] > 0 or self.chance[1] < 0)


@dataclass(frozen=True, kw_only=True)
class ComparisonRow(Difference):
    """A row of the comparison: one outcome; what was realised is in the unit of the parity."""

    outcome: str
    realised: float
    realised_baseline: float


@dataclass(frozen=True, kw_only=True)
class GroupRow(Difference):
    """The difference in one measure of an average council of a group; no numbers where the group is too small."""

    measure: str
    kind: str
    group: str
    councils: int

    @property
    def shown(self) -> bool:
        """Whether the group is large enough that no result points at one council."""
        return self.councils >= SMALLEST


@dataclass(frozen=True, kw_only=True)
class ThirdRow(Difference):
    """The difference in one outcome over a third of the parameter sets by a lever, and its rank, 1 the lowest."""

    outcome: str
    lever: str
    third: str
    rank: int | None


def comparison_rows(comparison: pd.DataFrame) -> list[ComparisonRow]:
    """Return every row of the comparison in its order."""
    return [
        ComparisonRow(
            **_difference(cells),
            outcome=str(cells["outcome"]),
            realised=_number(cells["realised"]),
            realised_baseline=_number(cells["realised_baseline"]),
        )
        for cells in comparison.to_dict("records")
    ]


def read_group_rows(by_group: pd.DataFrame) -> list[GroupRow]:
    """Return every row of the table of groups in its order."""
    return [
        GroupRow(
            **_difference(cells),
            measure=str(cells["measure"]),
            kind=str(cells["kind"]),
            group=str(cells["group"]),
            councils=int(cells["councils"]),
        )
        for cells in by_group.to_dict("records")
    ]


def read_third_rows(by_lever: pd.DataFrame) -> list[ThirdRow]:
    """Return every row of the table of levers in its order."""
    return [
        ThirdRow(
            **_difference(cells),
            outcome=str(cells["outcome"]),
            lever=str(cells["lever"]),
            third=str(cells["third"]),
            rank=None if math.isnan(rank := _number(cells["rank"])) else int(rank),
        )
        for cells in by_lever.to_dict("records")
    ]


def _difference(cells: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "unit": str(cells["unit"]),
        "better": str(cells["better"]),
        "parity": str(cells["parity"]),
        "regime": str(cells["regime"]),
        "baseline": str(cells["baseline"]),
        "difference": _number(cells["difference"]),
        "chance": (_number(cells["chance_low"]), _number(cells["chance_high"])),
        "sets_range": (_number(cells["sets_low"]), _number(cells["sets_high"])),
        "win_share": _number(cells["win_share"]),
        "parity_met": _number(cells["parity_met"]),
        "sets": int(cells["sets"]),
        "replicates": int(cells["replicates"]),
        "verdict": str(cells["verdict"]),
    }


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, (int, float)) else math.nan
