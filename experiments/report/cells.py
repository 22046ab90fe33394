"""Cells of the tables of differences: how likely, how much, and over which worlds."""

from __future__ import annotations

import math
from collections.abc import Sequence

from experiments.report.parts import Table
from experiments.results.rows import Difference
from experiments.text.numbers import NO_NUMBER, digits, percent, plain, share_words, signed_pounds, span, with_sign
from experiments.text.verdicts import PARITY_NOT_MET

LIKELY_HEAD = "worlds in which it is better"
AMOUNT_HEAD = "mean difference"
PLUS_MINUS = "± is one standard error."


def share_cell(row: Difference | None) -> str:
    """Return the share of worlds in which a regime is better, and its standard error in points."""
    if row is None or row.verdict == PARITY_NOT_MET or not math.isfinite(row.share):
        return NO_NUMBER
    return share_words(row.share, row.share_error)


def amount_cell(row: Difference | None) -> str:
    """Return a mean difference and its standard error."""
    if row is None or row.verdict == PARITY_NOT_MET or not math.isfinite(row.difference):
        return NO_NUMBER
    if row.unit == "GBP":
        return signed_pounds(row.difference)
    decimals = digits(row.difference, row.error)
    error = f" ±{plain(row.error, decimals)}" if math.isfinite(row.error) else ""
    return f"{with_sign(row.difference, decimals)}{error}"


def effect_cells(row: Difference) -> tuple[str, ...]:
    """Return what stands beside a name: verdict, how likely, how much, range of worlds, and shares that matter."""
    unfair = row.verdict == PARITY_NOT_MET
    rest = (span(*row.worlds_range), percent(row.gains), percent(row.losses))
    return (row.state, share_cell(row), amount_cell(row), *((NO_NUMBER,) * len(rest) if unfair else rest))


def effects_table(caption: str, head: str, rows: Sequence[tuple[str, Difference]]) -> Table:
    """Return differences in one outcome as a table.

    Args:
        caption: what it holds.
        head: of the column of names.
        rows: name and difference.
    """
    matters = rows[0][1].matters if rows else math.nan
    columns = (
        head,
        "verdict",
        LIKELY_HEAD,
        AMOUNT_HEAD,
        "worlds: 5 to 95%",
        f"better by {plain(matters)} or more",
        f"worse by {plain(matters)} or more",
    )
    cells = tuple((name, *effect_cells(row)) for name, row in rows)
    return Table(f"{caption}. {PLUS_MINUS}", columns, cells, frozenset({1}), verdict=1)
