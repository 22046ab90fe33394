"""A variant of the model: switches and parameters that are set, so that one term at a time can be turned on or off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from experiments.design.parameter_sets import ParameterSet
from simulation.parameters import Parameters
from simulation.switches import SWITCHES, Switches

AS_SHIPPED = "as shipped"
"""The name of the variant in which nothing is set."""


@dataclass(frozen=True)
class Variant:
    """What is set.

    Attributes:
        switches: the model's structure.
        values: parameters that every set holds at a value, by name.
    """

    switches: Switches = field(default_factory=Switches)
    values: Mapping[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All that is not as shipped, ``name=choice`` by ``name=choice``; empty where all is."""
        chosen = self.switches.as_dict()
        switched = [f"{name}={chosen[name]}" for name, info in SWITCHES.items() if chosen[name] != info.default]
        return " ".join([*switched, *(f"{name}={value:g}" for name, value in self.values.items())])

    @property
    def name(self) -> str:
        """The same, in words where nothing is set."""
        return self.text or AS_SHIPPED

    def held_in(self, sets: Sequence[ParameterSet]) -> tuple[ParameterSet, ...]:
        """Return parameter sets with these values in each.

        Raises:
            InputError: a parameter is unknown, or a value out of its limits.
        """
        if not self.values:
            return tuple(sets)
        changes = dict(self.values)
        return tuple(
            replace(one, parameters=Parameters.from_mapping({**one.parameters.as_dict(), **changes})) for one in sets
        )
