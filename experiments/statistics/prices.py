"""Prices: what a month avoided costs, and at which price of an unpaid day two regimes cost the same."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

NORMAL_95 = 1.96
"""Half-width of a 95% interval in standard errors."""


@dataclass(frozen=True)
class Effect:
    """What a regime's programme cost and avoided against ``none``, means over worlds.

    Attributes:
        cash: extra pounds in cash, trusts included.
        unpaid_days: days delivered that nobody paid for.
        avoided: council-months inadequate avoided (negative where the regime has more of them).
        avoided_error: its standard error over sets and replicates together.
    """

    cash: float
    unpaid_days: float
    avoided: float
    avoided_error: float = math.nan

    @property
    def avoided_interval(self) -> tuple[float, float]:
        """The 95% interval of the mean of the months avoided."""
        half = NORMAL_95 * self.avoided_error
        return self.avoided - half, self.avoided + half

    def cost(self, price: float) -> float:
        """Return the cost in pounds when an unpaid day is worth ``price`` pounds."""
        return self.cash + price * self.unpaid_days


def cost_per_month_avoided(cost: float, avoided: float) -> float:
    """Return pounds for each inadequate council-month avoided; NaN where none was avoided: no effect to price."""
    return cost / avoided if avoided > 0 else math.nan


def break_even_price(peers: Effect, partners: Effect) -> float:
    """Return the price of an unpaid day at which ``peers`` cost as much for each month avoided as ``partners`` do.

    ``partners`` are valued at their cash alone if they give no unpaid day. Negative where the peers' cash alone is
    already dearer. NaN where either avoids nothing, or both take as many unpaid days for each month: there is no
    such price.
    """
    if not (peers.avoided > 0 and partners.avoided > 0):
        return math.nan
    extra_days = peers.unpaid_days / peers.avoided - partners.unpaid_days / partners.avoided
    spare_cash = partners.cash / partners.avoided - peers.cash / peers.avoided
    return spare_cash / extra_days if extra_days else math.nan


def price_curve(effect: Effect, prices: npt.ArrayLike) -> pd.DataFrame:
    """Return cost per inadequate month avoided over prices of an unpaid day.

    Columns, all in pounds: price, cost, low, high. Low and high come from the 95% interval of the mean of the months
    avoided alone; high is infinite where that interval reaches zero. Empty where the regime avoided nothing.
    """
    grid = np.asarray(prices, dtype=np.float64)
    if not effect.avoided > 0:
        grid = grid[:0]
    total = effect.cash + grid * effect.unpaid_days
    fewest, most = effect.avoided_interval
    top = np.full_like(total, np.nan if math.isnan(fewest) else np.inf) if not fewest > 0 else total / fewest
    return pd.DataFrame({"price": grid, "cost": total / effect.avoided, "low": total / most, "high": top})
