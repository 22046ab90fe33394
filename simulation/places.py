"""Places: where each name that people write belongs, to be said of one that stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from simulation.parameters import PARAMETERS
from simulation.regimes import LEVERS
from simulation.scenario import SCENARIOS
from simulation.switches import SWITCHES


def _places() -> Iterator[tuple[str, str]]:
    yield from ((name, "a choice about the world: see `sli scenarios`") for name in SCENARIOS)
    yield from ((name, "a switch: set it with --switch, see `sli switches`") for name in SWITCHES)
    yield from ((name, "a lever: set it in a regime's file, see `sli regimes --levers`") for name in LEVERS)
    yield from ((name, "a parameter: set it with --parameters, see `sli parameters`") for name in PARAMETERS)
    yield "arm", "an arm of a regime: hand in a regime's file with --regime"


def _joined() -> dict[str, str]:
    places: dict[str, str] = {}
    for name, place in _places():
        places[name] = f"{place}; or {places[name]}" if name in places else place
    return places


PLACES: Mapping[str, str] = MappingProxyType(_joined())
"""Every parameter, lever, switch and choice about the world, and where it belongs."""


def place_hint(name: str) -> str:
    """Return ``, which is ...`` for a name that belongs elsewhere, nothing for one that belongs nowhere.

    >>> place_hint("days_per_giver")
    ", which is a lever: set it in a regime's file, see `sli regimes --levers`"
    """
    return f", which is {PLACES[name]}" if name in PLACES else ""
