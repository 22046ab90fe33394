"""Under what a claim is looked at: a regime with its levers, a parity, and which mechanisms are off."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from experiments.design.world import Condition
from simulation.regimes import load_regime

_USUAL_PARTNERS = 14


def under(name: str, parity: str = "days", **levers: Any) -> Condition:
    """Return a shipped regime, with levers changed in every arm."""
    regime = load_regime(name)
    return Condition(regime.with_arms(**levers) if levers else regime, parity)


def partners_of(givers: int, days_per_giver: float, *, budgets: int = 1) -> Condition:
    """Return Partners in Practice with so many givers of so many days: their number and days are no longer drawn.

    Args:
        givers: councils that give, of 152.
        days_per_giver: pledged days a month.
        budgets: how many times the days of the reference, for which there is no parity.
    """
    levers: dict[str, Any] = {"givers": givers, "days_per_giver": days_per_giver, "days_per_giver_range": None}
    if budgets == 1:
        return under("partners_in_practice", givers_follow=False, **levers)
    days = budgets * _days()
    return under("partners_in_practice", "none", givers_follow=False, days=days, **levers)


def mixture(share: float) -> Condition:
    """Return the hybrid with ``share`` of the money to partners and the rest to peers, at equal pounds.

    With all of it to one of them, that one's own regime.
    """
    if share in {0.0, 1.0}:
        return under("partners_in_practice" if share else "peer_support", "pounds")
    hybrid = load_regime("hybrid")
    partners, peers = hybrid.arms
    arms = (
        replace(partners, share=share, givers=math.ceil(share * _USUAL_PARTNERS)),
        replace(peers, share=1.0 - share),
    )
    return Condition(replace(hybrid, arms=arms), "pounds")


def _days() -> float:
    days = load_regime("partners_in_practice").arms[0].days
    return float(days)
