"""Forecasts from rolling origins on one page: scores by origin, how far chances can be relied on, and ranks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# First: it sees to it that matplotlib can be imported.
from experiments.figures.backend import in_own_style

# isort: split
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.canvas import BLACK, BLUE, GREY, GRID, VERMILLION, WIDTH, Words, blank, trim, wrapped
from experiments.figures.paper import panels_a_row
from experiments.text.dates import MONTH_NAMES

_LOOKS = ((BLUE, "o", "-"), (VERMILLION, "s", "--"), (GREY, "^", ":"), (BLACK, "v", "-."))
_SCORES = {"ranked_probability_score": "Ranked probability score", "log_score": "Log score"}
_NEAR = "within 24 months"
_LETTERS = 7.5


@in_own_style
def scores_figure(scores: pd.DataFrame, names: Mapping[str, str], note: str) -> Figure:
    """Return the scores by origin alone, a panel a score.

    Args:
        scores: as of `origins_figure`.
        names: what each forecast is called, the model's first.
        note: variant and seed, written under the panels.
    """
    heads = list(_SCORES.values())
    columns = panels_a_row(len(heads), len(heads), 2.4)
    title = f"Forecasts from rolling origins, scored {_NEAR} (lower is better)"
    words = Words(title, note, "forecasts from", "mean; bar: 95% over councils")
    sheet = blank(words, 1.7, heads=heads, keys=2, left=0.6, free=True, width=WIDTH, columns=columns)
    for axis, score in zip(sheet.axes, _SCORES, strict=True):
        _draw_origins(axis, scores[scores["score"] == score], names)
        months = [label.get_text() for label in axis.get_xticklabels()]
        axis.set_xticks(axis.get_xticks(), [f"{MONTH_NAMES[int(month[5:7]) - 1][:3]} {month[2:4]}" for month in months])
    trim(sheet.axes, len(heads), free=True, columns=columns)
    sheet.key(*sheet.axes[0].get_legend_handles_labels())
    return sheet.figure


@in_own_style
def origins_figure(
    scores: pd.DataFrame, reliability: pd.DataFrame, ranks: pd.DataFrame, names: Mapping[str, str], note: str
) -> Figure:
    """Return the page of four panels.

    Args:
        scores: a row a cut, score and forecast: cut, origin, judged, score, forecast, mean, low, high.
        reliability: a row a forecast and bin: forecast, mean_chance, came, chances.
        ranks: a row a lead and bin: months, low, high, points.
        names: what each forecast is called, the model's first.
        note: variant and seed, written under the panels.
    """
    figure = Figure(figsize=(2 * WIDTH, 8.2), dpi=130, facecolor="white", layout="constrained")
    parts: Any = figure.subfigures(2, 1, height_ratios=[7.6, 0.6])
    above, below = parts
    panels = above.subplots(2, 2)
    for axis, (score, title) in zip(panels[0], _SCORES.items(), strict=True):
        _by_origin(axis, scores[scores["score"] == score], names, f"{title} (lower is better), {_NEAR} of the origin")
    _reliability(panels[1, 0], reliability, names)
    _ranks(panels[1, 1], ranks)
    handles, labels = panels[0, 0].get_legend_handles_labels()
    below.legend(handles, labels, loc="upper center", fontsize=_LETTERS, ncols=4, frameon=False)
    below.text(0.01, 0.02, wrapped(note, 180), fontsize=7, color=GREY, va="bottom")
    return figure


def _by_origin(axis: Axes, rows: pd.DataFrame, names: Mapping[str, str], title: str) -> None:
    _draw_origins(axis, rows, names)
    _finish(axis, title, "forecasts from", "mean; bar: 95% over councils")


def _draw_origins(axis: Axes, rows: pd.DataFrame, names: Mapping[str, str]) -> None:
    rows = rows[(rows["cut"] == "origin") & (rows["judged"] == _NEAR)]
    origins = list(dict.fromkeys(rows["origin"]))
    for number, ((name, words), (colour, mark, line)) in enumerate(zip(names.items(), _LOOKS, strict=True)):
        own = rows[rows["forecast"] == name].set_index("origin").reindex(origins)
        places = np.arange(len(origins)) + 0.06 * (number - 1.5)
        axis.plot(places, own["mean"], color=colour, marker=mark, linestyle=line, markersize=4, label=words)
        axis.vlines(places, own["low"], own["high"], color=colour, linewidth=0.8, alpha=0.6)
    axis.set_xticks(range(len(origins)), [str(origin) for origin in origins])


def _reliability(axis: Axes, rows: pd.DataFrame, names: Mapping[str, str]) -> None:
    axis.plot([0, 1], [0, 1], color=GRID, linewidth=1.0, zorder=0)
    for name, (colour, mark, line) in zip(names, _LOOKS, strict=True):
        own = rows[rows["forecast"] == name]
        if own.empty:
            continue
        axis.plot(own["mean_chance"], own["came"], color=colour, linestyle=line, linewidth=1.0)
        sizes = 6 + 60 * own["chances"] / own["chances"].max()
        axis.scatter(own["mean_chance"], own["came"], s=sizes, color=colour, marker=mark, linewidth=0)
    axis.set_xlim(0, 1)
    axis.set_ylim(0, 1)
    _finish(axis, "How often a grade came that was given a chance", "chance given", "share that came")


def _ranks(axis: Axes, rows: pd.DataFrame) -> None:
    for (months, own), colour, shift in zip(rows.groupby("months"), (BLUE, VERMILLION), (-0.02, 0.02), strict=True):
        shares = own["points"] / max(float(own["points"].sum()), 1.0)
        middles = (own["low"] + own["high"]) / 2 + shift
        axis.bar(middles, shares, width=0.038, color=colour, linewidth=0, label=f"{months} months on")
    axis.axhline(1 / max(rows.groupby("months").size().max(), 1), color=BLACK, linewidth=0.8, linestyle="--")
    axis.legend(fontsize=_LETTERS, frameon=False)
    title = "Where the observed number lies among the runs: councils of a region at good or better"
    _finish(axis, title, "share of runs below it (dashed: as it should be)", "share of points")


def _finish(axis: Axes, title: str, across: str, up: str) -> None:
    axis.set_title(wrapped(title, 62), fontsize=8.5, fontweight="bold", loc="left", color=BLACK)
    axis.set_xlabel(across, fontsize=_LETTERS, color=BLACK)
    axis.set_ylabel(up, fontsize=_LETTERS, color=BLACK)
    axis.tick_params(labelsize=7, colors=BLACK)
    axis.spines[["top", "right"]].set_visible(False)
