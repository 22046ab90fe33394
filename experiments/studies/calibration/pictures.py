"""Pictures of the plausible sets: what is left of each parameter's range, alone and by pairs."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

# First: it sees to it that matplotlib can be imported.
from experiments.figures.backend import in_own_style

# isort: split
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.canvas import BLACK, BLUE, GREY, VERMILLION, WIDTH, Words, blank, save
from simulation.arrays import Floats
from simulation.parameters import PARAMETERS

PAIR_PARAMETERS = 5
_BINS = 16
_TENTHS = 10
_COLUMNS, _WIDE = 5, 9.0
_ACROSS = "prior range, from its lower to its upper end"


def draw_pictures(folder: Path, values: Floats, weights: Floats, table: pd.DataFrame, note: str) -> None:
    """Write marginals.png (every parameter) and pairs.png (the most informed ones) into ``folder``.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(exist_ok=True)
    save(marginals_figure(values, weights, table, note), folder / "marginals.png")
    save(pairs_figure(values, weights, table, note), folder / "pairs.png")


@in_own_style
def marginals_figure(values: Floats, weights: Floats, table: pd.DataFrame, note: str) -> Figure:
    """Return a panel a parameter: weight of the plausible sets over the prior's range, the prior being level."""
    order = table.sort_values(["informed", "spread"], ascending=[False, True], kind="stable").index.tolist()
    rows = math.ceil(len(order) / _COLUMNS)
    figure = Figure(figsize=(_WIDE, 0.75 * rows + 0.9), dpi=130, facecolor="white", layout="constrained")
    panels = figure.subplots(rows, _COLUMNS, sharex=True, sharey=True, squeeze=False).ravel()
    for axis, k in zip(panels, order, strict=False):
        heights, edges = np.histogram(_in_range(values, k), bins=_BINS, range=(0, 1), weights=weights)
        colour = BLUE if table.informed[k] else GREY
        axis.bar(edges[:-1], heights * _BINS, 1 / _BINS, align="edge", color=colour, linewidth=0)
        axis.axhline(1.0, color=VERMILLION, linewidth=0.9)
        axis.set_title(table.parameter[k], fontsize=7, loc="left", color=BLACK, pad=2)
        axis.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        axis.tick_params(labelsize=6, colors=BLACK, length=2)
        axis.spines[["top", "right"]].set_visible(False)
    for axis in panels[len(order) :]:
        axis.set_axis_off()
    figure.suptitle("What the evidence leaves of each parameter's range", fontsize=11, fontweight="bold", color=BLACK)
    below = f"{_ACROSS}; bars: weight of the plausible sets (blue: informed); line: the prior\n{note}"
    figure.supxlabel(below, fontsize=8, color=GREY)
    figure.supylabel("density over the prior's", fontsize=8, color=BLACK)
    return figure


@in_own_style
def pairs_figure(values: Floats, weights: Floats, table: pd.DataFrame, note: str) -> Figure:
    """Return a panel for each pair of the most informed parameters: where the weight lies."""
    best = table.sort_values("spread", kind="stable").index.tolist()[:PAIR_PARAMETERS]
    pairs = list(combinations(best, 2))
    names = [f"{table.parameter[a]} (across), {table.parameter[b]}" for a, b in pairs]
    words = Words(
        f"The {PAIR_PARAMETERS} parameters of which the evidence tells most, by pairs",
        f"Darker: more weight of the plausible sets. {note}",
        _ACROSS,
        _ACROSS,
    )
    sheet = blank(words, 1.5, heads=names, left=0.55, width=WIDTH)
    for axis, (a, b) in zip(sheet.axes, pairs, strict=False):
        grid, across, up = np.histogram2d(
            _in_range(values, a), _in_range(values, b), bins=_BINS, range=((0, 1), (0, 1)), weights=weights
        )
        axis.pcolormesh(across, up, grid.T, cmap="Blues")
        axis.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    for axis in sheet.axes[len(pairs) :]:
        axis.set_axis_off()
    return sheet.figure


def draw_places(folder: Path, places: pd.DataFrame, table: pd.DataFrame, note: str) -> None:
    """Write places.png into ``folder``: where truths stood, a panel a parameter that the data may inform.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(exist_ok=True)
    save(places_figure(places, table, note), folder / "places.png")


@in_own_style
def places_figure(places: pd.DataFrame, table: pd.DataFrame, note: str) -> Figure:
    """Return a panel a parameter that the data may inform: how many truths stood in each tenth of the row.

    The band is where nine counts of ten lie if places are even.
    """
    from scipy.stats import binom

    names = table[table.fitted].parameter.tolist()
    rows = math.ceil(len(names) / _COLUMNS)
    figure = Figure(figsize=(_WIDE, 1.2 * rows + 1.2), dpi=130, facecolor="white", layout="constrained")
    panels = figure.subplots(rows, _COLUMNS, sharex=True, sharey=True, squeeze=False).ravel()
    low, high = binom.ppf((0.05, 0.95), len(places), 1 / _TENTHS)
    for axis, name in zip(panels, names, strict=False):
        counts, edges = np.histogram(places[name], bins=_TENTHS, range=(0, 1))
        axis.axhspan(low, high, color=GREY, alpha=0.25, linewidth=0)
        axis.bar(edges[:-1], counts, 1 / _TENTHS, align="edge", color=BLUE, edgecolor="white", linewidth=0.5)
        axis.set_title(name, fontsize=7, loc="left", color=BLACK, pad=2)
        axis.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        axis.tick_params(labelsize=6, colors=BLACK, length=2)
        axis.spines[["top", "right"]].set_visible(False)
    for axis in panels[len(names) :]:
        axis.set_axis_off()
    figure.suptitle("Where the truth stands among the sets found likely", fontsize=11, fontweight="bold", color=BLACK)
    below = f"place of the truth; band: nine counts of ten, if places are even\n{note}"
    figure.supxlabel(below, fontsize=8, color=GREY)
    figure.supylabel("truths", fontsize=8, color=BLACK)
    return figure


def _in_range(values: Floats, column: int) -> Floats:
    info = list(PARAMETERS.values())[column]
    share: Floats = (values[:, column] - info.low) / (info.high - info.low)
    return share
