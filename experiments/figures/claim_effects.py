"""Claims side by side: effects in units of what matters, on a scale that is even near zero and logarithmic beyond."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import GRID, Words, blank, trim, wrapped
from experiments.figures.marks import Mark, draw_marks, marks_key
from experiments.statistics.prices import NORMAL_95
from experiments.text.verdicts import CANNOT_TELL

CLAIMS_TITLE = "The sector's claims: effect over the smallest that matters"
AXIS = "times what matters (grey: too small)\n← against          as claimed →"
ASSUMED = {"no": "", "direction": " (direction assumed)", "yes": " (assumed)"}
"""What a verdict is marked with, by what the model assumes."""
_ROW = 0.37
_LABEL_WIDTH = 24
_LEFT = 1.45
_TICKS = (-100, -10, -1, 0, 1, 10, 100)


@in_own_style
def claims_figure(table: pd.DataFrame, note: str) -> Figure:
    """Return the figure of the deciding effects; to the right of zero is what the claim says.

    Args:
        table: a row a claim and effect, as `experiments.results.store.Results.claims`.
        note: runs and seed.
    """
    return _draw([_mark(row) for row in deciding(table)], note)


def spoken(table: pd.DataFrame) -> str:
    """Return what the figure shows in words, for those who cannot see it."""
    return " ".join(f"{row['claim']}, {row['short']}: {row['verdict']}." for row in deciding(table))


def deciding(table: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Yield the deciding row of each claim."""
    for row in table[table["decides"]].to_dict("records"):
        yield {str(name): cell for name, cell in row.items()}


@in_own_style
def _draw(marks: Sequence[Mark], note: str) -> Figure:
    """Return a row of marks a claim; the band between -1 and 1 is too small to matter."""
    sheet = blank(Words(CLAIMS_TITLE, note, AXIS), _ROW * max(1, len(marks)), keys=3, left=_LEFT)
    panel = sheet.axes[0]
    draw_marks(panel, marks, bar=6.0)
    panel.set_xscale("symlog", linthresh=1.0)
    ends = [end for mark in marks for end in (*mark.chance, *mark.sets, mark.value) if end == end]  # noqa: PLR0124  no NaN
    low, high = min([-1.5, *ends]) * 1.25, max([1.5, *ends]) * 1.25
    panel.set_xlim(low, high)
    panel.set_xticks([tick for tick in _TICKS if low <= tick <= high])
    panel.set_xticklabels([f"{tick:g}" for tick in _TICKS if low <= tick <= high])
    panel.axvspan(-1.0, 1.0, color=GRID, zorder=0, linewidth=0)
    panel.set_yticks(range(len(marks)), ["\n".join(map(_short_lines, mark.label.split("\n"))) for mark in marks])
    panel.tick_params(axis="y", labelsize=7)
    trim(sheet.axes, 1, across_only=True)
    marks_key(sheet, marks)
    return sheet.figure


def _mark(row: dict[str, object]) -> Mark:
    unit = _number(row["matters"]) * (1 if row["claimed"] in {"higher", "not lower"} else -1)
    effect, half = _number(row["effect"]), NORMAL_95 * _number(row["effect_error"])
    interval = _ends((effect - half) / unit, (effect + half) / unit)
    worlds = _ends(_number(row["worlds_low"]) / unit, _number(row["worlds_high"]) / unit)
    return Mark(
        f"{row['claim']} {row['short']}\n{row['verdict']}{ASSUMED[str(row['assumed'])]}",
        effect / unit,
        interval,
        worlds,
        firm=row["verdict"] != CANNOT_TELL,
    )


def _short_lines(line: str) -> str:
    return wrapped(line, _LABEL_WIDTH)


def _ends(one: float, other: float) -> tuple[float, float]:
    return (min(one, other), max(one, other)) if math.isfinite(one + other) else (math.nan, math.nan)


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, (int, float)) else math.nan
