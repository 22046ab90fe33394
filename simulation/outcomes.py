"""What is measured: every outcome defined once, with its unit and its direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from simulation.run import Run

Better = Literal["lower", "higher", "neither"]

GROUPS = ("failure", "polarisation", "directors", "chiefs", "givers", "receivers", "money")
"""Groups of outcomes, in the order in which they are shown."""

SPELL_MONTHS = 72
"""Months after an inadequate judgement within which the time to good is followed."""


@dataclass(frozen=True)
class MonthlyPath:
    """A measure of every month of a run: its unit, direction, meaning and group."""

    name: str
    unit: str
    better: Better
    meaning: str
    group: str


@dataclass(frozen=True)
class Outcome:
    """A measure of a whole run.

    Attributes:
        name: as in tables.
        unit: what the number counts.
        better: whether less or more of it is better, or neither.
        meaning: how it is defined.
        group: one of `GROUPS`.
        matters: the smallest difference between regimes that matters to a policy team (a judgement; can be changed).
        paired: whether it exists only beside the same run under `none`.
        paths: the paths it is made of, and ``how``: their sum, mean, last value, or the ratio of two sums.
        how: see ``paths``; ``own`` is computed from the run's own records.
    """

    name: str
    unit: str
    better: Better
    meaning: str
    group: str
    matters: float
    paths: tuple[str, ...] = ()
    how: Literal["sum", "mean", "last", "ratio", "own"] = "own"
    paired: bool = False


def _paths() -> list[MonthlyPath]:
    lower: Better = "lower"
    higher: Better = "higher"
    neither: Better = "neither"
    return [
        MonthlyPath("inadequate", "councils", lower, "councils that hold inadequate", "failure"),
        MonthlyPath("requires_improvement", "councils", neither, "councils that hold requires improvement", "failure"),
        MonthlyPath("good", "councils", neither, "councils that hold good", "failure"),
        MonthlyPath("outstanding", "councils", higher, "councils that hold outstanding", "failure"),
        MonthlyPath(
            "inadequate_children", "children in need", lower, "children in need in inadequate councils", "failure"
        ),
        MonthlyPath("below_cut", "councils", lower, "councils whose quality is under the inadequate cut", "failure"),
        MonthlyPath("good_or_better", "share", higher, "councils that hold good or outstanding", "failure"),
        MonthlyPath("mean_quality", "SD", higher, "mean quality", "failure"),
        MonthlyPath("quality_spread", "SD", lower, "standard deviation of quality", "polarisation"),
        MonthlyPath(
            "quality_spread_not_giving", "SD", lower, "the same among councils that do not give", "polarisation"
        ),
        MonthlyPath("bimodality", "coefficient", lower, "Sarle's bimodality coefficient of quality", "polarisation"),
        MonthlyPath(
            "stuck",
            "councils",
            lower,
            "councils below good in each of the last 72 months (or all so far)",
            "polarisation",
        ),
        MonthlyPath("judgements", "judgements", neither, "judgements published", "failure"),
        MonthlyPath("falls", "judgements", lower, "judgements below the one before", "failure"),
        MonthlyPath("director_changes", "changes", lower, "starts of interim and permanent directors", "directors"),
        MonthlyPath("dismissals", "exits", lower, "directors forced out", "directors"),
        MonthlyPath("voluntary_exits", "exits", lower, "directors leaving by choice", "directors"),
        MonthlyPath("moves", "exits", neither, "directors moving to another council", "directors"),
        MonthlyPath("filled", "appointments", neither, "permanent directors appointed", "directors"),
        MonthlyPath(
            "vacancy_months", "months", lower, "months that the vacancies filled now were open, summed", "directors"
        ),
        MonthlyPath("interim_spells", "spells", neither, "interims' spells that ended", "directors"),
        MonthlyPath("interim_spell_months", "months", lower, "length of those spells, summed", "directors"),
        MonthlyPath("appointed_ability_sum", "SD", higher, "ability of those appointed now, summed", "directors"),
        MonthlyPath("interims", "councils", lower, "councils under an interim", "directors"),
        MonthlyPath("months_in_post", "months", higher, "mean months in post of permanent directors", "directors"),
        MonthlyPath("pool", "directors", higher, "former directors ready to return", "directors"),
        MonthlyPath("candidates", "candidates", higher, "ready first-time candidates", "directors"),
        MonthlyPath("press_climate", "0-1", lower, "how bad the press has been in the sector", "directors"),
        MonthlyPath("attention", "share", higher, "chiefs' attention to children's services, mean", "chiefs"),
        MonthlyPath(
            "attention_adult_care", "share", neither, "chiefs' attention to adult care and health, mean", "chiefs"
        ),
        MonthlyPath(
            "attention_finance", "share", neither, "chiefs' attention to finance and corporate, mean", "chiefs"
        ),
        MonthlyPath("attention_place", "share", neither, "chiefs' attention to place, mean", "chiefs"),
        MonthlyPath("agency_share", "share", lower, "agency share of social workers, mean", "directors"),
        MonthlyPath("givers", "councils", neither, "councils that give", "givers"),
        MonthlyPath("receivers", "councils", neither, "councils that receive", "receivers"),
        MonthlyPath("days_pledged", "days", neither, "days pledged", "givers"),
        MonthlyPath("days_delivered", "days", neither, "days delivered", "receivers"),
        MonthlyPath("director_days", "days", lower, "days given by givers' directors in person", "givers"),
        MonthlyPath("over_release", "councils", lower, "councils that give more than safe release", "givers"),
        MonthlyPath("need_days", "days", lower, "10.9 days for every council below good", "receivers"),
        MonthlyPath("unmet_days", "days", lower, "what those councils lack of these days", "receivers"),
        MonthlyPath("waiting", "councils", lower, "councils below good without any support", "receivers"),
        MonthlyPath("partnerships", "partnerships", neither, "partnerships in force", "givers"),
        MonthlyPath("trusts", "councils", neither, "departments removed to a trust", "receivers"),
        MonthlyPath("programme_cash", "GBP", lower, "cash paid for delivered days", "money"),
        MonthlyPath("programme_shadow", "GBP", lower, "worth of unpaid delivered days", "money"),
        MonthlyPath("trust_cost", "GBP", lower, "set-up and running of trusts", "money"),
        MonthlyPath("over_budget", "0 or 1", lower, "trusts alone have cost more than the programme's money", "money"),
        MonthlyPath("failure_cost", "GBP", lower, "extra spending of councils after an inadequate judgement", "money"),
        MonthlyPath("funding_gap", "GBP", neither, "national shortfall of budgets", "money"),
    ]


PATHS: Mapping[str, MonthlyPath] = MappingProxyType({path.name: path for path in _paths()})
"""Every monthly path by its name."""


def _outcomes() -> list[Outcome]:
    lower: Better = "lower"
    higher: Better = "higher"
    neither: Better = "neither"
    return [
        Outcome(
            "inadequate_months",
            "council-months",
            lower,
            "council-months spent inadequate",
            "failure",
            100.0,
            ("inadequate",),
            "sum",
        ),
        Outcome(
            "inadequate_child_months",
            "child-months",
            lower,
            "the same, weighted by children in need",
            "failure",
            250_000.0,
            ("inadequate_children",),
            "sum",
        ),
        Outcome(
            "months_below_cut",
            "council-months",
            lower,
            "council-months with quality under the inadequate cut (less noisy)",
            "failure",
            100.0,
            ("below_cut",),
            "sum",
        ),
        Outcome(
            "good_or_better",
            "share",
            higher,
            "councils that hold good or outstanding, mean over the months",
            "failure",
            0.02,
            ("good_or_better",),
            "mean",
        ),
        Outcome(
            "mean_quality",
            "SD",
            higher,
            "mean quality over councils and months",
            "failure",
            0.05,
            ("mean_quality",),
            "mean",
        ),
        Outcome("falls", "judgements", lower, "judgements below the one before", "failure", 5.0, ("falls",), "sum"),
        Outcome(
            "months_to_good",
            "months",
            lower,
            "mean months from an inadequate judgement to good, up to 72 or to the end (Kaplan-Meier, delayed entry)",
            "failure",
            3.0,
        ),
        Outcome(
            "quality_spread",
            "SD",
            lower,
            "standard deviation of quality, mean over the months",
            "polarisation",
            0.03,
            ("quality_spread",),
            "mean",
        ),
        Outcome(
            "quality_spread_not_giving",
            "SD",
            lower,
            "the same among councils that do not give",
            "polarisation",
            0.03,
            ("quality_spread_not_giving",),
            "mean",
        ),
        Outcome(
            "stuck_share",
            "share",
            lower,
            "councils below good in each of the last 72 months (or of all, if fewer)",
            "polarisation",
            0.02,
        ),
        Outcome(
            "bimodality",
            "coefficient",
            lower,
            "Sarle's bimodality coefficient of quality, mean over the months",
            "polarisation",
            0.02,
            ("bimodality",),
            "mean",
        ),
        Outcome(
            "director_changes",
            "changes",
            lower,
            "starts of interim and permanent directors",
            "directors",
            15.0,
            ("director_changes",),
            "sum",
        ),
        Outcome("dismissals", "exits", lower, "directors forced out", "directors", 5.0, ("dismissals",), "sum"),
        Outcome(
            "voluntary_exits",
            "exits",
            lower,
            "directors leaving by choice",
            "directors",
            8.0,
            ("voluntary_exits",),
            "sum",
        ),
        Outcome("moves", "exits", neither, "directors moving to another council", "directors", 5.0, ("moves",), "sum"),
        Outcome(
            "months_in_post",
            "months",
            higher,
            "months in post of permanent directors, mean over the months",
            "directors",
            2.0,
            ("months_in_post",),
            "mean",
        ),
        Outcome(
            "interim_months",
            "council-months",
            lower,
            "council-months under an interim",
            "directors",
            100.0,
            ("interims",),
            "sum",
        ),
        Outcome(
            "time_to_fill",
            "months",
            lower,
            "months to fill a vacancy, of those filled",
            "directors",
            0.5,
            ("vacancy_months", "filled"),
            "ratio",
        ),
        Outcome(
            "pool",
            "directors",
            higher,
            "former directors ready to return, mean over the months",
            "directors",
            1.0,
            ("pool",),
            "mean",
        ),
        Outcome(
            "appointed_ability",
            "SD",
            higher,
            "mean ability of those appointed",
            "directors",
            0.05,
            ("appointed_ability_sum", "filled"),
            "ratio",
        ),
        Outcome(
            "attention",
            "share",
            higher,
            "chiefs' attention to children's services, mean",
            "chiefs",
            0.01,
            ("attention",),
            "mean",
        ),
        Outcome(
            "attention_adult_care",
            "share",
            neither,
            "chiefs' attention to adult care and health, mean",
            "chiefs",
            0.01,
            ("attention_adult_care",),
            "mean",
        ),
        Outcome(
            "attention_finance",
            "share",
            neither,
            "chiefs' attention to finance and corporate, mean",
            "chiefs",
            0.01,
            ("attention_finance",),
            "mean",
        ),
        Outcome(
            "attention_place",
            "share",
            neither,
            "chiefs' attention to place, mean",
            "chiefs",
            0.01,
            ("attention_place",),
            "mean",
        ),
        Outcome("days_delivered", "days", neither, "days delivered", "givers", 1000.0, ("days_delivered",), "sum"),
        Outcome(
            "director_days",
            "days",
            lower,
            "days given by givers' directors in person",
            "givers",
            250.0,
            ("director_days",),
            "sum",
        ),
        Outcome(
            "over_release_months",
            "council-months",
            lower,
            "council-months of giving more than safe release",
            "givers",
            50.0,
            ("over_release",),
            "sum",
        ),
        Outcome(
            "givers_quality_change",
            "SD",
            higher,
            "givers' mean quality over the run less the same councils' under none, weighted by months of giving",
            "givers",
            0.05,
            paired=True,
        ),
        Outcome(
            "givers_exits_change",
            "exits a council",
            lower,
            "exits of givers' directors less the same councils' under none, weighted by months of giving",
            "givers",
            0.1,
            paired=True,
        ),
        Outcome(
            "need_days",
            "days",
            lower,
            "10.9 days a month for every council below good",
            "receivers",
            2000.0,
            ("need_days",),
            "sum",
        ),
        Outcome(
            "unmet_days",
            "days",
            lower,
            "what those councils lack of these days",
            "receivers",
            2000.0,
            ("unmet_days",),
            "sum",
        ),
        Outcome(
            "months_waited",
            "council-months",
            lower,
            "council-months below good without any support",
            "receivers",
            200.0,
            ("waiting",),
            "sum",
        ),
        Outcome(
            "programme_cash", "GBP", lower, "cash paid for delivered days", "money", 1e6, ("programme_cash",), "sum"
        ),
        Outcome(
            "programme_shadow",
            "GBP",
            lower,
            "worth of unpaid delivered days",
            "money",
            1e6,
            ("programme_shadow",),
            "sum",
        ),
        Outcome("trust_cost", "GBP", lower, "set-up and running of trusts", "money", 1e6, ("trust_cost",), "sum"),
        Outcome("programme_cost", "GBP", lower, "cash, worth of unpaid days, and trusts", "money", 1e6),
        Outcome(
            "infeasible_months",
            "months",
            lower,
            "months in which trusts alone have cost more than the programme's money so far",
            "money",
            1.0,
            ("over_budget",),
            "sum",
        ),
        Outcome(
            "failure_cost",
            "GBP",
            lower,
            "extra spending after inadequate judgements; never netted against the programme's cost",
            "money",
            2e7,
            ("failure_cost",),
            "sum",
        ),
        Outcome("funding_gap", "GBP", neither, "national shortfall of budgets", "money", 1e8, ("funding_gap",), "sum"),
    ]


OUTCOMES: Mapping[str, Outcome] = MappingProxyType({outcome.name: outcome for outcome in _outcomes()})
"""Every outcome of a run by its name."""


def run_outcomes(
    months: pd.DataFrame, stuck: int, councils: int, at_risk: Sequence[int], mended: Sequence[int]
) -> dict[str, float]:
    """Return every outcome of a run but those that need the run under `none` beside it (which are NaN).

    ``months`` has a row a month and a column a path; ``stuck`` councils of ``councils`` are stuck at the end;
    ``at_risk`` and ``mended`` count spells of failure by months since the judgement.
    """
    values = {name: _reduce(outcome, months) for name, outcome in OUTCOMES.items()}
    values["months_to_good"] = restricted_mean(at_risk, mended)
    values["stuck_share"] = stuck / councils
    values["programme_cost"] = values["programme_cash"] + values["programme_shadow"] + values["trust_cost"]
    return values


def _reduce(outcome: Outcome, months: pd.DataFrame) -> float:
    if outcome.how == "own":
        return float("nan")
    path = months[outcome.paths[0]]
    if outcome.how == "sum":
        return float(path.sum())
    if outcome.how == "mean":
        return float(path.mean())
    if outcome.how == "last":
        return float(path.iloc[-1])
    total = float(months[outcome.paths[1]].sum())
    return float(path.sum()) / total if total else float("nan")


def restricted_mean(at_risk: Sequence[int], mended: Sequence[int]) -> float:
    """Return the mean months to good within the months followed: the area under the Kaplan-Meier curve.

    NaN if no spell was followed from its first month on.

    >>> restricted_mean([2, 2, 1], [0, 1, 0])
    2.0
    """
    if not at_risk or at_risk[0] == 0:
        return float("nan")
    surviving, area = 1.0, 0.0
    for exposed, ended in zip(at_risk, mended, strict=True):
        if exposed:
            surviving *= 1.0 - ended / exposed
        area += surviving
    return area


def paired_outcomes(run: Run, none: Run) -> dict[str, float]:
    """Return the outcomes that compare a run's givers with themselves in the same run under `none`.

    Givers are chosen when they are high, so regression to the mean alone makes them fall: only the same councils under
    the same luck say what giving does. NaN if nobody gave.
    """
    weights = run.councils["months_giving"].to_numpy(dtype=float)
    total = float(weights.sum())
    changes = {"givers_quality_change": "mean_quality", "givers_exits_change": "exits"}
    if not total:
        return dict.fromkeys(changes, float("nan"))
    return {
        name: float(((run.councils[column] - none.councils[column]).to_numpy(dtype=float) * weights).sum() / total)
        for name, column in changes.items()
    }
