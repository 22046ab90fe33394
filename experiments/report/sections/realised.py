"""What was realised against what the parity asked for, and what common random numbers saved."""

from __future__ import annotations

import math

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
            "was realised is printed. Runs more than a tenth off what Partners in Practice realised did not meet the "
            "parity and are left out of the share of sets won; where no run met it, there is no verdict. "
            "Regimes with trusts, and what was in force, keep their own size under every parity."
        ),
    )
    tables = tuple(_parity(case, parity) for parity in case.parities if parity in QUANTITY_WORDS)
    return Section("realised", "Was it really equal?", lead, tables=tables)


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


def _parity(case: Case, parity: str) -> Table:
    what = QUANTITY_WORDS[parity]
    rows = []
    for name in case.regimes:
        row = case.row(name, NOTHING if name == PARTNERS else PARTNERS, parity)
        if row is not None and name != NOTHING:
            rows.append((case.title(name), *_cells(case, parity, row.realised, row.parity_met)))
    columns = ("Regime", f"realised: {what}", "against Partners in Practice", "worlds within a tenth", "Parity")
    caption = f"Realised at {parity_words(parity)}, mean of a run"
    return Table(caption, columns, tuple(rows), frozenset({4}))


def _cells(case: Case, parity: str, value: float, share: float) -> tuple[str, ...]:
    partners = case.row(PARTNERS, NOTHING, parity)
    reference = partners.realised if partners else math.nan
    ratio = value / reference if reference else math.nan
    amount = pounds(value) if parity == "pounds" else plain(value, 0)
    return amount, percent(ratio), percent(share), _met(share)


def _met(share: float) -> str:
    if math.isnan(share):
        return "nothing to meet"
    return "met" if share == 1.0 else "not met" if share == 0.0 else "met in part"


def _times(value: float) -> str:
    return plain(value) if math.isnan(value) else f"{plain(value)} times"
