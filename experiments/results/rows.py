"""Paired differences as things with names: of the comparison, of groups, of thirds of the sets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from experiments.results.group_totals import SMALLEST
from experiments.statistics.prices import NORMAL_95
from experiments.text.verdicts import PARITY_NOT_MET, is_firm, is_small, way_of

MAIN = "inadequate_months"
"""The outcome that the report's answer is about."""
ONE_SET = "no verdict: one parameter set"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A paired difference, regime less baseline, at one parity, over the worlds that count; NaN where there is none.

    Attributes:
        unit: of the difference, its error, the range and what matters.
        better: ``lower``, ``higher`` or ``neither``.
        parity: what is made equal.
        regime: whose difference it is.
        baseline: from which.
        difference: the mean.
        error: its standard error over sets and replicates together.
        share: share of worlds in which the regime does better; higher where neither direction is better.
        share_error: its standard error.
        worlds_range: 5% and 95% quantiles of the worlds, luck taken out.
        gains: share of worlds, better by more than matters; higher where neither direction is better.
        losses: share of worlds, worse by more than matters; lower where neither direction is better.
        within: share of worlds with no difference that matters.
        matters: the smallest difference worth a decision.
        parity_met: share of worlds that came within a tenth of what the parity makes equal.
        worlds: how many count.
        left_out: share of the worlds that do not.
        replicates: replicates with at least one difference.
        verdict: one of `experiments.statistics.verdicts.VERDICTS`.
    """

    unit: str
    better: str
    parity: str
    regime: str
    baseline: str
    difference: float
    error: float
    share: float
    share_error: float
    worlds_range: tuple[float, float]
    gains: float
    losses: float
    within: float
    matters: float
    parity_met: float
    worlds: int
    left_out: float
    replicates: int
    verdict: str

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% interval of the mean, over sets and replicates together."""
        return self.difference - NORMAL_95 * self.error, self.difference + NORMAL_95 * self.error

    @property
    def state(self) -> str:
        """The verdict; with one parameter set there is none, whatever luck says."""
        return ONE_SET if self.worlds == 1 and self.verdict != PARITY_NOT_MET else self.verdict

    @property
    def way(self) -> str:
        """Which way the verdict goes: better, worse, higher or lower; empty where it goes none."""
        return way_of(self.verdict)

    @property
    def small(self) -> bool:
        """Whether the verdict says that the difference is smaller than what matters."""
        return is_small(self.verdict)

    @property
    def firm(self) -> bool:
        """Whether a verdict was reached, be it that the two are too close to call."""
        return is_firm(self.verdict)


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


@dataclass(frozen=True, kw_only=True)
class HeadlineRow(Difference):
    """The difference in council-months inadequate with or without an overall grade.

    Attributes:
        headline: the choice: ``kept`` or ``removed``.
        own: whether the comparison was run with it.
        change: the difference less that under the comparison's own choice; NaN where it is its own.
        change_error: its standard error.
    """

    headline: str
    own: bool
    change: float
    change_error: float


def headline_rows(headlines: pd.DataFrame) -> list[HeadlineRow]:
    """Return every row of the table of both choices of headline in its order."""
    return [
        HeadlineRow(
            **_difference(cells),
            headline=str(cells["headline"]),
            own=bool(cells["own"]),
            change=_number(cells["change"]),
            change_error=_number(cells["change_error"]),
        )
        for cells in headlines.to_dict("records")
    ]


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


_PLAIN = ("share", "share_error", "gains", "losses", "within", "matters", "parity_met", "left_out")
"""Numbers that are called here as in the tables."""


def _difference(cells: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "unit": str(cells["unit"]),
        "better": str(cells["better"]),
        "parity": str(cells["parity"]),
        "regime": str(cells["regime"]),
        "baseline": str(cells["baseline"]),
        "difference": _number(cells["difference"]),
        "error": _number(cells["difference_error"]),
        "worlds_range": (_number(cells["worlds_low"]), _number(cells["worlds_high"])),
        **{name: _number(cells[name]) for name in _PLAIN},
        "worlds": int(cells["worlds"]),
        "replicates": int(cells["replicates"]),
        "verdict": str(cells["verdict"]),
    }


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, (int, float)) else math.nan
