"""What things are called in a report: regimes, parities, grades and groups, for somebody new to them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulation.councils import GRADES

NOTHING = "none"
PARTNERS = "partners_in_practice"
PEERS = "peer_support"

_INSIDE: Mapping[str, str] = MappingProxyType(
    {
        "No programme": "no programme",
        "Partners in Practice": "Partners in Practice",
        "Broad peer support": "broad peer support",
        "Broad peer support with chiefs engaged": "broad peer support with chiefs engaged",
        "Gold dust partners": "gold dust partners",
        "Improvement partnerships": "improvement partnerships",
        "Children's trusts": "children's trusts",
        "Hybrid": "the hybrid",
        "What was in force": "what was in force",
    }
)
_PLURALS = frozenset({"gold dust partners", "improvement partnerships", "children's trusts"})
_PARITIES: Mapping[str, str] = MappingProxyType(
    {
        "pounds": "equal pounds",
        "days": "equal delivered days",
        "director_days": "equal days of givers' directors",
        "none": "each regime's own size",
    }
)
QUANTITY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "pounds": "pounds, in cash and at the shadow price",
        "days": "delivered days",
        "director_days": "days of givers' directors",
    }
)
"""Quantity that a parity makes equal -> what it is."""
GROUP_KIND_WORDS: Mapping[str, str] = MappingProxyType(
    {"region": "region", "deprivation_fifth": "deprivation fifth", "start_grade": "starting grade"}
)
"""Kind of group -> how it is called."""
_FIFTHS = {1: "1 (least deprived)", 5: "5 (most deprived)"}


def inside(title: str) -> str:
    """Return a regime's title as it stands inside a sentence; a user's own is quoted as the user wrote it.

    >>> inside("Hybrid"), inside("My regime")
    ('the hybrid', '“My regime”')
    """
    return _INSIDE.get(title, f"“{title}”")


def is_plural(words: str) -> bool:
    """Return whether a regime, as it stands inside a sentence, is spoken of as several.

    >>> is_plural("improvement partnerships"), is_plural("broad peer support")
    (True, False)
    """
    return words in _PLURALS


def parity_words(parity: str) -> str:
    """Return what a parity makes equal, to stand after ``at``."""
    return _PARITIES.get(parity, parity)


def grade_words(grade: str) -> str:
    """Return a grade as it is written in a sentence.

    >>> grade_words("requires_improvement")
    'requires improvement'
    """
    return grade.replace("_", " ")


def group_title(kind: str, group: object) -> str:
    """Return the name of a group of councils; a deprivation fifth or a grade may come as its number or as text."""
    text = str(group)
    if kind == "deprivation_fifth":
        number = int(float(text))
        return _FIFTHS.get(number, str(number))
    if kind == "start_grade" and text.isdigit():
        text = GRADES[int(text)]
    return text.replace("_", " ")


def group_order(kind: str, group: object) -> tuple[float, str]:
    """Return the place of a group among its kind: grades and fifths from worst or least up, regions by name."""
    text = str(group)
    if kind == "start_grade" and text in GRADES:
        return float(GRADES.index(text)), ""
    return (float(text), "") if text.replace(".", "", 1).isdigit() else (0.0, text)


def sentence(text: str) -> str:
    """Return ``text`` with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]
