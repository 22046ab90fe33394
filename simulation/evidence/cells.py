"""Cells: how the text of one cell becomes a value, and what each kind of column expects."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from simulation.scenario import month_number

Cell = str | int | float | date | None

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})/([0-9]{2})")
_CODE = re.compile(r"E(06|08|09|10)[0-9]{6}")


class Kind(NamedTuple):
    """One kind of column: what it expects, in words, and how its text is read (a ValueError refuses it)."""

    expected: str
    parse: Callable[[str], Cell]


def _matched(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text


def _number(text: str) -> float:
    number = float(_matched(_NUMBER, text))
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _integer(text: str) -> int:
    return int(_matched(_INTEGER, text))


def _date(text: str) -> date:
    day = date.fromisoformat(_matched(_DATE, text))
    month_number(text[:7], "month")
    return day


def _year(text: str) -> str:
    match = _YEAR.fullmatch(text)
    if match is None or int(match[2]) != (int(match[1]) + 1) % 100:
        raise ValueError(text)
    return text


def _code(text: str) -> str:
    return _matched(_CODE, text)


def _month(text: str) -> int:
    return month_number(text, "month")


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "text": Kind("text", str),
        "code": Kind("an ONS code of a council, such as E06000001", _code),
        "integer": Kind("a whole number", _integer),
        "number": Kind("a number", _number),
        "date": Kind("a date as YYYY-MM-DD", _date),
        "month": Kind("a month as YYYY-MM", _month),
        "year": Kind("a year from April to March, such as 2018/19", _year),
    }
)
