"""All claims in one figure: each effect over the smallest that matters, with its two uncertainties."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures import Mark, claims_figure, in_own_style
from experiments.studies.claims.catalogue import claims
from experiments.studies.claims.judge import NO_VERDICT

TITLE = "The sector's claims: effect over the smallest that matters"
AXIS = "times the smallest that matters (grey: too small)\n← against the claim          as claimed →"
MARKS = {"no": "", "direction": " (direction assumed)", "yes": " (assumed)"}
"""What a verdict is marked with, by what the model assumes."""


@in_own_style
def claims_picture(table: pd.DataFrame, note: str) -> Figure:
    """Return the figure of the deciding effects; to the right of zero is what the claim says.

    Args:
        table: from `experiments.studies.claims.answers.claims_table`.
        note: runs and seed.
    """
    return claims_figure([_mark(row) for row in deciding(table)], title=TITLE, axis=AXIS, note=note)


def spoken(table: pd.DataFrame) -> str:
    """Return what the figure shows in words, for those who cannot see it."""
    return " ".join(f"{row['claim']}, {row['short']}: {row['verdict']}." for row in deciding(table))


def deciding(table: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Yield the deciding row of each claim, with its ``short`` name."""
    short = {claim.number: claim.short for claim in claims()}
    for row in table[table["decides"]].to_dict("records"):
        yield {str(name): cell for name, cell in row.items()} | {"short": short[int(row["claim"])]}


def _mark(row: dict[str, object]) -> Mark:
    unit = _number(row["matters"]) * (1 if row["claimed"] in {"higher", "not lower"} else -1)
    luck, sets = (_ends(_number(row[f"{name}_low"]) / unit, _number(row[f"{name}_high"]) / unit) for name in _SPANS)
    return Mark(
        f"{row['claim']} {row['short']}\n{row['verdict']}{MARKS[str(row['assumed'])]}",
        _number(row["effect"]) / unit,
        luck,
        sets,
        firm=row["verdict"] != NO_VERDICT,
    )


_SPANS = ("chance", "sets")


def _ends(one: float, other: float) -> tuple[float, float]:
    return (min(one, other), max(one, other)) if math.isfinite(one + other) else (math.nan, math.nan)


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, (int, float)) else math.nan
