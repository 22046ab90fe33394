"""The brief: two pages for somebody who decides, made from the same tables as the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from experiments.figures import differences as differences_figure
from experiments.figures.comparison import MEASURE_WORDS, differences_title, shown_rows
from experiments.report.cells import AMOUNT_HEAD, LIKELY_HEAD, PLUS_MINUS, amount_cell, share_cell
from experiments.report.parts import Picture, Table
from experiments.report.repeat import command
from experiments.report.sections import groups, headlines, limits, money, turns
from experiments.report.sections.differences import describe
from experiments.report.words import (
    SCALE,
    WORLD,
    against_nothing,
    amount_words,
    badge,
    how_far,
    likely_words,
    question,
    regret_words,
    unfair_words,
)
from experiments.results.case import Case
from experiments.results.group_totals import SMALLEST
from experiments.results.rows import GroupRow
from experiments.results.store import Results
from experiments.text.names import GROUP_KIND_WORDS, NOTHING, PARTNERS, group_title, parity_words, sentence
from experiments.text.numbers import NO_NUMBER, plain, pounds
from experiments.text.verdicts import SMALL

SHORT_PURPOSE = "It explores and illustrates; it does not predict."
MOST_REGIMES, MOST_GROUPS, MOST_LIMITS = 9, 10, 5
"""Rows and sentences that two pages have room for; what is left out stands in the report, and that is said."""
_SMALL = ", small"
_LONGEST = 40
"""Characters of a name in a table."""
_TERMS = ("Council-month inadequate", "Parity", "Regime", "Regret")
_MORE = "report.html beside this page has every table, figure and assumption, and the meaning of each word."
_MORE_OF_PART = (
    "report.html beside this page has more of this part; the report of the whole comparison has every assumption, and "
    "the meaning of each word."
)


@dataclass(frozen=True)
class Brief:
    """The brief, ready to be laid out: texts are paragraphs."""

    title: str
    purpose: str
    question: str
    subject: str
    verdict: str
    answer: tuple[str, ...]
    scale: str
    picture: Picture
    reading: tuple[str, ...]
    regimes: Table
    money: tuple[str, ...]
    groups_lead: tuple[str, ...]
    groups: Table
    turns: tuple[str, ...]
    limits: tuple[str, ...]
    repeat: tuple[str, ...]
    command: str
    words: tuple[tuple[str, str], ...]


def make_brief(results: Results, title: str) -> Brief:
    """Return the brief of a comparison."""
    case = results.case
    row = None if case.focus is None else case.row(case.focus, case.rival)
    subject, verdict = badge(case)
    return Brief(
        title=title,
        purpose=SHORT_PURPOSE,
        question=question(case),
        subject=subject,
        verdict=verdict,
        answer=tuple(
            filter(None, (unfair_words(case), likely_words(case, row), amount_words(case, row), how_far(case)))
        ),
        scale=f"{WORLD} {SCALE}",
        picture=_picture(results),
        reading=(*_reading(case), *filter(None, (regret_words(results), against_nothing(case)))),
        regimes=_regimes(results),
        money=_money(results),
        groups_lead=_groups_lead(results),
        groups=_groups(results),
        turns=(*turns.front_words(results), *headlines.headline_words(results)),
        limits=limits.limits(case)[:MOST_LIMITS],
        repeat=_repeat(results),
        command=command(results) if not case.part else f"{command(results)}; {_part_command(case)}",
        words=_words(results),
    )


def _baseline(case: Case) -> str:
    """Return what the picture sets the regimes against: the headline's, if there is more than one to show."""
    return case.rival if len(shown_rows(case, case.parity, case.rival)) > 1 else NOTHING


def _shown(case: Case) -> list[str]:
    """Return the regimes that there is room for, the headline's among them."""
    first = [name for name in (case.rival, case.focus) if name not in (None, NOTHING)]
    rest = [name for name in case.regimes if name not in (*first, NOTHING)]
    chosen = {*first, *rest[: MOST_REGIMES - len(first)]}
    return [name for name in case.regimes if name in chosen]


def _picture(results: Results) -> Picture:
    case = results.case
    baseline = _baseline(case)
    rows = [row for row in shown_rows(case, case.parity, baseline) if row.regime in _shown(case)]
    title = differences_title(case, case.parity, baseline)
    figure = differences_figure(results, baseline=baseline, regimes=_shown(case))
    return Picture("brief", figure, " ".join([f"{title}.", *(describe(case, row) for row in rows)]), title)


