"""Differences with their two uncertainties, luck and parameter sets: two marks, never one band."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, GREY, LUCK_COLOUR, SETS_COLOUR, Sheet, Words, blank, trim, wrapped
from experiments.figures.paper import by_width, row_height

LUCK_LABEL = "mean: 95% interval"
SETS_LABEL = "worlds: 5 to 95% of them"
_BELOW = 0.3
_LABEL_WIDTH, _WIDE_LABELS = 22, 40
_LETTER = 0.056
_DASHES = (0, (3, 2))


@dataclass(frozen=True)
class Mark:
    """One difference: its mean, its interval, the range over worlds; NaN where there is none.

    Attributes:
        label: what differs, as read beside the mark.
        value: mean paired difference, in the unit of the axis.
        chance: ends of the interval of the mean.
        sets: ends of the range of worlds.
        firm: False draws the mean hollow: no verdict may be read from it.
    """

    label: str
    value: float
    chance: tuple[float, float]
    sets: tuple[float, float]
    firm: bool = True


def _line(axis: Axes, ends: tuple[float, float], height: float, **style: object) -> None:
    if all(map(math.isfinite, ends)):
        axis.add_line(Line2D(list(ends), [height, height], **style))  # type: ignore[arg-type]
        axis.update_datalim([(ends[0], height), (ends[1], height)])


def _draw(axis: Axes, mark: Mark, height: float, bar: float) -> None:
    _line(axis, mark.chance, height, color=LUCK_COLOUR, linewidth=bar, solid_capstyle="butt")
    _line(axis, mark.sets, height + _BELOW, color=SETS_COLOUR, linewidth=1.1, linestyle=_DASHES)
    if all(map(math.isfinite, mark.sets)):
        axis.plot(mark.sets, [height + _BELOW] * 2, "D", color=SETS_COLOUR, markersize=3.2, markerfacecolor="white")
    if math.isfinite(mark.value):
        inside = "white" if not mark.firm else BLACK
        axis.plot([mark.value], [height], "o", color=BLACK, markersize=3.6, markerfacecolor=inside)


def draw_marks(axis: Axes, marks: Sequence[Mark], *, bar: float) -> None:
    """Draw marks from top to bottom on ``axis`` with a line at zero."""
    for row, mark in enumerate(marks):
        _draw(axis, mark, row, bar)
    axis.axvline(0.0, color=GREY, linewidth=0.8)
    axis.set_ylim(len(marks) - 0.4, -0.5)
    axis.set_yticks(range(len(marks)), [wrapped(mark.label, _label_width(), 2) for mark in marks])
    axis.tick_params(axis="y", length=0)
    axis.autoscale(axis="x")
    axis.margins(x=0.06)


def marks_key(sheet: Sheet, marks: Sequence[Mark]) -> None:
    """Explain below the panels what the marks are."""
    keys = [Line2D([], [], color=BLACK, marker="o", linestyle="none", markersize=3.6)]
    names = ["mean (hollow: no verdict)"]
    if any(map(math.isfinite, (mark.chance[0] for mark in marks))):
        keys.append(Line2D([], [], color=LUCK_COLOUR, linewidth=5))
        names.append(LUCK_LABEL)
    if any(map(math.isfinite, (mark.sets[0] for mark in marks))):
        line = Line2D([], [], color=SETS_COLOUR, linewidth=1.1, linestyle=_DASHES, marker="D", markersize=3.2)
        line.set_markerfacecolor("white")
        keys.append(line)
        names.append(SETS_LABEL)
    sheet.key(keys, names, columns=1)


@in_own_style
def marks_figure(marks: Sequence[Mark], *, title: str, axis: str, note: str) -> Figure:
    """Return one panel of marks; ``axis`` names the quantity, its unit and which way is better."""
    row = row_height(0.255, len(marks), 1.6)
    sheet = blank(Words(title, note, axis), row * max(1, len(marks)), keys=3, left=_room(marks))
    draw_marks(sheet.axes[0], marks, bar=7.0)
    trim(sheet.axes, 1, across_only=True)
    marks_key(sheet, marks)
    return sheet.figure


@in_own_style
def panels_figure(panels: Mapping[str, Sequence[Mark]], *, title: str, axis: str, note: str) -> Figure:
    """Return a panel of marks for each regime, two a row on one scale; rows are the same in each panel."""
    longest = max((len(marks) for marks in panels.values()), default=1)
    left = _room([mark for marks in panels.values() for mark in marks])
    sheet = blank(Words(title, note, axis), 0.1 + 0.19 * longest, heads=list(panels), keys=3, left=left)
    for panel, marks in zip(sheet.axes, panels.values(), strict=False):
        draw_marks(panel, marks, bar=4.0)
    trim(sheet.axes, len(panels), across_only=True)
    marks_key(sheet, [mark for marks in panels.values() for mark in marks])
    return sheet.figure


def _room(marks: Sequence[Mark]) -> float:
    """Return how many inches the labels of marks take."""
    return 0.15 + _LETTER * min(max((len(mark.label) for mark in marks), default=1), _label_width())


def _label_width() -> int:
    return int(by_width(_LABEL_WIDTH, _WIDE_LABELS))
