"""Paired differences in council-months inadequate: pictures, tables and what they mean in plain units."""

from __future__ import annotations

import math

from experiments.figures import differences as differences_figure
from experiments.figures.comparison import differences_title, shown_rows
from experiments.report.parts import Picture, Section, Table
from experiments.results.case import Case
from experiments.results.rows import ONE_SET, ComparisonRow
from experiments.results.store import Results
from experiments.statistics.verdicts import CLOSE, NO_VERDICT, PARITY_NOT_MET, way_of
from experiments.text.names import NOTHING, PARTNERS, parity_words, sentence
from experiments.text.numbers import digits, percent, plain, signed_pounds, span, with_sign
from simulation.outcomes.outcomes import OUTCOMES

_SPANS = {"plausible": ", as far as they fit the evidence", "prior": ", anywhere in their ranges"}
_HEADS = ("mean: 95%", "worlds: 5 to 95%", "verdict")


def front(results: Results) -> Section:
    """Return the picture of the first page: the main parity, against nothing and against the partners."""
    case = results.case
    pictures = tuple(_picture(results, case.parity, baseline) for baseline in _baselines(case))
    return Section("picture", "", pictures=pictures, lead=(_how_to_read(case),), tables=(_front_table(case),))


def parities(results: Results) -> Section:
    """Return the same pictures under the other parities."""
    case = results.case
    others = case.parities[1:]
    lead = (
        (
            "Regimes that spend different sums cannot be compared by outcome alone. These are the same differences as "
            "on the first page, with something else made equal."
        ),
        *(_finding(case, parity) for parity in others),
    )
    pictures = tuple(_picture(results, parity, baseline) for parity in others for baseline in _baselines(case))
    return Section("parities", "The same question with something else made equal", lead, pictures)


def plain_units(case: Case) -> Section:
    """Return what the differences amount to: council-months out of all, councils at any time, months a council."""
    lead = (
        (
            f"{case.councils:,} councils from {case.period} make {case.total:,} council-months. "
            f"The table turns each regime's difference from no programme, at {parity_words(case.parity)}, "
            "into sizes that can be pictured. Minus is fewer."
        ),
    )
    rows = tuple(_in_units(case, row) for row in case.against(NOTHING))
    columns = (
        "Regime",
        f"council-months, of {case.total:,}",
        "share of all council-months",
        "councils inadequate at any time, on average",
        "months inadequate a council",
        "Verdict",
    )
    caption = f"Council-months inadequate, difference from no programme, from {case.period}"
    return Section(
        "units",
        "How large is that?",
        lead,
        tables=(Table(caption, columns, rows, frozenset({5})),),
        folded=tuple(_in_numbers(case, case.parity, baseline) for baseline in _baselines(case)),
    )


def scorecard(case: Case) -> Section:
    """Return every outcome of every regime against both baselines, at the main parity."""
    lead = (
        (
            "Council-months inadequate are not all that matters. Each cell gives the mean paired difference and its "
            "verdict; where neither direction is better, the verdict says which way it went. "
            "“n/v” is no verdict, “p” is parity not met."
        ),
    )
    tables = tuple(_card(case, baseline) for baseline in _baselines(case))
    return Section("outcomes", "All outcomes", lead, folded=tables)


def finding(case: Case, row: ComparisonRow | None) -> str:
    """Return what a row allows a heading to say."""
    if row is None:
        return "not compared"
    if way_of(row.state):
        return f"{case.words(row.regime)} against {case.words(row.baseline)}: {row.state}"
    if row.state == CLOSE:
        return f"{case.words(row.regime)} and {case.words(row.baseline)} are too close to call"
    return f"{case.words(row.regime)} against {case.words(row.baseline)}: {row.state}"


def describe(case: Case, row: ComparisonRow) -> str:
    """Return one row as a sentence with its numbers, for a text alternative."""
    decimals = digits(row.difference, *row.interval)
    return (
        f"{case.title(row.regime)}: {with_sign(row.difference, decimals)} (mean {span(*row.interval, decimals)}; "
        f"worlds {span(*row.worlds_range)}), {row.state}."
    )


def rows_table(case: Case, rows: list[ComparisonRow], caption: str) -> Table:
    """Return rows as a table: difference, both uncertainties, win share and verdict."""
    columns = (
        "Regime",
        "Difference",
        "Mean: 95% interval",
        "Worlds: 5 to 95%",
        "Worlds in which it is better",
        "Verdict",
    )
    cells = tuple(
        (
            case.title(row.regime),
            with_sign(row.difference, digits(row.difference, *row.interval)),
            span(*row.interval),
            span(*row.worlds_range),
            percent(math.nan if case.illustration else row.share),
            row.state,
        )
        for row in rows
    )
    return Table(caption, columns, cells, frozenset({5}))


