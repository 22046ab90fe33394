"""What an inadequate month avoided costs, and the break-even price of an unpaid day."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.design.design import Design, Label
from experiments.results.rows import MAIN
from experiments.statistics.paired import Matrix, set_means
from experiments.statistics.prices import Effect, break_even_price, cost_per_month_avoided, price_curve
from experiments.statistics.verdicts import paired_effect
from experiments.statistics.weights import Weights, mean, means_without
from experiments.statistics.worlds import measure_worlds, world_range
from experiments.studies.comparison.differences import Runs
from experiments.text.names import NOTHING, PARTNERS
from experiments.text.verdicts import BETTER, way_of
from simulation.outcomes.outcomes import OUTCOMES
from simulation.regimes import Regime

PRICES = tuple(50.0 * step for step in range(31))
"""Prices of an unpaid day at which cost is worked out when no list is given: 0 to 1,500 pounds."""
EFFECT = ("cash", "unpaid_days", "avoided", "avoided_error")
MONEY_COLUMNS = ("parity", "regime", "baseline", *EFFECT, "cash_per_month_avoided", "verdict")
BREAK_EVEN_COLUMNS = (
    "parity",
    "regime",
    "baseline",
    "price",
    "price_error",
    "worlds_low",
    "worlds_high",
    "worlds",
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
        unpaid: whether any of the regime's days are unpaid.
    """

    cash: Matrix
    unpaid_days: Matrix
    avoided: Matrix
    weights: Weights = None
    unpaid: bool = False

    def effect(self) -> Effect:
        """Return the means over worlds, with the error of the avoided months."""
        avoided = measure_worlds(self.avoided, weights=self.weights)
        cash, days = (mean(set_means(values), self.weights) for values in (self.cash, self.unpaid_days))
        return Effect(cash, days, avoided.mean, avoided.mean_error)

    def by_set(self) -> list[Effect]:
        """Return the means of each parameter set."""
        means = (set_means(values) for values in (self.cash, self.unpaid_days, self.avoided))
        return [Effect(*map(float, cells)) for cells in zip(*means, strict=True)]

    def without_sets(self) -> list[Effect]:
        """Return the means without each set in turn."""
        means = (set_means(values) for values in (self.cash, self.unpaid_days, self.avoided))
        cells = (means_without(values, self.weights).tolist() for values in means)
        return [Effect(*numbers) for numbers in zip(*cells, strict=True)]

    def without_replicates(self) -> list[Effect]:
        """Return the means without each replicate in turn."""
        return [
            Effect(
                *(
                    mean(set_means(np.delete(values, place, axis=1)), self.weights)
                    for values in (self.cash, self.unpaid_days, self.avoided)
                )
            )
            for place in range(self.avoided.shape[1])
        ]


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
            avoided, counts = nothing - runs.outcome(label, MAIN), runs.counts(label)
            met = np.ones(len(avoided), dtype=np.bool_) if counts is None else counts
            cash, days, avoided = (np.where(met[:, None], values, np.nan) for values in (cash, days, avoided))
            by_regime[regime.name] = Bill(cash, days, avoided, runs.weights, unpaid=shadow > 0)
    return by_regime


def shadow_price(regime: Regime) -> float | None:
    """Return the one shadow price of a regime's unpaid days in pounds, 0 if it has none, None if arms differ."""
    prices = {arm.shadow_price_per_day for arm in regime.arms} - {0.0}
    return None if len(prices) > 1 else prices.pop() if prices else 0.0


def money_tables(design: Design, runs: Runs) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the bills, a row a parity and regime, and the break-even prices, a row a parity and unpaid regime.

    Whether a break-even price may be stated is in ``stated``: both regimes must be likely or very likely better than
    no programme, by the verdict on council-months inadequate.
    """
    money: list[dict[str, object]] = []
    prices: list[dict[str, object]] = []
    for parity in design.parities:
        by_regime = bills(design, runs, parity)
        verdicts = {name: _verdict(design, runs, Label(parity, name)) for name in by_regime}
        money.extend(_bill_row(parity, name, bill) | {"verdict": verdicts[name]} for name, bill in by_regime.items())
        prices.extend(_break_even_rows(parity, by_regime, verdicts))
    return pd.DataFrame(money, columns=list(MONEY_COLUMNS)), pd.DataFrame(prices, columns=list(BREAK_EVEN_COLUMNS))


def price_table(money: pd.DataFrame, prices: Sequence[float] | None = None) -> pd.DataFrame:
    """Return a row a parity, regime and price of an unpaid day: cost of a month avoided, and its 95% interval.

    All in pounds. No cost where no month was avoided; the upper end is infinite where there may be none.

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


def _verdict(design: Design, runs: Runs, label: Label) -> str:
    """Return the verdict of a regime against no programme, as the comparison has it."""
    differences = runs.outcome(label, MAIN) - runs.outcome(Label(label.parity, NOTHING), MAIN)
    better, counts = OUTCOMES[MAIN].better, runs.counts(label)
    return paired_effect(differences, better, design.smallest(MAIN), counts, runs.weights).verdict


def _break_even_rows(
    parity: str, by_regime: Mapping[str, Bill], verdicts: Mapping[str, str]
) -> Iterator[dict[str, object]]:
    if PARTNERS not in by_regime:
        return
    partners = by_regime[PARTNERS]
    for name, bill in by_regime.items():
        if name != PARTNERS and bill.unpaid:
            price = break_even_price(bill.effect(), partners.effect())
            priced, low, high = over_worlds(bill, partners)
            yield {
                "parity": parity,
                "regime": name,
                "baseline": PARTNERS,
                "price": price,
                "price_error": price_error(bill, partners),
                "worlds_low": low,
                "worlds_high": high,
                "worlds": priced,
                "stated": math.isfinite(price) and way_of(verdicts[name]) == way_of(verdicts[PARTNERS]) == BETTER,
            }


def over_worlds(peers: Bill, partners: Bill) -> tuple[int, float, float]:
    """Return in how many worlds there is a break-even price, and its 5% and 95% quantiles over them.

    A price is a ratio of differences, whose luck cannot be taken out: the quantiles still hold that of a world's runs.
    """
    prices = np.array([break_even_price(*pair) for pair in zip(peers.by_set(), partners.by_set(), strict=True)])
    there = np.isfinite(prices)
    weights = np.ones(len(prices)) if peers.weights is None else peers.weights
    return int(there.sum()), *world_range(prices[there], weights[there])


def price_error(peers: Bill, partners: Bill) -> float:
    """Return the standard error of a break-even price over sets and replicates, by the jackknife over each.

    NaN where either regime may have avoided no month: a price is then a ratio to nothing.
    """
    if not (peers.effect().avoided_interval[0] > 0 and partners.effect().avoided_interval[0] > 0):
        return math.nan
    over_sets = _jackknife(peers.without_sets(), partners.without_sets())
    return math.sqrt(over_sets + _jackknife(peers.without_replicates(), partners.without_replicates()))


def _jackknife(peers: Sequence[Effect], partners: Sequence[Effect]) -> float:
    prices = np.array([break_even_price(*pair) for pair in zip(peers, partners, strict=True)])
    return (len(prices) - 1) * float(np.var(prices)) if len(prices) > 2 else math.nan  # noqa: PLR2004  of two, one is left
