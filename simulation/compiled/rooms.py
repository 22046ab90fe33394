"""How much room a run takes: sizes that follow from councils, regions, months and links."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from simulation.compiled.records import DIRECTOR, LINK, SECTION, SLOT, Records, Work
from simulation.outcomes.outcomes import SPELL_MONTHS
from simulation.rules.nearest import NATIONAL_SECTIONS, SHELVES

Size = Mapping[str, int]
"""So many times each of the counts that `room_counts` gives, all added up."""

_REAL, _WHOLE = np.dtype(np.float64), np.dtype(np.int64)

DIRECTORS_SIZE: Size = MappingProxyType({"council_months": 1, "councils": 2})
"""Records of directors: a council gains at most one a month, and one more as a trust begins."""

WORK_SIZES: Mapping[str, tuple[np.dtype[Any], Size]] = MappingProxyType(
    {
        "links": (LINK, {"links": 1}),
        "slots": (SLOT, {"linked_councils": SHELVES}),
        "sections": (SECTION, {"regions": 2, "one": NATIONAL_SECTIONS}),
        "estimates": (_REAL, {"councils": 1}),
        "places": (_WHOLE, {"councils": 1}),
        "parts": (_WHOLE, {"councils": 1}),
        "begin": (_WHOLE, {"councils": 1, "one": 1}),
        "region_gaps": (_REAL, {"regions": 1}),
        "region_counts": (_WHOLE, {"regions": 1}),
        "at_risk": (_WHOLE, {"followed_months": 1}),
        "mended": (_WHOLE, {"followed_months": 1}),
    }
)
"""Items and size of each array of `Work`, all noughts as a run begins."""


def room_counts(councils: int, regions: int, months: int, links: int) -> dict[str, int]:
    """Return what sizes are counted in; ``links`` are the most there can be at once."""
    return {
        "one": 1,
        "councils": councils,
        "linked_councils": councils if links else 0,
        "regions": regions,
        "council_months": councils * months,
        "followed_months": min(SPELL_MONTHS, months),
        "links": links,
    }


def room_size(size: Size, counts: Mapping[str, int]) -> int:
    """Return how many items a room of this size holds."""
    return sum(times * counts[name] for name, times in size.items())


def work_rooms(counts: Mapping[str, int]) -> Work:
    """Return new room to work in."""
    return Work(**{name: np.zeros(room_size(size, counts), kind) for name, (kind, size) in WORK_SIZES.items()})


def director_room(counts: Mapping[str, int]) -> Records:
    """Return room for all directors that there may be."""
    return np.zeros(room_size(DIRECTORS_SIZE, counts), DIRECTOR)
