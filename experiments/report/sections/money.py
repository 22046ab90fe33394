"""What an inadequate month avoided costs, and the break-even price of an unpaid day."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from experiments.figures import price_figure
from experiments.report.case import Case
from experiments.report.parts import Picture, Section, Table
from experiments.report.rows import MAIN, ONE_SET
from experiments.statistics.paired import (
    BETTER,
    NO_VERDICT,
    Matrix,
    as_matrix,
    chance_interval,
    replicate_means,
    set_means,
    sets_range,
)
from experiments.statistics.prices import Effect, break_even_price, cost_per_month_avoided, price_curve
from experiments.statistics.weights import Weights
from experiments.text.names import NOTHING, PARTNERS, parity_words, sentence
from experiments.text.numbers import months_in_words, plain, pounds

COLUMNS = (MAIN, "programme_cash", "trust_cost", "programme_shadow")
"""Columns of the runs of which bills are made."""
DRAWN = tuple(50.0 * step for step in range(31))
"""Prices of an unpaid day at which cost is drawn when no list is given: 0 to 1,500 pounds."""
TABLED = (0.0, 150.0, 300.0, 600.0, 1000.0)
"""Prices of an unpaid day in the table when no list is given, pounds."""


@dataclass(frozen=True)
class Bill:
    """One regime's bill against no programme, a number a run: shape (sets, replicates).

    Attributes:
        cash: pounds paid, trusts included.
        unpaid_days: days delivered that nobody paid for.
        avoided: council-months inadequate avoided.
        weights: how many times each set counts; once where None.
    """

    cash: Matrix
    unpaid_days: Matrix
    avoided: Matrix
    weights: Weights = None

    def effect(self) -> Effect:
        """Return the means over sets and replicates, with the interval that luck leaves the avoided months."""
        low, high = chance_interval(self.avoided, self.weights)
        cash, days, avoided = (_mean(values, self.weights) for values in (self.cash, self.unpaid_days, self.avoided))
        return Effect(cash, days, avoided, low, high)

    def by_set(self) -> list[Effect]:
        """Return the means of each parameter set."""
        return _effects(set_means(self.cash), set_means(self.unpaid_days), set_means(self.avoided))

    def without(self, replicate: int) -> Effect:
        """Return the means over all replicates but one."""
        kept = [np.delete(values, replicate, axis=1) for values in (self.cash, self.unpaid_days, self.avoided)]
        return Effect(*(_mean(values, self.weights) for values in kept))


def bills(case: Case, runs: pd.DataFrame, regimes: Mapping[str, Any]) -> dict[str, Bill]:
    """Return the bill of every regime whose unpaid days are known, at the main parity.

    A regime's unpaid days are its shadow cost over its shadow price of a day; with arms at several shadow prices
    they are not known from totals, and the regime is left out.

    Args:
        case: the comparison in short.
        runs: a row a run, as `experiments.results.store.Results.runs`.
        regimes: regimes in full, from the manifest.
    """
    here = runs[runs["parity"] == case.parity]
    parts = {name: here[here["regime"] == name] for name in case.regimes}
    nothing = as_matrix(parts[NOTHING], MAIN)
    found = {}
    for name in case.regimes:
        shadow = shadow_price(regimes.get(name, {}))
        if name != NOTHING and shadow is not None:
            rows = parts[name]
            cash = as_matrix(rows, "programme_cash") + as_matrix(rows, "trust_cost")
            days = as_matrix(rows, "programme_shadow") / shadow if shadow else np.zeros_like(cash)
            found[name] = Bill(cash, days, nothing - as_matrix(rows, MAIN), case.counts)
    return found


def shadow_price(regime: Mapping[str, Any]) -> float | None:
    """Return the one shadow price of a regime's unpaid days, 0 if it has none, None if arms differ.

    >>> shadow_price({"arms": [{"shadow_price_per_day": 600.0}, {"shadow_price_per_day": 0.0}]})
    600.0
    """
    prices = {float(arm.get("shadow_price_per_day", 0.0)) for arm in regime.get("arms", ())} - {0.0}
    return None if len(prices) > 1 else prices.pop() if prices else 0.0


def section(case: Case, runs: pd.DataFrame, regimes: Mapping[str, Any], prices: Sequence[float] | None) -> Section:
    """Return what an avoided month costs at each price of an unpaid day.

    Args:
        case: the comparison in short.
        runs: a row a run.
        regimes: regimes in full.
        prices: of an unpaid day, pounds, rising, at which cost is drawn and tabled; the module's own where None.
    """
    found = bills(case, runs, regimes)
    unpaid = [name for name, bill in found.items() if _mean(bill.unpaid_days, bill.weights) > 0]
    lead = (
        (
            "Peers' days are not paid for, but they are not free: someone else's work waits. Whether unpaid help is "
            "cheaper than paid partners therefore turns on the price put on a peer's day. The break-even price is the "
            "one at which both cost the same for each inadequate council-month avoided, at "
            f"{parity_words(case.parity)}. "
            "At equal days the answer is close to a restatement of the price list, so the price itself is shown. "
            "The cost of failure stands beside the cost of a programme and is never taken off it."
        ),
        *(f"{sentence(_said(case, found, name))}." for name in unpaid if name != PARTNERS),
    )
    pictures = _picture(case, found, unpaid, prices or DRAWN)
    tables = (_costs(case, found, prices or TABLED), _break_even(case, found, unpaid))
    return Section("price", "The price of an unpaid day", lead, pictures, folded=tables)


def _picture(
    case: Case, found: Mapping[str, Bill], unpaid: Sequence[str], prices: Sequence[float]
) -> tuple[Picture, ...]:
    effects = {name: found[name].effect() for name in unpaid}
    curves = {case.title(name): price_curve(effect, prices) for name, effect in effects.items() if effect.avoided > 0}
    if not curves:
        return ()
    partners = found[PARTNERS].effect() if PARTNERS in found else None
    points = {case.title(name): break_even_price(effect, partners) for name, effect in effects.items() if partners}
    level = cost_per_month_avoided(partners.cash, partners.avoided) if partners else math.nan
    what = "Cost of an inadequate council-month avoided, by the price of an unpaid day"
    figure = price_figure(
        curves,
        points,
        (case.title(PARTNERS), level) if partners else None,
        title=what,
        axis="thousand pounds",
        note=case.note(),
    )
    spoken = " ".join(_spoken(name, curve, points.get(name, math.nan)) for name, curve in curves.items())
    alt = f"{what}. {case.title(PARTNERS)}: {pounds(level)}. {spoken}"
    return (
        Picture(
            "price_of_an_unpaid_day",
            figure,
            alt,
            f"{what}, at {parity_words(case.parity)}. {case.title(PARTNERS)}: {pounds(level)} a month avoided.",
        ),
    )


def _spoken(name: str, curve: pd.DataFrame, price: float) -> str:
    first, last = (pounds(float(curve["cost"].iloc[place])) for place in (0, -1))
    return f"{name}: {first} at the lowest price and {last} at the highest; break-even price {_price(price)}."


def _said(case: Case, found: Mapping[str, Bill], name: str) -> str:
    if PARTNERS not in found:
        return f"without Partners in Practice there is no break-even price for {case.words(name)}"
    price = break_even_price(found[name].effect(), found[PARTNERS].effect())
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
        if state != BETTER:
            return f"the verdict on {case.words(regime)} against no programme is: {state}"
    return ""


def _costs(case: Case, found: Mapping[str, Bill], prices: Sequence[float]) -> Table:
    rows = []
    for name, bill in found.items():
        effect = bill.effect()
        costs = (pounds(cost_per_month_avoided(effect.cost(price), effect.avoided)) for price in prices)
        rows.append((case.title(name), plain(effect.avoided), pounds(effect.cash), plain(effect.unpaid_days), *costs))
    columns = (
        "Regime",
        "council-months avoided",
        "cash, trusts included",
        "unpaid days",
        *(f"a month avoided at {pounds(price)} a day" for price in prices),
    )
    caption = f"Cost of each inadequate council-month avoided in {months_in_words(case.months)}"
    return Table(caption, columns, tuple(rows))


def _break_even(case: Case, found: Mapping[str, Bill], unpaid: Sequence[str]) -> Table:
    rows = []
    for name in unpaid:
        if PARTNERS in found and name != PARTNERS:
            price = break_even_price(found[name].effect(), found[PARTNERS].effect())
            known, low, high = _over_sets(found[name], found[PARTNERS])
            rows.append(
                (
                    case.title(name),
                    _price(price),
                    _interval(*_over_replicates(found[name], found[PARTNERS])),
                    _interval(low, high),
                    f"{known} of {case.sets}",
                )
            )
    columns = (
        "Regime",
        "Break-even price of an unpaid day",
        "Luck: 95% interval",
        "Parameter sets: 5 to 95%",
        "Sets that have a price",
    )
    return Table("Break-even price of an unpaid day against Partners in Practice", columns, tuple(rows))


def _over_sets(peers: Bill, partners: Bill) -> tuple[int, float, float]:
    prices = np.array([break_even_price(*pair) for pair in zip(peers.by_set(), partners.by_set(), strict=True)])
    return int(np.isfinite(prices).sum()), *sets_range(prices, peers.weights)


def _over_replicates(peers: Bill, partners: Bill) -> tuple[float, float]:
    """Return the 95% interval of a break-even price by the jackknife over replicates.

    NaN where luck alone could leave either without an avoided month: a price is then a ratio to nothing.
    """
    number = peers.avoided.shape[1]
    if not (peers.effect().avoided_low > 0 and partners.effect().avoided_low > 0):
        return math.nan, math.nan
    whole = break_even_price(peers.effect(), partners.effect())
    if number < 3:  # noqa: PLR2004  leaving one out of two leaves nothing to vary
        return math.nan, math.nan
    less = [break_even_price(peers.without(k), partners.without(k)) for k in range(number)]
    pseudo = np.array([[number * whole - (number - 1) * price for price in less]])
    return chance_interval(pseudo) if np.isfinite(pseudo).all() else (math.nan, math.nan)


def _effects(cash: Matrix, days: Matrix, avoided: Matrix) -> list[Effect]:
    return [Effect(*map(float, cells)) for cells in zip(cash, days, avoided, strict=True)]


def _mean(values: Matrix, weights: Weights) -> float:
    known = replicate_means(values, weights)
    known = known[np.isfinite(known)]
    return float(known.mean()) if len(known) else math.nan


def _price(price: float) -> str:
    return "none" if math.isnan(price) else pounds(price)


def _interval(low: float, high: float) -> str:
    return plain(math.nan) if math.isnan(low) or math.isnan(high) else f"{pounds(low)} to {pounds(high)}"
