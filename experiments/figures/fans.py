"""Paths over time as fans: luck at the left, parameter sets at the right, on one scale and never in one fan."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, LUCK_COLOUR, SETS_COLOUR, Sheet, Words, blank, trim, wrapped
from experiments.figures.dates import set_dates
from experiments.figures.paper import laid_paper, row_height
from experiments.text.dates import period_words

COLOURS = {"luck": LUCK_COLOUR, "sets": SETS_COLOUR}
"""The colour of each kind of fan."""
_KINDS = {"luck": "single runs (luck)", "sets": "parameter sets"}
_KEY_WIDTH = 40
_DASHES = (0, (4, 2))

Fans = Mapping[str, Mapping[str, pd.DataFrame]]
"""Kind of spread -> regime's name as read -> rows in month order with columns month, q05, q25, q50, q75, q95."""


def _fan(axis: Axes, fan: pd.DataFrame, colour: str) -> None:
    months = fan["month"]
    axis.fill_between(months, fan["q05"], fan["q95"], color=colour, alpha=0.22, linewidth=0)
    axis.fill_between(months, fan["q25"], fan["q75"], color=colour, alpha=0.45, linewidth=0)
    axis.plot(months, fan["q50"], color=colour, linewidth=1.4)


def _reference(axis: Axes, fan: pd.DataFrame | None) -> None:
    if fan is not None:
        axis.plot(fan["month"], fan["q50"], color=BLACK, linewidth=0.9, linestyle=_DASHES)


def _key(sheet: Sheet, kinds: Sequence[str], reference: str | None) -> None:
    keys: list[Line2D | Patch] = [Patch(color=COLOURS[kind], alpha=0.55, linewidth=0) for kind in kinds]
    names = [_KINDS[kind] for kind in kinds]
    if reference is not None:
        keys.append(Line2D([], [], color=BLACK, linewidth=0.9, linestyle=_DASHES))
        names.append(wrapped(f"middle of: {reference}", _KEY_WIDTH, 1))
    sheet.key(keys, names)


def _thousands(value: float, _place: float) -> str:
    return f"{value:,.10g}"


def fan_limits(fans: Sequence[pd.DataFrame]) -> tuple[float, float]:
    """Return the lowest and highest value of fans with a little air, so that all panels share one scale."""
    ends = [float(end) for fan in fans for end in (fan["q05"].min(), fan["q95"].max()) if math.isfinite(end)]
    if not ends:
        return 0.0, 1.0
    low, high = min(ends), max(ends)
    air = 0.05 * (high - low) or 0.5
    return low - air * (low != 0.0), high + air


@in_own_style
def fan_figure(
    fans: Fans, *, reference: str | None, start: str, months: int, title: str, axis: str, note: str
) -> Figure:
    """Return a row a regime and a column a kind of spread, all on one scale.

    Args:
        fans: what is drawn; the kinds stand side by side, in their order.
        reference: the regime whose middle is drawn dashed in every other row.
        start: calendar month of month 0, ``YYYY-MM``.
        months: in the run.
        title: what is shown.
        axis: the quantity and its unit.
        note: runs and seed.
    """
    kinds = [kind for kind in COLOURS if fans.get(kind)]
    regimes = list(dict.fromkeys(name for kind in kinds for name in fans[kind]))
    heads = [name if kind == kinds[0] else "" for name in regimes for kind in kinds]
    known = reference if any(reference in fans[kind] for kind in kinds) else None
    words = Words(title, note, period_words(start, months), axis)
    lines = (len(kinds) + (known is not None) + 1) // 2
    usual = 0.22 if laid_paper() is None else 0.42
    height = row_height(usual, len(regimes), 1.35 + 0.15 * len(regimes))
    sheet = blank(words, height, heads=heads, keys=lines, columns=max(1, len(kinds)), air=-0.02)
    places = [(kind, name) for name in regimes for kind in kinds]
    for panel, (kind, name) in zip(sheet.axes, places, strict=False):
        if name in fans[kind]:
            _fan(panel, fans[kind][name], COLOURS[kind])
        _reference(panel, fans[kind].get(known) if known not in (None, name) else None)
        set_dates(panel, start, months)
    sheet.axes[0].set_ylim(fan_limits([fan for some in fans.values() for fan in some.values()]))
    sheet.axes[0].locator_params(axis="y", nbins=3)
    trim(sheet.axes, len(places), columns=max(1, len(kinds)))
    sheet.axes[0].yaxis.set_major_formatter(_thousands)
    _key(sheet, kinds, known)
    return sheet.figure
