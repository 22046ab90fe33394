"""Who gains and who pays: paired differences from no programme by region, deprivation and starting grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from experiments.figures import groups as groups_figure
from experiments.figures.comparison import MEASURE_WORDS, group_panels, groups_title
from experiments.report.parts import Picture, Section, Table, spoken_panels
from experiments.results.case import Case
from experiments.results.group_totals import SMALLEST
from experiments.results.rows import GroupRow, read_group_rows
from experiments.results.store import Results
from experiments.statistics.verdicts import is_firm
from experiments.text.names import GROUP_KIND_WORDS, NOTHING, group_order, group_title, parity_words
from experiments.text.numbers import digits, listing, span, with_sign

_DRAWN = ("inadequate_months", "days_given")


def sections(results: Results) -> tuple[Section, ...]:
    """Return a section a kind of group."""
    case = results.case
    here = [row for row in read_group_rows(results.by_group) if (row.parity, row.baseline) == (case.parity, NOTHING)]
    return tuple(_section(results, [row for row in here if row.kind == kind], kind) for kind in GROUP_KIND_WORDS)


def _section(results: Results, rows: Sequence[GroupRow], kind: str) -> Section:
    sizes = {row.group: row.councils for row in rows}
    order = sorted(sizes, key=lambda group: group_order(kind, group))
    large = [group for group in order if sizes[group] >= SMALLEST]
    title = f"Who gains and who pays, by {GROUP_KIND_WORDS[kind]}"
    lead = _lead(results.case, kind, [group_title(kind, group) for group in order if group not in large])
    if not large:
        return Section(f"who-{kind}", title, lead)
    by_measure = {measure: [row for row in rows if row.measure == measure] for measure in MEASURE_WORDS}
    pictures = tuple(_picture(results, kind, measure, by_measure[measure]) for measure in _DRAWN)
    heads = {group: f"{group_title(kind, group)} ({sizes[group]} councils)" for group in large}
    tables = tuple(_table(results.case, kind, measure, some, heads) for measure, some in by_measure.items())
    return Section(f"who-{kind}", title, lead, pictures, folded=tables)


def _lead(case: Case, kind: str, hidden: list[str]) -> tuple[str, ...]:
    sentences = []
    if kind == next(iter(GROUP_KIND_WORDS)):
        sentences.append(
            "Each group of councils under a regime against the same group without a programme, same luck, at "
            f"{parity_words(case.parity)}, for an average council of the group over the whole run. Who gives days, "
            "pays; who has fewer months inadequate, gains. Among so many groups some differ by luck alone."
        )
    if hidden:
        sentences.append(f"Not shown, because it holds fewer than {SMALLEST} councils: {listing(hidden)}.")
    return tuple(sentences)


def _picture(results: Results, kind: str, measure: str, rows: Sequence[GroupRow]) -> Picture:
    case, what = results.case, groups_title(results.case, kind, measure)
    unit = rows[0].unit
    return Picture(
        f"who_{kind}_{measure}",
        groups_figure(results, kind, measure=measure),
        f"{what}, {unit}. {spoken_panels(group_panels(case, rows))}",
        f"{what} ({unit}), at {parity_words(case.parity)}.",
    )


def _table(case: Case, kind: str, measure: str, rows: Sequence[GroupRow], heads: Mapping[str, str]) -> Table:
    regimes = [name for name in case.regimes if name != NOTHING]
    cells = {(row.regime, row.group): _cell(row) for row in rows}
    lines = tuple(
        (head, *(cells.get((regime, group), with_sign(float("nan"))) for regime in regimes))
        for group, head in heads.items()
    )
    name, unit = MEASURE_WORDS[measure][0], rows[0].unit
    caption = f"{name.capitalize()} ({unit}), difference from no programme (95% interval of the mean in brackets)"
    return Table(caption, (GROUP_KIND_WORDS[kind].capitalize(), *map(case.title, regimes)), lines)


def _cell(row: GroupRow) -> str:
    decimals = digits(row.difference, *row.interval)
    verdict = f" {row.state}" if is_firm(row.state) else ""
    return f"{with_sign(row.difference, decimals)} ({span(*row.interval, decimals)}){verdict}"
