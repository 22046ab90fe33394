"""A crossing: every point of a design with every parameter set, replicate, regime and parity.

What a point says is set in a parameter set (parameters, levers) and in the world (switches, choices, start, seed); all
else is the same at every point, and so is the luck of a replicate, but where the seed is varied.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.design.alike import first_alike
from experiments.design.beyond import points_beyond
from experiments.design.columns import (
    LEVER,
    OF_WORLD,
    PARAMETER,
    QUANTILE,
    VariedColumn,
    check_levers,
)
from experiments.design.design import RUNS_A_BLOCK, Label
from experiments.design.lazy_cells import LazyCells
from experiments.design.moved_world import moved_world
from experiments.design.named_levers import Value
from experiments.design.origin import Origin
from experiments.design.parameter_sets import ParameterSet, describe_sets
from experiments.design.points import PointTable
from experiments.design.world import Cell, Condition, Piece, World, distinct_conditions
from experiments.files.digests import digest_of, plain_values
from experiments.statistics.weights import Weights, as_weights
from simulation.arrays import Numbers
from simulation.regimes import Regime
from simulation.simulate import ENSEMBLE

_JOINT = ("deprivation_effect", "region_sd")
"""Parameters whose limits are those of both together."""


@dataclass(frozen=True)
class CrossedExtent:
    """Which runs a block holds: cells of one world under one replicate's luck, from ``first`` to before ``after``."""

    world: int
    replicate: int
    first: int
    after: int

    @property
    def name(self) -> str:
        """The block's name."""
        return f"world-{self.world:06}-replicate-{self.replicate:06}-cells-{self.first:08}-{self.after:08}"


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """All runs of a design, before they are made; equal crossings give equal results, byte for byte.

    Attributes:
        points: what is varied.
        world: whom and when, where the points do not say it.
        regimes: in their order; levers that the points name are set in them.
        parities: what is made equal, in their order.
        sets: the parameter sets that every point is crossed with.
        origin: where they come from.
        replicates: runs of each point, set, regime and parity; replicate k meets the same luck in all of them.
    """

    points: PointTable
    world: World
    regimes: tuple[Regime, ...]
    parities: tuple[str, ...]
    sets: tuple[ParameterSet, ...]
    origin: Origin
    replicates: int

    def __post_init__(self) -> None:
        """Refuse points at which no run can be made."""
        check_levers(self.points.columns, self.regimes)
        self._check_levels()
        _ = self.worlds

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """Regimes under parities, in the order in which the tables list them."""
        return tuple(Label(parity, regime.name) for parity in self.parities for regime in self.regimes)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """The condition of every label, in the order of `labels`."""
        return tuple(Condition(regime, parity) for parity in self.parities for regime in self.regimes)

    @cached_property
    def weights(self) -> Weights:
        """How many times each set counts, shape (sets,); None where each counts once."""
        return as_weights([one.weight for one in self.sets])

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Points, sets, labels and replicates."""
        return len(self.points), len(self.sets), len(self.labels), self.replicates

    @property
    def rows(self) -> int:
        """Rows of the table of all runs: one a point, set, label and replicate."""
        return int(np.prod(self.shape))

    @cached_property
    def runs(self) -> int:
        """Runs that are made: those that are the same at several points, or under several parities, are made once."""
        return self.replicates * int(self.sizes.sum())

    @cached_property
    def worlds(self) -> tuple[World, ...]:
        """The different worlds of the points, in the order in which they come first."""
        return tuple(self._world_at(number) for number in self._first_in_world)

    @cached_property
    def members(self) -> tuple[Numbers, ...]:
        """The numbers of the points in each world, rising."""
        return tuple(np.flatnonzero(self._world_of == number) for number in range(len(self.worlds)))

    @cached_property
    def owners(self) -> Numbers:
        """The point whose runs each label shows at a point, shape (points, labels).

        Levers of other regimes leave a regime's runs as they are, and these are made at the first such point alone.
        """
        return np.tile(first_alike(self.points, self.regimes), len(self.parities))

    @cached_property
    def places(self) -> npt.NDArray[np.int16]:
        """Which of its distinct runs each label of a point and set shows, shape (points, sets, labels).

        -1 where the label shows those of another point.
        """
        own = self.owners == np.arange(len(self.points))[:, None]
        if len(self.parities) == 1:
            places = np.where(own, np.cumsum(own, axis=1) - 1, -1).astype(np.int16)
            return np.repeat(places[:, None], len(self.sets), axis=1)
        shown = np.full((len(self.points), len(self.sets), len(self.labels)), -1, dtype=np.int16)
        for point in range(len(self.points)):
            conditions = [one for one, mine in zip(self.conditions, own[point], strict=True) if mine]
            for number in range(len(self.sets)):
                where = distinct_conditions(self.set_at(point, number), conditions, self.world_of(point))[1]
                shown[point, number, own[point]] = where
        return shown

    @cached_property
    def sizes(self) -> Numbers:
        """Distinct runs of each point and set under one replicate that are made there, shape (points, sets)."""
        sizes: Numbers = 1 + self.places.max(axis=2).astype(np.int64)
        return sizes

    @cached_property
    def fingerprint(self) -> str:
        """The digest of all that is run."""
        return digest_of(self.describe())

    def describe(self) -> dict[str, Any]:
        """Return it as plain values, ready for JSON."""
        own = {
            "points": self.points.describe(),
            "regimes": {regime.name: asdict(regime) for regime in self.regimes},
            "parities": self.parities,
            "origin": asdict(self.origin),
            "sets": describe_sets(self.sets),
            "replicates": self.replicates,
        }
        return plain_values(own) | self.world.describe()

    def world_of(self, point: int) -> World:
        """Return the world of a point."""
        return self.worlds[int(self._world_of[point])]

    def set_at(self, point: int, number: int) -> ParameterSet:
        """Return parameter set ``number`` with what a point says of parameters and levers.

        Raises:
            InputError: two parameters cannot have these values together.
        """
        values, base = self.points.row(point), self.sets[number]
        changes: dict[str, Any] = {column.target: value for column, value in values.items() if column.kind == QUANTILE}
        parameters: dict[str, Any] = {
            column.target: value for column, value in values.items() if column.kind == PARAMETER
        }
        if parameters:
            changes["parameters"] = replace(base.parameters, **parameters)
        named = tuple(column.lever(value) for column, value in values.items() if column.kind == LEVER)
        return replace(base, named=base.named + named, **changes)

    def cell(self, point: int, number: int, replicate: int) -> Cell:
        """Return the distinct runs of a point and set under one replicate's luck."""
        parameter_set = self.set_at(point, number)
        different: dict[int, Condition] = {}
        for place, condition in zip(self.places[point, number].tolist(), self.conditions, strict=True):
            if place >= 0:
                different.setdefault(place, condition)
        conditions = tuple(
            replace(different[place], regime=parameter_set.levers(different[place].regime))
            for place in sorted(different)
        )
        return Cell(parameter_set.parameters, replicate, conditions)

    def extents(self, engine: str = ENSEMBLE) -> list[CrossedExtent]:
        """Return the blocks in the order in which they are run: world by world, luck by luck."""
        span = 1 if engine != ENSEMBLE else max(1, RUNS_A_BLOCK // int(self.sizes.max()))
        return [
            CrossedExtent(world, replicate, first, min(first + span, cells))
            for world, members in enumerate(self.members)
            for cells in [len(members) * len(self.sets)]
            for replicate in range(self.replicates)
            for first in range(0, cells, span)
        ]

    def cells_of(self, extent: CrossedExtent) -> list[tuple[int, int]]:
        """Return the point and the set of every cell of a block."""
        members, sets = self.members[extent.world], len(self.sets)
        return [(int(members[at // sets]), at % sets) for at in range(extent.first, extent.after)]

    def piece(self, extent: CrossedExtent) -> Piece:
        """Return the work of a block; its cells are made when they are asked for."""
        places = self.cells_of(extent)
        cells = LazyCells(
            lambda at: self.cell(*places[at], extent.replicate),
            len(places),
            int(sum(self.sizes[place] for place in places)),
        )
        return Piece(extent.name, digest_of([self.fingerprint, extent.name]), cells, self.worlds[extent.world])

    def beyond(self) -> str:
        """Return one sentence on values beyond their ranges, nothing where there are none."""
        return points_beyond(self.points, self.sets, self.regimes)

    def _check_levels(self) -> None:
        """Refuse values that their regimes or parameter sets cannot have."""
        for column in self.points.columns:
            for value in self.points.levels(column) if column.kind == LEVER else ():
                for regime in self.regimes:
                    column.lever(value).set_in(regime)
        if any(column.target in _JOINT for column in self.points.columns):
            for point in range(len(self.points)):
                for number in range(len(self.sets)):
                    self.set_at(point, number)

    @cached_property
    def _worlds_by_key(self) -> tuple[tuple[int, ...], Numbers]:
        """The first point of each world, and which world each point is in, shape (points,)."""
        columns = [values.tolist() for column, values in self._world_columns]
        if not columns:
            return (0,), np.zeros(len(self.points), dtype=np.int64)
        known: dict[tuple[Value, ...], int] = {}
        which = [known.setdefault(key, len(known)) for key in zip(*columns, strict=True)]
        array = np.array(which, dtype=np.int64)
        return tuple(int(np.argmax(array == number)) for number in range(len(known))), array

    @property
    def _world_columns(self) -> Iterator[tuple[VariedColumn, npt.NDArray[Any]]]:
        both = zip(self.points.columns, self.points.values, strict=True)
        return ((column, values) for column, values in both if column.kind in OF_WORLD)

    @property
    def _first_in_world(self) -> tuple[int, ...]:
        return self._worlds_by_key[0]

    @property
    def _world_of(self) -> Numbers:
        return self._worlds_by_key[1]

    def _world_at(self, point: int) -> World:
        return moved_world(
            self.world, {column: value for column, value in self.points.row(point).items() if column.kind in OF_WORLD}
        )


def run_place(crossing: Crossing, number: int) -> tuple[int, int, int, int]:
    """Return point, label, set and replicate of a row of the table of runs."""
    points, sets, labels, replicates = crossing.shape
    point, label, at, luck = np.unravel_index(number, (points, labels, sets, replicates))
    return int(point), int(label), int(at), int(luck)


def run_number(crossing: Crossing, point: int, label: int, at: int, luck: int) -> int:
    """Return the row of the table of runs that has this point, label, set and replicate."""
    _, sets, labels, replicates = crossing.shape
    return ((point * labels + label) * sets + at) * replicates + luck
