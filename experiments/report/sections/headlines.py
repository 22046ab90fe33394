"""With and without an overall grade: what the comparison says under either choice."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from experiments.report.cells import AMOUNT_HEAD, LIKELY_HEAD, PLUS_MINUS, amount_cell, share_cell
from experiments.report.parts import Section, Table
from experiments.results.case import Case
from experiments.results.rows import HeadlineRow, headline_rows
from experiments.results.store import Results
from experiments.text.names import parity_words
from experiments.text.numbers import NO_NUMBER, digits, plain, with_sign
from experiments.text.verdicts import PARITY_NOT_MET
from simulation.scenario import HEADLINE_KEPT, HEADLINE_REMOVED

_CELLS: Mapping[str, str] = MappingProxyType({HEADLINE_KEPT: "kept", HEADLINE_REMOVED: "removed from April 2026"})
_WITH: Mapping[str, str] = MappingProxyType(
    {
        HEADLINE_KEPT: "With overall grades kept throughout",
        HEADLINE_REMOVED: "With no overall grade from April 2026 on",
    }
)


def section(results: Results) -> Section:
    """Return the section of both choices, which were tried beside this comparison."""
    case, record = results.case, results.manifest["headlines"]
    rows = headline_rows(results.headlines)
    own = next(row.headline for row in rows if row.own)
    broken = f" {record['failed']} of its runs ended in an error and are missing." if record["failed"] else ""
    lead = (
        (
            "From 1 April 2026 Ofsted gives no overall grade. Here the judgement on leaders then stands for it, and "
            "intervention follows failure as before. How much of the press and the stigma of a judgement is left is "
            "not known: it is one of the uncertain numbers, from none to all."
        ),
        (
            f"This comparison was run with the overall grade {_CELLS[own]}. The table sets the other choice beside it. "
            f"Both come from a trial of {record['sets']} of the parameter sets with {record['replicates']} replicates, "
            "under the same luck. It is smaller than the comparison, so its verdicts can be milder: read the two "
            f"choices against each other.{broken}"
        ),
        *headline_words(results),
    )
    return Section("headlines", "With and without an overall grade", lead, tables=(_table(case, rows),))


def headline_words(results: Results) -> tuple[str, ...]:
    """Return what the other choice does to the answer, in a sentence; nothing where it was not tried, or of a part."""
    case = results.case
    if case.part or "headlines" not in results.manifest:
        return ()
    rows = [row for row in headline_rows(results.headlines) if (row.regime, row.baseline) == (case.focus, case.rival)]
    own, other = sorted(rows, key=lambda row: not row.own)
    return (f"{_WITH[other.headline]}, {_verdicts(case, own, other)}{_moved(other)}.",)


def _verdicts(case: Case, own: HeadlineRow, other: HeadlineRow) -> str:
    """Return which verdicts a trial gives under both choices, as a clause."""
    pair = f"{case.words(own.regime)} against {case.words(own.baseline)}"
    if not (own.firm and other.firm):
        return f"a small trial gives no verdict on {pair}"
    if own.state == other.state:
        return f"a small trial gives the same verdict on {pair}: {own.state}"
    return f"a small trial gives another verdict on {pair}: {other.state} in place of {own.state}"


def _moved(other: HeadlineRow) -> str:
    """Return how far the mean difference moves, to end a sentence; nothing where it is not known."""
    if not _is_told(other):
        return ""
    if other.change == other.change_error == 0.0:
        return "; no run of these two changes"
    return f"; the mean difference moves by {_change_cell(other)} council-months"


def _table(case: Case, rows: list[HeadlineRow]) -> Table:
    cells = tuple(
        (
            f"{case.title(row.regime)} less {case.words(row.baseline)}",
            _CELLS[row.headline],
            row.state,
            share_cell(row),
            amount_cell(row),
            "this comparison's choice" if row.own else _change_cell(row),
        )
        for row in rows
    )
    caption = f"Council-months inadequate, of {case.total:,}, at {parity_words(case.parity)}. {PLUS_MINUS}"
    columns = ("Regimes", "overall grade", "verdict", LIKELY_HEAD, AMOUNT_HEAD, "how far the choice moves it")
    return Table(caption, columns, cells, frozenset({1, 2, 5}), verdict=2)


def _change_cell(row: HeadlineRow) -> str:
    if not _is_told(row):
        return NO_NUMBER
    decimals = digits(row.change, row.change_error)
    error = f" ±{plain(row.change_error, decimals)}" if math.isfinite(row.change_error) else ""
    return f"{with_sign(row.change, decimals)}{error}"


def _is_told(row: HeadlineRow) -> bool:
    return math.isfinite(row.change) and row.verdict != PARITY_NOT_MET
