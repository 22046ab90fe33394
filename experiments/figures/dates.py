"""The scale of dates: a figure over time stands against the calendar, never against a count of years."""

from __future__ import annotations

from matplotlib.axes import Axes

from experiments.text.dates import MONTH_NAMES
from simulation.dates import month_number

_YEAR = 12
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600, 1200)
"""Months between two marks of the scale: parts of a year, or whole years."""


def date_ticks(start: str, months: int, most: int = 4) -> tuple[list[int], list[str]]:
    """Return where the marks of a scale of dates stand, and what is written at them.

    Args:
        start: calendar month of month 0, ``YYYY-MM``.
        months: in the run.
        most: marks at most.

    >>> date_ticks("2018-04", 120), date_ticks("2026-04", 24, most=3)
    (([9, 45, 81, 117], ['2019', '2022', '2025', '2028']), ([9, 21], ['Jan 2027', 'Jan 2028']))
    """
    first = month_number(start, "start")
    for step in _STEPS:
        marks = [month for month in range(months) if (first + month) % step == 0]
        if len(marks) <= most:
            break
    return marks, [_mark(first + month, years=step > _YEAR) for month in marks]


def set_dates(axis: Axes, start: str, months: int) -> None:
    """Mark the horizontal scale of an axis, which counts months from 0, with dates."""
    axis.set_xticks(*date_ticks(start, months))


def _mark(number: int, *, years: bool) -> str:
    year, month = divmod(number, _YEAR)
    return str(year) if years else f"{MONTH_NAMES[month][:3]} {year}"
