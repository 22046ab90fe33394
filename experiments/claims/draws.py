"""Where the claims' parameter sets come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from experiments.checks import checked_choice
from experiments.origin import DRAWS
from experiments.sampling import ParameterSet, draw_plausible, draw_sets
from simulation.parameters import Parameters

_DRAWN = dict(zip(DRAWS, (draw_plausible, draw_sets), strict=True))


def draw_from(name: str, number: int, held: Mapping[str, object], seed: int) -> tuple[ParameterSet, ...]:
    """Return so many sets with their levers drawn, and the ``held`` values in each.

    A plausible set that is picked several times stands there as often: a claim counts every set once.

    Raises:
        InputError: there is no such place to draw from, or there are fewer plausible sets.
    """
    base = Parameters.from_mapping(held)
    found = _DRAWN[checked_choice("draw", name, DRAWS)](number, base, set(held), seed)
    return tuple(replace(one, weight=1.0) for one in found for _ in range(round(one.weight)))
