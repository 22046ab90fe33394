"""When there are replicates enough: the stop rule.

Replicates come in rounds. After each round, and not before the first, every watched outcome of every regime is compared
with both baselines under every parity; the runs end once each chance interval is narrow against the smallest
difference that matters, or at the stated maximum. Looking again and again makes an interval a little too narrow; it
never moves the difference, for the rule asks how wide the interval is and not where it lies.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from simulation.errors import InputError, nearest, shown
from simulation.outcomes.outcomes import OUTCOMES

STOP_OUTCOMES = ("inadequate_months", "mean_quality", "quality_spread")
"""Outcomes that the rule looks at unless others are named with ``--matters``, which come in addition."""

ROUND = 8
WIDTH_SHARE = 0.1
USUAL_MOST = 32
PRECISION, MAXIMUM, FIXED = "precision", "maximum", "fixed"


@dataclass(frozen=True)
class StopRule:
    """How narrow is narrow enough.

    Attributes:
        matters: outcomes looked at, each with the smallest difference that matters, in its unit.
        per_round: replicates between two looks, and before the first.
        share: half-width of the chance interval wanted, as a share of what matters.
    """

    matters: tuple[tuple[str, float], ...]
    per_round: int = ROUND
    share: float = WIDTH_SHARE

    def as_dict(self) -> dict[str, Any]:
        """Return the rule as plain values."""
        return {"matters": dict(self.matters), "per_round": self.per_round, "share": self.share}


@dataclass(frozen=True)
class Look:
    """What one look found: the comparison that is furthest from what is wanted.

    Attributes:
        replicates: how many there were.
        ratio: half-width of its interval from luck over the half-width wanted; infinite where it has none.
        outcome: its outcome.
        parity: its parity.
        regime: its regime.
        baseline: what that is compared with.
    """

    replicates: int
    ratio: float
    outcome: str
    parity: str
    regime: str
    baseline: str

    @property
    def narrow(self) -> bool:
        """Whether every interval is as narrow as wanted."""
        return self.ratio <= 1.0

    def as_dict(self) -> dict[str, Any]:
        """Return the look as plain values; no ratio where there is no interval."""
        return asdict(self) | {"ratio": self.ratio if math.isfinite(self.ratio) else None}

    def foreseen(self, rule: StopRule, most: int) -> int:
        """Return how many replicates it may take, were the spread to stay as it is: whole rounds, up to ``most``."""
        if not math.isfinite(self.ratio):
            return most
        rounds = math.ceil(self.replicates * max(self.ratio, 1.0) ** 2 / rule.per_round)
        return min(most, max(rounds * rule.per_round, self.replicates))


def make_rule(smallest: Mapping[str, float] | None = None) -> StopRule:
    """Return the rule that looks at `STOP_OUTCOMES` and at the outcomes ``smallest``, with what matters of each.

    Raises:
        InputError: an outcome is unknown, or what matters is not a number above 0.
    """
    matters = {name: OUTCOMES[name].matters for name in STOP_OUTCOMES}
    for name, value in (smallest or {}).items():
        if name not in OUTCOMES:
            raise InputError(
                f"matters: unknown outcome {shown(name)}{nearest(name, OUTCOMES)}; `sli outcomes` lists all"
            )
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"matters: expected a number above 0 for {name}, got {value:g}")
        matters[name] = float(value)
    return StopRule(tuple((name, matters[name]) for name in OUTCOMES if name in matters))


def ending_words(ending: str, replicates: int, look: Look | None) -> str:
    """Return in a sentence how many replicates there were, and what ended them."""
    if ending == FIXED or look is None:
        return f"{replicates} replicate{'s' if replicates > 1 else ''}, as asked for"
    if ending == PRECISION:
        return f"{replicates} replicates: every watched interval from luck is as narrow as wanted"
    if look.narrow:
        return f"{replicates} replicates, the most allowed, and too few for the stop rule to call them enough"
    width = f"is {look.ratio:.1f} times as wide as wanted" if math.isfinite(look.ratio) else "is not known"
    return (
        f"{replicates} replicates, the most allowed: the interval from luck of {look.outcome}, {look.regime} against "
        f"{look.baseline} at parity {look.parity}, {width}"
    )
