"""What every column of a comparison's tables means, and its unit: once, for the dictionary in each results folder."""

from __future__ import annotations

from collections.abc import Mapping

from experiments.design.plausible import WEIGHT
from experiments.results.group_totals import SMALLEST
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.parameters import PARAMETERS

Meaning = tuple[str, str]
"""Unit, and what it means."""
IN_UNIT = "as the column unit says"

_KEYS: dict[str, Meaning] = {
    "parity": ("", "what is made equal: pounds, days or director_days; none where each regime is as its file says"),
    "regime": ("", "the regime of support"),
    "baseline": ("", "the regime that it is compared with: differences are regime less baseline"),
    "set": ("number", "the parameter set, from 0: its row of sets.parquet"),
    "replicate": ("number", "whose luck is met, from 0: the same in all regimes, parities and sets"),
    "run": ("number", "the run, from 0: labels.parquet says which regimes show it under which parities"),
    "history": ("number", "which rows of paths.parquet are a regime's under a parity, from 0"),
    "month": ("months", "months since the start, from 0"),
    "kind": ("", "the kind of group: region, deprivation_fifth or start_grade"),
    "group": ("", "the group: a region, a fifth from 1 (least deprived) to 5, or a grade at the start"),
    "councils": ("councils", "how many are in the group"),
    "outcome": ("", "the outcome: one of `sli outcomes`"),
    "measure": ("", "what is measured of an average council of the group"),
    "unit": ("", "the unit of the row's numbers"),
    "better": ("", "whether lower or higher is better, or neither"),
    "meaning": ("", "how the outcome is defined"),
    "error": ("", "why the run failed; empty where it did not"),
}
_EFFECT: dict[str, Meaning] = {
    "difference": (IN_UNIT, "mean paired difference"),
    "difference_error": (IN_UNIT, "its standard error, over sets and replicates together"),
    "share": ("share", "worlds in which the regime does better, luck taken out; higher where neither is better"),
    "share_error": ("share", "the standard error of that share"),
    "worlds_low": (IN_UNIT, "5% quantile of the worlds, luck taken out"),
    "worlds_high": (IN_UNIT, "95% quantile of the worlds, luck taken out"),
    "gains": ("share", "worlds better by more than matters"),
    "losses": ("share", "worlds worse by more than matters"),
    "within": ("share", "worlds with no difference that matters"),
    "matters": (IN_UNIT, "the smallest difference worth a decision"),
    "realised": ("that of the parity", "what the regime realised of what the parity makes equal, mean over all runs"),
    "realised_baseline": ("that of the parity", "what the baseline realised of it"),
    "parity_met": ("share", "worlds within a tenth of the partners; empty where there is nothing to meet"),
    "worlds": ("worlds", "how many count: those that met the parity"),
    "left_out": ("share", "worlds that do not count"),
    "replicates": ("replicates", "replicates of each set that count"),
    "verdict": ("", "the verdict, in the words of the glossary"),
}
_LEVER: dict[str, Meaning] = {
    "receiver_quantile": ("share", "place of days per receiver in each regime's range; empty where levers are fixed"),
    "giver_quantile": ("share", "place of days per giver in each regime's range; empty where levers are fixed"),
}
_SUMS: dict[str, Meaning] = {
    "inadequate_months": ("council-months", "months inadequate, summed"),
    "mean_quality": ("SD", "quality, mean over councils and months"),
    "days_given": ("days", "days given, summed"),
    "days_received": ("days", "days received, summed"),
}
_COUNCIL: dict[str, Meaning] = {
    "council": ("", "the council's code"),
    "region": ("", "its region"),
    "inadequate_months": ("months", "months inadequate"),
    "mean_quality": ("SD", "quality, mean over the months"),
    "days_given": ("days", "days given"),
    "days_received": ("days", "days received"),
}
_PATH: dict[str, Meaning] = {
    "path": ("", "the path: what is recorded of every month"),
    "kind": ("", "luck: how runs of a set differ; sets: how the means of the sets differ"),
    **{
        f"q{share:02}": ("that of the path", f"{share}% quantile over all runs, each as often as its set counts")
        for share in (5, 25, 50, 75, 95)
    },
}
_LEVERS: dict[str, Meaning] = {
    "lever": ("", "the lever whose place in its range parts the sets"),
    "third": ("", "which third of the sets"),
    "rank": ("rank", "of the difference among all regimes against the same baseline, 1 the lowest"),
}
_REGRET: dict[str, Meaning] = {
    "mean": ("council-months", "months inadequate lost by choosing the regime instead of the best of each world, mean"),
    "mean_error": ("council-months", "its standard error"),
    "worst_tenth": ("council-months", "the same in the worst tenth of worlds, mean"),
    "least": ("", "whether it is the regime of least regret"),
    "worlds": ("worlds", "how many count"),
}
_TURNS: dict[str, Meaning] = {
    "place": ("rank", "1 for the number that decides most"),
    "parameter": ("", "the uncertain number: a parameter, or a lever's place in its range"),
    "unit": ("", "the unit of the number"),
    "explained": ("share", "how much of the worlds' ranks goes with the number"),
    "correlation": ("", "rank correlation of the number with the worlds' differences, luck taken out"),
    "correlation_low": ("", "the low end of its 95% interval"),
    "correlation_high": ("", "the high end of its 95% interval"),
    "coefficient": ("standard deviations", "of a regression of the difference on all numbers"),
    "coefficient_low": ("standard deviations", "the low end of its 95% interval"),
    "coefficient_high": ("standard deviations", "the high end of its 95% interval"),
    "value": (IN_UNIT, "where its worlds are parted"),
    "value_low": (IN_UNIT, "the low end of the 95% interval of that value"),
    "value_high": (IN_UNIT, "the high end of the 95% interval of that value"),
    "turns": ("", "whether the sign of the mean difference turns there"),
    "share_below": ("share", "worlds below it in which the regime does better"),
    "share_below_error": ("share", "the standard error of that share"),
    "worlds_below": ("worlds", "how many lie below it"),
    "share_above": ("share", "worlds above it in which the regime does better"),
    "share_above_error": ("share", "the standard error of that share"),
    "worlds_above": ("worlds", "how many lie above it"),
}
_KNOWING: dict[str, Meaning] = {
    "kind": ("", "number or group of numbers"),
    "name": ("", "the uncertain number, or the group of them"),
    "worth": ("council-months", "inadequate, fewer if it is known exactly before one of the two is chosen"),
    "worth_error": ("council-months", "its standard error"),
    "worth_bias": ("council-months", "about how much too large it may be"),
    "price": ("GBP", "what Partners in Practice pays in cash for a council-month avoided"),
    "pounds": ("GBP", "what so many months would cost at that price"),
    "worlds": ("worlds", "how many count"),
}
_MONEY: dict[str, Meaning] = {
    "cash": ("GBP", "paid for delivered days and trusts, mean"),
    "unpaid_days": ("days", "days delivered that nobody paid for, mean"),
    "avoided": ("council-months", "months inadequate avoided against no programme, mean"),
    "avoided_error": ("council-months", "its standard error"),
    "cash_per_month_avoided": ("GBP", "cash for each council-month avoided"),
    "price": ("GBP a day", "price of an unpaid day"),
    "price_error": ("GBP a day", "its standard error"),
    "stated": ("", "whether the price may be stated"),
    "cost": ("GBP", "what a council-month avoided costs at that price"),
    "low": ("GBP", "lower end of its 95% interval"),
    "high": ("GBP", "upper end of its 95% interval; infinite where no month may be avoided"),
}
_BREAK_EVEN: dict[str, Meaning] = {
    "worlds_low": ("GBP a day", "5% quantile of the price over worlds, with the luck of their runs"),
    "worlds_high": ("GBP a day", "95% quantile of the price over worlds, with the luck of their runs"),
    "worlds": ("worlds", "in how many there is a price"),
}
_SUMMARY: dict[str, Meaning] = {
    "mean": (IN_UNIT, "mean of the outcome over all runs"),
    "mean_error": (IN_UNIT, "its standard error"),
    "variance_saved_against_none": ("ratio", "variance of an unpaired difference from none over that of the paired"),
    "variance_saved_against_partners_in_practice": ("ratio", "the same from partners_in_practice"),
}
_CLAIMS: dict[str, Meaning] = {
    "claim": ("number", "the claim, 1 to 12"),
    "title": ("", "the claim in the sector's words"),
    "source": ("", "who made it, when and where"),
    "short": ("", "the same as a label"),
    "contrast": ("", "what is compared with what"),
    "observable": ("", "the effect that is looked at"),
    "claimed": ("", "which way the claim says that it goes"),
    "effect": (IN_UNIT, "its mean"),
    "effect_error": (IN_UNIT, "its standard error, over sets and replicates together"),
    "share": ("share", "worlds in which it goes as claimed, luck taken out"),
    "matters": (IN_UNIT, "the smallest effect that matters"),
    "verdict": ("", "the verdict on the claim"),
    "reason": ("", "why, in a word"),
    "verdict_at_half": ("", "the verdict if half as much mattered"),
    "verdict_at_twice": ("", "the verdict if only twice as much mattered"),
    "assumed": ("", "whether the model assumes the effect: no, direction or yes"),
    "why_assumed": ("", "how it is assumed"),
    "worlds_run": ("worlds", "how many were run"),
    "decides": ("", "whether this effect decides the verdict"),
    "sentence": ("", "the answer for a reader in a hurry"),
}
_HEADLINES: dict[str, Meaning] = {
    "headline": ("", "whether inspections give an overall grade: kept or removed"),
    "own": ("", "whether it is the comparison's own choice"),
    "change": (IN_UNIT, "the difference less that under the comparison's own choice"),
    "change_error": (IN_UNIT, "its standard error"),
}
_RIGGING: dict[str, Meaning] = {
    "opponent": ("", "the regime that it is set against, or every other at once"),
    "draws": ("draws", "how many of the prior count"),
    "won": ("share", "draws in which the regime does better, luck taken out"),
    "lost": ("share", "draws in which it does worse"),
    "equal": ("share", "draws without a difference in any run"),
    "error": ("share", "the standard error of the larger of won and lost"),
    "draws_met": ("draws", "how many met the parity"),
    "won_met": ("share", "the same as won, of those that met the parity"),
    "lost_met": ("share", "the same as lost, of those that met the parity"),
}
_FAILURES: dict[str, Meaning] = {
    "reason": ("", "why the run failed"),
    "command": ("", "the command that repeats it alone, from where the comparison was begun"),
}
_OUTCOMES = {name: (info.unit, info.meaning) for name, info in OUTCOMES.items()}
_MONTHS = {name: (info.unit, info.meaning) for name, info in PATHS.items()}
_SETS = {
    WEIGHT: ("times", "how many times the set counts beside the others"),
    **{name: (info.unit, info.meaning) for name, info in PARAMETERS.items()},
    **_LEVER,
}
_GROUP_FINDINGS = {"councils": ("councils", f"how many are in the group; no numbers under {SMALLEST}")}

