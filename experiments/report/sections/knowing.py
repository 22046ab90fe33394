"""What would be worth knowing before one of the headline's two regimes is chosen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from experiments.report.parts import Table
from experiments.results.case import Case
from experiments.results.store import Results
from experiments.text.names import PARTNERS, parity_words
from experiments.text.numbers import NO_NUMBER, digits, listing, plain, pounds
from experiments.text.uncertain import number_words

_GROUP = "group"
_SURE = 2.0
"""Standard errors by which a worth must be above nought to be told from it."""
_SHOWN, _NAMED = 5, 2
"""Numbers that the table shows beside the groups, and most that a sentence names."""

_Row = Mapping[Any, Any]


def knowing_words(results: Results) -> tuple[str, ...]:
    """Return what would be worth knowing at the main parity, in a sentence; nothing where it is not known."""
    case, rows = results.case, _rows(results)
    row = None if case.focus is None else case.row(case.focus, case.rival)
    if not rows or row is None:
        return ()
    rows.sort(key=lambda one: -float(one["worth"]))
    seen = [one for one in rows if float(one["worth"]) > _SURE * float(one["worth_error"])]
    matter = f"{plain(row.matters)} matter"
    if not seen:
        first = f"{knowing_name(rows[0])} comes first, with {_worth(rows[0])} council-months, where {matter}."
        nothing = "Nothing that is uncertain can be seen to be worth finding out before choosing between these two"
        return (f"{nothing}; {first}",)
    named = listing([f"{knowing_name(one)} ({_worth(one)} council-months{_priced(one)})" for one in seen[:_NAMED]])
    return (f"Most worth finding out before choosing between these two: {named}, where {matter}.",)


def tables(results: Results) -> tuple[Table, ...]:
    """Return the table of the groups, and of the numbers that are worth most, at the main parity; none without rows."""
    case, rows = results.case, _rows(results)
    if not rows:
        return ()
    groups = [one for one in rows if one["kind"] == _GROUP]
    others = sorted((one for one in rows if one["kind"] != _GROUP), key=lambda one: -float(one["worth"]))[:_SHOWN]
    columns = ("To know", "is worth, council-months", "may be too high by", "is worth, pounds")
    cells = tuple(
        (knowing_name(one, long=True), _worth(one), plain(float(one["worth_bias"]), 1), _pounds(one))
        for one in (*groups, *others)
    )
    return (Table(_caption(case, rows[0]), columns, cells, printed=False),)


def knowing_name(row: _Row, *, long: bool = False) -> str:
    """Return what is known: a group as it is called, a number by its meaning."""
    name = str(row["name"])
    if row["kind"] == _GROUP:
        return f"{name} (a group of numbers)" if long else name
    return number_words(name)


def _rows(results: Results) -> list[dict[Any, Any]]:
    table = results.knowing[results.knowing["parity"] == results.case.parity]
    return table.to_dict("records")


def _caption(case: Case, row: _Row) -> str:
    pair = f"{case.words(str(case.focus))} and {case.words(case.rival)}"
    priced = ""
    if math.isfinite(float(row["price"])):
        paid = pounds(float(row["price"]))
        priced = f" Pounds are what so many months would cost at the {paid} that {case.words(PARTNERS)} pays for each."
    return (
        f"What it would be worth to know a number exactly before choosing between {pair}, at "
        f"{parity_words(case.parity)}: how many fewer council-months inadequate are expected. ± is one standard "
        f"error; what is within two of them may be nothing.{priced} knowing.csv has every number and parity."
    )


def _worth(row: _Row) -> str:
    worth, error = float(row["worth"]), float(row["worth_error"])
    places = min(digits(worth, error), 1)
    return f"{plain(worth, places)} ±{plain(error, places)}"


def _priced(row: _Row) -> str:
    return "" if _pounds(row) == NO_NUMBER else f", {_pounds(row)}"


def _pounds(row: _Row) -> str:
    return pounds(float(row["pounds"]))
