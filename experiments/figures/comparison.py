"""The figures of a comparison, each drawn from its results: what the tables say, and nothing that they do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.backend import in_own_style
from experiments.figures.claim_effects import claims_figure
from experiments.figures.fans import Fans, fan_figure
from experiments.figures.marks import Mark, marks_figure, panels_figure
from experiments.figures.price import price_figure
from experiments.inputs.checks import checked_choice
from experiments.results.case import Case
from experiments.results.rows import (
    MAIN,
    ComparisonRow,
    Difference,
    GroupRow,
    ThirdRow,
    read_group_rows,
    read_third_rows,
)
from experiments.results.store import Results
from experiments.text.names import GROUP_KIND_WORDS, NOTHING, PARTNERS, group_order, group_title, parity_words, sentence
from simulation.outcomes.paths import PATHS

PATH_TITLES: Mapping[str, str] = {
    "inadequate": "Councils judged inadequate",
    "good_or_better": "Councils judged good or outstanding",
    "quality_spread": "Spread of quality, all councils",
    "director_changes": "Changes of director a month",
    "interims": "Councils under an interim director",
    "attention": "Chiefs' attention to children's services",
    "over_release": "Councils that give more than they safely can",
    "programme_cash": "Programme a month, paid in cash",
    "programme_shadow": "Programme a month, worth of unpaid days",
}
"""Path -> how it is called, where its own name does not do."""
SPREADS: Mapping[str, str] = {"luck": "luck", "sets": "parameter sets"}
"""Kind of spread of a path -> how it is called."""
MEASURE_WORDS: Mapping[str, tuple[str, str]] = {
    "inadequate_months": ("months inadequate", "months inadequate a council\n← fewer: better          more: worse →"),
    "mean_quality": ("mean quality", "SD\n← lower: worse          higher: better →"),
    "days_given": ("days given", "days given a council"),
    "days_received": ("days received", "days received a council"),
}
"""Measure of a group -> how it is called, and the words of its axis."""
LEVER_WORDS: Mapping[str, str] = {"receiver_quantile": "days per receiver", "giver_quantile": "days per giver"}
"""Lever -> how it is called."""
PRICE_TITLE = "Cost of an inadequate council-month avoided, by the price of an unpaid day"
_BASELINES = (NOTHING, PARTNERS)
_THOUSAND = 1000.0


@in_own_style
def differences(
    results: Results,
    *,
    parity: str | None = None,
    baseline: str = NOTHING,
    regimes: Sequence[str] | None = None,
    outcome: str = MAIN,
) -> Figure:
    """Return council-months inadequate of every regime less those of a baseline, with both uncertainties.

    Args:
        results: a finished comparison.
        parity: what is made equal; the first of the comparison where None.
        baseline: ``none`` or ``partners_in_practice``.
        regimes: those that are shown; all where None.
        outcome: any other of the comparison, the user's own among them.

    Raises:
        InputError: the comparison has no such parity or outcome, or there is no such baseline.
    """
    case = results.case
    parity = _parity(case, parity)
    checked_choice("outcome", outcome, tuple(dict.fromkeys(row.outcome for row in case.rows)))
    rows = shown_rows(case, parity, checked_choice("baseline", baseline, _BASELINES), outcome)
    marks = [_mark(row, case.title(row.regime)) for row in rows if regimes is None or row.regime in regimes]
    title = differences_title(case, parity, baseline, outcome)
    axis = _months_axis(case) if outcome == MAIN else _axis(rows)
    return marks_figure(marks, title=title, axis=axis, note=case.note(parity))


@in_own_style
def paths(results: Results, path: str, *, kind: str | None = None, parity: str | None = None) -> Figure:
    """Return a path over time: a row a regime, single runs at the left and parameter sets at the right.

    Args:
        results: a finished comparison.
        path: one of `simulation.PATHS`.
        kind: ``luck``, how far single runs stray, or ``sets``, how far the means of parameter sets lie apart; both
            side by side where None.
        parity: what is made equal; the first of the comparison where None.

    Raises:
        InputError: there is no such path, kind or parity.
    """
    checked_choice("path", path, tuple(PATHS))
    if kind is not None:
        checked_choice("kind", kind, tuple(SPREADS))
    parity = _parity(results.case, parity)
    fans = path_fans(results.case, results.under("paths", parity), path)
    return path_figure(results.case, path, fans if kind is None else {kind: fans[kind]}, parity)


@in_own_style
def groups(
    results: Results,
    kind: str = "region",
    *,
    measure: str = "inadequate_months",
    parity: str | None = None,
    baseline: str = NOTHING,
    regime: str | None = None,
) -> Figure:
    """Return who gains and who gives: differences by group of councils, of one pair of regimes or a panel a regime.

    Args:
        results: a finished comparison.
        kind: ``region``, ``deprivation_fifth`` or ``start_grade``.
        measure: ``inadequate_months``, ``mean_quality``, ``days_given`` or ``days_received``.
        parity: what is made equal; the first of the comparison where None.
        baseline: any regime of the comparison.
        regime: the one that is set against it; every one where None.

    Raises:
        InputError: there is no such kind, measure, parity, regime or baseline.
    """
    case = results.case
    checked_choice("kind", kind, tuple(GROUP_KIND_WORDS))
    checked_choice("measure", measure, tuple(MEASURE_WORDS))
    checked_choice("baseline", baseline, case.regimes)
    parity = _parity(case, parity)
    rows = [
        row
        for row in read_group_rows(results.by_group)
        if (row.kind, row.measure, row.parity, row.baseline) == (kind, measure, parity, baseline)
    ]
    title, axis, note = (
        groups_title(case, kind, measure, baseline, regime),
        MEASURE_WORDS[measure][1],
        case.note(parity),
    )
    if regime is None:
        return panels_figure(group_panels(case, rows), title=title, axis=axis, note=note)
    checked_choice("regime", regime, tuple(dict.fromkeys(row.regime for row in rows)))
    mine = _shown_groups(row for row in rows if row.regime == regime)
    marks = [_mark(row, group_title(kind, row.group)) for row in mine]
    return marks_figure(marks, title=title, axis=axis, note=note)


@in_own_style
def levers(
    results: Results,
    lever: str = "receiver_quantile",
    *,
    parity: str | None = None,
    baseline: str = NOTHING,
) -> Figure:
    """Return differences from a baseline in thirds of the parameter sets by a lever, a panel a regime.

    Args:
        results: a finished comparison, whose levers were drawn.
        lever: ``receiver_quantile`` (days per receiver) or ``giver_quantile`` (days per giver).
        parity: what is made equal; the first of the comparison where None.
        baseline: ``none`` or ``partners_in_practice``.

    Raises:
        InputError: there is no such lever, parity or baseline.
    """
    case = results.case
    checked_choice("lever", lever, tuple(LEVER_WORDS))
    checked_choice("baseline", baseline, _BASELINES)
    parity = _parity(case, parity)
    rows = [row for row in read_third_rows(results.by_lever) if row.lever == lever]
    panels = third_panels(case, [row for row in rows if (row.parity, row.baseline) == (parity, baseline)])
    title = levers_title(case, lever, baseline)
    return panels_figure(panels, title=title, axis=_months_axis(case), note=case.note(parity))


@in_own_style
def price_curve(results: Results, *, parity: str | None = None) -> Figure:
    """Return what a council-month avoided costs as the price of an unpaid day rises, a panel a regime of unpaid days.

    Args:
        results: a finished comparison.
        parity: what is made equal; the first of the comparison where None.

    Raises:
        InputError: the comparison has no such parity.
    """
    case = results.case
    parity = _parity(case, parity)
    level = partners_level(results, parity)
    return price_figure(
        price_curves(results, parity),
        break_even_points(results, parity),
        None if level is None else (case.title(PARTNERS), level),
        title=PRICE_TITLE,
        axis="thousand pounds",
        note=case.note(parity),
    )


@in_own_style
def claims(results: Results) -> Figure:
    """Return the sector's claims side by side, each effect over the smallest that matters.

    Raises:
        InputError: the claims were not tested with this comparison.
    """
    return claims_figure(results.claims, str(results.manifest["claims"]["note"]))


def shown_rows(case: Case, parity: str, baseline: str, outcome: str = MAIN) -> list[ComparisonRow]:
    """Return the rows that a figure of differences shows: every regime but the world without a programme."""
    return [row for row in case.against(baseline, parity, outcome) if row.regime != NOTHING]


def differences_title(case: Case, parity: str, baseline: str, outcome: str = MAIN) -> str:
    """Return what a figure of differences shows."""
    what = "Council-months inadequate" if outcome == MAIN else sentence(case.meaning(outcome))
    return f"{what}: difference from {case.words(baseline)}, at {parity_words(parity)}"


def path_fans(case: Case, table: pd.DataFrame, path: str) -> Fans:
    """Return the fans of a path in its `path_unit`, without regimes for which nothing is known.

    Args:
        case: the comparison in short.
        table: quantiles under one parity, as `experiments.results.store.Results.under` gives them.
        path: one of `simulation.PATHS`.
    """
    mine = table[table["path"] == path]
    if PATHS[path].unit == "GBP":
        mine = mine.assign(**{name: mine[name] / _THOUSAND for name in mine.columns if name.startswith("q")})
    fans: dict[str, dict[str, pd.DataFrame]] = {kind: {} for kind in SPREADS}
    for kind in SPREADS:
        for regime in case.regimes:
            rows = mine[(mine["kind"] == kind) & (mine["regime"] == regime)].sort_values("month")
            if len(rows) and rows["q50"].notna().any():
                fans[kind][case.title(regime)] = rows
    return fans


@in_own_style
def path_figure(case: Case, path: str, fans: Fans, parity: str) -> Figure:
    """Return the fans of a path; with one parameter set there is no spread over sets to show."""
    kinds = [kind for kind in fans if not (case.illustration and kind == "sets")]
    return fan_figure(
        {kind: fans[kind] for kind in kinds},
        reference=case.title(NOTHING),
        start=case.start,
        months=case.months,
        title=path_title(path),
        axis=path_unit(path),
        note=case.note(parity),
    )


def path_title(path: str) -> str:
    """Return how a path is called."""
    return PATH_TITLES.get(path) or path.replace("_", " ").capitalize()


def path_unit(path: str) -> str:
    """Return the unit in which a path is shown: money in thousands of pounds."""
    unit = PATHS[path].unit
    return "thousand pounds" if unit == "GBP" else unit


def group_panels(case: Case, rows: Iterable[GroupRow]) -> dict[str, list[Mark]]:
    """Return the marks of groups of one kind by regime as read, groups from worst to best or by name."""
    ordered = _shown_groups(rows)
    return _panels(case, ordered, [group_title(row.kind, row.group) for row in ordered])


def groups_title(case: Case, kind: str, measure: str, baseline: str = NOTHING, regime: str | None = None) -> str:
    """Return what a figure of groups shows."""
    what = f"{MEASURE_WORDS[measure][0].capitalize()} by {GROUP_KIND_WORDS[kind]}"
    if regime is None:
        return f"{what}: difference from {case.words(baseline)}"
    return f"{what}: {case.words(regime)} less {case.words(baseline)}"


def _shown_groups(rows: Iterable[GroupRow]) -> list[GroupRow]:
    return sorted((row for row in rows if row.shown), key=lambda row: group_order(row.kind, row.group))


def third_panels(case: Case, rows: Sequence[ThirdRow]) -> dict[str, list[Mark]]:
    """Return the marks of thirds by regime as read."""
    return _panels(case, rows, [f"{row.third} third" for row in rows])


def levers_title(case: Case, lever: str, baseline: str = NOTHING) -> str:
    """Return what a figure of thirds shows."""
    return f"Council-months inadequate by {LEVER_WORDS[lever]}: difference from {case.words(baseline)}"


def price_curves(results: Results, parity: str) -> dict[str, pd.DataFrame]:
    """Return cost over prices of the regimes of unpaid days by their names as read, where months were avoided."""
    money, curve = (table[table["parity"] == parity] for table in (results.money, results.price_curve))
    unpaid = money.loc[(money["unpaid_days"] > 0) & (money["avoided"] > 0), "regime"]
    return {results.case.title(name): curve[curve["regime"] == name] for name in unpaid}


def break_even_points(results: Results, parity: str) -> dict[str, float]:
    """Return the break-even price of every regime of unpaid days by its name as read, NaN where there is none."""
    here = results.break_even[results.break_even["parity"] == parity]
    return {results.case.title(name): price for name, price in zip(here["regime"], here["price"], strict=True)}


def partners_level(results: Results, parity: str) -> float | None:
    """Return what a month avoided by the partners costs in cash, NaN where they avoided none, None without them."""
    money = results.money
    here = money[(money["parity"] == parity) & (money["regime"] == PARTNERS)]
    return float(here["cash_per_month_avoided"].iloc[0]) if len(here) else None


def _parity(case: Case, parity: str | None) -> str:
    return case.parity if parity is None else checked_choice("parity", parity, case.parities)


def _months_axis(case: Case) -> str:
    return f"council-months, of {case.total:,}\n← fewer: better          more: worse →"


def _axis(rows: Sequence[ComparisonRow]) -> str:
    ways = {
        "lower": "\n← lower: better          higher: worse →",
        "higher": "\n← lower: worse          higher: better →",
    }
    return "".join(dict.fromkeys(f"{row.unit}{ways.get(row.better, '')}" for row in rows))


def _mark(row: Difference, label: str) -> Mark:
    return Mark(label, row.difference, row.interval, row.worlds_range, firm=row.firm)


def _panels(case: Case, rows: Sequence[Difference], labels: Sequence[str]) -> dict[str, list[Mark]]:
    panels: dict[str, list[Mark]] = {}
    for regime in case.regimes:
        marks = [_mark(row, label) for row, label in zip(rows, labels, strict=True) if row.regime == regime]
        if marks:
            panels[case.title(regime)] = marks
    return panels
