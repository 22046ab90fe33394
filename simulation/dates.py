"""Dates: calendar months as text, as numbers, and counted from the first month of the evidence."""

from __future__ import annotations

import re
from datetime import date

from simulation.errors import InputError, shown

FIRST_MONTH = "2018-04"
"""The month after the last position before the present inspections: month 0 unless another start is asked for."""

NEVER = 1_000_000
"""A month that no run reaches."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = 12


def month_number(text: object, name: str) -> int:
    """Return the number of the calendar month ``YYYY-MM``, counted in months since year 0.

    Raises:
        InputError: the text is no month of the years 1900 to 2199; ``name`` says which input it was.
    """
    match = _MONTH.fullmatch(text) if isinstance(text, str) else None
    if match is None or not 1 <= int(match[2]) <= _YEAR:
        raise InputError(f"{name}: expected a calendar month as YYYY-MM, got {shown(text)}")
    if not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise InputError(f"{name}: expected a month from {FIRST_YEAR}-01 to {LAST_YEAR}-12, got {shown(text)}")
    return int(match[1]) * _YEAR + int(match[2]) - 1


def month_text(number: int) -> str:
    """Return the calendar month of a number of `month_number` as ``YYYY-MM``.

    >>> month_text(month_number("2018-04", "start"))
    '2018-04'
    """
    return f"{number // _YEAR:04d}-{number % _YEAR + 1:02d}"


def months_after_first(start: str) -> int:
    """Return how many months a start (``YYYY-MM``) lies after April 2018; below 0 before it.

    >>> months_after_first("2026-04")
    96

    Raises:
        InputError: ``start`` is no month.
    """
    return month_number(start, "start") - month_number(FIRST_MONTH, "start")


def month_of(day: date) -> int:
    """Return the number of the calendar month in which a day lies, counted as by `month_number`."""
    return day.year * _YEAR + day.month - 1


def month_after(start: str, months: int) -> str:
    """Return the calendar month that comes so many months after ``start`` (``YYYY-MM``).

    >>> month_after("2018-04", 119)
    '2028-03'

    Raises:
        InputError: ``start`` is no month.
    """
    return month_text(month_number(start, "start") + months)


def history_month(day: date) -> int:
    """Return the month in which a day lies as histories count it: 0 is April 2018, and it is below 0 before.

    >>> history_month(date(2018, 3, 31)), history_month(date(2019, 4, 1))
    (-1, 12)
    """
    return month_of(day) - month_number(FIRST_MONTH, "start")


def calendar_month(month: int) -> str:
    """Return the calendar month (``YYYY-MM``) of a month as histories count it."""
    return month_after(FIRST_MONTH, month)
