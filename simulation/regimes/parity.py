"""How much support a regime brings: parity with Partners in Practice, the size of the country, and levers drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from simulation.coefficients import ENGLAND
from simulation.errors import InputError, nearest, shown
from simulation.parameters import Parameters
from simulation.regimes.regime import OPEN_END, Arm, Regime
from simulation.state import (
    BELOW_GOOD,
    GOOD_OR_BETTER,
    NEAR_GOOD_TOO,
    ONLY_INADEQUATE,
    UNLIMITED,
    WITH_CUSP,
    ArmTerms,
)

QUANTITIES = ("pounds", "days", "director_days")
"""What can be held equal between regimes: pounds, delivered days, or days of givers' directors."""

PARITIES = (*QUANTITIES, "none")
"""What is held equal between regimes: one of `QUANTITIES`, or nothing (each file as it is)."""

REFERENCE_DAYS = 336.0
"""Pledged days a month of Partners in Practice: 14 partners of 24 days each."""

REFERENCE_POUNDS = 336_000.0
"""Its cost in pounds a month."""

_GIVER_RULES = {"good_or_better": GOOD_OR_BETTER, "near_good_too": NEAR_GOOD_TOO}
_RECEIVER_RULES = {"inadequate": ONLY_INADEQUATE, "below_good": BELOW_GOOD, "below_good_and_cusp": WITH_CUSP}


@dataclass(frozen=True)
class Deployment:
    """A regime as it is run: the terms of its arms under one parity, for so many councils.

    Two runs with the same luck, parameters and deployment are the same run.

    Attributes:
        arms: terms in order.
        trusts: whether departments may be removed to trusts.
        trust_budget: pounds a month that trusts and support share (0 without trusts).
        first_month: first month of any arm.
    """

    arms: tuple[ArmTerms, ...]
    trusts: bool
    trust_budget: float
    first_month: int


def deploy(regime: Regime, parameters: Parameters, parity: str, councils: int) -> Deployment:
    """Return how ``regime`` is run under ``parity`` with so many ``councils``.

    Raises:
        InputError: the parity is unknown.
    """
    if parity not in PARITIES:
        raise InputError(
            f"unknown parity {shown(parity)}{nearest(str(parity), PARITIES)}; expected one of {', '.join(PARITIES)}"
        )
    scale = councils / ENGLAND
    unit = "none" if regime.trusts or not regime.follows_parity else parity
    worths = _worths(regime.arms, parameters, unit)
    arms = tuple(_terms(arm, worth, parameters, unit, scale) for arm, worth in zip(regime.arms, worths, strict=True))
    budget = REFERENCE_POUNDS * scale if regime.trusts else 0.0
    return Deployment(arms, regime.trusts, budget, regime.first_month)


def reference(parameters: Parameters, parity: str) -> float:
    """Return the quantity of Partners in Practice in the unit of ``parity`` (a month, 152 councils)."""
    if parity == "pounds":
        return REFERENCE_POUNDS
    return REFERENCE_DAYS * (parameters.director_share_paid if parity == "director_days" else 1.0)


def draw_levers(regime: Regime, receiver_quantile: float, giver_quantile: float) -> Regime:
    """Return the regime with days per receiver and per giver at these quantiles of their ranges.

    One pair of quantiles serves every regime; where so said, the number of givers moves so that their capacity stays.
    """
    arms = tuple(_drawn(arm, receiver_quantile, giver_quantile) for arm in regime.arms)
    return replace(regime, arms=arms)


def _drawn(arm: Arm, receiver_quantile: float, giver_quantile: float) -> Arm:
    if arm.days_per_receiver_range:
        low, high = arm.days_per_receiver_range
        days = low + (high - low) * receiver_quantile
        arm = replace(arm, days_per_receiver=days, days_per_receiver_are="pledged")
    if arm.days_per_giver_range:
        low, high = arm.days_per_giver_range
        days = low + (high - low) * giver_quantile
        if arm.givers_follow and isinstance(arm.givers, int):
            arm = replace(arm, givers=max(1, round(arm.givers * arm.days_per_giver / days)))
        arm = replace(arm, days_per_giver=days)
    return arm


def _terms(arm: Arm, worth: float, parameters: Parameters, parity: str, scale: float) -> ArmTerms:
    delivery = 1.0 if arm.paid else parameters.unpaid_delivery
    delivered = arm.days_per_receiver_are == "delivered"
    return ArmTerms(
        first_month=arm.first_month,
        last_month=arm.last,
        budget=_budget(arm, parameters, parity) * scale,
        worth=worth,
        givers=_givers(arm, scale),
        giver_rule=_GIVER_RULES[arm.giver_rule],
        days_per_giver=arm.days_per_giver,
        receiver_rule=_RECEIVER_RULES[arm.receiver_rule],
        days_per_receiver=arm.days_per_receiver / delivery if delivered else arm.days_per_receiver,
        givers_per_receiver=arm.givers_per_receiver,
        reciprocal=arm.reciprocal,
        paid=arm.paid,
        director_share=_director_share(arm, parameters),
        cash_per_day=arm.cash_per_day,
        shadow_price_per_day=arm.shadow_price_per_day,
        attention_shift=_shift(arm, parameters),
        gold_preference=arm.gold_preference,
        region_preference=arm.region_preference,
        labels=arm.labels,
        partnership=arm.partnership,
    )


def _givers(arm: Arm, scale: float) -> int:
    if isinstance(arm.givers, str):
        return OPEN_END
    return math.ceil(arm.givers * scale - 1e-9)


def _director_share(arm: Arm, parameters: Parameters) -> float:
    share = arm.director_share
    return float(getattr(parameters, share)) if isinstance(share, str) else share


def _shift(arm: Arm, parameters: Parameters) -> float:
    shift = arm.attention_shift
    return float(getattr(parameters, f"attention_shift_{shift}")) if isinstance(shift, str) else shift


def _unit(arm: Arm, parameters: Parameters, parity: str) -> float:
    """Return what a pledged day counts in the unit of the parity."""
    delivery = 1.0 if arm.paid else parameters.unpaid_delivery
    if parity == "pounds":
        return (arm.cash_per_day + arm.shadow_price_per_day) * delivery
    if parity == "director_days":
        return _director_share(arm, parameters) * delivery
    return delivery


def _budget(arm: Arm, parameters: Parameters, parity: str) -> float:
    if parity == "none":
        return UNLIMITED if isinstance(arm.days, str) else arm.days
    quantity = arm.share * reference(parameters, parity)
    unit = _unit(arm, parameters, parity)
    if quantity == 0.0:
        return 0.0
    return UNLIMITED if unit == 0.0 else quantity / unit


def _worths(arms: tuple[Arm, ...], parameters: Parameters, parity: str) -> list[float]:
    """Return each arm's worth: beside that of the last, so that regimes of one arm are alike in every parity."""
    limited = [_budget(arm, parameters, parity) < UNLIMITED for arm in arms]
    units = [_unit(arm, parameters, parity) if limits else 0.0 for arm, limits in zip(arms, limited, strict=True)]
    last = next((unit for unit in reversed(units) if unit > 0.0), 1.0)
    return [unit / last for unit in units]
