"""Paired differences in council-months inadequate: pictures, tables and what they mean in plain units."""

from __future__ import annotations

import math

from experiments.figures import differences as differences_figure
from experiments.figures.comparison import differences_title, shown_rows
from experiments.report.cells import PLUS_MINUS, amount_cell, effects_table
from experiments.report.parts import Picture, Section, Table
from experiments.report.words import SCALE, WORLD, verdicts_words
from experiments.results.case import Case
from experiments.results.rows import MAIN, ComparisonRow
from experiments.results.store import Results
from experiments.text.names import NOTHING, PARTNERS, parity_words, sentence
from experiments.text.numbers import NO_NUMBER, digits, percent, signed_pounds, span, with_sign
from experiments.text.verdicts import PARITY_NOT_MET

_SPANS = {"plausible": ", as far as they fit the evidence", "prior": ", anywhere in their ranges"}


def front(results: Results) -> Section:
    """Return the pictures and the table of the first page: the main parity, against nothing and the partners."""
    case = results.case
    pictures = tuple(_picture(results, case.parity, baseline) for baseline in _baselines(case))
    tables = tuple(_in_numbers(case, case.parity, baseline) for baseline in _baselines(case))
    return Section("picture", "", pictures=pictures, lead=_how_to_read(case), tables=tables)


def parities(results: Results) -> Section:
    """Return the same pictures under the other parities."""
    case = results.case
    others = case.other_parities
    lead = (
        (
            "Regimes that spend different sums cannot be compared by outcome alone. These are the same differences as "
            "on the first page, with something else made equal."
        ),
        *(_finding(case, parity) for parity in others),
    )
    pictures = tuple(_picture(results, parity, baseline) for parity in others for baseline in _baselines(case))
    folded = tuple(_in_numbers(case, parity, baseline) for parity in others for baseline in _baselines(case))
    return Section("parities", "The same question with something else made equal", lead, pictures, folded=folded)


def plain_units(case: Case) -> Section:
    """Return what the differences amount to: council-months out of all, councils at any time, months a council."""
    lead = (
        (
            f"{case.councils:,} councils from {case.period} make {case.total:,} council-months. "
            f"The table turns each regime's mean difference from no programme, at {parity_words(case.parity)}, "
            "into sizes that can be pictured. Minus is fewer."
        ),
    )
    rows = tuple(_in_units(case, row) for row in case.against(NOTHING))
    columns = (
        "Regime",
        "verdict",
        f"council-months, of {case.total:,}",
        "share of all council-months",
        "councils inadequate at any time, on average",
        "months inadequate a council",
    )
    caption = f"Council-months inadequate, difference from no programme, from {case.period}. {PLUS_MINUS}"
    return Section(
        "units",
        "How large is that?",
        lead,
        tables=(Table(caption, columns, rows, frozenset({1}), verdict=1),),
    )


def scorecard(case: Case) -> Section:
    """Return every outcome of every regime against both baselines, at the main parity."""
    lead = (
        (
            "Council-months inadequate are not all that matters. Each cell gives the mean paired difference and, in "
            "brackets, the share of worlds in which the regime does better; where neither direction is better, in "
            "which it is higher. “p” is parity not met. The verdicts stand in comparison.csv."
        ),
    )
    tables = tuple(_card(case, baseline) for baseline in _baselines(case))
    return Section("outcomes", "All outcomes", lead, folded=tables)


def own_measures(results: Results) -> Section:
    """Return the pictures and tables of outcomes of the user's own, against nothing and the partners."""
    case = results.case
    shown = [(name, baseline) for name in case.own_outcomes for baseline in _baselines(case)]
    lead = (
        f"Whoever made this comparison wrote these measures. One rule judges all, here at {parity_words(case.parity)}.",
    )
    pictures = tuple(_picture(results, case.parity, baseline, name) for name, baseline in shown)
    folded = tuple(_in_numbers(case, case.parity, baseline, name) for name, baseline in shown)
    return Section("own-outcomes", "Outcomes of your own", lead, pictures, folded=folded)


