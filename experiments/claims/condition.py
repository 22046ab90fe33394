"""Under what a claim is looked at: a regime with its levers, a parity, and which mechanisms are off."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from simulation.regimes import Regime, load_regime
from simulation.scenario import Scenario
from simulation.switches import Switches

_PARTNERS = 14


@dataclass(frozen=True)
class Condition:
    """One column of a claim's experiment, run on the same sets and with the same luck as all others.

    Attributes:
        regime: with levers changed where a claim sweeps them; ranges that are left are drawn with the sets.
        parity: one of `simulation.regimes.PARITIES`.
        off: switches that are off, in alphabetical order.
        funding: name of the path of the funding gap; that of the study where None.
    """

    regime: Regime
    parity: str = "days"
    off: tuple[str, ...] = ()
    funding: str | None = None

    def without(self, *switches: str) -> Condition:
        """Return the same with mechanisms switched off."""
        return replace(self, off=tuple(sorted({*self.off, *switches})))

    def funded(self, path: str) -> Condition:
        """Return the same under another path of the funding gap."""
        return replace(self, funding=path)

    def switches(self, base: Switches) -> Switches:
        """Return ``base`` with this condition's mechanisms off."""
        return replace(base, **dict.fromkeys(self.off, "off"))

    def scenario(self, base: Scenario) -> Scenario:
        """Return ``base`` with this condition's funding."""
        return base if self.funding is None else replace(base, funding=self.funding)


def shipped(name: str, parity: str = "days", **levers: Any) -> Condition:
    """Return a shipped regime, with levers changed in every arm."""
    regime = load_regime(name)
    return Condition(regime.with_arms(**levers) if levers else regime, parity)


def partners(givers: int, days_per_giver: float, *, budgets: int = 1) -> Condition:
    """Return Partners in Practice with so many givers of so many days: their number and days are no longer drawn.

    Args:
        givers: councils that give, of 152.
        days_per_giver: pledged days a month.
        budgets: how many times the days of the reference, for which there is no parity.
    """
    levers: dict[str, Any] = {"givers": givers, "days_per_giver": days_per_giver, "days_per_giver_range": None}
    if budgets == 1:
        return shipped("partners_in_practice", givers_follow=False, **levers)
    days = budgets * _days()
    return shipped("partners_in_practice", "none", givers_follow=False, days=days, **levers)


def mixture(share: float) -> Condition:
    """Return the hybrid with ``share`` of the money to partners and the rest to peers, at equal pounds.

    With all of it to one of them, that one's own regime.
    """
    if share in {0.0, 1.0}:
        return shipped("partners_in_practice" if share else "peer_support", "pounds")
    hybrid = load_regime("hybrid")
    paid, peers = hybrid.arms
    arms = (replace(paid, share=share, givers=math.ceil(share * _PARTNERS)), replace(peers, share=1.0 - share))
    return Condition(replace(hybrid, arms=arms), "pounds")


def _days() -> float:
    days = load_regime("partners_in_practice").arms[0].days
    return float(days)
