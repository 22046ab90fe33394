"""What an inadequate month avoided costs, and the break-even price of an unpaid day."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from experiments.figures import price_curve as price_figure
from experiments.figures.comparison import PRICE_TITLE, break_even_points, partners_level, price_curves
from experiments.report.parts import Picture, Section, Table
from experiments.results.case import Case
from experiments.results.rows import ONE_SET
from experiments.results.store import Results
from experiments.statistics.prices import NORMAL_95
from experiments.text.names import NOTHING, PARTNERS, parity_words, sentence
from experiments.text.numbers import plain, pounds
from experiments.text.verdicts import BETTER, NO_VERDICT

TABLE_PRICES = (0.0, 150.0, 300.0, 600.0, 1000.0)
"""Prices of an unpaid day in the table when no list is given, pounds."""

Cells = Mapping[Any, Any]
"""A row of a table by its columns."""


@dataclass(frozen=True)
class Tables:
    """The tables of money at the main parity: a row a regime of each, by the regime's name.

    Attributes:
        bills: of `experiments.results.store.Results.money`.
        points: of `experiments.results.store.Results.break_even`.
        curves: of `experiments.results.store.Results.price_curve`, rows of each regime.
    """

    bills: Mapping[str, Cells]
    points: Mapping[str, Cells]
    curves: Mapping[str, pd.DataFrame]

    @classmethod
    def of(cls, results: Results) -> Tables:
        """Return the tables of a comparison at its main parity."""
        money, points, curve = (
            table[table["parity"] == results.case.parity]
            for table in (results.money, results.break_even, results.price_curve)
        )
        return cls(
            {str(row["regime"]): row for row in money.to_dict("records")},
            {str(row["regime"]): row for row in points.to_dict("records")},
            {str(name): curve[curve["regime"] == name] for name in money["regime"]},
        )

    def cost(self, regime: str, price: float) -> float:
        """Return what a month avoided costs at a price of an unpaid day, pounds; NaN where none was avoided."""
        curve = self.curves[regime]
        here = curve.loc[curve["price"] == price, "cost"]
        return float(here.iloc[0]) if len(here) else math.nan


def section(results: Results, prices: Sequence[float] | None) -> Section:
    """Return what an avoided month costs at each price of an unpaid day.

    Args:
        results: a finished comparison.
        prices: of an unpaid day, pounds, of the table `price_curve`, that are shown in numbers; `TABLED` where None.
    """
    case, tables = results.case, Tables.of(results)
    unpaid = [name for name, bill in tables.bills.items() if bill["unpaid_days"] > 0 and name != PARTNERS]
    lead = (
        (
            "Peers' days are not paid for, but they are not free: someone else's work waits. Whether unpaid help is "
            "cheaper than paid partners therefore turns on the price put on a peer's day. The break-even price is the "
            "one at which both cost the same for each inadequate council-month avoided, at "
            f"{parity_words(case.parity)}. "
            "At equal days the answer is close to a restatement of the price list, so the price itself is shown. "
            "The cost of failure stands beside the cost of a programme and is never taken off it."
        ),
        *(f"{sentence(statement(case, tables.points.get(name), name))}." for name in unpaid),
    )
    folded = (_costs(case, tables, TABLE_PRICES if prices is None else prices), _break_even(case, tables))
    return Section("price", "The price of an unpaid day", lead, _pictures(results), folded=folded)


def statement(case: Case, point: Cells | None, name: str) -> str:
    """Return what may be said of a regime's break-even price.

    Args:
        case: the comparison in short.
        point: the regime's row of the table of break-even prices; None where there are no partners to set it against.
        name: the regime.
    """
    if point is None:
        return f"without Partners in Practice there is no break-even price for {case.words(name)}"
    price = float(point["price"])
    doubt = _doubt(case, name)
    if doubt:
        means = "" if math.isnan(price) else f" (the means alone would give {pounds(price)})"
        return f"no break-even price may be stated for {case.words(name)}, because {doubt}{means}"
    if math.isnan(price):
        return f"for {case.words(name)} there is no break-even price: one of the two avoided no months"
    if price < 0:
        return f"{case.words(name)} cost more for each month avoided in cash alone, whatever an unpaid day is worth"
    return (
        f"{case.words(name)} would cost as much for each month avoided as Partners in Practice "
        f"if an unpaid day were worth {pounds(price)}, and less below that"
    )


def _doubt(case: Case, name: str) -> str:
    """Return why no price may be stated, nothing where both regimes are better than no programme."""
    for regime in (name, PARTNERS):
        row = case.row(regime, NOTHING)
        state = row.state if row else NO_VERDICT
        if state == ONE_SET:
            return "one parameter set is an illustration"
        if row is None or row.way != BETTER:
            return f"the verdict on {case.words(regime)} against no programme is: {state}"
    return ""


def _pictures(results: Results) -> tuple[Picture, ...]:
    case = results.case
    curves = price_curves(results, case.parity)
    if not curves:
        return ()
    points, level = break_even_points(results, case.parity), partners_level(results, case.parity)
    paid = f"{case.title(PARTNERS)}: {pounds(math.nan if level is None else level)}"
    spoken = " ".join(_spoken(name, curve, points.get(name, math.nan)) for name, curve in curves.items())
    return (
        Picture(
            "price_of_an_unpaid_day",
            price_figure(results),
            f"{PRICE_TITLE}. {paid}. {spoken}",
            f"{PRICE_TITLE}, at {parity_words(case.parity)}. {paid} a month avoided.",
        ),
    )


def _spoken(name: str, curve: pd.DataFrame, price: float) -> str:
    first, last = (pounds(float(curve["cost"].iloc[place])) for place in (0, -1))
    return f"{name}: {first} at the lowest price and {last} at the highest; break-even price {_price(price)}."


def _costs(case: Case, tables: Tables, prices: Sequence[float]) -> Table:
    rows = tuple(
        (
            case.title(name),
            plain(bill["avoided"]),
            pounds(bill["cash"]),
            plain(bill["unpaid_days"]),
            *(pounds(tables.cost(name, price)) for price in prices),
        )
        for name, bill in tables.bills.items()
    )
    columns = (
        "Regime",
        "council-months avoided",
        "cash, trusts included",
        "unpaid days",
        *(f"a month avoided at {pounds(price)} a day" for price in prices),
    )
    return Table(f"Cost of each inadequate council-month avoided, from {case.period}", columns, rows)


def _break_even(case: Case, tables: Tables) -> Table:
    rows = tuple(
        (
            case.title(name),
            _price(point["price"]),
            _interval(*(point["price"] + way * NORMAL_95 * point["price_error"] for way in (-1, 1))),
            _interval(point["worlds_low"], point["worlds_high"]),
            f"{point['worlds']} of {case.sets}",
        )
        for name, point in tables.points.items()
    )
    columns = (
        "Regime",
        "Break-even price of an unpaid day",
        "95% interval",
        "Worlds: 5 to 95%",
        "Worlds that have a price",
    )
    return Table("Break-even price of an unpaid day against Partners in Practice", columns, rows)


def _price(price: float) -> str:
    return "none" if math.isnan(price) else pounds(price)


def _interval(low: float, high: float) -> str:
    return plain(math.nan) if math.isnan(low) or math.isnan(high) else f"{pounds(low)} to {pounds(high)}"
