"""Where the claims' parameter sets come from."""

from __future__ import annotations

from collections.abc import Mapping

from experiments.checks import checked_choice
from experiments.sampling import ParameterSet, draw_sets
from simulation.parameters import Parameters

DRAWS = {"prior": draw_sets}


def draw_from(name: str, number: int, held: Mapping[str, object], seed: int) -> tuple[ParameterSet, ...]:
    """Return so many sets with their levers drawn, and the ``held`` values in each.

    Raises:
        InputError: there is no such place to draw from.
    """
    base = Parameters.from_mapping(held)
    return DRAWS[checked_choice("draw", name, tuple(DRAWS))](number, base, set(held), seed)
