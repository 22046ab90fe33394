"""The maker: turns a piece of a design into results, with either engine."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from typing import Protocol

import numpy as np

from experiments.design.design import Design, DistinctRun
from experiments.design.parameter_sets import ParameterSet
from experiments.results.blocks import REALISED, Block, Key, months_type
from experiments.results.groups import GROUP_COLUMNS, Groups
from simulation.chance import Chance, draw_chance
from simulation.compiled.ensemble import Ensemble, Opening
from simulation.outcomes.measures import paired_outcomes
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import Run
from simulation.simulate import ENSEMBLE, simulate

_REPLICATES_AT_HAND = 2


_SETS_AT_HAND = 512


class _World(Protocol):
    """One parameter set under one replicate's luck."""

    def run(self, distinct: DistinctRun) -> Run:
        """Return one run in it."""


class _Compiled:
    """A world of the ensemble engine: month 0 is made once, with the first run."""

    def __init__(self, ensemble: Ensemble, chosen: ParameterSet, chance: Chance) -> None:
        self._ensemble, self._chosen, self._chance = ensemble, chosen, chance

    @cached_property
    def _opening(self) -> Opening:
        return self._ensemble.open(self._chosen.parameters, self._chance)

    def run(self, distinct: DistinctRun) -> Run:
        return self._ensemble.run(distinct.regime, self._opening, distinct.parity)


class _Agents:
    """A world of Mesa's agents."""

    def __init__(self, design: Design, chosen: ParameterSet, chance: Chance) -> None:
        self._design, self._chosen, self._chance = design, chosen, chance

    def run(self, distinct: DistinctRun) -> Run:
        # Mesa is slow to import, and only this engine needs it.

        return simulate(
            distinct.regime,
            replicate=self._chance.replicate,
            seed=self._design.seed,
            months=self._design.months,
            parameters=self._chosen.parameters,
            switches=self._design.switches,
            scenario=self._design.scenario,
            councils=self._design.councils,
            parity=distinct.parity,
            chance=self._chance,
        )


class Maker:
    """Makes blocks of one design with one engine; serves any number of threads.

    Args:
        design: what is run.
        engine: one of `ENGINES`.
    """

    def __init__(self, design: Design, engine: str) -> None:
        self.design = design
        self.groups = Groups(design.councils)
        self._ensemble = self._compiled(design.months) if engine == ENSEMBLE else None
        self._luck: OrderedDict[int, Chance] = OrderedDict()
        self._distinct: dict[int, tuple[DistinctRun, ...]] = {}
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Compile the model or load it, in this thread: there it can be interrupted, and no bar stands in its way."""
        if self._ensemble is not None:
            short = self._compiled(1)
            opening = short.open(self.design.sets[0].parameters, short.draw(self.design.seed, 0))
            short.run(self.design.regimes[0], opening)

    def make(self, key: Key, stopped: Callable[[], bool] = lambda: False) -> Block | None:
        """Return a block, or None if ``stopped()`` before its end.

        A run that fails leaves its reason, and the others go on.
        """
        runs = int(self.design.sizes[key.first : key.after].sum())
        block = self._blank(runs, months_type(self.design, key.replicate))
        errors = [""] * runs
        chance = self.chance(key.replicate)
        row = 0
        for number in range(key.first, key.after):
            world = self.world(self.design.sets[number], chance)
            none: Run | None = None
            for place, distinct in enumerate(self.distinct(number)):
                if stopped():
                    return None
                try:
                    run = world.run(distinct)
                    none = run if place == 0 else none
                    self._keep(block, row, run, none)
                except Exception as error:  # noqa: BLE001  whatever one run dies of, the others go on and its row says why
                    errors[row] = " ".join(f"{type(error).__name__}: {error}".split())
                row += 1
        return Block(block.outcomes, block.realised, block.groups, np.array(errors, dtype=np.str_), block.months)

    def world(self, chosen: ParameterSet, chance: Chance) -> _World:
        """Return what runs one parameter set under one luck."""
        if self._ensemble is not None:
            return _Compiled(self._ensemble, chosen, chance)
        return _Agents(self.design, chosen, chance)

    def chance(self, replicate: int) -> Chance:
        """Return a replicate's luck, drawn once for all sets; only the latest replicates stay at hand."""
        with self._lock:
            if replicate not in self._luck:
                while len(self._luck) >= _REPLICATES_AT_HAND:
                    self._luck.popitem(last=False)
                table, months = self.design.councils, self.design.months
                self._luck[replicate] = draw_chance(self.design.seed, replicate, months, table.n, len(table.regions))
            return self._luck[replicate]

    def distinct(self, number: int) -> tuple[DistinctRun, ...]:
        """Return a set's distinct runs; those of the first sets stay at hand."""
        found = self._distinct.get(number) or self.design.distinct(number)[0]
        if len(self._distinct) < _SETS_AT_HAND:
            self._distinct[number] = found
        return found

    def _compiled(self, months: int) -> Ensemble:
        design = self.design
        return Ensemble(months, switches=design.switches, scenario=design.scenario, councils=design.councils)

    def _blank(self, runs: int, kind: type[np.float64 | np.float32]) -> Block:
        return Block(
            outcomes=np.full((runs, len(OUTCOMES)), np.nan),
            realised=np.full((runs, len(REALISED)), np.nan),
            groups=np.full((runs, len(self.groups), len(GROUP_COLUMNS)), np.nan),
            errors=np.empty(0, dtype=np.str_),
            months=np.full((self.design.months, runs, len(PATHS)), np.nan, dtype=kind),
        )

    def _keep(self, block: Block, row: int, run: Run, none: Run | None) -> None:
        groups = self.groups.totals(run.council_values)
        paired = paired_outcomes(run, none) if none is not None and none is not run else {}
        realised = [run.realised[name] for name in REALISED]
        block.outcomes[row] = run.values
        for name, value in paired.items():
            block.outcomes[row, _PLACE[name]] = value
        block.realised[row] = realised
        block.groups[row] = groups
        block.months[:, row] = run.month_values


_PLACE = {name: place for place, name in enumerate(OUTCOMES)}