def describe(case: Case, row: ComparisonRow) -> str:
    """Return one row as a sentence with its numbers, for a text alternative."""
    return f"{case.title(row.regime)}: {row.state}, {amount_cell(row)}, worlds {span(*row.worlds_range)}."


def _baselines(case: Case) -> tuple[str, ...]:
    return tuple(name for name in (NOTHING, PARTNERS) if len(shown_rows(case, case.parity, name)) > 0)


def _in_numbers(case: Case, parity: str, baseline: str, outcome: str = MAIN) -> Table:
    rows = [(case.title(row.regime), row) for row in shown_rows(case, parity, baseline, outcome)]
    return effects_table(differences_title(case, parity, baseline, outcome), "Regime", rows)


def _picture(results: Results, parity: str, baseline: str, outcome: str = MAIN) -> Picture:
    case = results.case
    rows, what = shown_rows(case, parity, baseline, outcome), differences_title(case, parity, baseline, outcome)
    whole = f", of {case.total:,}" if outcome == MAIN else ""
    alt = " ".join([f"{what}{whole}.", *(describe(case, row) for row in rows)])
    short = "nothing" if baseline == NOTHING else "partners"
    name = f"difference_from_{short}_{parity}" if outcome == MAIN else f"{outcome}_from_{short}_{parity}"
    figure = differences_figure(results, parity=parity, baseline=baseline, outcome=outcome)
    return Picture(name, figure, alt, f"{sentence(verdicts_words(case, rows))}.")


def _how_to_read(case: Case) -> tuple[str, ...]:
    if case.illustration:
        return (
            (
                "Each point is the mean difference between runs that met the same luck; the blue bar is the 95% "
                "interval of that mean, from luck alone. With one parameter set there is no verdict."
            ),
        )
    return (
        (
            "Each point is the mean difference between runs that met the same luck; hollow points have no verdict. "
            "The thick blue bar is the 95% interval of that mean. The dashed orange line, apart from it, shows how far "
            f"the worlds lie apart{_SPANS.get(case.origin, '')}. {WORLD} {SCALE}"
        ),
    )


def _finding(case: Case, parity: str) -> str:
    row = case.row(str(case.focus), case.rival, parity) if case.focus else None
    return f"{sentence(parity_words(parity))}: {verdicts_words(case, [row]) if row else 'not compared'}."


def _in_units(case: Case, row: ComparisonRow) -> tuple[str, ...]:
    return (
        case.title(row.regime),
        row.state,
        amount_cell(row),
        _percent(row.difference / case.total),
        with_sign(row.difference / case.months, 1),
        with_sign(row.difference / case.councils, 1),
    )


def _percent(share: float) -> str:
    return f"{with_sign(100 * share, 2)}%" if math.isfinite(share) else NO_NUMBER


def _card(case: Case, baseline: str) -> Table:
    regimes = [name for name in case.regimes if name not in (NOTHING, baseline)]
    outcomes = dict.fromkeys(row.outcome for row in case.rows)
    units = {row.outcome: row.unit for row in case.rows}
    rows = tuple(
        (
            f"{sentence(case.meaning(name))} ({units[name]})",
            *(_cell(case.row(regime, baseline, outcome=name)) for regime in regimes),
        )
        for name in outcomes
    )
    caption = f"Paired differences from {case.words(baseline)}, at {parity_words(case.parity)}"
    return Table(caption, ("Outcome", *map(case.title, regimes)), rows)


def _cell(row: ComparisonRow | None) -> str:
    if row is None or (math.isnan(row.difference) and row.state != PARITY_NOT_MET):
        return NO_NUMBER
    if row.state == PARITY_NOT_MET:
        return "p"
    value = signed_pounds(row.difference) if row.unit == "GBP" else with_sign(row.difference, digits(row.difference))
    return f"{value} ({percent(row.share)})" if math.isfinite(row.share) else value
