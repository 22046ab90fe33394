"""Where every figure starts and ends: colours, sizes, the note under it, and its bytes as a PNG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from textwrap import fill, shorten

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from experiments.files import whole_file

BLUE = "#0072B2"
VERMILLION = "#D55E00"
BLACK = "#1A1A1A"
GREY = "#6B6B6B"
LUCK = BLUE
"""Okabe and Ito's blue and vermilion are told apart by colour-blind readers; shape is always a second cue."""
SETS = VERMILLION
GRID = "#E4E4E4"

WIDTH = 4.8
"""Width of a figure in inches: half a page, or the whole of a phone's screen."""
_DPI = 130
_COLOURS = 48
_TITLE_CHARACTERS = 57
_NOTE_CHARACTERS = 97
_CHARACTER = 0.066
# Inches: a line of the title, of an axis label, of the key and of the note; the numbers of a scale; air.
_TITLE, _LABEL, _KEY, _NOTE, _SCALE, _AIR = 0.17, 0.16, 0.18, 0.125, 0.2, 0.08
_PANEL_TITLE = 0.2


@dataclass(frozen=True)
class Words:
    """What is written round the panels of a figure: title, note (runs, seed), and the names of both scales."""

    title: str
    note: str
    across: str
    up: str = ""


@dataclass(frozen=True)
class Sheet:
    """An empty figure with its axes in reading order, and room for a key below them at ``level`` (share of height)."""

    figure: Figure
    axes: list[Axes]
    level: float

    def key(self, handles: Sequence[Artist], labels: Sequence[str]) -> None:
        """Explain marks and lines below the panels, two a row."""
        self.figure.legend(
            handles,
            labels,
            loc="upper center",
            bbox_to_anchor=(0.5, self.level),
            borderaxespad=0.0,
            fontsize=7,
            ncols=2,
            frameon=False,
            handlelength=2.6,
        )


def blank(
    words: Words,
    height: float,
    rows: int = 1,
    columns: int = 1,
    *,
    keys: int = 0,
    left: float = 0.62,
    free: bool = False,
) -> Sheet:
    """Return an empty sheet with its words and a grid of axes.

    Args:
        words: what is written round the panels.
        height: inches of one panel.
        rows: rows of axes.
        columns: columns of axes.
        keys: how many marks the key will explain.
        left: inches at the left for the numbers or names of the vertical scale.
        free: whether each panel keeps its own vertical scale.
    """
    title, note = fill(words.title, _TITLE_CHARACTERS), fill(words.note, _NOTE_CHARACTERS)
    above = _TITLE * _lines(title) + _AIR + (_PANEL_TITLE if columns > 1 else 0.0)
    foot = _NOTE * _lines(note) + 2 * _AIR
    key = foot + _KEY * ((keys + 1) // 2)
    below = key + _LABEL * _lines(words.across) + _SCALE + _AIR
    gap = _PANEL_TITLE + (_SCALE if free else 0.1)
    whole = above + rows * height + (rows - 1) * gap + below
    figure = Figure(figsize=(WIDTH, whole), dpi=_DPI, facecolor="white")
    figure.text(0.02, 1 - 0.5 * _AIR / whole, title, fontsize=9.5, fontweight="bold", color=BLACK, va="top")
    figure.text(0.02, _AIR / whole, note, fontsize=6.5, color=GREY, va="bottom")
    figure.text(
        (left / WIDTH + 0.98) / 2, (key + 0.5 * _AIR) / whole, words.across, fontsize=8, ha="center", color=BLACK
    )
    figure.text(0.012, (below + whole - above) / 2 / whole, words.up, fontsize=8, va="center", rotation=90, color=BLACK)
    grid = figure.add_gridspec(
        rows,
        columns,
        left=left / WIDTH,
        right=0.98,
        top=1 - above / whole,
        bottom=below / whole,
        hspace=gap / height,
        wspace=0.1,
    ).subplots(squeeze=False, sharex=True, sharey=not free)
    axes = [axis for row in grid for axis in row]
    for axis in axes:
        _plain(axis, small=columns > 1)
    return Sheet(figure, axes, key / whole)


def head(axis: Axes, name: str) -> None:
    """Name a panel of a sheet of several, cut to its width."""
    room = int(axis.get_position().width * WIDTH / _CHARACTER)
    text = shorten(name, max(room, len(name.split(maxsplit=1)[0]) + 1), placeholder="…")
    axis.set_title(text, fontsize=8, loc="left", color=BLACK, y=1.0, pad=3)


def trim(axes: Sequence[Axes], used: int, *, across_only: bool = False, free: bool = False) -> None:
    """Finish axes that share their scales: numbers at the outer edges alone, one grid, no axes beyond ``used``.

    Args:
        axes: two a row, in reading order, with all that they show already drawn.
        used: how many of them show something.
        across_only: no horizontal lines in the grid.
        free: each keeps its own vertical scale, and so its numbers.
    """
    for axis in axes[used:]:
        axis.set_axis_off()
    for place, axis in enumerate(axes[:used]):
        _grid(axis, across_only=across_only)
        if place < used - 2:
            axis.xaxis.set_visible(False)
        elif place == used - 2 and used % 2:
            axis.tick_params(labelbottom=True)
        if place % 2 and not free:
            axis.yaxis.set_visible(False)
    if used:
        axes[used - 1].tick_params(labelbottom=True)


def _grid(axis: Axes, *, across_only: bool) -> None:
    left, right = axis.get_xlim()
    low, high = sorted(axis.get_ylim())
    for tick in axis.get_xticks():
        if left <= tick <= right:
            axis.axvline(tick, color=GRID, linewidth=0.6, zorder=0)
    for tick in [] if across_only else axis.get_yticks():
        if low <= tick <= high:
            axis.axhline(tick, color=GRID, linewidth=0.6, zorder=0)


def _lines(text: str) -> int:
    return text.count("\n") + 1 if text else 0


def _plain(axis: Axes, *, small: bool) -> None:
    axis.tick_params(labelsize=7 if small else 8, colors=BLACK, length=2.5, pad=2)
    axis.spines[["top", "right"]].set_visible(False)
    axis.spines[["left", "bottom"]].set_color(GREY)
    axis.locator_params(nbins=4 if small else 5)


def png(figure: Figure) -> bytes:
    """Return a figure as a PNG with no date and no program's name in it: same figure, same bytes."""
    raw = BytesIO()
    figure.savefig(raw, format="rgba", dpi=_DPI)
    image = Image.frombytes("RGBA", FigureCanvasAgg(figure).get_width_height(), raw.getvalue())
    drawn = BytesIO()
    image.convert("RGB").quantize(_COLOURS).save(drawn, format="PNG", optimize=True)
    return drawn.getvalue()


def save(figure: Figure, path: Path) -> None:
    """Write a figure as a PNG at ``path``, whole or not at all.

    Raises:
        OSError: the file cannot be written or the disk is full.
    """
    with whole_file(path) as file:
        file.write(png(figure))
