"""Spells of failure by months since the judgement: what was observed beside the model, luck and sets apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, GREY, LUCK_COLOUR, SETS_COLOUR, WIDTH, Words, blank, trim

_DASHES, _DOTS = (0, (3, 2)), (0, (1, 1.5))
_BAND = 0.22
_YEAR = 12


def draw_spells(axis: Axes, spells: pd.DataFrame, *, lasting: bool) -> None:
    """Draw the share of spells that have ended by each month since the judgement, or of those that last.

    Args:
        axis: where.
        spells: as of `survival_figure`.
        lasting: whether the share of spells that last is drawn.
    """

    def share(column: str) -> Any:  # noqa: ANN401  a column of pandas
        return 1.0 - spells[column] if lasting else spells[column]

    months = spells["months"]
    axis.fill_between(months, share("chance_low"), share("chance_high"), color=LUCK_COLOUR, alpha=_BAND, linewidth=0)
    axis.plot(months, share("value"), color=LUCK_COLOUR, linewidth=1.4)
    for end in ("sets_low", "sets_high"):
        axis.plot(months, share(end), color=SETS_COLOUR, linewidth=1.0, linestyle=_DASHES)
    axis.step(months, share("observed"), where="post", color=BLACK, linewidth=1.2)
    axis.step(months, share("observed_longer"), where="post", color=GREY, linewidth=1.0, linestyle=_DOTS)


@in_own_style
def survival_figure(spells: pd.DataFrame, *, title: str, note: str) -> Figure:
    """Return the share of spells that last, Kaplan and Meier's estimate, with ticks where one was lost to sight.

    Args:
        spells: a row a month since the judgement: months, value, chance_low, chance_high, sets_low, sets_high (shares
            of spells that have ended in the model), observed and observed_longer (the same of what was observed),
            at_risk and lost (spells that were observed in that month, and those not seen further).
        title: what is shown.
        note: runs and seed.
    """
    words = Words(title, note, "months since the judgement; above the scale: spells observed then", "share of spells")
    sheet = blank(words, 2.0, keys=6, left=0.55, width=WIDTH)
    axis = sheet.axes[0]
    draw_spells(axis, spells, lasting=True)
    lost = spells[spells["lost"] > 0]
    axis.plot(lost["months"], 1.0 - lost["observed"], "|", color=BLACK, markersize=6, markeredgewidth=1.0)
    axis.set_ylim(0.0, 1.02)
    marks = [month for month in spells["months"].tolist() if month % _YEAR == 0]
    sighted = dict(zip(spells["months"].tolist(), spells["at_risk"].tolist(), strict=True))
    axis.set_xticks(marks)
    for month in marks[1:]:
        axis.text(month, 0.02, f"{sighted[month]:g}", fontsize=7, color=BLACK, ha="center", va="bottom")
    trim(sheet.axes, 1)
    sheet.key(*_key(), columns=1)
    return sheet.figure


def _key() -> tuple[Sequence[Line2D | Patch], Sequence[str]]:
    handles: list[Line2D | Patch] = [
        Line2D([], [], color=BLACK, linewidth=1.2),
        Line2D([], [], color=BLACK, marker="|", linestyle="none", markersize=6),
        Line2D([], [], color=GREY, linewidth=1.0, linestyle=_DOTS),
        Line2D([], [], color=LUCK_COLOUR, linewidth=1.4),
        Patch(color=LUCK_COLOUR, alpha=_BAND, linewidth=0),
        Line2D([], [], color=SETS_COLOUR, linewidth=1.0, linestyle=_DASHES),
    ]
    labels = [
        "observed, April 2018 to June 2020",
        "observed: not seen further",
        "observed from February 2014 on",
        "model, mean",
        "luck: nine in ten histories",
        "sets: 5 to 95% of their means",
    ]
    return handles, labels
