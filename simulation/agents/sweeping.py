"""What Mesa's own `batch_run` sweeps by name: parameters, switches and levers, and a replicate an iteration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from simulation.errors import InputError, nearest, shown
from simulation.limits import checked_replicate
from simulation.parameters import PARAMETERS, Parameters
from simulation.regimes import LEVERS, REGIMES, Regime
from simulation.switches import SWITCHES, Switches

_EVERY = "*"
"""Stands for all regimes that have an arm."""


@dataclass
class EachIteration:
    """A new replicate for each iteration of `mesa.batch_run`: the value of ``replicate`` among its parameters.

    Make a new one for every batch: it goes on counting.

    Attributes:
        first: the replicate of the first iteration.
        iterations: how many there were so far.

    >>> replicates = EachIteration()
    >>> list(replicates), list(replicates)
    ([0], [1])
    """

    first: int = 0
    iterations: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[int]:
        """Return the replicate of the next iteration: Mesa asks once for each."""
        number = checked_replicate(self.first + self.iterations)
        self.iterations += 1
        return iter([number])


@dataclass(frozen=True)
class Inputs:
    """What a run is set up with.

    Attributes:
        regime: the regime.
        parameters: uncertain numbers.
        switches: structural choices.
    """

    regime: Regime
    parameters: Parameters
    switches: Switches

    def with_named(self, named: Mapping[str, Any]) -> Inputs:
        """Return them with parameters, switches and levers set by name, levers as ``regime.lever`` or ``*.lever``.

        A lever of another regime changes nothing.

        Raises:
            InputError: a name is unknown, or a value is not valid.
        """
        known = {name: value for name, value in named.items() if _checked(name, self.regime)}
        levers = {name.partition(".")[2]: value for name, value in known.items() if _is_of(name, self.regime)}
        own = {name: value for name, value in known.items() if name in PARAMETERS}
        choices = {name: value for name, value in known.items() if name in SWITCHES}
        return Inputs(
            self.regime.with_arms(**levers) if levers and self.regime.arms else self.regime,
            Parameters.from_mapping(self.parameters.as_dict() | own) if own else self.parameters,
            replace(self.switches, **choices) if choices else self.switches,
        )


def _checked(name: str, regime: Regime) -> bool:
    """Return that a name is known.

    Raises:
        InputError: it is not.
    """
    whose, dot, lever = name.partition(".")
    if dot:
        if whose not in {_EVERY, regime.name, *REGIMES}:
            raise InputError(f"{name}: unknown regime {shown(whose)}{nearest(whose, [regime.name, *REGIMES])}")
        if lever not in LEVERS:
            raise InputError(f"{name}: unknown lever {shown(lever)}{nearest(lever, LEVERS)}")
    elif name not in PARAMETERS and name not in SWITCHES:
        wanted = "a parameter, a switch, or a lever as regime.lever"
        raise InputError(f"expected {wanted}, got {shown(name)}{nearest(name, [*PARAMETERS, *SWITCHES])}")
    return True


def _is_of(name: str, regime: Regime) -> bool:
    whose, dot, _ = name.partition(".")
    return bool(dot) and whose in {_EVERY, regime.name}