def _reading(case: Case) -> tuple[str, ...]:
    if case.illustration:
        return ("Each point is a mean difference; the blue bar is its 95% interval, from luck alone.",)
    return (
        (
            "Each point is a mean difference; hollow ones have no verdict. The blue bar is the 95% interval of the "
            "mean. The dashed orange line shows how far the worlds lie apart."
        ),
    )


def _regimes(results: Results) -> Table:
    case = results.case
    regret = {
        str(row["regime"]): float(row["mean"])
        for row in results.regret.to_dict("records")
        if row["parity"] == case.parity
    }
    columns = ["Regime"]
    for baseline in (NOTHING, PARTNERS):
        than = case.words(baseline)
        columns += [f"against {than}", f"{LIKELY_HEAD} than {than}", f"{AMOUNT_HEAD} from {than}"]
    shown, rows = _shown(case), []
    for name in shown:
        cells = [cell for baseline in (NOTHING, PARTNERS) for cell in _cells(case, name, baseline)]
        rows.append(
            (shorten(case.title(name), _LONGEST, placeholder="…"), *cells, plain(regret.get(name, float("nan")), 0))
        )
    left = len(case.regimes) - 1 - len(shown)
    more = f" {left} more stand in report.html." if left > 0 else ""
    small = " “Small” is by less than matters." if any(_SMALL in cell for row in rows for cell in row) else ""
    what = f"Council-months inadequate, of {case.total:,}, at {parity_words(case.parity)}"
    caption = f"{what}. {PLUS_MINUS}{small}{more}"
    return Table(caption, (*columns, "mean regret"), tuple(rows), frozenset({1, 4}), verdict=1)


def _cells(case: Case, name: str, baseline: str) -> tuple[str, str, str]:
    row = case.row(name, baseline)
    if row is None:
        return (NO_NUMBER,) * 3
    return (row.state.replace(SMALL, _SMALL), share_cell(row), amount_cell(row))


def _money(results: Results) -> tuple[str, ...]:
    case = results.case
    tables = money.Tables.of(results)
    names = [name for name in (case.rival, case.focus) if name in tables.bills]
    bills = [f"{sentence(_bill(case, tables.bills[str(name)], str(name)))}." for name in names]
    bills += _price_of_a_day(results, str(case.focus))
    if case.focus in tables.points:
        bills.append(f"{sentence(money.statement(case, tables.points[str(case.focus)], str(case.focus)))}.")
    whose = "All councils together, from" if case.part else "From"
    return (" ".join([f"{whose} {case.period}, at {parity_words(case.parity)}.", *bills]),)


def _price_of_a_day(results: Results, regime: str) -> list[str]:
    """Return what an unpaid day of a regime counts for where pounds are made equal, in a sentence or none."""
    arms = results.manifest["design"]["regimes"].get(regime, {}).get("arms", [])
    prices = {float(arm["shadow_price_per_day"]) for arm in arms} - {0.0}
    if results.case.parity != "pounds" or len(prices) != 1:
        return []
    return [f"Equal pounds count each of these days at {pounds(prices.pop())}, an assumption, beside the cash."]


def _bill(case: Case, bill: money.Cells, name: str) -> str:
    unpaid = float(bill["unpaid_days"])
    days = f" and {plain(unpaid, 0)} days that nobody is paid for" if unpaid > 0 else ""
    avoided, each = float(bill["avoided"]), float(bill["cash_per_month_avoided"])
    months = (
        f"avoids {plain(avoided)} council-months inadequate" if avoided > 0 else "avoids no council-month inadequate"
    )
    per = f", {pounds(each)} in cash for each" if avoided > 0 and each == each else ""  # noqa: PLR0124  no NaN
    return f"{case.words(name)} takes {pounds(float(bill['cash']))} in cash{days}, and {months}{per}"


def _group_rows(results: Results, measure: str) -> list[GroupRow]:
    if results.case.focus is None or results.by_group.empty:
        return []
    by_kind = [groups.pair_rows(results, kind, measure) for kind in GROUP_KIND_WORDS]
    return [*by_kind[0][:MOST_GROUPS], *by_kind[1], *by_kind[2]]


