"""R1: how much support does a regime bring, under a parity and in a sector of this size?

Reference is Partners in Practice, which the other regimes are made equal to: 14 partners of 24 days each.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from simulation.parameters import Parameters
from simulation.premises import (
    ALL_WHO_MAY,
    AS_STATED,
    CHIEFS_SHIFT,
    DIRECTOR_DAYS,
    PARTNERS_SHIFT,
    PEERS_SHIFT,
    POUNDS,
    SHARE_PAID,
    SHARE_UNPAID,
    ArmLevers,
    LeverSequence,
)
from simulation.rules.constants import size_of_sector
from simulation.rules.marker import rule
from simulation.state import OPEN_END, UNLIMITED

REFERENCE_DAYS = 336.0
"""Pledged days a month of Partners in Practice."""

REFERENCE_POUNDS = 336_000.0
"""Its cost in pounds a month."""

ROUNDING = 1e-9
"""What a number of givers may exceed a whole number by without asking for one more."""


@rule("R1")
def reference(p: Parameters, parity: int) -> float:
    """Return the quantity of Partners in Practice in the unit of ``parity`` (a month, 152 councils)."""
    if parity == POUNDS:
        return REFERENCE_POUNDS
    return REFERENCE_DAYS * (p.director_share_paid if parity == DIRECTOR_DAYS else 1.0)


@rule("R1")
def delivery(levers: ArmLevers, p: Parameters) -> float:
    """Return the share of pledged days that arrives where no pressure of funding keeps it back."""
    return 1.0 if levers.paid else p.unpaid_delivery


@rule("R1")
def share_in_person(levers: ArmLevers, p: Parameters) -> float:
    """Return the share of an arm's days that givers' directors give in person."""
    if levers.share_of == SHARE_PAID:
        return p.director_share_paid
    if levers.share_of == SHARE_UNPAID:
        return p.director_share_unpaid
    return levers.director_share


@rule("R1")
def shift_of_attention(levers: ArmLevers, p: Parameters) -> float:
    """Return what an arm adds to the base attention of chiefs whose councils give or receive."""
    if levers.shift_of == PARTNERS_SHIFT:
        return p.attention_shift_partners
    if levers.shift_of == PEERS_SHIFT:
        return p.attention_shift_peers
    if levers.shift_of == CHIEFS_SHIFT:
        return p.attention_shift_chiefs
    return levers.attention_shift


@rule("R1")
def pledged_day(levers: ArmLevers, p: Parameters, parity: int) -> float:
    """Return what a pledged day counts in the unit of the ``parity``."""
    if parity == POUNDS:
        return (levers.cash_per_day + levers.shadow_price_per_day) * delivery(levers, p)
    if parity == DIRECTOR_DAYS:
        return share_in_person(levers, p) * delivery(levers, p)
    return delivery(levers, p)


@rule("R1")
def budget(levers: ArmLevers, p: Parameters, parity: int) -> float:
    """Return the pledged days a month of an arm for 152 councils, `UNLIMITED` where the parity sets no limit."""
    if parity == AS_STATED:
        return levers.days
    quantity = levers.share * reference(p, parity)
    if quantity == 0.0:
        return 0.0
    counts = pledged_day(levers, p, parity)
    return UNLIMITED if counts == 0.0 else quantity / counts


@rule("R1")
def limited_day(levers: ArmLevers, p: Parameters, parity: int) -> float:
    """Return what a pledged day counts in the unit of the ``parity``, 0 in an arm which that unit does not limit."""
    return pledged_day(levers, p, parity) if budget(levers, p, parity) < UNLIMITED else 0.0


@rule("R1")
def last_limited_day(arms: LeverSequence, p: Parameters, parity: int) -> float:
    """Return what a pledged day counts in the last arm that the ``parity`` limits, 1 if it limits none.

    Worth is reckoned beside it, so that regimes of one arm are alike in every parity.
    """
    for back in range(1, len(arms) + 1):
        day = limited_day(arms[len(arms) - back], p, parity)
        if day > 0.0:
            return day
    return 1.0


@rule("R1")
def givers_in_sector(levers: ArmLevers, scale: float) -> int:
    """Return the number of givers in a sector of this ``scale`` (1 for 152 councils), rounded up."""
    if levers.givers == ALL_WHO_MAY:
        return OPEN_END
    return math.ceil(levers.givers * scale - ROUNDING)


@rule("R1")
def days_at(low: float, high: float, quantile: float) -> float:
    """Return the days of a lever at a ``quantile`` of the range over which it is swept."""
    return low + (high - low) * quantile


@rule("R1")
def givers_of_same_capacity(givers: int, days_per_giver: float, days: float) -> int:
    """Return how many givers of so many ``days`` have about the capacity of ``givers`` of ``days_per_giver``.

    At least one; a half goes to the even number.
    """
    wanted = givers * days_per_giver / days
    below = math.floor(wanted)
    rest = wanted - below
    up = rest > 0.5 or (rest == 0.5 and below % 2 == 1)
    return max(1, below + 1 if up else below)


@rule("R1")
def write_terms(term: Any, levers: ArmLevers, last_day: float, scale: float, p: Parameters, parity: int) -> None:
    """Write what an arm offers into the attributes of `simulation.state.ArmTerms`; ``last_day`` counts as worth 1."""
    days = levers.days_per_receiver
    term.first_month = levers.first_month
    term.last_month = levers.last_month
    term.budget = budget(levers, p, parity) * scale
    term.worth = limited_day(levers, p, parity) / last_day
    term.givers = givers_in_sector(levers, scale)
    term.giver_rule = levers.giver_rule
    term.days_per_giver = levers.days_per_giver
    term.receiver_rule = levers.receiver_rule
    term.days_per_receiver = days / delivery(levers, p) if levers.delivered else days
    term.givers_per_receiver = levers.givers_per_receiver
    term.reciprocal = levers.reciprocal
    term.paid = levers.paid
    term.director_share = share_in_person(levers, p)
    term.cash_per_day = levers.cash_per_day
    term.shadow_price_per_day = levers.shadow_price_per_day
    term.attention_shift = shift_of_attention(levers, p)
    term.gold_preference = levers.gold_preference
    term.region_preference = levers.region_preference
    term.labels = levers.labels
    term.partnership = levers.partnership


@rule("R1")
def write_deployment(
    deployment: Any, terms: Sequence[Any], arms: LeverSequence, trusts: bool, councils: int, p: Parameters, parity: int
) -> None:
    """Write the terms of all ``arms`` and what their regime has in common, in a sector of so many ``councils``."""
    scale = size_of_sector(councils)
    last_day = last_limited_day(arms, p, parity)
    first_month = OPEN_END
    for number in range(len(arms)):
        write_terms(terms[number], arms[number], last_day, scale, p, parity)
        first_month = min(first_month, arms[number].first_month)
    deployment.trusts = trusts
    deployment.trust_budget = REFERENCE_POUNDS * scale if trusts else 0.0
    deployment.first_month = first_month
