"""How an outcome moves with one thing that is varied: a line, luck's interval, and apart from it the range of sets."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, GREY, LUCK_COLOUR, SETS_COLOUR, WIDTH, Sheet, Words, blank, trim, wrapped
from experiments.figures.paper import panels_a_row

SWEEP_LUCK, SWEEP_SETS = "luck: 95% interval of the mean, sets held", "parameter sets: 5 to 95%, luck taken out"
_HEIGHT = 1.35
_NARROWEST = 2.0
_LABEL = 12


@in_own_style
def sweep_figure(
    panels: Mapping[str, pd.DataFrame], *, title: str, across: str, axis: str, note: str, zero: bool
) -> Figure:
    """Return a panel an outcome or a regime, each with its own vertical scale, on one horizontal one.

    Args:
        panels: head -> columns value (what is varied: numbers, or words), mean, luck_low, luck_high, sets_low and
            sets_high, a row a point.
        title: what is shown.
        across: what is varied, and its unit.
        axis: the vertical quantity.
        note: runs and seed.
        zero: whether nought is marked: the panels show differences.
    """
    columns = panels_a_row(len(panels), 1 if len(panels) == 1 else 2, _NARROWEST)
    words = Words(title, note, across, axis)
    sheet = blank(words, _HEIGHT, heads=list(panels), keys=3, left=0.78, free=True, width=WIDTH, columns=columns)
    for panel, rows in zip(sheet.axes, panels.values(), strict=False):
        if pd.api.types.is_numeric_dtype(rows["value"]):
            _line(panel, rows.sort_values("value", kind="stable"))
        else:
            _steps(panel, rows)
        if zero:
            panel.axhline(0.0, color=GREY, linewidth=0.9)
    trim(sheet.axes, len(panels), free=True, columns=columns)
    _key(sheet, panels)
    return sheet.figure


def _line(panel: Axes, rows: pd.DataFrame) -> None:
    across = rows["value"].to_numpy(dtype=float)
    panel.fill_between(across, rows["sets_low"], rows["sets_high"], color=SETS_COLOUR, alpha=0.14, linewidth=0)
    panel.plot(across, rows["sets_low"], color=SETS_COLOUR, linewidth=0.7, linestyle=(0, (3, 2)))
    panel.plot(across, rows["sets_high"], color=SETS_COLOUR, linewidth=0.7, linestyle=(0, (3, 2)))
    panel.fill_between(across, rows["luck_low"], rows["luck_high"], color=LUCK_COLOUR, alpha=0.4, linewidth=0)
    panel.plot(across, rows["mean"], color=BLACK, linewidth=1.2, marker="o", markersize=2.6)


def _steps(panel: Axes, rows: pd.DataFrame) -> None:
    """Draw a mark a word: between words there is no line."""
    places = np.arange(len(rows))
    for ends, colour, width, style, shift in (
        (("sets_low", "sets_high"), SETS_COLOUR, 1.1, (0, (3, 2)), 0.12),
        (("luck_low", "luck_high"), LUCK_COLOUR, 4.5, "solid", 0.0),
    ):
        panel.vlines(
            places + shift,
            rows[ends[0]],
            rows[ends[1]],
            colors=colour,
            linewidth=width,
            linestyles=style,  # type: ignore[arg-type]
        )
    panel.plot(places, rows["mean"], "o", color=BLACK, markersize=3.6)
    panel.set_xticks(places, [wrapped(str(one), _LABEL, 2) for one in rows["value"]])
    panel.set_xlim(-0.5, len(rows) - 0.5)


def _key(sheet: Sheet, panels: Mapping[str, pd.DataFrame]) -> None:
    every = pd.concat(list(panels.values()))
    handles: list[Line2D | Patch] = [Line2D([], [], color=BLACK, linewidth=1.2, marker="o", markersize=2.6)]
    names = ["mean"]
    if every["luck_low"].notna().any():
        handles.append(Patch(color=LUCK_COLOUR, alpha=0.4, linewidth=0))
        names.append(SWEEP_LUCK)
    if every["sets_low"].notna().any():
        handles.append(Patch(facecolor=SETS_COLOUR, edgecolor=SETS_COLOUR, alpha=0.25, linestyle="--", linewidth=0.7))
        names.append(SWEEP_SETS)
    sheet.key(handles, names, columns=1)
