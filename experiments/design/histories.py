"""Histories: runs of the regime that was in force, on England's councils from the first month that is known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from experiments.design.parameter_sets import ParameterSet
from experiments.design.world import Cell, Condition, Piece, World
from experiments.files.digests import digest_of
from experiments.observed import REGIME
from simulation.councils import same_start
from simulation.parameters import Parameters
from simulation.regimes import load_regime
from simulation.switches import Switches

HistoryRun = tuple[Parameters, int]
"""Parameters, and the luck that they meet."""


def history_world(months: int, seed: int, switches: Switches | None = None) -> World:
    """Return the world of histories of so many months; the model's structure is the default where None."""
    councils, scenario = same_start(None, None)
    return World(councils=councils, scenario=scenario, switches=switches or Switches(), months=months, seed=seed)


def history_piece(world: World, name: str, runs: Sequence[HistoryRun], what: object) -> Piece:
    """Return a piece of work that makes these histories.

    Args:
        world: of all histories.
        name: of the piece.
        runs: what is run.
        what: what each history is reduced to, as plain values.
    """
    condition = Condition(load_regime(REGIME), "none")
    cells = tuple(Cell(parameters, luck, (condition,)) for parameters, luck in runs)
    work = [_digest(world), what, [[parameters.as_dict(), luck] for parameters, luck in runs]]
    return Piece(name, digest_of(work), cells)


def history_pieces(world: World, sets: Sequence[ParameterSet], replicates: int, what: object) -> list[Piece]:
    """Return a piece of work a parameter set: so many histories, each under luck that no other set meets.

    Args:
        world: of all histories.
        sets: in their order.
        replicates: histories of each.
        what: what each history is reduced to, as plain values.
    """
    lucks = (range(number * replicates, (number + 1) * replicates) for number in range(len(sets)))
    return [
        history_piece(world, f"set-{number:06}", [(one.parameters, luck) for luck in own], what)
        for number, (one, own) in enumerate(zip(sets, lucks, strict=True))
    ]


@lru_cache(maxsize=4)
def _digest(world: World) -> str:
    return digest_of(world.describe())
