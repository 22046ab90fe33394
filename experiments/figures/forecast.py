"""Councils by grade at the end of each quarter: what was observed, over the bands of the runs."""

from __future__ import annotations

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, BLUE, VERMILLION, WIDTH, Words, blank, trim
from experiments.text.dates import MONTH_NAMES
from experiments.text.names import grade_words

_NAMES = ("median of the runs", "50% band", "90% band", "observed")
_TICKS = 4


@in_own_style
def forecast_figure(points: pd.DataFrame, *, title: str, note: str) -> Figure:
    """Return a panel for each grade.

    Args:
        points: a row an end of a quarter and grade: date (YYYY-MM), grade, observed, median, low and high of both
            bands, in the order of dates.
        title: what is shown.
        note: sets, replicates and seed.
    """
    grades = list(dict.fromkeys(points["grade"]))
    heads = [grade_words(grade) for grade in grades]
    words = Words(title, note, "end of quarter", "councils")
    sheet = blank(words, 1.25, heads=heads, keys=2, left=0.55, free=True, width=WIDTH)
    keys: list[Artist] = []
    for axis, grade in zip(sheet.axes, grades, strict=True):
        rows = points[points["grade"] == grade]
        dates, places = [str(date) for date in rows["date"]], list(range(len(rows)))
        axis.use_sticky_edges = False
        # A single quarter has no line between points: bars show it all the same.
        bars = [
            axis.bar(places, rows[f"high_{share}"] - rows[f"low_{share}"] + 1, 0.9, rows[f"low_{share}"] - 0.5,
                     color=BLUE, alpha=alpha, linewidth=0)
            for share, alpha in ((90, 0.2), (50, 0.35))
        ]  # fmt: skip
        edges = [place - 0.45 for place in places], [place + 0.45 for place in places]
        middle = axis.hlines(rows["median"], *edges, color=BLACK, linewidth=1.0, zorder=3)
        seen = axis.scatter(places, rows["observed"], s=26, marker="o", color=VERMILLION, linewidth=0, zorder=4)
        shown = sorted({round(place * (len(places) - 1) / _TICKS) for place in range(_TICKS + 1)})
        axis.set_xticks(shown, [_short(dates[place]) for place in shown])
        keys = [middle, bars[1][0], bars[0][0], seen]
    trim(sheet.axes, len(grades), free=True)
    sheet.key(keys, _NAMES)
    return sheet.figure


def _short(date: str) -> str:
    return f"{MONTH_NAMES[int(date[5:7]) - 1][:3]} {date[2:4]}"
