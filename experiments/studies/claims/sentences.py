"""One sentence a claim that a minister could read, made from its verdict and its number."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from experiments.statistics.paired import PARITY_NOT_MET
from experiments.studies.claims.claim import SHARE_OF_SETS, Claim, Observable
from experiments.studies.claims.judge import Finding
from experiments.text.numbers import percent, plain, pounds

_ENDS: Mapping[str, str] = MappingProxyType(
    {
        "shown": "; that is enough to matter, so the claim is supported",
        "small": "; that is too little to matter, so the claim is not supported",
        "opposite": "; that is the opposite of the claim, which is not supported",
        "luck": ", but luck alone could explain it: too close to call",
        "sets": ", but not in enough of the worlds tried: too close to call",
        "size": "; whether that is enough to matter is too close to call",
        "few": "; with so few runs there is no verdict",
        "parity": "; those are under half of the worlds, so there is no verdict",
        "trade": ", but another of its effects points the other way: too close to call",
    }
)
"""How a sentence goes on, by the reason of the verdict."""
_NO_WORSE: Mapping[str, str] = MappingProxyType(
    {
        "shown": "; no loss that matters, so the claim is supported",
        "opposite": "; a loss that matters, so the claim is not supported",
        "luck": "; whether that is a loss that matters is too close to call",
    }
)
_WHY: Mapping[str, str] = MappingProxyType(
    {
        "shown": "large enough to matter",
        "small": "too small",
        "opposite": "goes the other way",
        "luck": "luck could explain it",
        "sets": "parameter sets differ",
        "size": "perhaps too small",
        "few": "too few runs",
        "parity": PARITY_NOT_MET,
        "trade": "its effects point both ways",
    }
)
"""The reason of a verdict in a few words."""
_WHY_NO_WORSE: Mapping[str, str] = MappingProxyType(
    {"shown": "no loss that matters", "opposite": "a loss that matters", "luck": "luck leaves a loss open"}
)
_UNITS: Mapping[str, str] = MappingProxyType({"SD": "standard deviations"})


def say(claim: Claim, finding: Finding, reason: str) -> str:
    """Return the sentence of a claim.

    Args:
        claim: the claim.
        finding: of its first observable.
        reason: of the verdict on the claim.
    """
    effect = finding.estimate.difference
    if not math.isfinite(effect):
        return "In this model, no runs could be compared; there is no verdict."
    above, below = claim.says
    sets, all_sets = finding.estimate.sets, finding.sets_run
    where = f"in the {sets} of {all_sets} worlds that could be compared, " if sets < all_sets else ""
    # A share beyond luck may fall a little below zero, and is then none.
    size = size_words(abs(effect) if below else max(effect, 0.0), claim.primary.effect_unit())
    phrase = (above if effect >= 0 or not below else below).format(size=size)
    ends = {**_ENDS, **_NO_WORSE} if claim.primary.no_worse else _ENDS
    return f"In this model, {where}{phrase}{ends[reason]}."


def because(observable: Observable, reason: str) -> str:
    """Return the reason of a verdict on an effect in a few words.

    >>> from experiments.studies.claims.catalogue import claims
    >>> because(claims()[0].primary, "small"), because(claims()[10].primary, "shown")
    ('too small', 'no loss that matters')
    """
    return ({**_WHY, **_WHY_NO_WORSE} if observable.no_worse else _WHY)[reason]


def size_words(value: float, unit: str) -> str:
    """Return a number with its unit as it is read in a sentence.

    >>> said(0.0123, "SD"), said(0.08, "share of sets"), said(89.3, "council-months")
    ('0.012 standard deviations', '8%', '89 council-months')
    """
    if unit in {SHARE_OF_SETS, "share"}:
        return percent(value)
    if unit == "GBP":
        return pounds(value)
    if unit == "GBP a day":
        return f"{pounds(value)} a day"
    return f"{plain(value)} {_UNITS.get(unit, unit)}"
