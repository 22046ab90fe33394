"""What it is worth to know each uncertain number before choosing, with luck's interval and what may be too high."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, GREY, LUCK_COLOUR, PAGE_WIDTH, Words, blank, trim, wrapped
from experiments.figures.marks import LUCK_LABEL
from experiments.figures.paper import by_width, row_height
from experiments.statistics.prices import NORMAL_95

SURELY_WORTH = 2.0
"""Standard errors by which a worth must be above nought to be told from it."""
_ROW, _LETTERS, _LEFT = 0.37, 25, 1.55
_WIDE_LETTERS, _WIDE_LEFT = 50, 2.6
_TOLD, _UNTOLD = "worth that can be told from nought", "worth that cannot be told from nought"
_BIAS = "the same, less what it may be too high by"


@in_own_style
def knowing_figure(rows: pd.DataFrame, *, title: str, axis: str, note: str) -> Figure:
    """Return a mark a thing that could be known.

    Args:
        rows: columns name, worth, worth_error and worth_bias, from top to bottom; a row whose kind differs from the one
            above it begins a new block.
        title: what is shown.
        axis: the quantity and its unit.
        note: runs and seed.
    """
    letters, left = int(by_width(_LETTERS, _WIDE_LETTERS)), by_width(_LEFT, _WIDE_LEFT)
    row_of = row_height(_ROW, len(rows), 1.75)
    sheet = blank(Words(title, note, axis), row_of * max(1, len(rows)), keys=4, left=left, width=PAGE_WIDTH)
    panel = sheet.axes[0]
    kinds = rows["kind"].tolist()
    for place, row in enumerate(rows.to_dict("records")):
        _mark(panel, place, float(row["worth"]), float(row["worth_error"]), float(row["worth_bias"]))
        if place and kinds[place] != kinds[place - 1]:
            panel.axhline(place - 0.5, color=GREY, linewidth=0.7)
    panel.axvline(0.0, color=GREY, linewidth=0.8)
    panel.set_ylim(len(rows) - 0.4, -0.6)
    panel.set_yticks(range(len(rows)), [wrapped(str(name), letters, 3) for name in rows["name"]])
    panel.tick_params(axis="y", length=0, labelsize=7)
    for label in panel.get_yticklabels():
        label.set_linespacing(0.95)
    panel.margins(x=0.05)
    trim(sheet.axes, 1, across_only=True)
    dot = {"color": BLACK, "marker": "o", "linestyle": "none", "markersize": 4}
    handles = [
        Line2D([], [], **dot),  # type: ignore[arg-type]
        Line2D([], [], **dot, markerfacecolor="white"),  # type: ignore[arg-type]
        Line2D([], [], color=LUCK_COLOUR, linewidth=5),
        Line2D([], [], color=GREY, marker="|", linestyle="none", markersize=7, markeredgewidth=1.4),
    ]
    sheet.key(handles, [_TOLD, _UNTOLD, LUCK_LABEL, _BIAS], columns=1)
    return sheet.figure


def _mark(panel: Axes, height: float, worth: float, error: float, bias: float) -> None:
    reach = NORMAL_95 * error
    panel.plot([worth - reach, worth + reach], [height] * 2, color=LUCK_COLOUR, linewidth=5, solid_capstyle="butt")
    inside = BLACK if worth > SURELY_WORTH * error else "white"
    panel.plot([worth], [height], "o", color=BLACK, markersize=4, markerfacecolor=inside)
    panel.plot([worth - bias], [height + 0.33], "|", color=GREY, markersize=7, markeredgewidth=1.4)
