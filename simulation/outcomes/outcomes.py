"""What is measured of a run: every outcome defined once, with its unit and its direction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from simulation.outcomes.paths import Better

SPELL_MONTHS = 72
"""Months after an inadequate judgement within which the time to good is followed."""


MATTERS_MONTHS = 120
"""Length of the run for which what matters is stated, months."""


@dataclass(frozen=True)
class Outcome:
    """A measure of a whole run.

    Attributes:
        name: as in tables.
        unit: what the number counts.
        better: whether less or more of it is better, or neither.
        meaning: how it is defined.
        group: one of `GROUPS`.
        matters: the smallest difference between regimes over ten years that is worth a decision (a judgement; can be
            changed).
        why: why so much matters.
        paired: whether it exists only beside the same run under `none`.
        paths: the paths it is made of, and ``how``: their sum, mean, last value, or the ratio of two sums.
        how: see ``paths``; ``own`` is computed from the run's own records.
        adds_up: whether it grows with the months of a run; what matters then grows with them too.
    """

    name: str
    unit: str
    better: Better
    meaning: str
    group: str
    matters: float
    why: str
    paths: tuple[str, ...] = ()
    how: Literal["sum", "mean", "last", "ratio", "own"] = "own"
    paired: bool = False
    adds_up: bool = False

    def smallest(self, months: int) -> float:
        """Return the smallest difference worth a decision over a run of so many months, in the outcome's unit."""
        return self.matters * months / MATTERS_MONTHS if self.adds_up or self.how == "sum" else self.matters


