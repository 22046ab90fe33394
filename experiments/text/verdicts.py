"""The words of verdicts: they stand here, once, and can be taken apart again."""

from __future__ import annotations

HIGHER, LOWER, NEITHER = "higher", "lower", "neither"
"""Directions: which one of an outcome is better, which one is claimed, or which way a difference goes."""

BETTER, WORSE = "better", "worse"
LIKELY, VERY_LIKELY = "likely", "very likely"
SMALL = ", but by less than matters"
CLOSE = "too close to call"
SAME = "no difference"
NO_VERDICT = "no verdict"
PARITY_NOT_MET = "parity not met"
_WAYS = (BETTER, WORSE, HIGHER, LOWER)
VERDICTS = (
    *(f"{degree} {way}{size}" for way in _WAYS for degree in (VERY_LIKELY, LIKELY) for size in ("", SMALL)),
    CLOSE,
    SAME,
    NO_VERDICT,
    PARITY_NOT_MET,
)
"""Every verdict on a paired difference."""

SUPPORTED, NOT_SUPPORTED = "supported", "not supported"
BY_CONSTRUCTION = "supported, nearly by construction"
CANNOT_TELL = "cannot tell"
CLAIM_VERDICTS = (SUPPORTED, BY_CONSTRUCTION, NOT_SUPPORTED, CLOSE, CANNOT_TELL)
"""Every verdict on a claim."""


def way_of(verdict: str) -> str:
    """Return which way a verdict goes: better, worse, higher or lower; empty where it goes none.

    >>> way_of("likely better, but by less than matters"), way_of("too close to call")
    ('better', '')
    """
    words = verdict.removesuffix(SMALL).split()
    return words[-1] if verdict in VERDICTS and words[-1] in _WAYS else ""


def degree_of(verdict: str) -> str:
    """Return how likely a verdict calls its way: ``very likely`` or ``likely``; empty where it goes none."""
    way = way_of(verdict)
    return verdict[: verdict.index(way)].strip() if way else ""


def is_small(verdict: str) -> bool:
    """Return whether a verdict says that the difference is smaller than what matters."""
    return verdict.endswith(SMALL)


def is_firm(verdict: str) -> bool:
    """Return whether runs were enough for a verdict, be it that two regimes are too close to call."""
    return verdict in VERDICTS and verdict not in (NO_VERDICT, PARITY_NOT_MET)