def _groups_lead(results: Results) -> tuple[str, ...]:
    case = results.case
    rows = _group_rows(results, "inadequate_months")
    if case.part:
        return _part_words(case)
    if not rows:
        return (f"No group has {SMALLEST} councils or more, so none is shown.",)
    lead = (
        f"{case.title(str(case.focus))} less {case.words(case.rival)} for an average council of each group, at "
        f"{parity_words(case.parity)}. Fewer months inadequate is a gain; days given are what it costs the giver. "
        "Among so many groups some differ by luck alone."
    )
    return (lead, *filter(None, [_most(results, rows)]))


def _part_words(case: Case) -> tuple[str, ...]:
    """Return what a part of the councils gives and gets."""
    begin = f"This brief is of {case.part}; the whole comparison has the groups side by side."
    if case.focus is None:
        return (begin,)
    given, got = (case.row(case.focus, case.rival, outcome=name) for name in ("days_given", "days_received"))
    pair = f"Under {case.words(case.focus)} less {case.words(case.rival)}"
    days = f"give {amount_cell(given)} days and get {amount_cell(got)} days from {case.period}"
    return (f"{begin} {pair}, its {case.councils} councils {days}. {PLUS_MINUS}",)


def _most(results: Results, rows: Sequence[GroupRow]) -> str:
    """Return which group gains most and which gives most, of those with a verdict."""
    parts = []
    gains = [row for row in rows if "better" in row.state]
    if gains:
        best = min(gains, key=lambda row: row.difference)
        parts.append(f"The largest gain is that of {_name(best)}: {amount_cell(best)} months inadequate a council")
    gives = [row for row in _group_rows(results, "days_given") if "higher" in row.state and row.difference > 0]
    if gives:
        most = max(gives, key=lambda row: row.difference)
        parts.append(f"Most is given by {_name(most)}: {amount_cell(most)} days a council more")
    return ". ".join(parts) + "." if parts else ""


def _name(row: GroupRow) -> str:
    return f"councils of {GROUP_KIND_WORDS[row.kind]} {group_title(row.kind, row.group)}"


def _label(row: GroupRow) -> str:
    title = shorten(group_title(row.kind, row.group), _LONGEST, placeholder="…")
    return title if row.kind == "region" else f"{sentence(GROUP_KIND_WORDS[row.kind])} {title}"


def _groups(results: Results) -> Table:
    firsts = _group_rows(results, "inadequate_months")
    others = {measure: _group_rows(results, measure) for measure in ("days_given", "days_received")}
    columns = (
        "Group",
        "verdict",
        LIKELY_HEAD,
        "months inadequate a council",
        *(f"{MEASURE_WORDS[measure][0]} a council" for measure in others),
    )
    rows = tuple(
        (
            f"{_label(row)} ({row.councils})",
            row.state,
            share_cell(row),
            amount_cell(row),
            *(amount_cell(some[place]) for some in others.values()),
        )
        for place, row in enumerate(firsts)
    )
    regions = len(groups.pair_rows(results, "region", "inadequate_months")) if firsts else 0
    more = f" {regions - MOST_GROUPS} more regions stand in report.html." if regions > MOST_GROUPS else ""
    caption = f"In brackets how many councils. {PLUS_MINUS}{more}"
    return Table(caption, columns, rows, frozenset({1}), verdict=1)


def _repeat(results: Results) -> tuple[str, ...]:
    case, manifest = results.case, results.manifest
    runs = f"{case.sets:,} parameter sets with {case.replicates:,} replicates each, seed {case.seed}"
    return (
        (
            f"Version {manifest['version']}, {runs}; fingerprint {str(manifest['fingerprint'])[:16]}. The command "
            "below makes the same numbers on any machine, to the last bit. Names in capitals are files of one's own. "
            f"{_MORE_OF_PART if case.part else _MORE}"
        ),
    )


def _words(results: Results) -> tuple[tuple[str, str], ...]:
    """Return the terms that a brief uses, and the regimes that it shows."""
    case = results.case
    shown = {case.title(name) for name in (NOTHING, *_shown(case))}
    regimes = [(title, meaning) for title, meaning in limits.regime_meanings(results) if title in shown]
    return (*((term, limits.GLOSSARY[term]) for term in _TERMS), *regimes)


def _part_command(case: Case) -> str:
    """Return the command that reports on the part; the codes of an `--only` are those of its own."""
    kind, _, name = case.part.partition(" ")
    option = f'--region "{name}"' if kind == "region" else "--only CODES"
    return f"sli report FOLDER {option}"