# fmt: off
_OUTCOMES = (
    Outcome(
        "inadequate_months", "council-months", "lower",
        "council-months spent inadequate", "failure", 60.0,
        "half a council less inadequate throughout the ten years", ("inadequate",), "sum",
    ),
    Outcome(
        "inadequate_child_months", "child-months", "lower",
        "the same, weighted by children in need", "failure", 150_000,
        "about half a council's children in need throughout the ten years", ("inadequate_children",), "sum",
    ),
    Outcome(
        "months_below_cut", "council-months", "lower",
        "council-months with quality under the inadequate cut (less noisy)", "failure", 60.0,
        "half a council less under the cut throughout the ten years", ("below_cut",), "sum",
    ),
    Outcome(
        "good_or_better", "share", "higher",
        "councils that hold good or outstanding, mean over the months", "failure", 0.02,
        "three councils of 152 at any time", ("good_or_better",), "mean",
    ),
    Outcome(
        "mean_quality", "SD", "higher",
        "mean quality over councils and months", "failure", 0.05,
        "a twentieth of how far councils lie apart", ("mean_quality",), "mean",
    ),
    Outcome("falls", "judgements", "lower", "judgements below the one before", "failure", 5.0,
        "one judgement in two years", ("falls",), "sum"),
    Outcome(
        "months_to_good", "months", "lower",
        "Kaplan-Meier mean months from an inadequate judgement to good, up to 72 or to the end", "failure", 3.0,
        "a quarter of a year for each council",
    ),
    Outcome(
        "quality_spread", "SD", "lower",
        "standard deviation of quality, mean over the months", "polarisation", 0.03,
        "three hundredths of how far councils lie apart", ("quality_spread",), "mean",
    ),
    Outcome(
        "not_giving_spread_change", "SD", "lower",
        "standard deviation of councils' mean quality over the run less the same councils' under none, "
        "weighted by months of not giving",
        "polarisation", 0.03,
        "as for the spread of all councils", paired=True,
    ),
    Outcome(
        "stuck_share", "share", "lower",
        "councils below good in each of the last 72 months (or of all, if fewer)", "polarisation", 0.02,
        "three of 152 councils",
    ),
    Outcome(
        "bimodality", "coefficient", "lower",
        "Sarle's bimodality coefficient of quality, mean over the months",
        "polarisation", 0.02,
        "a tenth of the way from one hump (0.33) to flat (0.56)", ("bimodality",), "mean",
    ),
    Outcome(
        "director_changes", "changes", "lower",
        "starts of interim and permanent directors", "directors", 15.0,
        "a tenth of a change for each council", ("director_changes",), "sum",
    ),
    Outcome("dismissals", "exits", "lower", "directors forced out", "directors", 5.0,
        "one director in two years", ("dismissals",), "sum"),
    Outcome(
        "voluntary_exits", "exits", "lower",
        "directors leaving by choice", "directors", 8.0,
        "one director in fifteen months", ("voluntary_exits",), "sum",
    ),
    Outcome("moves", "exits", "neither", "directors moving to another council", "directors", 5.0,
        "one director in two years", ("moves",), "sum"),
    Outcome(
        "months_in_post", "months", "higher",
        "months in post of permanent directors, mean over the months", "directors", 2.0,
        "two months more of each director", ("months_in_post",), "mean",
    ),
    Outcome(
        "interim_months", "council-months", "lower",
        "council-months under an interim", "directors", 100.0,
        "nearly one council under an interim throughout the ten years", ("interims",), "sum",
    ),
    Outcome(
        "time_to_fill", "months", "lower",
        "months to fill a vacancy, of those filled", "directors", 0.5,
        "two weeks of each vacancy", ("vacancy_months", "filled"), "ratio",
    ),
    Outcome(
        "pool", "directors", "higher",
        "former directors ready to return, mean over the months", "directors", 1.0,
        "one candidate more at any time", ("pool",), "mean",
    ),
    Outcome(
        "appointed_ability", "SD", "higher",
        "mean ability of those appointed", "directors", 0.05,
        "a twentieth of how far directors' abilities lie apart", ("appointed_ability_sum", "filled"), "ratio",
    ),
    Outcome(
        "attention", "share", "higher",
        "chiefs' attention to children's services, mean", "chiefs", 0.01,
        "one hour in a hundred", ("attention",), "mean",
    ),
    Outcome(
        "attention_adult_care", "share", "neither",
        "chiefs' attention to adult care and health, mean", "chiefs", 0.01,
        "one hour in a hundred", ("attention_adult_care",), "mean",
    ),
    Outcome(
        "attention_finance", "share", "neither",
        "chiefs' attention to finance and corporate, mean", "chiefs", 0.01,
        "one hour in a hundred", ("attention_finance",), "mean",
    ),
    Outcome(
        "attention_place", "share", "neither",
        "chiefs' attention to place, mean", "chiefs", 0.01,
        "one hour in a hundred", ("attention_place",), "mean",
    ),
    Outcome("days_delivered", "days", "neither", "days delivered", "givers", 1000.0,
        "about five people's working years", ("days_delivered",), "sum"),
    Outcome(
        "director_days", "days", "lower",
        "days given by givers' directors in person", "givers", 250.0,
        "about one director's working year", ("director_days",), "sum",
    ),
    Outcome(
        "over_release_months", "council-months", "lower",
        "council-months of giving more than safe release", "givers", 50.0,
        "less than half a council giving too much throughout the ten years", ("over_release",), "sum",
    ),
    Outcome(
        "givers_quality_change", "SD", "higher",
        "givers' mean quality over the run less the same councils' under none, weighted by months of giving",
        "givers", 0.05,
        "a twentieth of how far councils lie apart", paired=True,
    ),
    Outcome(
        "givers_exits_change", "exits a council", "lower",
        "exits of givers' directors less the same councils' under none, weighted by months of giving",
        "givers", 0.1,
        "one exit more of ten givers' directors", paired=True, adds_up=True,
    ),
    Outcome(
        "need_days", "days", "lower",
        "10.9 days a month for every council below good", "receivers", 2000.0,
        "sixteen to seventeen days a month in all England", ("need_days",), "sum",
    ),
    Outcome(
        "unmet_days", "days", "lower",
        "what those councils lack of these days", "receivers", 2000.0,
        "sixteen to seventeen days a month in all England", ("unmet_days",), "sum",
    ),
    Outcome(
        "months_waited", "council-months", "lower",
        "council-months below good without any support", "receivers", 200.0,
        "less than two councils waiting throughout the ten years", ("waiting",), "sum",
    ),
    Outcome(
        "programme_cash", "GBP", "lower",
        "cash paid for delivered days", "money", 1_000_000,
        "100,000 pounds a year", ("programme_cash",), "sum",
    ),
    Outcome(
        "programme_shadow", "GBP", "lower",
        "worth of unpaid delivered days", "money", 1_000_000,
        "100,000 pounds a year", ("programme_shadow",), "sum",
    ),
    Outcome("trust_cost", "GBP", "lower", "set-up and running of trusts", "money", 1_000_000,
        "100,000 pounds a year", ("trust_cost",), "sum"),
    Outcome("programme_cost", "GBP", "lower", "cash, worth of unpaid days, and trusts", "money", 1_000_000,
        "100,000 pounds a year", adds_up=True),
    Outcome(
        "infeasible_months", "months", "lower",
        "months in which trusts alone have cost more than the programme's money so far",
        "money", 1.0,
        "any month that the money does not reach", ("over_budget",), "sum",
    ),
    Outcome(
        "failure_cost", "GBP", "lower",
        "extra spending after inadequate judgements; never netted against the programme's cost",
        "money", 20_000_000,
        "two million pounds a year", ("failure_cost",), "sum",
    ),
    Outcome(
        "funding_gap", "GBP", "neither",
        "national shortfall of budgets", "money", 100_000_000,
        "ten million pounds a year", ("funding_gap",), "sum",
    ),
)
# fmt: on

OUTCOMES: Mapping[str, Outcome] = MappingProxyType({outcome.name: outcome for outcome in _OUTCOMES})
"""Every outcome of a run by its name."""
