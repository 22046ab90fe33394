"""What was realised against what the parity asked for, and what common random numbers saved."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from experiments.report.parts import Section, Table
from experiments.results.case import Case
from experiments.results.rows import MAIN
from experiments.text.names import NOTHING, PARTNERS, QUANTITY_WORDS, parity_words, sentence
from experiments.text.numbers import percent, plain, pounds

SAVED = (MAIN, "mean_quality", "quality_spread", "director_changes")
"""Outcomes whose saving is shown."""


def realised(case: Case) -> Section:
    """Return what each regime realised of what each parity makes equal, beside the partners."""
    lead = (
        (
            "Pledged help is not all delivered, and a regime can run out of givers or of councils to help. So what "
            "was realised stands here. Worlds more than a tenth off what Partners in Practice realised did not meet "
            "the parity and are left out; where that is over half of them, there is no verdict. "
            "Regimes with trusts, and what was in force, keep their own size under every parity."
        ),
    )
    parities = [parity for parity in case.parities if parity in QUANTITY_WORDS]
    return Section("realised", "Was it really equal?", lead, tables=(_table(case, parities),) if parities else ())


def saved(case: Case, summary: pd.DataFrame) -> Section:
    """Return what common random numbers saved.

    Args:
        case: the comparison in short.
        summary: a row a parity, regime and outcome, as `experiments.results.store.Results.summary`.
    """
    lead = (
        (
            "Two regimes are compared under the same luck: the same inspections fall due and the same directors "
            "think of leaving. The table says how many times as many runs an unpaired comparison with no programme "
            "would need for the same precision (variance of the unpaired difference over that of the paired one)."
        ),
    )
    column = f"variance_saved_against_{NOTHING}"
    if column not in summary:
        return Section("luck", "What the same luck saved", lead)
    here = summary[(summary["parity"] == case.parity) & summary["outcome"].isin(SAVED)]
    cells = {(row.regime, row.outcome): float(getattr(row, column)) for row in here.itertuples()}
    rows = tuple(
        (case.title(regime), *(_times(cells.get((regime, outcome), math.nan)) for outcome in SAVED))
        for regime in case.regimes
        if regime != NOTHING
    )
    columns = ("Regime", *(sentence(name.replace("_", " ")) for name in SAVED))
    caption = f"How many times more runs an unpaired comparison would need, at {parity_words(case.parity)}"
    return Section("luck", "What the same luck saved", lead, tables=(Table(caption, columns, rows),))


def _table(case: Case, parities: Sequence[str]) -> Table:
    columns = ["Regime"]
    for parity in parities:
        columns += [QUANTITY_WORDS[parity], "of the partners'", "worlds within a tenth"]
    rows = tuple(
        (case.title(name), *(cell for parity in parities for cell in _cells(case, name, parity)))
        for name in case.regimes
        if name != NOTHING
    )
    return Table("Realised under each parity, mean of a run", tuple(columns), rows)


def _cells(case: Case, name: str, parity: str) -> tuple[str, str, str]:
    row = case.row(name, NOTHING if name == PARTNERS else PARTNERS, parity)
    partners = case.row(PARTNERS, NOTHING, parity)
    value, reference = (one.realised if one else math.nan for one in (row, partners))
    share = row.parity_met if row else math.nan
    amount = pounds(value) if parity == "pounds" else plain(value, 0)
    return amount, percent(value / reference if reference else math.nan), percent(share)


def _times(value: float) -> str:
    return plain(value) if math.isnan(value) else f"{plain(value)} times"
