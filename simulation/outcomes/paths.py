"""What is recorded of every month: every path defined once, with its unit and its direction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Better = Literal["lower", "higher", "neither"]

GROUPS = ("failure", "polarisation", "directors", "chiefs", "givers", "receivers", "money")
"""Groups of paths and outcomes, in the order in which they are shown."""


@dataclass(frozen=True)
class MonthlyPath:
    """A measure of every month of a run: its unit, direction, meaning and group."""

    name: str
    unit: str
    better: Better
    meaning: str
    group: str


# fmt: off
_PATHS = (
    MonthlyPath("inadequate", "councils", "lower", "councils that hold inadequate", "failure"),
    MonthlyPath("requires_improvement", "councils", "neither", "councils that hold requires improvement", "failure"),
    MonthlyPath("good", "councils", "neither", "councils that hold good", "failure"),
    MonthlyPath("outstanding", "councils", "higher", "councils that hold outstanding", "failure"),
    MonthlyPath(
        "inadequate_children", "children in need", "lower",
        "children in need in inadequate councils", "failure",
    ),
    MonthlyPath("below_cut", "councils", "lower", "councils whose quality is under the inadequate cut", "failure"),
    MonthlyPath("good_or_better", "share", "higher", "councils that hold good or outstanding", "failure"),
    MonthlyPath("mean_quality", "SD", "higher", "mean quality", "failure"),
    MonthlyPath("quality_spread", "SD", "lower", "standard deviation of quality", "polarisation"),
    MonthlyPath(
        "quality_spread_not_giving", "SD", "lower",
        "the same among councils that do not give; not for comparing regimes, each of which leaves out its own givers",
        "polarisation",
    ),
    MonthlyPath("bimodality", "coefficient", "lower", "Sarle's bimodality coefficient of quality", "polarisation"),
    MonthlyPath(
        "stuck", "councils", "lower",
        "councils below good in each of the last 72 months (or all so far)", "polarisation",
    ),
    MonthlyPath("judgements", "judgements", "neither", "judgements published", "failure"),
    MonthlyPath("falls", "judgements", "lower", "judgements below the one before", "failure"),
    MonthlyPath("director_changes", "changes", "lower", "starts of interim and permanent directors", "directors"),
    MonthlyPath("dismissals", "exits", "lower", "directors forced out", "directors"),
    MonthlyPath("voluntary_exits", "exits", "lower", "directors leaving by choice", "directors"),
    MonthlyPath("moves", "exits", "neither", "directors moving to another council", "directors"),
    MonthlyPath("filled", "appointments", "neither", "permanent directors appointed", "directors"),
    MonthlyPath(
        "vacancy_months", "months", "lower",
        "months that the vacancies filled now were open, summed", "directors",
    ),
    MonthlyPath("interim_spells", "spells", "neither", "interims' spells that ended", "directors"),
    MonthlyPath("interim_spell_months", "months", "lower", "length of those spells, summed", "directors"),
    MonthlyPath("appointed_ability_sum", "SD", "higher", "ability of those appointed now, summed", "directors"),
    MonthlyPath("interims", "councils", "lower", "councils under an interim", "directors"),
    MonthlyPath("months_in_post", "months", "higher", "mean months in post of permanent directors", "directors"),
    MonthlyPath("pool", "directors", "higher", "former directors ready to return", "directors"),
    MonthlyPath("candidates", "candidates", "higher", "ready first-time candidates", "directors"),
    MonthlyPath("press_climate", "0-1", "lower", "how bad the press has been in the sector", "directors"),
    MonthlyPath("attention", "share", "higher", "chiefs' attention to children's services, mean", "chiefs"),
    MonthlyPath(
        "attention_adult_care", "share", "neither",
        "chiefs' attention to adult care and health, mean", "chiefs",
    ),
    MonthlyPath("attention_finance", "share", "neither", "chiefs' attention to finance and corporate, mean", "chiefs"),
    MonthlyPath("attention_place", "share", "neither", "chiefs' attention to place, mean", "chiefs"),
    MonthlyPath("agency_share", "share", "lower", "agency share of social workers, mean", "directors"),
    MonthlyPath("givers", "councils", "neither", "councils that give", "givers"),
    MonthlyPath("receivers", "councils", "neither", "councils that receive", "receivers"),
    MonthlyPath("days_pledged", "days", "neither", "days pledged", "givers"),
    MonthlyPath("days_delivered", "days", "neither", "days delivered", "receivers"),
    MonthlyPath("director_days", "days", "lower", "days given by givers' directors in person", "givers"),
    MonthlyPath("over_release", "councils", "lower", "councils that give more than safe release", "givers"),
    MonthlyPath("need_days", "days", "lower", "10.9 days for every council below good", "receivers"),
    MonthlyPath("unmet_days", "days", "lower", "what those councils lack of these days", "receivers"),
    MonthlyPath("waiting", "councils", "lower", "councils below good without any support", "receivers"),
    MonthlyPath("partnerships", "partnerships", "neither", "partnerships in force", "givers"),
    MonthlyPath("trusts", "councils", "neither", "departments removed to a trust", "receivers"),
    MonthlyPath("programme_cash", "GBP", "lower", "cash paid for delivered days", "money"),
    MonthlyPath("programme_shadow", "GBP", "lower", "worth of unpaid delivered days", "money"),
    MonthlyPath("trust_cost", "GBP", "lower", "set-up and running of trusts", "money"),
    MonthlyPath("over_budget", "0 or 1", "lower", "trusts alone have cost more than the programme's money", "money"),
    MonthlyPath("failure_cost", "GBP", "lower", "extra spending of councils after an inadequate judgement", "money"),
    MonthlyPath("funding_gap", "GBP", "neither", "national shortfall of budgets", "money"),
)
# fmt: on

PATHS: Mapping[str, MonthlyPath] = MappingProxyType({path.name: path for path in _PATHS})
"""Every monthly path by its name."""
