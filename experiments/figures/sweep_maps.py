"""How a paired difference moves with two things that are varied: a map, its change of sign, and what luck blurs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, BLUE, GREY, VERMILLION, WIDTH, Sheet, Words, blank, wrapped
from experiments.figures.paper import panels_a_row
from experiments.text.numbers import digits, with_sign
from simulation.arrays import Floats

_COLOURS = LinearSegmentedColormap.from_list("difference", [BLUE, "#FFFFFF", VERMILLION])
_HATCH = "/////"
_HEIGHT = 1.7
_NARROWEST = 2.0
_LABEL = 10
_MOST_LABELS = 6
_STEPS = 11


@in_own_style
def sign_map(
    panels: Mapping[str, pd.DataFrame], *, title: str, across: str, up: str, note: str, below: str, above: str
) -> Figure:
    """Return a map an outcome: blue where the difference is below nought, vermilion where it is above.

    A black line runs between points where the sign changes. Cells are hatched where the 95% interval from luck holds
    nought.

    Args:
        panels: head, with its unit -> columns across, up (what is varied), mean, luck_low and luck_high, a row a point
            of a whole grid.
        title: what is shown.
        across: what is varied from left to right, and its unit.
        up: what is varied from bottom to top, and its unit.
        note: runs and seed.
        below: what blue means, in words.
        above: what vermilion means.
    """
    columns = panels_a_row(len(panels), 1 if len(panels) == 1 else 2, _NARROWEST)
    sheet = blank(
        Words(title, note, across, up), _HEIGHT, heads=list(panels), keys=4, left=0.85, width=WIDTH, columns=columns,
        air=0.12,
    )  # fmt: skip
    ends = []
    for place, (panel, rows) in enumerate(zip(sheet.axes, panels.values(), strict=False)):
        ends.append(_map(panel, rows))
        panel.tick_params(labelbottom=place + columns >= len(panels), labelleft=place % columns == 0)
    for panel in sheet.axes[len(panels) :]:
        panel.set_axis_off()
    _key(sheet, ends, below, above)
    return sheet.figure


def _map(panel: Axes, rows: pd.DataFrame) -> float:
    """Draw one panel, and return the largest size of a difference on it."""
    left, bottom = (list(dict.fromkeys(_rising(rows[name]))) for name in ("across", "up"))
    mean = _square(rows, "mean", left, bottom)
    size = float(np.nanmax(np.abs(mean), initial=0.0))
    panel.pcolormesh(
        np.arange(len(left) + 1) - 0.5, np.arange(len(bottom) + 1) - 0.5, mean,
        cmap=_COLOURS.resampled(_STEPS), vmin=-(size or 1.0), vmax=size or 1.0, linewidth=0,
    )  # fmt: skip
    low, high = (_square(rows, name, left, bottom) for name in ("luck_low", "luck_high"))
    for up, across in zip(*np.nonzero(~((low > 0) | (high < 0))), strict=True):
        panel.add_patch(
            Rectangle((across - 0.5, up - 0.5), 1, 1, fill=False, hatch=_HATCH, edgecolor=GREY, linewidth=0)
        )
    for across, up in _turns(mean):
        panel.plot(across, up, color=BLACK, linewidth=1.8, solid_capstyle="projecting")
    _scale(panel, left, bottom)
    return size


def _turns(mean: Floats) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield the borders between neighbouring cells of different sign: the ends of each, across and up."""
    for up, across in zip(*np.nonzero(mean[:, :-1] * mean[:, 1:] < 0), strict=True):
        yield (across + 0.5, across + 0.5), (up - 0.5, up + 0.5)
    for up, across in zip(*np.nonzero(mean[:-1] * mean[1:] < 0), strict=True):
        yield (across - 0.5, across + 0.5), (up + 0.5, up + 0.5)


def _rising(column: pd.Series[Any]) -> list[Any]:
    """Return values in the order of a scale: numbers rising, words as they come."""
    return sorted(column) if pd.api.types.is_numeric_dtype(column) else list(column)


def _square(rows: pd.DataFrame, name: str, left: Sequence[object], bottom: Sequence[object]) -> Floats:
    """Return a column as a matrix: a row a value of ``up``, a column a value of ``across``."""
    square = np.full((len(bottom), len(left)), math.nan)
    for across, up, value in zip(rows["across"], rows["up"], rows[name], strict=True):
        square[bottom.index(up), left.index(across)] = value
    return square


def _scale(panel: Axes, left: Sequence[object], bottom: Sequence[object]) -> None:
    for values, ticks in ((left, panel.set_xticks), (bottom, panel.set_yticks)):
        step = math.ceil(len(values) / _MOST_LABELS)
        places = list(range(0, len(values), step))
        ticks(places, [_label(values[place]) for place in places])


def _label(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else wrapped(str(value), _LABEL, 2)


def _key(sheet: Sheet, sizes: Sequence[float], below: str, above: str) -> None:
    reach = (
        f" (darkest: {with_sign(sizes[0], digits(sizes[0]))})" if len(sizes) == 1 else " (darkest: the panel's largest)"
    )
    handles = [
        Patch(color=BLUE),
        Patch(color=VERMILLION),
        Line2D([], [], color=BLACK, linewidth=1.4),
        Patch(facecolor="white", edgecolor=GREY, hatch=_HATCH, linewidth=0.4),
    ]
    names = [below, f"{above}{reach}", "where the sign changes", "luck cannot tell the sign: 95% interval holds nought"]
    sheet.key(handles, names, columns=1)
