"""The world of a point: that of the study with other switches, choices, start or seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from experiments.design.columns import CHOICE, OF_WORLD, SEED_COLUMN, START_COLUMN, SWITCH, VariedColumn
from experiments.design.named_levers import Value
from experiments.design.world import World
from simulation.councils import load_councils
from simulation.errors import InputError


def moved_world(world: World, values: Mapping[VariedColumn, Value]) -> World:
    """Return a world with the switches, choices, start and seed of a point.

    Raises:
        InputError: councils of the user's own cannot start in another month, or the tables do not cover it.
    """
    by_kind: dict[str, dict[str, Any]] = {kind: {} for kind in OF_WORLD}
    for column, value in values.items():
        by_kind[column.kind][column.target] = value
    councils, choices = world.councils, by_kind[CHOICE] | by_kind[START_COLUMN]
    if by_kind[START_COLUMN] and choices[START_COLUMN] != councils.start:
        if councils.own:
            raise InputError(
                "column start: expected England's councils, got councils of your own, whose month is theirs"
            )
        councils = load_councils(start=choices[START_COLUMN])
    return replace(
        world,
        councils=councils,
        scenario=replace(world.scenario, **choices),
        switches=replace(world.switches, **by_kind[SWITCH]),
        seed=by_kind[SEED_COLUMN].get(SEED_COLUMN, world.seed),
    )
