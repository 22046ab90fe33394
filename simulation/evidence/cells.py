"""Cells: how the text of one cell becomes a value, and what each kind of column expects."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from simulation.dates import FIRST_YEAR, LAST_YEAR, month_number
from simulation.errors import has_controls

CellValue = str | int | float | date | None

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_INTEGER = re.compile(r"[+-]?[0-9]{1,300}")
_LARGEST = 10**15
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CALENDAR = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})/([0-9]{2})")
_CODE = re.compile(r"E(06|08|09|10)[0-9]{6}")
# What a spreadsheet takes for a formula, with or without the marks that keep it from doing so.
_FORMULA = re.compile(r"'*[=+\-@\uff1d\uff0b\uff0d\uff20]")


class Kind(NamedTuple):
    """One kind of column: what it expects, in words, and how its text is read (a ValueError refuses it)."""

    expected: str
    parse: Callable[[str], CellValue]


class UnfitError(ValueError):
    """A cell that is of its column's kind and yet cannot be taken, told by what is expected instead."""


def as_number(text: str) -> float:
    """Return the finite number that ``text`` writes in plain digits; a ValueError refuses it."""
    number = float(_matched(_NUMBER, text))
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def as_integer(text: str) -> int:
    """Return the whole number that ``text`` writes in plain digits, at most 300; a ValueError refuses it."""
    return int(_matched(_INTEGER, text))


def guarded(text: str) -> str:
    """Return ``text`` as a cell that no spreadsheet takes for a formula; `unguarded` gives it back.

    >>> guarded("=1+0"), guarded("-0.5"), guarded("a-b")
    ("'=1+0", '-0.5', 'a-b')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that may have been written by `guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _matched(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text


def _text(text: str) -> str:
    if has_controls(text):
        raise UnfitError("text without line ends and control characters")
    return unguarded(text)


def _integer(text: str) -> int:
    number = as_integer(text)
    if abs(number) >= _LARGEST:
        raise ValueError(text)
    return number


def _date(text: str) -> date:
    day = date.fromisoformat(_matched(_DATE, text))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UnfitError(f"a date from {FIRST_YEAR}-01-01 to {LAST_YEAR}-12-31")
    return day


def _year(text: str) -> str:
    match = _YEAR.fullmatch(text)
    if match is None or int(match[2]) != (int(match[1]) + 1) % 100:
        raise ValueError(text)
    return text


def _code(text: str) -> str:
    return _matched(_CODE, text)


def _month(text: str) -> int:
    if _CALENDAR.fullmatch(text) and not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        raise UnfitError(f"a month from {FIRST_YEAR}-01 to {LAST_YEAR}-12")
    return month_number(text, "month")


CELL_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "text": Kind("text", _text),
        "code": Kind("an ONS code of a council, such as E06000001", _code),
        "integer": Kind("a whole number", _integer),
        "number": Kind("a number", as_number),
        "date": Kind("a date as YYYY-MM-DD", _date),
        "month": Kind("a month as YYYY-MM", _month),
        "year": Kind("a year from April to March, such as 2018/19", _year),
    }
)
