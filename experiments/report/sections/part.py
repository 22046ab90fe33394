"""What is looked at of a part of the councils beside months inadequate: quality, and days given and received."""

from __future__ import annotations

from experiments.report.cells import PLUS_MINUS, amount_cell
from experiments.report.parts import Section, Table
from experiments.results.case import Case
from experiments.text.names import NOTHING, parity_words

_MEASURES = {
    "days_given": "days given",
    "days_received": "days received",
    "mean_quality": "mean quality (SD)",
}


def section(case: Case) -> Section:
    """Return what the part gives and gets under every regime, against no programme."""
    lead = (
        (
            f"This report is of {case.part} out of a run of all councils: those outside give to them and get from "
            "them too. Whether regimes were made equal is judged over all councils. Paths, money, claims and every "
            "assumption are known of all councils together; the report of the whole comparison has them."
        ),
    )
    rows = tuple(
        (
            case.title(row.regime),
            row.state,
            amount_cell(row),
            *(amount_cell(case.row(row.regime, NOTHING, outcome=name)) for name in _MEASURES),
        )
        for row in case.against(NOTHING)
    )
    caption = (
        f"Differences from no programme, all {case.councils} councils together, at {parity_words(case.parity)}. "
        f"{PLUS_MINUS}"
    )
    columns = ("Regime", "verdict", "council-months inadequate", *_MEASURES.values())
    return Section(
        "part", "What this part gives and gets", lead, tables=(Table(caption, columns, rows, frozenset({1}), 1),)
    )