_BY_TABLE: Mapping[str, Mapping[str, Meaning]] = {
    "labels.parquet": _KEYS,
    "runs.parquet": _KEYS | _OUTCOMES,
    "months.parquet": _KEYS | _MONTHS,
    "paths.parquet": _KEYS | _PATH,
    "groups.parquet": _KEYS | _SUMS,
    "councils.parquet": _KEYS | _COUNCIL,
    "sets.parquet": _KEYS | _SETS,
    "comparison.csv": _KEYS | _EFFECT,
    "summary.csv": _KEYS | _EFFECT | _SUMMARY,
    "by_group.csv": _KEYS | _EFFECT | _GROUP_FINDINGS,
    "by_lever.csv": _KEYS | _EFFECT | _LEVERS,
    "regret.csv": _KEYS | _REGRET,
    "turns.csv": _KEYS | _TURNS,
    "knowing.csv": _KEYS | _KNOWING,
    "money.csv": _KEYS | _EFFECT | _MONEY,
    "break_even.csv": _KEYS | _MONEY | _BREAK_EVEN,
    "price_curve.csv": _KEYS | _MONEY,
    "claims.csv": _KEYS | _EFFECT | _CLAIMS,
    "headlines.csv": _KEYS | _EFFECT | _HEADLINES,
    "rigging.csv": _KEYS | _RIGGING,
    "failures.csv": _KEYS | _FAILURES,
}


def meaning_of(table: str, column: str) -> Meaning:
    """Return the unit of a column and what it means; empty words where the catalogue has no such table or column."""
    return _BY_TABLE.get(table, _KEYS).get(column, ("", ""))
