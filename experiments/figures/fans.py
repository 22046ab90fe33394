"""Paths over time as fans: one display for luck, another for parameter sets."""

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

COLOURS = {"luck": LUCK_COLOUR, "sets": SETS_COLOUR}
"""The colour of each kind of fan."""
_KINDS = {"luck": "single runs", "sets": "parameter sets"}
_KEY_WIDTH = 36
_YEAR = 12
_DASHES = (0, (4, 2))


def _fan(axis: Axes, fan: pd.DataFrame, colour: str) -> None:
    years = fan["month"] / _YEAR
    axis.fill_between(years, fan["q05"], fan["q95"], color=colour, alpha=0.22, linewidth=0)
    axis.fill_between(years, fan["q25"], fan["q75"], color=colour, alpha=0.45, linewidth=0)
    axis.plot(years, fan["q50"], color=colour, linewidth=1.4)


def _reference(axis: Axes, fan: pd.DataFrame | None) -> None:
    if fan is not None:
        axis.plot(fan["month"] / _YEAR, fan["q50"], color=BLACK, linewidth=0.9, linestyle=_DASHES)


def _key(sheet: Sheet, kind: str, reference: str | None) -> None:
    colour = COLOURS[kind]
    keys: list[Line2D | Patch] = [
        Line2D([], [], color=colour, linewidth=1.4),
        Patch(color=colour, alpha=0.55, linewidth=0),
        Patch(color=colour, alpha=0.22, linewidth=0),
    ]
    what = _KINDS[kind]
    names = ["middle", f"half of the {what}", f"nine in ten {what}"]
    if reference is not None:
        keys.append(Line2D([], [], color=BLACK, linewidth=0.9, linestyle=_DASHES))
        names.append(wrapped(f"middle of: {reference}", _KEY_WIDTH, 1))
    sheet.key(keys, names)


def _thousands(value: float, _place: float) -> str:
    return f"{value:,.10g}"


def fan_limits(fans: Sequence[pd.DataFrame]) -> tuple[float, float]:
    """Return the lowest and highest value of fans with a little air, so that two displays share one scale."""
    ends = [float(end) for fan in fans for end in (fan["q05"].min(), fan["q95"].max()) if math.isfinite(end)]
    if not ends:
        return 0.0, 1.0
    low, high = min(ends), max(ends)
    air = 0.05 * (high - low) or 0.5
    return low - air * (low != 0.0), high + air


@in_own_style
def fan_figure(
    fans: Mapping[str, pd.DataFrame],
    *,
    kind: str,
    reference: str | None,
    limits: tuple[float, float],
    title: str,
    axis: str,
    note: str,
) -> Figure:
    """Return a fan for each regime, two a row on one scale.

    Args:
        fans: regime's name as read -> rows in month order with columns month, q05, q25, q50, q75, q95.
        kind: ``luck`` (single runs) or ``sets`` (means of parameter sets); never both in one figure.
        reference: the regime whose middle is drawn dashed in every panel.
        limits: ends of the vertical scale.
        title: what is shown.
        axis: the quantity and its unit.
        note: runs and seed.
    """
    sheet = blank(Words(title, note, "years from the start of the run", axis), 0.85, heads=list(fans), keys=4)
    for panel, (name, fan) in zip(sheet.axes, fans.items(), strict=False):
        _fan(panel, fan, COLOURS[kind])
        _reference(panel, fans.get(reference) if reference not in (None, name) else None)
    sheet.axes[0].set_ylim(limits)
    trim(sheet.axes, len(fans))
    sheet.axes[0].yaxis.set_major_formatter(_thousands)
    _key(sheet, kind, reference if reference in fans else None)
    return sheet.figure
