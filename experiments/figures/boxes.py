"""A box of uncertain numbers: where it lies among the worlds, and how many replicates were lost in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# First: it sees to it that matplotlib can be imported.
from experiments.figures.backend import in_own_style

# isort: split
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.canvas import BLACK, BLUE, GREY, VERMILLION, WIDTH, wrapped
from experiments.figures.paper import laid_paper, panels_a_row, paper_width

_LETTERS = 7.5
_COLUMNS = 2
_TALL, _NARROWEST = 2.3, 2.0
_LETTERS_AN_INCH, _KEY_WIDTH, _WIDE = 12.5, 1.2, 4.0
_SHADE, _BAND = 0.16, 0.14


@in_own_style
def box_figure(box: Mapping[Any, Any], limits: pd.DataFrame, worlds: pd.DataFrame, title: str, note: str) -> Figure:
    """Return a panel a number that the box limits: every world's share of replicates lost against the number.

    Args:
        box: a row of the table of boxes: box, base.
        limits: rows of the table of limits of that box.
        worlds: a row a world: lost, box, and the numbers.
        title: of the figure.
        note: how many runs it shows, and the seed, written under the panels.
    """
    rows = limits.to_dict("records")
    across = panels_a_row(len(rows), min(_COLUMNS, max(1, len(rows))), _NARROWEST)
    lines = max(1, -(-len(rows) // across))
    width, letters = paper_width(WIDTH * (1 + 0.6 * (across - 1))), _LETTERS_AN_INCH
    under, tall = _sizes(lines, width)
    height = under + 0.15 + lines * tall
    figure = Figure(figsize=(width, height), dpi=_dpi(), facecolor="white", layout="constrained")
    parts: Any = figure.subfigures(2, 1, height_ratios=[height - under, under])
    above, below = parts
    panels = above.subplots(lines, across, squeeze=False, sharey=True)
    for axis, limit in zip(panels.flat, rows, strict=False):
        _panel(axis, limit, worlds, int(box["box"]), float(box["base"]), min(52, int(15 * width / across)))
    for axis in list(panels.flat)[len(rows) :]:
        axis.set_axis_off()
    above.suptitle(wrapped(title, int(letters * width)), fontsize=9, fontweight="bold", color=BLACK, x=0.01, ha="left")
    handles, labels = panels.flat[0].get_legend_handles_labels()
    columns = min(4, int(width / _KEY_WIDTH))
    below.legend(handles, labels, loc="upper center", fontsize=_LETTERS, ncols=columns, frameon=False)
    below.text(0.01, 0.02, wrapped(note, int(1.35 * letters * width)), fontsize=7, color=GREY, va="bottom")
    return figure


def _sizes(lines: int, width: float) -> tuple[float, float]:
    """Return the inches of what stands below the panels, and of a line of panels."""
    paper = laid_paper()
    if paper is None:
        return 0.75, _TALL
    under = 0.75 if width > _WIDE else 1.3
    return under, min(_TALL, (paper.tallest - under - 0.15) / lines)


def _dpi() -> int:
    paper = laid_paper()
    return 130 if paper is None else paper.dpi


def _panel(axis: Axes, limit: Mapping[Any, Any], worlds: pd.DataFrame, box: int, base: float, letters: int) -> None:
    name = str(limit["number"])
    low, high = (_end(limit, side, least) for side, least in (("low", "least"), ("high", "most")))
    axis.axvspan(low, high, color=BLUE, alpha=_SHADE, linewidth=0, label="the box", zorder=0)
    for side in ("low", "high"):
        if pd.notna(limit[side]):
            ends = (float(limit[f"{side}_5"]), float(limit[f"{side}_95"]))
            axis.axvspan(*ends, color=VERMILLION, alpha=_BAND, linewidth=0, label="band of its limit", zorder=0)
            axis.axvline(float(limit[side]), color=BLUE, linewidth=1.0)
    mine = worlds["box"] == box
    for some, face, edge, mark, label in (
        (worlds[~mine], "none", GREY, "o", "world outside"),
        (worlds[mine], BLUE, BLUE, "s", "world in the box"),
    ):
        axis.scatter(
            some[name], some["lost"], s=9, linewidths=0.6, facecolors=face, edgecolors=edge, marker=mark, label=label
        )
    axis.axhline(base, color=BLACK, linewidth=0.8, linestyle="--", label="all worlds")
    axis.set_ylim(-0.04, 1.04)
    axis.set_xlabel(wrapped(f"{limit['meaning']} ({limit['unit']})", letters), fontsize=_LETTERS, color=BLACK)
    if axis.get_subplotspec().is_first_col():  # type: ignore[union-attr]
        axis.set_ylabel("share of replicates lost", fontsize=_LETTERS, color=BLACK)
    axis.locator_params(axis="x", nbins=5)
    axis.tick_params(labelsize=7, colors=BLACK)
    axis.spines[["top", "right"]].set_visible(False)


def _end(limit: Mapping[Any, Any], side: str, otherwise: str) -> float:
    return float(limit[otherwise if pd.isna(limit[side]) else side])
