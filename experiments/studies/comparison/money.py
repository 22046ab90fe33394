"""What an inadequate month avoided costs, and the break-even price of an unpaid day."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.design.design import Design, Label
from experiments.results.rows import MAIN
from experiments.statistics.paired import (
    BETTER,
    Matrix,
    chance_interval,
    estimate,
    replicate_means,
    set_means,
    sets_range,
    verdict,
)
from experiments.statistics.prices import Effect, break_even_price, cost_per_month_avoided, price_curve
from experiments.statistics.weights import Weights
from experiments.studies.comparison.differences import Runs
from experiments.text.names import NOTHING, PARTNERS
from simulation.outcomes.outcomes import OUTCOMES
from simulation.regimes import Regime

PRICES = tuple(50.0 * step for step in range(31))
"""Prices of an unpaid day at which cost is worked out when no list is given: 0 to 1,500 pounds."""
EFFECT = ("cash", "unpaid_days", "avoided", "avoided_low", "avoided_high")
MONEY_COLUMNS = ("parity", "regime", "baseline", *EFFECT, "cash_per_month_avoided", "verdict")
BREAK_EVEN_COLUMNS = (
    "parity",
    "regime",
    "baseline",
    "price",
    "chance_low",
    "chance_high",
    "sets_low",
    "sets_high",
    "sets",
    "stated",
)
PRICE_COLUMNS = ("parity", "regime", "price", "cost", "low", "high")


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
        means = (set_means(values) for values in (self.cash, self.unpaid_days, self.avoided))
        return [Effect(*map(float, cells)) for cells in zip(*means, strict=True)]

    def without(self, replicate: int) -> Effect:
        """Return the means over all replicates but one."""
        kept = [np.delete(values, replicate, axis=1) for values in (self.cash, self.unpaid_days, self.avoided)]
        return Effect(*(_mean(values, self.weights) for values in kept))


def bills(design: Design, runs: Runs, parity: str) -> dict[str, Bill]:
    """Return the bill of every regime whose unpaid days are known.

    A regime's unpaid days are its shadow cost over its shadow price of a day; with arms at several shadow prices
    they are not known from totals, and the regime is left out.
    """
    nothing = runs.outcome(Label(parity, NOTHING), MAIN)
    by_regime = {}
    for regime in design.regimes:
        shadow, label = shadow_price(regime), Label(parity, regime.name)
        if regime.name != NOTHING and shadow is not None:
            cash = runs.outcome(label, "programme_cash") + runs.outcome(label, "trust_cost")
            days = runs.outcome(label, "programme_shadow") / shadow if shadow else np.zeros_like(cash)
            by_regime[regime.name] = Bill(cash, days, nothing - runs.outcome(label, MAIN), runs.weights)
    return by_regime


def shadow_price(regime: Regime) -> float | None:
    """Return the one shadow price of a regime's unpaid days in pounds, 0 if it has none, None if arms differ."""
    prices = {arm.shadow_price_per_day for arm in regime.arms} - {0.0}
    return None if len(prices) > 1 else prices.pop() if prices else 0.0


def money_tables(design: Design, runs: Runs) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the bills, a row a parity and regime, and the break-even prices, a row a parity and unpaid regime.

    Whether a break-even price may be stated is in ``stated``: both regimes must be better than no programme, by the
    verdict on council-months inadequate.
    """
    money: list[dict[str, object]] = []
    prices: list[dict[str, object]] = []
    for parity in design.parities:
        by_regime = bills(design, runs, parity)
        verdicts = {name: _verdict(runs, Label(parity, name), bill) for name, bill in by_regime.items()}
        money.extend(_bill_row(parity, name, bill) | {"verdict": verdicts[name]} for name, bill in by_regime.items())
        prices.extend(_break_even_rows(parity, by_regime, verdicts))
    return pd.DataFrame(money, columns=list(MONEY_COLUMNS)), pd.DataFrame(prices, columns=list(BREAK_EVEN_COLUMNS))


def price_table(money: pd.DataFrame, prices: Sequence[float] | None = None) -> pd.DataFrame:
    """Return a row a parity, regime and price of an unpaid day: cost of a month avoided, and its interval from luck.

    All in pounds. No cost where no month was avoided; the upper end is infinite where luck could leave none.

    Args:
        money: the bills, as `money_tables` gives them.
        prices: pounds, rising; `PRICES` where None.
    """
    grid = PRICES if prices is None else tuple(prices)
    parts = []
    for row in money.to_dict("records"):
        effect = Effect(**{name: float(row[name]) for name in EFFECT})
        curve = price_curve(effect, grid).set_index("price").reindex(list(grid)).reset_index()
        parts.append(curve.assign(parity=str(row["parity"]), regime=str(row["regime"])))
    return (
        pd.concat(parts, ignore_index=True)[list(PRICE_COLUMNS)] if parts else pd.DataFrame(columns=list(PRICE_COLUMNS))
    )


def _bill_row(parity: str, name: str, bill: Bill) -> dict[str, object]:
    effect = bill.effect()
    return {
        "parity": parity,
        "regime": name,
        "baseline": NOTHING,
        **{name: getattr(effect, name) for name in EFFECT},
        "cash_per_month_avoided": cost_per_month_avoided(effect.cash, effect.avoided),
    }


def _verdict(runs: Runs, label: Label, bill: Bill) -> str:
    """Return the verdict of a regime against no programme, as the comparison has it."""
    better, judged = OUTCOMES[MAIN].better, runs.fair(label)
    return verdict(estimate(-bill.avoided, better, judged, bill.weights), better, judged, bill.weights)


def _break_even_rows(
    parity: str, by_regime: Mapping[str, Bill], verdicts: Mapping[str, str]
) -> Iterator[dict[str, object]]:
    if PARTNERS not in by_regime:
        return
    partners = by_regime[PARTNERS]
    for name, bill in by_regime.items():
        if name != PARTNERS and bill.effect().unpaid_days > 0:
            price = break_even_price(bill.effect(), partners.effect())
            priced, sets_low, sets_high = over_sets(bill, partners)
            low, high = over_replicates(bill, partners)
            yield {
                "parity": parity,
                "regime": name,
                "baseline": PARTNERS,
                "price": price,
                "chance_low": low,
                "chance_high": high,
                "sets_low": sets_low,
                "sets_high": sets_high,
                "sets": priced,
                "stated": math.isfinite(price) and verdicts[name] == verdicts[PARTNERS] == BETTER,
            }


def over_sets(peers: Bill, partners: Bill) -> tuple[int, float, float]:
    """Return in how many parameter sets there is a break-even price, and its 5% and 95% quantiles over them."""
    prices = np.array([break_even_price(*pair) for pair in zip(peers.by_set(), partners.by_set(), strict=True)])
    return int(np.isfinite(prices).sum()), *sets_range(prices, peers.weights)


def over_replicates(peers: Bill, partners: Bill) -> tuple[float, float]:
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


def _mean(values: Matrix, weights: Weights) -> float:
    means = replicate_means(values, weights)
    means = means[np.isfinite(means)]
    return float(means.mean()) if len(means) else math.nan
