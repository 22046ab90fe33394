"""What the uncertain numbers are called: parameters by their meaning, and the places of levers in their ranges."""

from __future__ import annotations

from simulation.parameters import PARAMETERS

_LEVERS = {
    "receiver_quantile": "days per receiver, as a place in each regime's range",
    "giver_quantile": "days per giver, as a place in each regime's range",
}
_LEVER_UNIT = "place in its range"


def number_words(name: str) -> str:
    """Return what an uncertain number is."""
    return PARAMETERS[name].meaning if name in PARAMETERS else _LEVERS.get(name, name)


def number_unit(name: str) -> str:
    """Return the unit of an uncertain number.

    >>> number_unit("giver_quantile"), number_unit("hiring_time")
    ('place in its range', 'months')
    """
    return PARAMETERS[name].unit if name in PARAMETERS else _LEVER_UNIT
