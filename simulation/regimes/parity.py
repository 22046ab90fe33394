"""A regime as it is run: its arms as numbers, their terms under a parity, and levers drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace

from simulation.errors import InputError, nearest, shown
from simulation.parameters import Parameters
from simulation.premises import (
    ALL_WHO_MAY,
    AS_STATED,
    CHIEFS_SHIFT,
    OWN_SHARE,
    OWN_SHIFT,
    PARTNERS_SHIFT,
    PEERS_SHIFT,
    SHARE_PAID,
    SHARE_UNPAID,
    ArmLevers,
)
from simulation.regimes.regime import Arm, Regime
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

_GIVER_RULES = {"good_or_better": GOOD_OR_BETTER, "near_good_too": NEAR_GOOD_TOO}
_RECEIVER_RULES = {"inadequate": ONLY_INADEQUATE, "below_good": BELOW_GOOD, "below_good_and_cusp": WITH_CUSP}
_SHARES = {"director_share_paid": SHARE_PAID, "director_share_unpaid": SHARE_UNPAID}
_SHIFTS = {"partners": PARTNERS_SHIFT, "peers": PEERS_SHIFT, "chiefs": CHIEFS_SHIFT}


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
    from simulation.rules.quantity import write_deployment

    terms = [SimpleNamespace() for _ in regime.arms]
    whole = SimpleNamespace()
    number = parity_number(regime, parity)
    write_deployment(whole, terms, arm_levers(regime), regime.trusts, councils, parameters, number)
    return Deployment(arms=tuple(ArmTerms(**vars(term)) for term in terms), **vars(whole))


def parity_number(regime: Regime, parity: str) -> int:
    """Return the number of the ``parity`` that a regime follows: `AS_STATED` where no parity sets its quantity.

    Raises:
        InputError: the parity is unknown.
    """
    if parity not in PARITIES:
        raise InputError(
            f"unknown parity {shown(parity)}{nearest(str(parity), PARITIES)}; expected one of {', '.join(PARITIES)}"
        )
    return AS_STATED if regime.trusts or not regime.follows_parity else PARITIES.index(parity)


def arm_levers(regime: Regime) -> tuple[ArmLevers, ...]:
    """Return the levers of a regime's arms as numbers, in order."""
    return tuple(_levers(arm) for arm in regime.arms)


def _levers(arm: Arm) -> ArmLevers:
    share, shift = arm.director_share, arm.attention_shift
    return ArmLevers(
        first_month=arm.first_month,
        last_month=arm.last,
        days=UNLIMITED if isinstance(arm.days, str) else arm.days,
        share=arm.share,
        givers=ALL_WHO_MAY if isinstance(arm.givers, str) else arm.givers,
        giver_rule=_GIVER_RULES[arm.giver_rule],
        days_per_giver=arm.days_per_giver,
        receiver_rule=_RECEIVER_RULES[arm.receiver_rule],
        days_per_receiver=arm.days_per_receiver,
        delivered=arm.days_per_receiver_are == "delivered",
        givers_per_receiver=arm.givers_per_receiver,
        reciprocal=arm.reciprocal,
        paid=arm.paid,
        share_of=_SHARES[share] if isinstance(share, str) else OWN_SHARE,
        director_share=0.0 if isinstance(share, str) else share,
        cash_per_day=arm.cash_per_day,
        shadow_price_per_day=arm.shadow_price_per_day,
        shift_of=_SHIFTS[shift] if isinstance(shift, str) else OWN_SHIFT,
        attention_shift=0.0 if isinstance(shift, str) else shift,
        gold_preference=arm.gold_preference,
        region_preference=arm.region_preference,
        labels=arm.labels,
        partnership=arm.partnership,
    )


def draw_levers(regime: Regime, receiver_quantile: float, giver_quantile: float) -> Regime:
    """Return the regime with days per receiver and per giver at these quantiles of their ranges.

    One pair of quantiles serves every regime; where so said, the number of givers moves so that their capacity stays.
    """
    arms = tuple(_drawn(arm, receiver_quantile, giver_quantile) for arm in regime.arms)
    return replace(regime, arms=arms)


def _drawn(arm: Arm, receiver_quantile: float, giver_quantile: float) -> Arm:
    from simulation.rules.quantity import days_at, givers_of_same_capacity

    if arm.days_per_receiver_range:
        days = days_at(*arm.days_per_receiver_range, receiver_quantile)
        arm = replace(arm, days_per_receiver=days, days_per_receiver_are="pledged")
    if arm.days_per_giver_range:
        days = days_at(*arm.days_per_giver_range, giver_quantile)
        if arm.givers_follow and isinstance(arm.givers, int):
            arm = replace(arm, givers=givers_of_same_capacity(arm.givers, arm.days_per_giver, days))
        arm = replace(arm, days_per_giver=days)
    return arm
