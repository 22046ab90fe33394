"""The design of a sensitivity study: what is screened, and the points of Sobol's indices over what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from experiments.design.beyond import points_beyond
from experiments.design.crossing import Crossing
from experiments.design.design import Label
from experiments.design.origin import Origin
from experiments.design.parameter_sets import ParameterSet
from experiments.design.points import PointTable
from experiments.design.samples import MORRIS, SOBOL, Bounds, sample_points
from experiments.design.world import World
from experiments.results.realised import MADE_EQUAL
from experiments.studies.sensitivity.settings import NO_SCREEN
from simulation.outcomes.outcomes import OUTCOMES
from simulation.regimes import QUANTITIES, Regime

ALL_OTHERS = "all others"
"""The name under which all that the screening left out stands as one: it is varied too, and its indices measured."""


@dataclass(frozen=True, kw_only=True)
class SensitivityDesign:
    """A whole study, before it is run; equal designs give equal results, byte for byte.

    Attributes:
        bounds: what is varied, and between which ends.
        screen: how what decides little is sorted out first.
        trajectories: of the screening.
        most: how many columns it may keep.
        size: base points of the indices.
        world: whom and when.
        regimes: in their order; each is compared with the last.
        parities: what is made equal.
        held: the one parameter set in which what is not varied stands.
        origin: where it comes from.
        replicates: runs of each point and regime, each with its own luck, the same at every point.
        outcomes: what is looked at.
        price: pounds for a council-month inadequate; None where it has none.
        settings: every option as plain values, for the file that repeats it.
        inputs: files that were handed in, by the name under which the folder keeps them.
    """

    bounds: Bounds
    screen: str
    trajectories: int
    most: int
    size: int
    world: World
    regimes: tuple[Regime, ...]
    parities: tuple[str, ...]
    held: ParameterSet
    origin: Origin
    replicates: int
    outcomes: tuple[str, ...]
    price: float | None
    settings: Mapping[str, Any]
    inputs: Mapping[str, bytes]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all that is varied."""
        return tuple(column.name for column in self.bounds)

    @property
    def kept(self) -> tuple[str, ...]:
        """Outcomes that are kept of each run: those looked at, and what each parity makes equal."""
        realised = [MADE_EQUAL[parity] for parity in self.parities if parity in QUANTITIES]
        return tuple(name for name in OUTCOMES if name in self.outcomes or name in realised)

    @property
    def labels(self) -> tuple[Label, ...]:
        """Regimes under parities."""
        return tuple(Label(parity, regime.name) for parity in self.parities for regime in self.regimes)

    @property
    def pairs(self) -> tuple[tuple[Label, Label], ...]:
        """Each regime and the last of them, with which it is compared, under each parity."""
        last = self.regimes[-1].name
        return tuple((label, Label(label.parity, last)) for label in self.labels if label.regime != last)

    @property
    def titles(self) -> Mapping[str, str]:
        """The regimes' titles by name."""
        return {regime.name: regime.title or regime.name for regime in self.regimes}

    @property
    def is_screened(self) -> bool:
        """Whether there is a screening; none where all that is varied may be kept."""
        return self.screen != NO_SCREEN and len(self.bounds) > self.most

    @cached_property
    def screening(self) -> Crossing:
        """The runs of the screening."""
        return self._crossing(sample_points(MORRIS, self.bounds, self.trajectories, self.world.seed))

    def indices(self, kept: Sequence[str]) -> Crossing:
        """Return the runs of the indices of these columns, by name, and of all others together.

        Nothing is held that was varied before: what the screening left out is taken from the other base point as one.
        """
        ordered = sorted(self.bounds.items(), key=lambda one: one[0].name not in kept)
        left = [column for column, _ in ordered if column.name not in kept]
        return self._crossing(sample_points(SOBOL, dict(ordered), self.size, self.world.seed, left))

    def index_names(self, kept: Sequence[str]) -> tuple[str, ...]:
        """Return what has indices, in the order of its points."""
        own = tuple(name for name in self.names if name in kept)
        return own if len(own) == len(self.names) else (*own, ALL_OTHERS)

    def beyond(self) -> str:
        """Return one sentence on values that are drawn beyond their ranges, nothing where there are none."""
        ends = PointTable(tuple(self.bounds), tuple(np.array(both) for both in self.bounds.values()))
        return points_beyond(ends, (self.held,), self.regimes)

    def describe(self) -> dict[str, Any]:
        """Return the whole design as plain values, ready for JSON."""
        crossing = self.screening if self.is_screened else self.indices(self.names)
        return {
            "over": {column.name: list(ends) for column, ends in self.bounds.items()},
            "screen": self.screen,
            "trajectories": self.trajectories,
            "most": self.most,
            "size": self.size,
            "outcomes": list(self.outcomes),
            "price": self.price,
        } | {name: value for name, value in crossing.describe().items() if name != "points"}

    def _crossing(self, points: PointTable) -> Crossing:
        return Crossing(
            points=points,
            world=self.world,
            regimes=self.regimes,
            parities=self.parities,
            sets=(self.held,),
            origin=self.origin,
            replicates=self.replicates,
        )
