"""Where every figure starts and ends: colours, sizes, the note under it, and its bytes as a PNG or an SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from textwrap import fill

from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from experiments.figures.backend import in_own_style
from experiments.figures.paper import laid_paper, paper_width
from experiments.files.whole import whole_file

BLUE = "#0072B2"
VERMILLION = "#D55E00"
BLACK = "#1A1A1A"
GREY = "#6B6B6B"
LUCK_COLOUR = BLUE
"""Okabe and Ito's blue and vermilion are told apart by colour-blind readers; shape is always a second cue."""
SETS_COLOUR = VERMILLION
GRID = "#E4E4E4"

PAGE_WIDTH = 3.4
"""Width in inches of a figure of a page: half a printed page, or a phone's screen, with letters that can be read."""
WIDTH = 4.8
"""Width in inches of a figure that stands alone."""
_DPI = {PAGE_WIDTH: 190, WIDTH: 130}
_COLOURS = 24
MAP_COLOURS = 64
"""So many colours keep a map's apart from those of its hatching and its key."""
_SALT = "sli"
# Inches that a letter takes: of the title, of the note, of a panel's head; of a key on a paper, its mark, of a scale.
_TITLE_LETTER, _NOTE_LETTER, _CHARACTER = 0.083, 0.0535, 0.066
_KEY_LETTER, _ENTRY, _LETTER_8 = 0.059, 0.5, 0.064
# Inches: a line of the title, of an axis label, of the key, of the note; numbers of a scale; air.
_TITLE, _LABEL, _KEY, _NOTE, _SCALE, _AIR = 0.17, 0.16, 0.18, 0.135, 0.2, 0.08
_HEAD = 0.17
_RIGHT = 0.98


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

    def key(self, handles: Sequence[Artist], labels: Sequence[str], columns: int = 2) -> None:
        """Explain marks and lines below the panels: so many a row in the report, and as many as fit on a paper."""
        level = self.level
        if laid_paper() is not None:
            width = self.figure.get_figwidth()
            columns = _fitting(labels, width)
            labels = [wrapped(label, int((width - _ENTRY) / _KEY_LETTER)) for label in labels]
            more = sum(_lines(label) - 1 for label in labels)
            level = _lift(self, _KEY * math.ceil(len(labels) / columns) + _NOTE * more)
        self.figure.legend(
            handles,
            labels,
            loc="upper center",
            bbox_to_anchor=(0.5, level),
            borderaxespad=0.0,
            fontsize=7.5,
            ncols=columns,
            frameon=False,
            handlelength=2.2,
            columnspacing=1.2,
        )


def blank(
    words: Words,
    height: float,
    *,
    heads: Sequence[str] = (),
    keys: int = 0,
    left: float = 0.62,
    free: bool = False,
    width: float = PAGE_WIDTH,
    columns: int = 2,
    air: float = _AIR,
) -> Sheet:
    """Return an empty sheet with its words and its axes: one, or some a row with a head each.

    Args:
        words: what is written round the panels.
        height: inches of one panel.
        heads: names of the panels; a single panel without a head where there are none.
        keys: how many lines the key will take in the report; on a paper the key itself finds its room.
        left: inches at the left for the numbers or names of the vertical scale.
        free: whether each panel keeps its own vertical scale.
        width: `PAGE_WIDTH` or `WIDTH`, inches; a paper that is laid has its own.
        columns: panels a row; a head that the next panel of its row does not have may run over it.
        air: inches between a panel and the head of the one below.
    """
    dpi, width, keys = _dpi(width), paper_width(width), keys if laid_paper() is None else 0
    room = (_RIGHT * width - left) / (1.025 * columns if all(heads) else 1.0)
    named = [wrapped(name, int(room / _CHARACTER)) for name in heads]
    head = _HEAD * max(map(_lines, named), default=0)
    rows, columns = max(1, math.ceil(len(named) / columns)), columns if named else 1
    title = wrapped(words.title, int(0.97 * width / _TITLE_LETTER))
    note = wrapped(words.note, int(0.97 * width / _NOTE_LETTER))
    across = words.across if laid_paper() is None else _in_room(words.across, width)
    words = replace(words, title=title, note=note, across=across)
    above = _TITLE * _lines(words.title) + _AIR + head
    key = _NOTE * _lines(words.note) + 2 * _AIR + _KEY * keys
    below = key + _LABEL * _lines(words.across) + _SCALE + _AIR
    gap = head + (_SCALE if free else air)
    whole = above + rows * height + (rows - 1) * gap + below
    figure = Figure(figsize=(width, whole), dpi=dpi, facecolor="white")
    edges = (left / width, key / whole, below / whole, above / whole)
    axes = _panels(figure, (rows, columns), edges, gap / height, free=free)
    for place, axis in enumerate(axes):
        _plain(axis, named[place] if place < len(named) else "")
    _write(figure, words, edges)
    return Sheet(figure, axes, key / whole)


def _fitting(labels: Sequence[str], width: float) -> int:
    """Return how many entries of a key fit beside each other, filled column by column as matplotlib does."""
    for columns in range(len(labels), 1, -1):
        each, more = divmod(len(labels), columns)
        ends = [column * each + min(column, more) for column in range(columns + 1)]
        widest = [max(map(len, labels[first:last])) for first, last in pairwise(ends)]
        if sum(_ENTRY + _KEY_LETTER * letters for letters in widest) <= width:
            return columns
    return 1


