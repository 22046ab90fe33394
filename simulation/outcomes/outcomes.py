"""What is measured of a run: every outcome defined once, with its unit and its direction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from simulation.outcomes.paths import Better

SPELL_MONTHS = 72
"""Months after an inadequate judgement within which the time to good is followed."""


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
        paths: the paths it is made of, and ``how``: their sum, mean, or the ratio of two sums.
        how: see ``paths``; ``own`` is computed from the run's own records.
    """

    name: str
    unit: str
    better: Better
    meaning: str
    group: str
    matters: float
    paths: tuple[str, ...] = ()
    how: Literal["sum", "mean", "ratio", "own"] = "own"
    paired: bool = False


# fmt: off
_OUTCOMES = (
    Outcome(
        "inadequate_months", "council-months", "lower",
        "council-months spent inadequate", "failure", 100.0, ("inadequate",), "sum",
    ),
    Outcome(
        "inadequate_child_months", "child-months", "lower",
        "the same, weighted by children in need", "failure", 250_000, ("inadequate_children",), "sum",
    ),
    Outcome(
        "months_below_cut", "council-months", "lower",
        "council-months with quality under the inadequate cut (less noisy)", "failure", 100.0, ("below_cut",), "sum",
    ),
    Outcome(
        "good_or_better", "share", "higher",
        "councils that hold good or outstanding, mean over the months", "failure", 0.02, ("good_or_better",), "mean",
    ),
    Outcome(
        "mean_quality", "SD", "higher",
        "mean quality over councils and months", "failure", 0.05, ("mean_quality",), "mean",
    ),
    Outcome("falls", "judgements", "lower", "judgements below the one before", "failure", 5.0, ("falls",), "sum"),
    Outcome(
        "months_to_good", "months", "lower",
        "Kaplan-Meier mean months from an inadequate judgement to good, up to 72 or to the end", "failure", 3.0,
    ),
    Outcome(
        "quality_spread", "SD", "lower",
        "standard deviation of quality, mean over the months", "polarisation", 0.03, ("quality_spread",), "mean",
    ),
    Outcome(
        "not_giving_spread_change", "SD", "lower",
        "standard deviation of councils' mean quality over the run less the same councils' under none, "
        "weighted by months of not giving",
        "polarisation", 0.03, paired=True,
    ),
    Outcome(
        "stuck_share", "share", "lower",
        "councils below good in each of the last 72 months (or of all, if fewer)", "polarisation", 0.02,
    ),
    Outcome(
        "bimodality", "coefficient", "lower",
        "Sarle's bimodality coefficient of quality, mean over the months",
        "polarisation", 0.02, ("bimodality",), "mean",
    ),
    Outcome(
        "director_changes", "changes", "lower",
        "starts of interim and permanent directors", "directors", 15.0, ("director_changes",), "sum",
    ),
    Outcome("dismissals", "exits", "lower", "directors forced out", "directors", 5.0, ("dismissals",), "sum"),
    Outcome(
        "voluntary_exits", "exits", "lower",
        "directors leaving by choice", "directors", 8.0, ("voluntary_exits",), "sum",
    ),
    Outcome("moves", "exits", "neither", "directors moving to another council", "directors", 5.0, ("moves",), "sum"),
    Outcome(
        "months_in_post", "months", "higher",
        "months in post of permanent directors, mean over the months", "directors", 2.0, ("months_in_post",), "mean",
    ),
    Outcome(
        "interim_months", "council-months", "lower",
        "council-months under an interim", "directors", 100.0, ("interims",), "sum",
    ),
    Outcome(
        "time_to_fill", "months", "lower",
        "months to fill a vacancy, of those filled", "directors", 0.5, ("vacancy_months", "filled"), "ratio",
    ),
    Outcome(
        "pool", "directors", "higher",
        "former directors ready to return, mean over the months", "directors", 1.0, ("pool",), "mean",
    ),
    Outcome(
        "appointed_ability", "SD", "higher",
        "mean ability of those appointed", "directors", 0.05, ("appointed_ability_sum", "filled"), "ratio",
    ),
    Outcome(
        "attention", "share", "higher",
        "chiefs' attention to children's services, mean", "chiefs", 0.01, ("attention",), "mean",
    ),
    Outcome(
        "attention_adult_care", "share", "neither",
        "chiefs' attention to adult care and health, mean", "chiefs", 0.01, ("attention_adult_care",), "mean",
    ),
    Outcome(
        "attention_finance", "share", "neither",
        "chiefs' attention to finance and corporate, mean", "chiefs", 0.01, ("attention_finance",), "mean",
    ),
    Outcome(
        "attention_place", "share", "neither",
        "chiefs' attention to place, mean", "chiefs", 0.01, ("attention_place",), "mean",
    ),
    Outcome("days_delivered", "days", "neither", "days delivered", "givers", 1000.0, ("days_delivered",), "sum"),
    Outcome(
        "director_days", "days", "lower",
        "days given by givers' directors in person", "givers", 250.0, ("director_days",), "sum",
    ),
    Outcome(
        "over_release_months", "council-months", "lower",
        "council-months of giving more than safe release", "givers", 50.0, ("over_release",), "sum",
    ),
    Outcome(
        "givers_quality_change", "SD", "higher",
        "givers' mean quality over the run less the same councils' under none, weighted by months of giving",
        "givers", 0.05, paired=True,
    ),
    Outcome(
        "givers_exits_change", "exits a council", "lower",
        "exits of givers' directors less the same councils' under none, weighted by months of giving",
        "givers", 0.1, paired=True,
    ),
    Outcome(
        "need_days", "days", "lower",
        "10.9 days a month for every council below good", "receivers", 2000.0, ("need_days",), "sum",
    ),
    Outcome(
        "unmet_days", "days", "lower",
        "what those councils lack of these days", "receivers", 2000.0, ("unmet_days",), "sum",
    ),
    Outcome(
        "months_waited", "council-months", "lower",
        "council-months below good without any support", "receivers", 200.0, ("waiting",), "sum",
    ),
    Outcome(
        "programme_cash", "GBP", "lower",
        "cash paid for delivered days", "money", 1_000_000, ("programme_cash",), "sum",
    ),
    Outcome(
        "programme_shadow", "GBP", "lower",
        "worth of unpaid delivered days", "money", 1_000_000, ("programme_shadow",), "sum",
    ),
    Outcome("trust_cost", "GBP", "lower", "set-up and running of trusts", "money", 1_000_000, ("trust_cost",), "sum"),
    Outcome("programme_cost", "GBP", "lower", "cash, worth of unpaid days, and trusts", "money", 1_000_000),
    Outcome(
        "infeasible_months", "months", "lower",
        "months in which trusts alone have cost more than the programme's money so far",
        "money", 1.0, ("over_budget",), "sum",
    ),
    Outcome(
        "failure_cost", "GBP", "lower",
        "extra spending after inadequate judgements; never netted against the programme's cost",
        "money", 20_000_000, ("failure_cost",), "sum",
    ),
    Outcome(
        "funding_gap", "GBP", "neither",
        "national shortfall of budgets", "money", 100_000_000, ("funding_gap",), "sum",
    ),
)
# fmt: on

OUTCOMES: Mapping[str, Outcome] = MappingProxyType({outcome.name: outcome for outcome in _OUTCOMES})
"""Every outcome of a run by its name."""
