"""Who gains and who gives, by region, deprivation and starting grade: the headline's two regimes first, then all."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.figures import groups as groups_figure
from experiments.figures.comparison import MEASURE_WORDS, groups_title
from experiments.report.cells import LIKELY_HEAD, PLUS_MINUS, amount_cell, share_cell
from experiments.report.parts import Picture, Section, Table
from experiments.results.case import Case
from experiments.results.group_totals import SMALLEST
from experiments.results.rows import GroupRow, read_group_rows
from experiments.results.store import Results
from experiments.text.names import GROUP_KIND_WORDS, NOTHING, group_order, group_title, parity_words
from experiments.text.numbers import listing, with_sign
from experiments.text.verdicts import PARITY_NOT_MET

_DRAWN = ("inadequate_months", "days_given")
_FIRST = _DRAWN[0]


def sections(results: Results) -> tuple[Section, ...]:
    """Return a section a kind of group."""
    return tuple(_section(results, kind) for kind in GROUP_KIND_WORDS)


def pair_rows(results: Results, kind: str, measure: str) -> list[GroupRow]:
    """Return the rows of the headline's two regimes at the main parity, groups in order, those too small left out."""
    case = results.case
    pair = (case.parity, case.focus, case.rival, kind, measure)
    rows = [
        row
        for row in read_group_rows(results.by_group)
        if (row.parity, row.regime, row.baseline, row.kind, row.measure) == pair and row.shown
    ]
    return sorted(rows, key=lambda row: group_order(kind, row.group))


def _section(results: Results, kind: str) -> Section:
    case = results.case
    every = [row for row in read_group_rows(results.by_group) if (row.parity, row.kind) == (case.parity, kind)]
    small = sorted({row.group for row in every if not row.shown}, key=lambda group: group_order(kind, group))
    title, lead = f"Who gains and who gives, by {GROUP_KIND_WORDS[kind]}", _lead(case, kind, small)
    if not any(row.shown for row in every) or case.focus is None:
        return Section(f"who-{kind}", title, lead)
    pictures = tuple(_picture(results, kind, measure) for measure in _DRAWN)
    against_nothing = [row for row in every if row.shown and row.baseline == NOTHING]
    folded = (
        _pair_table(results, kind),
        *(_all_table(case, kind, measure, against_nothing) for measure in MEASURE_WORDS),
    )
    return Section(f"who-{kind}", title, lead, pictures, folded=folded)


def _lead(case: Case, kind: str, small: list[str]) -> tuple[str, ...]:
    sentences = []
    if kind == next(iter(GROUP_KIND_WORDS)) and case.focus is not None:
        sentences.append(
            f"Each group of councils under {case.words(case.focus)} less the same group under "
            f"{case.words(case.rival)}, same luck, at {parity_words(case.parity)}, for an average council of the "
            "group over the whole run. Who has fewer months inadequate, gains; who has more days given, gives. Among "
            "so many groups some differ by luck alone. Every other pair of regimes stands in by_group.csv."
        )
    if small:
        names = listing([group_title(kind, group) for group in small])
        sentences.append(f"Not shown, because it holds fewer than {SMALLEST} councils: {names}.")
    return tuple(sentences)


def _picture(results: Results, kind: str, measure: str) -> Picture:
    case, rows = results.case, pair_rows(results, kind, measure)
    what = groups_title(case, kind, measure, case.rival, case.focus)
    spoken = " ".join(f"{group_title(kind, row.group)}: {amount_cell(row)}, {row.state}." for row in rows)
    figure = groups_figure(results, kind, measure=measure, baseline=case.rival, regime=case.focus)
    caption = f"{what} ({rows[0].unit if rows else ''}), at {parity_words(case.parity)}."
    return Picture(f"who_{kind}_{measure}", figure, f"{what}. {spoken}", caption)


def _pair_table(results: Results, kind: str) -> Table:
    case = results.case
    others = {measure: pair_rows(results, kind, measure) for measure in MEASURE_WORDS if measure != _FIRST}
    columns = (
        GROUP_KIND_WORDS[kind].capitalize(),
        "verdict",
        LIKELY_HEAD,
        "months inadequate a council",
        *(f"{MEASURE_WORDS[measure][0]} ({rows[0].unit})" if rows else measure for measure, rows in others.items()),
    )
    lines = tuple(
        (
            f"{group_title(kind, row.group)} ({row.councils} councils)",
            row.state,
            share_cell(row),
            amount_cell(row),
            *(amount_cell(rows[place]) for rows in others.values()),
        )
        for place, row in enumerate(pair_rows(results, kind, _FIRST))
    )
    caption = f"{case.title(str(case.focus))} less {case.words(case.rival)}, at {parity_words(case.parity)}"
    return Table(f"{caption}. {PLUS_MINUS}", columns, lines, frozenset({1}), verdict=1)


def _all_table(case: Case, kind: str, measure: str, rows: Sequence[GroupRow]) -> Table:
    mine = [row for row in rows if row.measure == measure]
    sizes = {row.group: row.councils for row in mine}
    order = sorted(sizes, key=lambda group: group_order(kind, group))
    regimes = [name for name in case.regimes if name != NOTHING]
    cells = {(row.regime, row.group): _cell(row) for row in mine}
    lines = tuple(
        (
            f"{group_title(kind, group)} ({sizes[group]} councils)",
            *(cells.get((regime, group), with_sign(float("nan"))) for regime in regimes),
        )
        for group in order
    )
    name, unit = MEASURE_WORDS[measure][0], mine[0].unit
    caption = f"{name.capitalize()} ({unit}), difference from no programme (share of worlds in which it is better)"
    heads = (GROUP_KIND_WORDS[kind].capitalize(), *map(case.title, regimes))
    return Table(caption, heads, lines, printed=(kind, measure) == (next(iter(GROUP_KIND_WORDS)), _FIRST))


def _cell(row: GroupRow) -> str:
    return row.state if row.verdict == PARITY_NOT_MET else f"{amount_cell(row)} ({share_cell(row)})"
