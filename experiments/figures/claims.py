"""Claims side by side: effects in units of what matters, on a scale that is even near zero and logarithmic beyond."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import GRID, Words, blank, trim
from experiments.figures.marks import Mark, draw_marks, marks_key

_ROW = 0.36
_LEFT = 1.95
_TICKS = (-100, -10, -1, 0, 1, 10, 100)


@in_own_style
def claims_figure(marks: Sequence[Mark], *, title: str, axis: str, note: str) -> Figure:
    """Return a row of marks a claim; the band between -1 and 1 is too small to matter.

    Args:
        marks: in units of the smallest effect that matters, above zero as the claim says; labels of two lines.
        title: what is shown.
        axis: the quantity and its directions.
        note: runs and seed.
    """
    sheet = blank(Words(title, note, axis), _ROW * max(1, len(marks)), keys=3, left=_LEFT)
    panel = sheet.axes[0]
    draw_marks(panel, marks, bar=6.0)
    panel.set_xscale("symlog", linthresh=1.0)
    ends = [end for mark in marks for end in (*mark.chance, *mark.sets, mark.value) if end == end]  # noqa: PLR0124  no NaN
    low, high = min([-1.5, *ends]) * 1.25, max([1.5, *ends]) * 1.25
    panel.set_xlim(low, high)
    panel.set_xticks([tick for tick in _TICKS if low <= tick <= high])
    panel.set_xticklabels([f"{tick:g}" for tick in _TICKS if low <= tick <= high])
    panel.axvspan(-1.0, 1.0, color=GRID, zorder=0, linewidth=0)
    panel.set_yticks(range(len(marks)), [mark.label for mark in marks])
    panel.tick_params(axis="y", labelsize=7)
    trim(sheet.axes, 1, across_only=True)
    marks_key(sheet, marks)
    return sheet.figure
