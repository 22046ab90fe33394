"""The window: the months whose judgements are held against the model."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.dates import FIRST_MONTH, calendar_month, month_number
from simulation.errors import InputError

LONGEST = 240
"""Months that a run may last, from April 2018."""

_QUARTER = 3
_FIRST = month_number(FIRST_MONTH, "start")


@dataclass(frozen=True)
class Window:
    """The months from ``first`` to ``last``, both included, counted from April 2018 (0)."""

    first: int
    last: int

    @property
    def quarters(self) -> tuple[int, ...]:
        """The months of the window that end a quarter: March, June, September and December."""
        return tuple(month for month in range(self.first, self.last + 1) if month % _QUARTER == _QUARTER - 1)

    @property
    def months(self) -> int:
        """How many months it has."""
        return self.last + 1 - self.first

    def holds(self, month: int) -> bool:
        """Return whether ``month`` lies in the window."""
        return self.first <= month <= self.last

    def __str__(self) -> str:
        return f"{calendar_month(self.first)} to {calendar_month(self.last)}"


def make_window(first: str, last: str) -> Window:
    """Return the window between two calendar months, YYYY-MM.

    Raises:
        InputError: one is no month, the model does not run in it, or the window holds no end of a quarter.
    """
    begin, end = month_number(first, "--from") - _FIRST, month_number(last, "--to") - _FIRST
    if begin < 0:
        raise InputError(f"--from: expected {FIRST_MONTH} or later, the model's first month, got {first}")
    if end < begin:
        raise InputError(f"--to: expected --from ({first}) or later, got {last}")
    if end >= LONGEST:
        raise InputError(f"--to: expected {calendar_month(LONGEST - 1)} or earlier, the model's last month, got {last}")
    window = Window(begin, end)
    if not window.quarters:
        raise InputError(f"--to: expected the end of a quarter (March, June, ...) from {first} on, got {last}")
    return window