def _in_room(text: str, width: float) -> str:
    """Return the name of a scale with lines that a figure so many inches wide has room for."""
    most = int(_RIGHT * width / _LETTER_8)
    return "\n".join(line if len(line) <= most else wrapped(line, most) for line in text.split("\n"))


def _lift(sheet: Sheet, inches: float) -> float:
    """Make room for a key between the note and all that stands above it, and return where the key begins."""
    figure = sheet.figure
    before = figure.get_figheight()
    after, level = before + inches, sheet.level * before
    for text in figure.texts:
        across, up = text.get_position()
        text.set_position((across, (up * before + (inches if up * before > level - _AIR else 0.0)) / after))
    for axis in sheet.axes:
        place = axis.get_position(original=True)
        edges = (place.x0, (place.y0 * before + inches) / after, place.width, place.height * before / after)
        axis.set_position(edges)
    figure.set_figheight(after)
    return (level + inches) / after


def _dpi(width: float) -> int:
    paper = laid_paper()
    return _DPI[width] if paper is None else paper.dpi


def wrapped(text: str, width: int, lines: int | None = None) -> str:
    """Return ``text`` in lines of at most ``width`` characters, ``lines`` of them, a dollar being no mark of maths."""
    return fill(text, width, max_lines=lines, placeholder="…").replace("$", r"\$")


def trim(axes: Sequence[Axes], used: int, *, across_only: bool = False, free: bool = False, columns: int = 2) -> None:
    """Finish axes that share their scales: numbers at the outer edges alone, one grid, no axes beyond ``used``.

    Args:
        axes: in reading order, with all that they show already drawn.
        used: how many of them show something.
        across_only: no horizontal lines in the grid.
        free: each keeps its own vertical scale, and so its numbers.
        columns: axes a row.
    """
    for axis in axes[used:]:
        axis.set_axis_off()
    for place, axis in enumerate(axes[:used]):
        _grid(axis, across_only=across_only)
        if place + columns < used:
            axis.xaxis.set_visible(False)
        else:
            axis.tick_params(labelbottom=True)
        if place % columns and not free:
            axis.yaxis.set_visible(False)


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


def _panels(
    figure: Figure, shape: tuple[int, int], edges: tuple[float, float, float, float], gap: float, *, free: bool
) -> list[Axes]:
    left, _, below, above = edges
    grid = figure.add_gridspec(
        *shape, left=left, right=_RIGHT, top=1 - above, bottom=below, hspace=gap, wspace=0.3 if free else 0.1
    ).subplots(squeeze=False, sharex=True, sharey=not free)
    return [axis for row in grid for axis in row]


def _write(figure: Figure, words: Words, edges: tuple[float, float, float, float]) -> None:
    """Write what stands round the panels; edges are shares of the figure: left, key, below, above."""
    left, key, below, above = edges
    air = _AIR / figure.get_figheight()
    figure.text(0.02, 1 - 0.5 * air, words.title, fontsize=9.5, fontweight="bold", color=BLACK, va="top")
    figure.text(0.02, air, words.note, fontsize=7, color=GREY, va="bottom")
    middle = (left + _RIGHT) / 2
    if laid_paper() is not None:
        half = _LETTER_8 * max(map(len, words.across.split("\n"))) / 2 / figure.get_figwidth()
        middle = max(0.5, min(middle, _RIGHT - half))
    figure.text(middle, key + 0.5 * air, words.across, fontsize=8, ha="center", color=BLACK)
    middle = (below + 1 - above) / 2
    figure.text(0.012, middle, words.up, fontsize=8, va="center", rotation=90, color=BLACK)


def _plain(axis: Axes, head: str) -> None:
    axis.tick_params(labelsize=7.5, colors=BLACK, length=2.5, pad=2)
    axis.spines[["top", "right"]].set_visible(False)
    axis.spines[["left", "bottom"]].set_color(GREY)
    axis.locator_params(nbins=4 if head else 5)
    if head:
        axis.set_title(head, fontsize=8, loc="left", color=BLACK, y=1.0, pad=3)


@in_own_style
def png(figure: Figure, colours: int = _COLOURS) -> bytes:
    """Return a figure as a PNG with no date and no program's name in it: same figure, same bytes.

    Args:
        figure: what is drawn.
        colours: how many it has at most; a map has more than lines have.
    """
    raw = BytesIO()
    figure.savefig(raw, format="rgba", dpi="figure")
    image = Image.frombytes("RGBA", FigureCanvasAgg(figure).get_width_height(), raw.getvalue())
    buffer = BytesIO()
    image.convert("RGB").quantize(colours).save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()


def svg(figure: Figure) -> bytes:
    """Return a figure as an SVG with no date and no program's name in it: same figure, same bytes."""
    buffer = BytesIO()
    # Names within the file come from this salt, where they would be random; letters are shapes, as in a PNG.
    with rc_context({"svg.hashsalt": _SALT, "svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def save(figure: Figure, path: Path, colours: int = _COLOURS) -> None:
    """Write a figure at ``path``, whole or not at all: as an SVG if it ends so, else as a PNG.

    Args:
        figure: what is drawn.
        path: the file.
        colours: as of `png`.

    Raises:
        OSError: the file cannot be written or the disk is full.
    """
    with whole_file(path) as file:
        file.write(svg(figure) if path.suffix == ".svg" else png(figure, colours))
