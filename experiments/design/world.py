"""What is run: a world, the conditions in it, and the pieces that the work is cut into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from experiments.design.own_science import OwnScience
from experiments.design.parameter_sets import ParameterSet
from experiments.files.digests import model_digest, plain_values, table_digest
from simulation.councils import Councils
from simulation.limits import checked_months, checked_seed
from simulation.parameters import Parameters
from simulation.regimes import Regime, deploy
from simulation.scenario import Scenario
from simulation.switches import Switches


@dataclass(frozen=True, kw_only=True)
class World:
    """Whom and when all runs of a study are made on.

    Attributes:
        councils: the table at month 0.
        scenario: the world outside the model.
        switches: the model's structure.
        months: length of a run.
        seed: entropy of all luck.
        own: what of the science is the user's own.
    """

    councils: Councils
    scenario: Scenario
    switches: Switches
    months: int
    seed: int
    own: OwnScience = field(default_factory=OwnScience)

    def __post_init__(self) -> None:
        """Refuse numbers that no run can be made with."""
        object.__setattr__(self, "months", checked_months(self.months))
        object.__setattr__(self, "seed", checked_seed(self.seed))

    def describe(self) -> dict[str, Any]:
        """Return it as plain values, ready for JSON; the model that it is run with is part of it."""
        return plain_values(
            {
                "months": self.months,
                "seed": self.seed,
                "scenario": asdict(self.scenario),
                "switches": self.switches.as_dict(),
                "councils": table_digest(self.councils),
                "model": model_digest(),
                **self.own.describe(),
            }
        )


Surroundings = tuple[tuple[str, ...], str | None, str | None]
"""What sets a condition's world apart: switches that are off, the path of funding, the choice of headline."""


@dataclass(frozen=True)
class Condition:
    """What sets a run apart from others with the same parameters and luck.

    Attributes:
        regime: the regime; ranges of its levers that are left are drawn with the parameter sets.
        parity: one of `simulation.regimes.PARITIES`.
        off: switches that are off, in alphabetical order.
        funding: name of the path of the funding gap; that of the world where None.
        headline: whether inspections give an overall grade, as `Scenario` has it; that of the world where None.
    """

    regime: Regime
    parity: str = "days"
    off: tuple[str, ...] = ()
    funding: str | None = None
    headline: str | None = None

    @property
    def surroundings(self) -> Surroundings:
        """What sets its world apart: conditions that share it share month 0, and the run under no regime."""
        return self.off, self.funding, self.headline

    def without(self, *switches: str) -> Condition:
        """Return the same with mechanisms switched off."""
        return replace(self, off=tuple(sorted({*self.off, *switches})))

    def with_funding(self, path: str) -> Condition:
        """Return the same under another path of the funding gap."""
        return replace(self, funding=path)

    def with_headline(self, choice: str) -> Condition:
        """Return the same under another choice of whether inspections give an overall grade."""
        return replace(self, headline=choice)

    def switches(self, base: Switches) -> Switches:
        """Return ``base`` with this condition's mechanisms off."""
        return replace(base, **dict.fromkeys(self.off, "off"))

    def scenario(self, base: Scenario) -> Scenario:
        """Return ``base`` with this condition's funding and choice of headline."""
        funding = base.funding if self.funding is None else self.funding
        headline = base.headline if self.headline is None else self.headline
        return replace(base, funding=funding, headline=headline)


@dataclass(frozen=True)
class Cell:
    """One parameter set under one luck.

    Attributes:
        parameters: the uncertain numbers.
        luck: which replicate's luck is met.
        conditions: what is run, each once, levers set.
    """

    parameters: Parameters
    luck: int
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Piece:
    """A piece of work: the runs that one block on disk holds, cell by cell.

    Attributes:
        name: of the block, unlike that of any other of the study.
        digest: of all that decides what the runs give.
        cells: what is run.
        world: whom and when; the study's own world where None.
    """

    name: str
    digest: str
    cells: Sequence[Cell]
    world: World | None = None

    @property
    def runs(self) -> int:
        """How many runs it makes."""
        known = getattr(self.cells, "runs", None)
        return int(known) if known is not None else sum(len(cell.conditions) for cell in self.cells)


Distinct = tuple[tuple[Condition, ...], tuple[int, ...]]
"""Conditions that differ under a parameter set, levers set, and which of them each one asked for is."""


def distinct_conditions(parameter_set: ParameterSet, conditions: Sequence[Condition], world: World) -> Distinct:
    """Return the conditions that differ under a parameter set, levers set, and which of them each one asked for is.

    Conditions that deploy the same support in the same world are run once. What a set says of its world holds where a
    condition does not say it.
    """
    conditions = [_in_world_of(parameter_set, one) for one in conditions]
    regimes = {regime: parameter_set.levers(regime) for regime in {one.regime: None for one in conditions}}
    places: dict[tuple[object, ...], int] = {}
    distinct: list[Condition] = []
    where = []
    for condition in conditions:
        regime = regimes[condition.regime]
        in_force = regime.from_start(world.scenario.start)
        deployment = deploy(in_force, parameter_set.parameters, condition.parity, world.councils.n)
        key = (condition.switches(world.switches), condition.scenario(world.scenario), deployment)
        if key not in places:
            places[key] = len(distinct)
            distinct.append(replace(condition, regime=regime))
        where.append(places[key])
    return tuple(distinct), tuple(where)


def _in_world_of(parameter_set: ParameterSet, condition: Condition) -> Condition:
    if not (parameter_set.off or parameter_set.funding or parameter_set.headline):
        return condition
    return replace(
        condition.without(*parameter_set.off),
        funding=condition.funding or parameter_set.funding,
        headline=condition.headline or parameter_set.headline,
    )
