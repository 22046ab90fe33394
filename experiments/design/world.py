"""What runs share and what sets one apart from another: the world, and a condition in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from experiments.design.origin import Origin
from experiments.design.parameter_sets import ParameterSet
from experiments.statistics.weights import Weights, counted
from simulation.councils import Councils
from simulation.limits import checked_months, checked_replicates, checked_seed
from simulation.regimes import Regime
from simulation.scenario import Scenario
from simulation.switches import Switches


@dataclass(frozen=True, kw_only=True)
class World:
    """What all conditions share: whom and when they are run on, and what they may then change.

    Raises:
        InputError: replicates, months or seed are out of range.
    """

    sets: tuple[ParameterSet, ...]
    replicates: int
    months: int
    seed: int
    scenario: Scenario
    switches: Switches
    councils: Councils
    origin: Origin

    def __post_init__(self) -> None:
        """Refuse numbers that no run can be made with."""
        object.__setattr__(self, "replicates", checked_replicates(self.replicates))
        object.__setattr__(self, "months", checked_months(self.months))
        object.__setattr__(self, "seed", checked_seed(self.seed))

    @property
    def weights(self) -> Weights:
        """How many times each set counts, shape (sets,); None where each counts once."""
        return counted([chosen.weight for chosen in self.sets])


@dataclass(frozen=True)
class Condition:
    """One column of a claim's experiment, run on the same sets and with the same luck as all others.

    Attributes:
        regime: with levers changed where a claim sweeps them; ranges that are left are drawn with the sets.
        parity: one of `simulation.regimes.PARITIES`.
        off: switches that are off, in alphabetical order.
        funding: name of the path of the funding gap; that of the study where None.
    """

    regime: Regime
    parity: str = "days"
    off: tuple[str, ...] = ()
    funding: str | None = None

    def without(self, *switches: str) -> Condition:
        """Return the same with mechanisms switched off."""
        return replace(self, off=tuple(sorted({*self.off, *switches})))

    def funded(self, path: str) -> Condition:
        """Return the same under another path of the funding gap."""
        return replace(self, funding=path)

    def switches(self, base: Switches) -> Switches:
        """Return ``base`` with this condition's mechanisms off."""
        return replace(base, **dict.fromkeys(self.off, "off"))

    def scenario(self, base: Scenario) -> Scenario:
        """Return ``base`` with this condition's funding."""
        return base if self.funding is None else replace(base, funding=self.funding)
