"""The scale of dates: a figure over time stands against the calendar, never against a count of years."""

from __future__ import annotations

from matplotlib.axes import Axes

from experiments.text.dates import MONTH_NAMES
from simulation.dates import month_number

_YEAR = 12
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600, 1200)
"""Months between two marks of the scale: parts of a year, or whole years."""
_MOST_YEARS, _MOST_MONTHS = 4, 3
"""Marks that half of a narrow figure has room for."""


def date_ticks(start: str, months: int) -> tuple[list[int], list[str]]:
    """Return where the marks of a scale of dates stand, and what is written at them.

    Args:
        start: calendar month of month 0, ``YYYY-MM``.
        months: in the run.

    >>> date_ticks("2018-04", 120), date_ticks("2026-04", 24)
    (([9, 45, 81, 117], ['2019', '2022', '2025', '2028']), ([9, 21], ['Jan 27', 'Jan 28']))
    """
    first = month_number(start, "start")
    for step in _STEPS:
        marks = [month for month in range(months) if (first + month) % step == 0]
        if len(marks) <= (_MOST_YEARS if step > _YEAR else _MOST_MONTHS):
            break
    return marks, [_mark(first + month, years=step > _YEAR) for month in marks]


def set_dates(axis: Axes, start: str, months: int) -> None:
    """Mark the horizontal scale of an axis, which counts months from 0, with dates."""
    axis.set_xticks(*date_ticks(start, months))


def _mark(number: int, *, years: bool) -> str:
    year, month = divmod(number, _YEAR)
    return str(year) if years else f"{MONTH_NAMES[month][:3]} {year % 100:02d}"
