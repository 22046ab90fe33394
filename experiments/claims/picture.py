"""All claims in one figure: each effect over the smallest that matters, with its two uncertainties."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from experiments.claims.judge import NO_VERDICT
from experiments.figures import Mark, claims_figure

if TYPE_CHECKING:
    from experiments.claims.knockout import Answer

TITLE = "The sector's claims: effect over the smallest that matters"
AXIS = "times the smallest that matters (grey: too small)\n← against the claim          as claimed →"
_ASSUMED = {"no": "", "direction": ", direction assumed", "yes": ", assumed"}


def claims_picture(answers: Sequence[Answer], note: str, matters: Mapping[str, float] | None = None) -> Figure:
    """Return the figure of the deciding effects; to the right of zero is what the claim says."""
    marks = [_mark(one, matters) for one in answers]
    return claims_figure(marks, title=TITLE, axis=AXIS, note=note)


def spoken(answers: Sequence[Answer]) -> str:
    """Return what the figure shows in words, for those who cannot see it."""
    return " ".join(f"{one.claim.number}, {one.claim.short.lower()}: {one.verdict}." for one in answers)


def _mark(one: Answer, matters: Mapping[str, float] | None) -> Mark:
    shown, found = one.claim.primary, one.findings[0].estimate
    unit = shown.smallest(matters) * (1 if shown.claimed == "higher" else -1)
    return Mark(
        f"{one.claim.number} {one.claim.short}\n{one.verdict}{_ASSUMED[shown.assumed]}",
        found.difference / unit,
        _ends(found.chance_low / unit, found.chance_high / unit),
        _ends(found.sets_low / unit, found.sets_high / unit),
        firm=one.verdict != NO_VERDICT,
    )


def _ends(one: float, other: float) -> tuple[float, float]:
    return (min(one, other), max(one, other)) if math.isfinite(one + other) else (math.nan, math.nan)
