"""The runs behind the claims: every condition on the same parameter sets, with the same luck."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from experiments.design.world import Condition, World
from experiments.running.flow import flow
from experiments.statistics.paired import Matrix
from experiments.statistics.weights import Weights
from simulation.chance import Chance
from simulation.compiled.ensemble import Ensemble
from simulation.outcomes.measures import paired_outcomes
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.run import Run
from simulation.regimes import Deployment, deploy, load_regime
from simulation.scenario import Scenario
from simulation.switches import Switches

_LUCK_AT_HAND = 2
Cell = tuple[int, int]
"""A replicate and a parameter set."""


@dataclass(frozen=True)
class Found:
    """What the runs gave.

    Attributes:
        outcomes: kept outcomes, in the order of the last axis.
        of: numbers by condition, shape (sets, replicates, outcomes); NaN where a run failed.
        made: how many different runs there were.
        failed: how many of them ended in an error.
        weights: how many times each set counts; None where each counts once.
    """

    outcomes: tuple[str, ...]
    of: dict[Condition, npt.NDArray[np.float64]]
    made: int
    failed: int
    weights: Weights

    def values(self, condition: Condition, outcome: str) -> Matrix:
        """Return an outcome under a condition, shape (sets, replicates)."""
        found: Matrix = self.of[condition][:, :, self.outcomes.index(outcome)]
        return found


@dataclass
class _Made:
    """The runs of one cell: a row of kept outcomes for each condition."""

    rows: npt.NDArray[np.float64]
    made: int = 0
    failed: int = 0


@dataclass
class _Group:
    """Conditions of the same switches and scenario, which share month 0."""

    ensemble: Ensemble
    conditions: list[tuple[int, Condition]] = field(default_factory=list)


class Maker:
    """Makes the runs of cells; serves any number of threads.

    Args:
        world: what all conditions share.
        conditions: what is run, each once.
        outcomes: what is kept of each run.
    """

    def __init__(self, world: World, conditions: Sequence[Condition], outcomes: Sequence[str]) -> None:
        self.world, self.conditions, self.outcomes = world, tuple(conditions), tuple(outcomes)
        self._none = load_regime("none")
        self._places = np.array([list(OUTCOMES).index(name) for name in outcomes])
        self._paired = any(OUTCOMES[name].paired for name in outcomes)
        self._groups = list(_grouped(world, self.conditions))
        self._luck: OrderedDict[int, Chance] = OrderedDict()
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Compile the model or load it, in this thread: there it can be interrupted, and no bar stands in its way."""
        short = Ensemble(1, councils=self.world.councils, scenario=self.world.scenario)
        short.run(self._none, short.open(self.world.sets[0].parameters, short.draw(self.world.seed, 0)))

    def make(self, cell: Cell, stopped: Callable[[], bool] = lambda: False) -> _Made | None:
        """Return the runs of a cell, or None if ``stopped()`` before its end."""
        replicate, number = cell
        chosen, chance = self.world.sets[number], self._chance(replicate)
        made = _Made(np.full((len(self.conditions), len(self.outcomes)), np.nan))
        for group in self._groups:
            opening = group.ensemble.open(chosen.parameters, chance)
            known: dict[Deployment, npt.NDArray[np.float64]] = {}
            none: Run | None = None
            for place, condition in group.conditions:
                if stopped():
                    return None
                regime = chosen.levers(condition.regime)
                key = deploy(regime, chosen.parameters, condition.parity, self.world.councils.n)
                if key not in known:
                    made.made += 1
                    try:
                        if self._paired and none is None:
                            none = group.ensemble.run(self._none, opening)
                        known[key] = self._kept(group.ensemble.run(regime, opening, condition.parity), none)
                    except Exception:  # noqa: BLE001  whatever one run dies of, the others go on, and it is counted
                        known[key] = np.full(len(self.outcomes), np.nan)
                        made.failed += 1
                made.rows[place] = known[key]
        return made

    def _kept(self, run: Run, none: Run | None) -> npt.NDArray[np.float64]:
        values: npt.NDArray[np.float64] = run.values[self._places]
        if none is not None:
            for name, value in paired_outcomes(run, none).items():
                if name in self.outcomes:
                    values[self.outcomes.index(name)] = value
        return values

    def _chance(self, replicate: int) -> Chance:
        """Return a replicate's luck, drawn once for all sets; only the latest replicates stay at hand."""
        with self._lock:
            if replicate not in self._luck:
                while len(self._luck) >= _LUCK_AT_HAND:
                    self._luck.popitem(last=False)
                self._luck[replicate] = self._groups[0].ensemble.draw(self.world.seed, replicate)
            return self._luck[replicate]


def make_runs(
    world: World,
    conditions: Sequence[Condition],
    outcomes: Sequence[str],
    *,
    workers: int = 1,
    made: Callable[[int], None] = lambda _: None,
) -> Found:
    """Run every condition on every set and replicate.

    Args:
        world: what all conditions share.
        conditions: what is run, each once.
        outcomes: what is kept of each run.
        workers: threads; the numbers are the same whatever their number.
        made: called with a number of conditions when they are done, for a bar.
    """
    maker = Maker(world, conditions, outcomes)
    shape = (len(world.sets), world.replicates, len(outcomes))
    of = {condition: np.full(shape, np.nan) for condition in conditions}
    total = failed = 0
    for (replicate, number), block in _cells(maker, workers):
        for condition, row in zip(conditions, block.rows, strict=True):
            of[condition][number, replicate] = row
        total, failed = total + block.made, failed + block.failed
        made(len(conditions))
    return Found(tuple(outcomes), of, total, failed, world.weights)


def _cells(maker: Maker, workers: int) -> Iterable[tuple[Cell, _Made]]:
    world = maker.world
    cells = [(replicate, number) for replicate in range(world.replicates) for number in range(len(world.sets))]
    maker.warm()
    stop = threading.Event()

    def work(cell: Cell) -> tuple[Cell, _Made | None]:
        return cell, maker.make(cell, stop.is_set)

    pool = ThreadPoolExecutor(workers)
    with closing(flow(pool, work, cells, workers, stop.set)) as found:
        yield from found


def _grouped(world: World, conditions: Sequence[Condition]) -> Iterable[_Group]:
    groups: dict[tuple[Switches, Scenario], _Group] = {}
    for place, condition in enumerate(conditions):
        switches, scenario = condition.switches(world.switches), condition.scenario(world.scenario)
        if (switches, scenario) not in groups:
            ensemble = Ensemble(world.months, switches=switches, scenario=scenario, councils=world.councils)
            groups[switches, scenario] = _Group(ensemble)
        groups[switches, scenario].conditions.append((place, condition))
    return groups.values()
