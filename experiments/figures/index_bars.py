"""Bars of first and total indices with their intervals, and luck's share as a bar of its own."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, BLUE, GREY, VERMILLION, WIDTH, Words, blank, trim, wrapped
from experiments.figures.paper import row_height

FIRST_LABEL, TOTAL_LABEL = "alone (first index)", "with all that it acts together with (total index)"
LUCK_SHARE_LABEL, UNTOLD_LABEL = "luck: share of all variance of a single run", "cannot be told"
INTERVAL_LABEL = "95% interval"
_ROW, _BAR, _LETTERS, _LEFT = 0.3, 0.36, 26, 1.75
_END = 1.05
_FIRST, _TOTAL = "first", "total"
_COLOURS = {_FIRST: BLUE, _TOTAL: VERMILLION}


@in_own_style
def index_figure(rows: pd.DataFrame, luck: float, *, title: str, note: str) -> Figure:
    """Return two bars a row, and below them luck's, on a scale from nought to one.

    Args:
        rows: columns name, and first and total, each with ``_low``, ``_high`` and ``_told``; from top to bottom.
        luck: share of the variance of a single run that is luck; NaN where it is not known.
        title: what is shown.
        note: runs and seed.
    """
    words = Words(title, note, "share of the variance, luck apart")
    sheet = blank(words, row_height(_ROW, len(rows) + 1, 1.95) * (len(rows) + 1), keys=5, left=_LEFT, width=WIDTH)
    axis = sheet.axes[0]
    names = [*rows["name"].tolist(), "luck"]
    for place, row in enumerate(rows.to_dict("records")):
        for kind, shift in ((_FIRST, -0.5), (_TOTAL, 0.5)):
            ends = (float(row[f"{kind}_low"]), float(row[f"{kind}_high"]))
            _bar(axis, place + shift * _BAR, float(row[kind]), ends, _COLOURS[kind], told=bool(row[f"{kind}_told"]))
    if math.isfinite(luck):
        axis.barh(len(rows), luck, 2 * _BAR, color=GREY, linewidth=0)
    axis.set_ylim(len(names) - 0.4, -0.6)
    axis.set_xlim(0.0, _END)
    axis.set_xticks(np.linspace(0.0, 1.0, 6))
    axis.set_yticks(range(len(names)), [wrapped(str(name), _LETTERS, 2) for name in names])
    axis.tick_params(axis="y", length=0)
    trim(sheet.axes, 1, across_only=True)
    handles = [Patch(color=colour, linewidth=0) for colour in (BLUE, VERMILLION, GREY)]
    untold = Patch(facecolor="white", edgecolor=BLACK, hatch="//////", linewidth=0.6)
    line = Line2D([], [], color=BLACK, linewidth=1.0)
    labels = [FIRST_LABEL, TOTAL_LABEL, LUCK_SHARE_LABEL, UNTOLD_LABEL, INTERVAL_LABEL]
    sheet.key([*handles, untold, line], labels, columns=1)
    return sheet.figure


def _bar(axis: Axes, height: float, value: float, ends: tuple[float, float], colour: str, *, told: bool) -> None:
    """Draw an index; one that cannot be told is an outline with hatching, and ends beyond the scale are cut."""
    if not math.isfinite(value):
        return
    length = min(max(value, 0.0), _END)
    if told:
        axis.barh(height, length, _BAR, color=colour, linewidth=0)
    else:
        axis.barh(height, length, _BAR, facecolor="white", edgecolor=colour, hatch="//////", linewidth=0.6)
    low, high = (min(max(end, 0.0), _END) for end in ends)
    if high > low:
        axis.add_line(Line2D([low, high], [height, height], color=BLACK, linewidth=0.9, solid_capstyle="butt"))
