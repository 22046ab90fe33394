"""The window: the months whose judgements are held against the model."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.dates import FIRST_MONTH, calendar_month, month_number
from simulation.errors import InputError

LONGEST = 240
"""Months that a run may last."""

_QUARTER = 3
_FIRST = month_number(FIRST_MONTH, "start")


@dataclass(frozen=True)
class Window:
    """The months from ``first`` to ``last``, both included, counted from April 2018 (0); runs begin in ``start``."""

    first: int
    last: int
    start: int = 0

    @property
    def quarters(self) -> tuple[int, ...]:
        """The months of the window that end a quarter: March, June, September and December."""
        return tuple(month for month in range(self.first, self.last + 1) if month % _QUARTER == _QUARTER - 1)

    @property
    def months(self) -> int:
        """How many months it has."""
        return self.last + 1 - self.first

    @property
    def run_months(self) -> int:
        """How many months a run has from the start to the window's end."""
        return self.last + 1 - self.start

    @property
    def start_month(self) -> str:
        """The calendar month in which runs begin, YYYY-MM."""
        return calendar_month(self.start)

    def holds(self, month: int) -> bool:
        """Return whether ``month`` lies in the window."""
        return self.first <= month <= self.last

    def __str__(self) -> str:
        return f"{calendar_month(self.first)} to {calendar_month(self.last)}"


def make_window(first: str, last: str, start: str | None = None) -> Window:
    """Return the window between two calendar months, YYYY-MM, with runs from ``start``, April 2018 where None.

    Raises:
        InputError: one is no month, the model does not run in it, or the window holds no end of a quarter.
    """
    begin, end = month_number(first, "--from") - _FIRST, month_number(last, "--to") - _FIRST
    from_month = 0 if start is None else month_number(start, "--start") - _FIRST
    if begin < 0:
        raise InputError(f"--from: expected {FIRST_MONTH} or later, the model's first month, got {first}")
    if not 0 <= from_month <= begin:
        raise InputError(f"--start: expected a month from {FIRST_MONTH} to --from ({first}), got {start}")
    if end < begin:
        raise InputError(f"--to: expected --from ({first}) or later, got {last}")
    latest = from_month + LONGEST - 1
    if end > latest:
        raise InputError(f"--to: expected {calendar_month(latest)} or earlier, the model's last month, got {last}")
    window = Window(begin, end, from_month)
    if not window.quarters:
        raise InputError(f"--to: expected the end of a quarter (March, June, ...) from {first} on, got {last}")
    return window
