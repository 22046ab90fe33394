"""The paths of one run: what one regime and one replicate look like, month by month."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLUE, Words, blank, trim

_YEAR = 12


@in_own_style
def run_figure(months: pd.DataFrame, names: Mapping[str, str], *, title: str, note: str) -> Figure:
    """Return a panel for each path in ``names`` (column of ``months`` -> name and unit as read).

    Args:
        months: a row a month in order, a column a path, as `simulation.outcomes.run.Run.months`.
        names: which paths, and what is written above each.
        title: what is shown.
        note: seed and replicate.
    """
    sheet = blank(Words(title, note, "years from the start of the run"), 0.9, heads=list(names.values()), free=True)
    years = [month / _YEAR for month in range(len(months))]
    for panel, path in zip(sheet.axes, names, strict=False):
        panel.plot(years, months[path], color=BLUE, linewidth=1.3)
    trim(sheet.axes, len(names), free=True)
    return sheet.figure
