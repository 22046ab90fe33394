"""When there are parameter sets enough: the stop rule.

Sets come in rounds, in an order that is fixed before the first. After each round every watched outcome of every regime
is compared with both baselines under every parity. The runs end once each share of worlds is known within 3 points and
each mean within a fifth of the smallest difference that matters (one standard error), or at the stated maximum.
Looking again and again moves no difference, for the rule asks how well it is known and not where it lies.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from simulation.errors import InputError, nearest, shown
from simulation.outcomes.outcomes import OUTCOMES

STOP_OUTCOMES = ("inadequate_months", "mean_quality", "quality_spread")
"""Outcomes that the rule looks at; those named with ``--matters`` come in addition."""

FIRST_ROUND, ROUND = 256, 64
SHARE_ERROR = 0.03
MEAN_SHARE = 0.2
USUAL_REPLICATES, USUAL_MOST = 8, 256
PRECISION, MAXIMUM, FIXED = "precision", "maximum", "fixed"


@dataclass(frozen=True)
class StopRule:
    """How well is well enough.

    Attributes:
        outcomes: outcomes looked at.
        first: draws of parameter sets before the first look.
        per_round: draws between two looks.
        share_error: standard error wanted of every share of worlds.
        mean_share: standard error wanted of every mean, as a share of what matters.
    """

    outcomes: tuple[str, ...] = STOP_OUTCOMES
    first: int = FIRST_ROUND
    per_round: int = ROUND
    share_error: float = SHARE_ERROR
    mean_share: float = MEAN_SHARE

    def as_dict(self) -> dict[str, Any]:
        """Return the rule as plain values."""
        return asdict(self)

    def looks(self, most: int) -> list[int]:
        """Return after how many draws there is a look, the last at ``most``.

        >>> StopRule().looks(400), StopRule().looks(100)
        ([256, 320, 384, 400], [100])
        """
        return [*range(self.first, most, self.per_round), most]


@dataclass(frozen=True)
class Look:
    """What one look found: the comparison that is furthest from what is wanted.

    Attributes:
        sets: draws of parameter sets that there were.
        ratio: its error over the error wanted; infinite where it has none.
        of: what is known worst of it: ``share`` of worlds or ``mean``.
        error: that error, as a share or in the outcome's unit; infinite where it has none.
        outcome: its outcome.
        parity: its parity.
        regime: its regime.
        baseline: what that is compared with.
    """

    sets: int
    ratio: float
    of: str
    error: float
    outcome: str
    parity: str
    regime: str
    baseline: str

    @property
    def enough(self) -> bool:
        """Whether everything is known as well as wanted."""
        return self.ratio <= 1.0

    def as_dict(self) -> dict[str, Any]:
        """Return the look as plain values; no number where there is no error."""
        return asdict(self) | {
            name: value if math.isfinite(value) else None
            for name, value in (("ratio", self.ratio), ("error", self.error))
        }

    def foreseen(self, most: int) -> int:
        """Return how many draws it may take, were the spread to stay as it is, up to ``most``."""
        if not math.isfinite(self.ratio):
            return most
        return min(most, math.ceil(self.sets * max(self.ratio, 1.0) ** 2))


def make_rule(named: Mapping[str, float] | None = None) -> StopRule:
    """Return the rule that looks at `STOP_OUTCOMES` and at the outcomes that ``named`` has.

    Raises:
        InputError: as of `checked_matters`.
    """
    also = checked_matters(named or {})
    return StopRule(tuple(name for name in OUTCOMES if name in STOP_OUTCOMES or name in also))


def checked_matters(matters: Mapping[str, float]) -> dict[str, float]:
    """Return what matters of outcomes, in their order.

    Raises:
        InputError: an outcome is unknown, or what matters is not a number above 0.
    """
    for name, value in matters.items():
        if name not in OUTCOMES:
            raise InputError(
                f"matters: unknown outcome {shown(name)}{nearest(name, OUTCOMES)}; `sli outcomes` lists all"
            )
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"matters: expected a number above 0 for {name}, got {value:g}")
    return {name: float(matters[name]) for name in OUTCOMES if name in matters}


def ending_words(ending: str, sets: int, look: Look | None) -> str:
    """Return in a sentence how many draws of parameter sets there were, and what ended them."""
    number = "1 parameter set" if sets == 1 else f"{sets:,} parameter sets"
    if ending == FIXED or look is None:
        return f"{number}, as asked for"
    if ending == PRECISION:
        return f"{number}: every watched share of worlds and mean is known as well as wanted"
    which = f"{look.outcome}, {look.regime} against {look.baseline} at parity {look.parity}"
    if not math.isfinite(look.ratio):
        return f"{number}, the most allowed: too few to know the error of {which}"
    what = f"{100 * look.error:.1f} points of its share of worlds" if look.of == "share" else f"{look.error:.3g}"
    wanted = "3 points" if look.of == "share" else "a fifth of what matters"
    return (
        f"{number}, the most allowed: least is known of {which}, whose error is {what}, "
        f"{look.ratio:.1f} times as large as wanted ({wanted}); --max-sets allows more"
    )
