"""Regret: what is lost by one choice instead of the best of each world, on average and in the worst tenth of worlds."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, LUCK_COLOUR, PAGE_WIDTH, SETS_COLOUR, Words, blank, trim, wrapped
from experiments.figures.marks import LUCK_LABEL
from experiments.figures.paper import by_width, row_height
from experiments.statistics.prices import NORMAL_95

_ROW, _LETTERS, _LEFT = 0.3, 24, 1.5
_WIDE_LETTERS, _WIDE_LEFT = 48, 2.6
_BELOW = 0.27
_UNKNOWN = "not told: missed what was made equal in over half of the worlds"


@in_own_style
def regret_figure(rows: pd.DataFrame, *, title: str, axis: str, note: str) -> Figure:
    """Return a row a choice: the mean with luck's interval, and below it, apart, the mean of the worst tenth of worlds.

    Args:
        rows: columns name, mean, mean_error, worst_tenth and least, from top to bottom; NaN where it cannot be told.
        title: what is shown.
        axis: the quantity and its unit.
        note: runs and seed.
    """
    known = rows["mean"].notna()
    keys = 3 if known.all() else 4
    letters, left = int(by_width(_LETTERS, _WIDE_LETTERS)), by_width(_LEFT, _WIDE_LEFT)
    row_of = row_height(_ROW, len(rows), 1.6)
    sheet = blank(Words(title, note, axis), row_of * max(1, len(rows)), keys=keys, left=left, width=PAGE_WIDTH)
    panel = sheet.axes[0]
    for place, row in enumerate(rows.to_dict("records")):
        mean, reach = float(row["mean"]), NORMAL_95 * float(row["mean_error"])
        if not math.isfinite(mean):
            panel.plot([0.0], [place], "x", color=BLACK, markersize=4)
            continue
        ends = [max(0.0, mean - reach), mean + reach]
        panel.plot(ends, [place] * 2, color=LUCK_COLOUR, linewidth=6, solid_capstyle="butt")
        panel.plot([mean], [place], "o", color=BLACK, markersize=4)
        worst = float(row["worst_tenth"])
        panel.plot([worst], [place + _BELOW], "D", color=SETS_COLOUR, markersize=4, markerfacecolor="white")
    panel.set_ylim(len(rows) - 0.4, -0.6)
    names = [f"{row['name']}{' (least)' if row['least'] else ''}" for row in rows.to_dict("records")]
    panel.set_yticks(range(len(rows)), [wrapped(name, letters, 2) for name in names])
    panel.tick_params(axis="y", length=0, labelsize=7)
    panel.margins(x=0.06)
    trim(sheet.axes, 1, across_only=True)
    handles = [
        Line2D([], [], color=BLACK, marker="o", linestyle="none", markersize=4),
        Line2D([], [], color=LUCK_COLOUR, linewidth=6),
        Line2D([], [], color=SETS_COLOUR, marker="D", linestyle="none", markersize=4, markerfacecolor="white"),
        Line2D([], [], color=BLACK, marker="x", linestyle="none", markersize=4),
    ]
    labels = ["mean over worlds", LUCK_LABEL, "mean of the worst tenth of worlds", _UNKNOWN]
    sheet.key(handles[:keys], labels[:keys], columns=1)
    return sheet.figure
