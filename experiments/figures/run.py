"""The paths of one run: what one regime and one replicate look like, month by month."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLUE, WIDTH, Words, blank, trim
from experiments.figures.dates import set_dates
from experiments.text.dates import period_words


@in_own_style
def run_figure(months: pd.DataFrame, names: Mapping[str, str], *, start: str, title: str, note: str) -> Figure:
    """Return a panel for each path in ``names`` (column of ``months`` -> name and unit as read).

    Args:
        months: a row a month in order, a column a path, as `simulation.outcomes.run.Run.months`.
        names: which paths, and what is written above each.
        start: calendar month of month 0, ``YYYY-MM``.
        title: what is shown.
        note: seed and replicate.
    """
    words = Words(title, note, period_words(start, len(months)))
    sheet = blank(words, 0.9, heads=list(names.values()), free=True, width=WIDTH)
    for panel, path in zip(sheet.axes, names, strict=False):
        panel.plot(range(len(months)), months[path], color=BLUE, linewidth=1.3)
        set_dates(panel, start, len(months))
    trim(sheet.axes, len(names), free=True)
    return sheet.figure
