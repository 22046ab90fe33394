"""Calendar months as a reader writes them: the months of a run are dates, never a count of years."""

from __future__ import annotations

from simulation.dates import month_after, month_number

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_YEAR = 12


def month_words(month: str) -> str:
    """Return a calendar month (``YYYY-MM``) in words.

    >>> month_words("2018-04")
    'April 2018'
    """
    year, place = divmod(month_number(month, "month"), _YEAR)
    return f"{MONTH_NAMES[place]} {year}"


def period_words(start: str, months: int) -> str:
    """Return which months a run has, to stand after ``from``.

    >>> period_words("2018-04", 120), period_words("2026-04", 1)
    ('April 2018 to March 2028', 'April 2026 to April 2026')
    """
    return f"{month_words(start)} to {month_words(month_after(start, months - 1))}"
