"""The ranking against the two levers that decide it most: days per receiver and days per giver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from experiments.figures import levers as levers_figure
from experiments.figures.comparison import LEVER_WORDS, levers_title, third_panels
from experiments.report.parts import Picture, Section, Table, spoken_panels
from experiments.results.case import Case
from experiments.results.rows import ThirdRow, read_third_rows
from experiments.results.store import Results
from experiments.statistics.thirds import FEWEST, THIRDS
from experiments.text.names import NOTHING, parity_words
from experiments.text.numbers import with_sign


def section(results: Results) -> Section:
    """Return how the regimes rank where both levers are low, middling and high."""
    case = results.case
    title = "Few days or many: how the ranking moves"
    why = (
        "How many days one receiver gets and one giver gives decides the ranking more than any uncertain number, so "
        "no ranking is reported at one value only."
    )
    if case.levers == "fixed":
        note = "Here both were held at the values of the regimes' files, so how the ranking moves is not known."
        return Section("levers", title, (why, note))
    if case.sets < FEWEST:
        note = f"With {case.sets} parameter sets it cannot be seen; it takes at least {FEWEST}."
        return Section("levers", title, (why, note))
    note = (
        "Each parameter set drew both, one place in its range for every regime. Here the sets are parted into three "
        f"by each lever; differences are from no programme, at {parity_words(case.parity)}. With a third of the "
        "sets each, these are looked at, not concluded from: hollow points have no verdict."
    )
    here = [row for row in read_third_rows(results.by_lever) if (row.parity, row.baseline) == (case.parity, NOTHING)]
    by_lever = {lever: [row for row in here if row.lever == lever] for lever in LEVER_WORDS}
    pictures = tuple(_picture(results, lever, rows) for lever, rows in by_lever.items())
    return Section("levers", title, (why, note), pictures, folded=(_table(case, by_lever),))


def _picture(results: Results, lever: str, rows: Sequence[ThirdRow]) -> Picture:
    case, what = results.case, levers_title(results.case, lever)
    return Picture(
        f"by_{lever}",
        levers_figure(results, lever),
        f"{what}. {spoken_panels(third_panels(case, rows))}",
        f"{what}, at {parity_words(case.parity)}.",
    )


def _table(case: Case, by_lever: Mapping[str, Sequence[ThirdRow]]) -> Table:
    cells = {(lever, row.regime, row.third): _cell(row) for lever, rows in by_lever.items() for row in rows}
    places = [(lever, third) for lever in by_lever for third in THIRDS]
    lines = tuple(
        (case.title(regime), *(cells[lever, regime, third] for lever, third in places))
        for regime in case.regimes
        if regime != NOTHING
    )
    columns = ("Regime", *(f"{LEVER_WORDS[lever]}: {third} third" for lever, third in places))
    return Table("Difference in council-months inadequate from no programme, and rank (1 is fewest)", columns, lines)


def _cell(row: ThirdRow) -> str:
    return f"{with_sign(row.difference)} (rank {'none' if row.rank is None else row.rank})"
