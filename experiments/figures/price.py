"""Cost per inadequate council-month avoided, as the price of an unpaid day rises."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, GREY, LUCK_COLOUR, Sheet, Words, blank, trim, wrapped
from experiments.figures.paper import panels_a_row

_THOUSAND = 1000.0
_BEYOND = 1e9
_ROOM = 1.4
_KEY_WIDTH = 44
_NARROWEST = 1.6
_DASHED = (0, (4, 2))
_DOTTED = (0, (1, 1.5))


def _curve(panel: Axes, curve: pd.DataFrame) -> None:
    low, high = curve["low"] / _THOUSAND, (curve["high"] / _THOUSAND).clip(upper=_BEYOND)
    panel.fill_between(curve["price"], low, high, color=LUCK_COLOUR, alpha=0.25, linewidth=0)
    panel.plot(curve["price"], curve["cost"] / _THOUSAND, color=LUCK_COLOUR, linewidth=1.6)


def _key(sheet: Sheet, reference: str | None, *, crossing: bool) -> None:
    keys: list[Line2D | Patch] = [
        Line2D([], [], color=LUCK_COLOUR, linewidth=1.6),
        Patch(color=LUCK_COLOUR, alpha=0.25, linewidth=0),
    ]
    names = ["cost of an avoided month", "luck: 95% interval"]
    if reference is not None:
        keys.append(Line2D([], [], color=BLACK, linewidth=1.0, linestyle=_DASHED))
        names.append(wrapped(reference, _KEY_WIDTH, 1))
    if crossing:
        keys.append(Line2D([], [], color=GREY, linewidth=1.2, linestyle=_DOTTED))
        names.append("break-even price")
    sheet.key(keys, names, columns=1)


def _top(curves: Mapping[str, pd.DataFrame], level: float) -> float:
    """Return the top of the scale: all curves, and the reference if it is not far above them."""
    highest = max((float(curve["cost"].max()) for curve in curves.values()), default=_THOUSAND)
    reference = level if math.isfinite(level) and level < 2 * highest else 0.0
    return _ROOM * max(highest, reference) / _THOUSAND


def _last(curves: Mapping[str, pd.DataFrame]) -> float:
    return max((float(curve["price"].max()) for curve in curves.values()), default=0.0)


@in_own_style
def price_figure(
    curves: Mapping[str, pd.DataFrame],
    points: Mapping[str, float],
    reference: tuple[str, float] | None,
    *,
    title: str,
    axis: str,
    note: str,
) -> Figure:
    """Return cost (thousand pounds) against the price of an unpaid day, a panel a regime.

    Args:
        curves: regime's name as read -> columns price, cost, low, high (pounds; the last two from luck).
        points: regime's name -> its break-even price, marked by a dotted line.
        reference: name and cost (pounds) of the regime that is paid for, a dashed line in each panel.
        title: what is shown.
        axis: the vertical quantity and its unit.
        note: runs and seed.
    """
    words = Words(title, note, "price put on an unpaid day, pounds", axis)
    columns = panels_a_row(len(curves), 2, _NARROWEST)
    sheet = blank(words, 1.0, heads=list(curves), keys=4, columns=columns)
    level = reference[1] if reference else math.nan
    top, last = _top(curves, level), _last(curves)
    near = {name: price for name, price in points.items() if name in curves and 0 <= price <= last}
    for panel, (name, curve) in zip(sheet.axes, curves.items(), strict=False):
        _curve(panel, curve)
        if level / _THOUSAND < top:
            panel.axhline(level / _THOUSAND, color=BLACK, linewidth=1.0, linestyle=_DASHED)
        if name in near:
            panel.axvline(near[name], color=GREY, linewidth=1.2, linestyle=_DOTTED)
    sheet.axes[0].set_ylim(0.0, top)
    trim(sheet.axes, len(curves), columns=columns)
    _key(sheet, reference[0] if reference and level / _THOUSAND < top else None, crossing=bool(near))
    return sheet.figure