def _front_table(case: Case) -> Table:
    columns = ("Regime", *(head for name in (NOTHING, PARTNERS) for head in (f"From {case.words(name)}", *_HEADS)))
    rows = []
    for regime in case.regimes:
        if regime != NOTHING:
            cells = [_front_cells(case, case.row(regime, baseline)) for baseline in (NOTHING, PARTNERS)]
            rows.append((case.title(regime), *cells[0], *cells[1]))
    caption = f"The same in numbers: council-months inadequate, of {case.total:,}, at {parity_words(case.parity)}"
    return Table(caption, columns, tuple(rows), frozenset({4, 8}))


def _front_cells(case: Case, row: ComparisonRow | None) -> tuple[str, ...]:
    if row is None:
        return ("", "", "", "")
    decimals = digits(row.difference, *row.interval)
    return with_sign(row.difference, decimals), span(*row.interval), span(*row.worlds_range), _short(case, row.state)


def _short(case: Case, state: str) -> str:
    return "none: one set" if case.illustration and state == ONE_SET else state


def _baselines(case: Case) -> tuple[str, ...]:
    return tuple(name for name in (NOTHING, PARTNERS) if len(shown_rows(case, case.parity, name)) > 0)


def _in_numbers(case: Case, parity: str, baseline: str) -> Table:
    return rows_table(case, shown_rows(case, parity, baseline), differences_title(case, parity, baseline))


def _picture(results: Results, parity: str, baseline: str) -> Picture:
    case = results.case
    rows, what = shown_rows(case, parity, baseline), differences_title(case, parity, baseline)
    alt = " ".join([f"{what}, of {case.total:,}.", *(describe(case, row) for row in rows)])
    caption = f"{what}. {sentence(_summary(rows))}."
    short = "nothing" if baseline == NOTHING else "partners"
    figure = differences_figure(results, parity=parity, baseline=baseline)
    return Picture(f"difference_from_{short}_{parity}", figure, alt, caption, _in_numbers(case, parity, baseline))


def _summary(rows: list[ComparisonRow]) -> str:
    states = [row.state for row in rows]
    if not states or set(states) == {ONE_SET}:
        return ONE_SET
    if len(set(states)) == 1:
        return f"{'all ' if len(rows) > 1 else ''}{_count(len(rows))}: {states[0]}"
    parts = [f"{states.count(state)} {state}" for state in dict.fromkeys(states)]
    return f"of {_count(len(rows))}, {', '.join(parts)}"


def _count(regimes: int) -> str:
    return "one regime" if regimes == 1 else f"{regimes} regimes"


def _how_to_read(case: Case) -> str:
    if case.illustration:
        return (
            "Each point is the mean difference between two runs that met the same luck; with one set its "
            "error is not known. With one parameter set there is no range over parameter sets, and no verdict."
        )
    return (
        "Each point is the mean difference between two runs that met the same luck. The thick blue bar is where "
        "the mean may lie (95%); the dashed orange line, apart from it, is how far the answer moves over the uncertain "
        "numbers"
        f"{_SPANS.get(case.origin, '')}."
    )


def _finding(case: Case, parity: str) -> str:
    row = case.row(str(case.focus), case.rival, parity) if case.focus else None
    return f"At {parity_words(parity)}: {finding(case, row)}."


def _in_units(case: Case, row: ComparisonRow) -> tuple[str, ...]:
    at_once = row.difference / case.months
    return (
        case.title(row.regime),
        f"{with_sign(row.difference, digits(row.difference, *row.interval))} ({span(*row.interval)})",
        f"{with_sign(100 * row.difference / case.total, 2)}%",
        with_sign(at_once, 1),
        with_sign(row.difference / case.councils, 1),
        row.state,
    )


def _card(case: Case, baseline: str) -> Table:
    regimes = [name for name in case.regimes if name not in (NOTHING, baseline)]
    outcomes = dict.fromkeys(row.outcome for row in case.rows)
    units = {row.outcome: row.unit for row in case.rows}
    rows = tuple(
        (
            f"{name.replace('_', ' ')}: {OUTCOMES[name].meaning} ({units[name]})",
            *(_cell(case.row(regime, baseline, outcome=name)) for regime in regimes),
        )
        for name in outcomes
    )
    caption = f"Paired differences from {case.words(baseline)}, at {parity_words(case.parity)}"
    return Table(caption, ("Outcome", *map(case.title, regimes)), rows)


_MARKS = {CLOSE: "close", PARITY_NOT_MET: "p", ONE_SET: "n/v", NO_VERDICT: "n/v"}


def _cell(row: ComparisonRow | None) -> str:
    if row is None or math.isnan(row.difference):
        return plain(math.nan)
    if row.difference == 0 and not any(end > 0 or end < 0 for end in row.interval):
        return "0"
    value = signed_pounds(row.difference) if row.unit == "GBP" else with_sign(row.difference)
    return f"{value} {_MARKS.get(row.state, row.state)}"
