"""Histories: runs of the regime that was in force, on England's councils, from April 2018 unless told otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from experiments.design.parameter_sets import ParameterSet
from experiments.design.world import Cell, Condition, Piece, World
from experiments.files.digests import digest_of
from experiments.observed import REGIME
from simulation.councils import load_councils, same_start
from simulation.dates import FIRST_MONTH
from simulation.parameters import Parameters
from simulation.regimes import load_regime
from simulation.scenario import Scenario
from simulation.switches import Switches

HistoryRun = tuple[Parameters, int]
"""Parameters, and the luck that they meet."""


def history_world(
    months: int,
    seed: int,
    start: str = FIRST_MONTH,
    switches: Switches | None = None,
    *,
    real_months: bool | None = None,
) -> World:
    """Return the world of histories of so many months.

    Args:
        months: length of a history.
        seed: of all luck.
        start: calendar month of month 0, YYYY-MM.
        switches: the model's structure; the defaults where None.
        real_months: as of `simulation.councils.load_councils`.

    Raises:
        InputError: a run cannot start in that month.
    """
    councils, scenario = same_start(load_councils(start=start, real_months=real_months), Scenario(start=start))
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
