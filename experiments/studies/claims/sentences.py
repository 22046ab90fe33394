"""One sentence a claim that a minister could read, made from its verdict and its number."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from experiments.studies.claims.claim import SHARE_OF_SETS, Claim, Observable
from experiments.studies.claims.judge import Finding
from experiments.text.numbers import percent, plain, pounds
from experiments.text.verdicts import PARITY_NOT_MET

_ENDS: Mapping[str, str] = MappingProxyType(
    {
        "shown": "; that is enough to matter, so the claim is supported",
        "small": "; that is too little to matter, so the claim is not supported",
        "opposite": "; that is the opposite of the claim, which is not supported",
        "sets": ", but worlds differ: too close to call",
        "size": "; whether that is enough to matter, these worlds cannot tell",
        "more": ", but these worlds cannot tell",
        "few": "; so few runs cannot tell",
        "parity": "; those are under half of the worlds, which cannot tell",
        "trade": ", but another of its effects points the other way: too close to call",
    }
)
"""How a sentence goes on, by the reason of the verdict."""
_NO_WORSE: Mapping[str, str] = MappingProxyType(
    {
        "shown": "; no loss that matters, so the claim is supported",
        "opposite": "; a loss that matters, so the claim is not supported",
        "sets": "; whether that is a loss that matters differs between worlds: too close to call",
        "more": "; whether that is a loss that matters, these worlds cannot tell",
    }
)
_WHY: Mapping[str, str] = MappingProxyType(
    {
        "shown": "large enough to matter",
        "small": "too small",
        "opposite": "goes the other way",
        "built_in": "large enough to matter, nearly by construction",
        "sets": "worlds differ",
        "size": "perhaps too small",
        "more": "takes more worlds",
        "few": "too few runs",
        "parity": PARITY_NOT_MET,
        "trade": "its effects point both ways",
    }
)
"""The reason of a verdict in a few words."""
_WHY_NO_WORSE: Mapping[str, str] = MappingProxyType(
    {
        "shown": "no loss that matters",
        "built_in": "no loss that matters, nearly by construction",
        "opposite": "a loss that matters",
    }
)
_UNITS: Mapping[str, str] = MappingProxyType({"SD": "standard deviations"})


def say(claim: Claim, finding: Finding, reason: str) -> str:
    """Return the sentence of a claim.

    Args:
        claim: the claim.
        finding: of its first observable.
        reason: of the verdict on the claim.
    """
    effect = finding.effect
    if not math.isfinite(effect):
        return "In this model, no runs could be compared, which cannot tell."
    above, below = claim.says
    sets, all_sets = finding.worlds, finding.worlds_run
    where = f"in the {sets} of {all_sets} worlds that could be compared, " if sets < all_sets else ""
    # A share beyond luck may fall a little below zero, and is then none.
    size = size_words(abs(effect) if below else max(effect, 0.0), claim.primary.effect_unit())
    phrase = (above if effect >= 0 or not below else below).format(size=size)
    ends = {**_ENDS, **_NO_WORSE} if claim.primary.no_worse else _ENDS
    end = f"; that holds nearly by construction, for {claim.built_in}" if reason == "built_in" else ends[reason]
    return f"In this model, {where}{phrase}{end}."


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
