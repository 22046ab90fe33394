"""The maker: turns a piece of work into a block of results, with either engine."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np

from experiments.design.world import Cell, Condition, Piece, Surroundings, World
from experiments.results.blocks import Arrays, Block
from experiments.running.luck import LuckAtHand
from simulation.chance import Chance
from simulation.compiled.ensemble import Ensemble, Opening
from simulation.draws import draw_chance
from simulation.outcomes.run import Run
from simulation.parameters import Parameters
from simulation.regimes import load_regime
from simulation.simulate import ENSEMBLE, simulate

LUCKS_KEPT = 2
"""Lucks at hand unless more are asked for: runs come luck by luck."""

Stopped = Callable[[], bool]


class Shelf(Protocol):
    """Where the runs of one piece are kept, reduced to numbers."""

    @property
    def arrays(self) -> Arrays:
        """The numbers by name; not a number where nothing was kept."""

    def keep(self, row: int, run: Run, none: Run | None) -> None:
        """Keep a run as number ``row`` of the piece; ``none`` is the run under no regime in the same world."""


class Reducer(Protocol):
    """What a run is reduced to. It is plain data: it goes to worker processes and other machines."""

    @property
    def panel(self) -> bool:
        """Whether it needs every council's months."""

    @property
    def paired(self) -> bool:
        """Whether it needs the run under no regime beside each run."""

    def shelf(self, world: World, piece: Piece) -> Shelf:
        """Return an empty shelf for the runs of a piece."""


@dataclass(frozen=True)
class Task:
    """A piece of work with all that is needed to do it, as plain data.

    Attributes:
        world: whom and when.
        engine: one of `simulation.simulate.ENGINES`; the results are the same.
        reducer: what each run is reduced to.
        piece: what is run.
        lucks: how many lucks are kept at hand.
    """

    world: World
    engine: str
    reducer: Reducer
    piece: Piece
    lucks: int = LUCKS_KEPT


def failure(error: Exception) -> str:
    """Return in one line what a run died of."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def never() -> bool:
    """Return that nobody asked to stop."""
    return False


def make_block(task: Task, stopped: Stopped = never) -> Block | None:
    """Return the block of a task, or None if ``stopped()`` before its end.

    A run that fails leaves its reason, and the others go on.
    """
    return maker_of(task.world, task.engine, task.lucks).make(task.piece, task.reducer, stopped)


def make_alone(world: World, piece: Piece, reducer: Reducer, *, lucks: int = LUCKS_KEPT) -> Block:
    """Return the block of one piece, made here and now by the compiled engine."""
    block = make_block(Task(world, ENSEMBLE, reducer, piece, lucks))
    assert block is not None  # noqa: S101  nobody asks it to stop
    return block


@lru_cache(maxsize=2)
def maker_of(world: World, engine: str, lucks: int = LUCKS_KEPT) -> Maker:
    """Return the maker of a world's runs, kept for the next piece."""
    return Maker(world, engine, lucks)


class Maker:
    """Makes blocks of one world with one engine; serves any number of threads."""

    def __init__(self, world: World, engine: str, lucks: int = LUCKS_KEPT) -> None:
        self.world, self.engine = world, world.own.engine(engine)
        table = world.councils
        self.luck = LuckAtHand(
            lambda replicate: draw_chance(world.seed, replicate, world.months, table.n, len(table.regions)), lucks
        )
        self._ensembles: dict[Surroundings, Ensemble] = {}
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Compile the model or load it, before any bar stands in its way."""
        if self.engine == ENSEMBLE:
            world = self.world
            short = Ensemble(
                1, switches=world.switches, scenario=world.scenario, councils=world.councils, rules=world.own.rules
            )
            short.run("none", short.open(Parameters(), short.draw(world.seed, 0)))

    def make(self, piece: Piece, reducer: Reducer, stopped: Stopped = never) -> Block | None:
        """Return the block of a piece, or None if ``stopped()`` before its end.

        Raises:
            MemoryError: there is not enough of it for a run.
        """
        shelf, errors, row = reducer.shelf(self.world, piece), [], 0
        for cell in piece.cells:
            places = _Places(self, cell, panel=reducer.panel)
            for condition in cell.conditions:
                if stopped():
                    return None
                try:
                    run = places.run(condition)
                    shelf.keep(row, run, places.none(condition) if reducer.paired else None)
                    errors.append("")
                except MemoryError:  # the fault of no run: what is made already is used when there is more
                    raise
                except Exception as error:  # noqa: BLE001  whatever one run dies of, the others go on
                    errors.append(failure(error))
                row += 1
        return Block(shelf.arrays, np.array(errors, dtype=np.str_))

    def ensemble(self, condition: Condition) -> Ensemble:
        """Return the compiled runs of a condition's world."""
        key = condition.surroundings
        with self._lock:
            if key not in self._ensembles:
                world = self.world
                self._ensembles[key] = Ensemble(
                    world.months,
                    switches=condition.switches(world.switches),
                    scenario=condition.scenario(world.scenario),
                    councils=world.councils,
                    rules=world.own.rules,
                )
            return self._ensembles[key]

    def openings(self, cell: Cell, chance: Chance) -> Callable[[Condition], Opening]:
        """Return what gives month 0 of a cell under a condition, made once for all that share a world."""
        known: dict[Ensemble, Opening] = {}

        def opening(condition: Condition) -> Opening:
            ensemble = self.ensemble(condition)
            if ensemble not in known:
                known[ensemble] = ensemble.open(cell.parameters, chance)
            return known[ensemble]

        return opening


class _Places:
    """The runs of one cell: month 0 and the run under no regime are made once for all conditions of one world."""

    def __init__(self, maker: Maker, cell: Cell, *, panel: bool) -> None:
        self._maker, self._cell, self._panel = maker, cell, panel
        self._chance = maker.luck.of(cell.luck)
        self._opening = maker.openings(cell, self._chance)
        self._none: dict[Surroundings, Run | None] = {}

    def run(self, condition: Condition) -> Run:
        """Return the run under a condition; that under no regime is remembered."""
        run = self._made(condition)
        if condition.regime.name == "none":
            self._none.setdefault(condition.surroundings, run)
        return run

    def none(self, condition: Condition) -> Run | None:
        """Return the run under no regime in a condition's world, None where it fails."""
        key = condition.surroundings
        if key not in self._none:
            try:
                self._none[key] = self._made(replace(condition, regime=load_regime("none"), parity="none"))
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001  its own row, where it is asked for, says why
                self._none[key] = None
        return self._none[key]

    def _made(self, condition: Condition) -> Run:
        if self._maker.engine == ENSEMBLE:
            ensemble = self._maker.ensemble(condition)
            return ensemble.run(condition.regime, self._opening(condition), condition.parity, panel=self._panel)
        world = self._maker.world
        return simulate(
            condition.regime,
            replicate=self._cell.luck,
            seed=world.seed,
            months=world.months,
            parameters=self._cell.parameters,
            switches=condition.switches(world.switches),
            scenario=condition.scenario(world.scenario),
            councils=world.councils,
            parity=condition.parity,
            chance=self._chance,
            panel=self._panel,
            model=world.own.model,
            rules=world.own.rules,
        )
