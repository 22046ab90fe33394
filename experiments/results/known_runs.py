"""The runs of finished results, one by one: what each was made of, and what it gave, so that it can be made again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd

from experiments.design.own_science import own_names
from experiments.design.parameter_sets import LEVER_QUANTILES, ParameterSet
from experiments.design.plain_design import plain_regime, plain_scenario
from experiments.design.world import Cell, Condition, World
from experiments.files.digests import table_digest
from experiments.results.excerpt import read_run_rows
from experiments.results.label_rows import read_labels
from experiments.results.manifest import read_manifest
from simulation.arrays import Floats
from simulation.councils import Councils, load_councils
from simulation.errors import InputError, whole
from simulation.outcomes.outcomes import OUTCOMES
from simulation.parameters import PARAMETERS, Parameters
from simulation.switches import Switches


@dataclass(frozen=True)
class KnownRun:
    """A run of finished results.

    Attributes:
        number: by which its study knows it, from 0.
        set: number of its parameter set.
        parameters: the uncertain numbers.
        luck: which replicate's luck it met.
        condition: regime, levers set, and parity: the first of those that show it.
        world: whom and when it was made on.
    """

    number: int
    set: int
    parameters: Parameters
    luck: int
    condition: Condition
    world: World

    @property
    def cell(self) -> Cell:
        """The work of making it again."""
        return Cell(self.parameters, self.luck, (self.condition,))


class KnownRuns(Protocol):
    """The runs of one results folder."""

    @property
    def number(self) -> int:
        """How many there are."""

    def run(self, number: int) -> KnownRun:
        """Return a run by its number."""

    @property
    def kept(self) -> tuple[str, ...]:
        """Names of the outcomes that are kept of each run, in their order."""

    def outcomes(self, number: int) -> Floats | None:
        """Return what a run gave, in the order of ``kept``; None where it failed, or none is kept by itself."""


class KnownComparison:
    """The runs of a comparison, read from its manifest and tables.

    Args:
        folder: of the finished comparison.
        councils: the user's own, where it was made on those; England's in its first month where None.

    Raises:
        InputError: the folder holds no such results, or they were made on other councils.
    """

    def __init__(self, folder: Path, councils: Councils | None = None) -> None:
        design = read_manifest(folder).design
        self._folder, self.kept = folder, tuple(OUTCOMES)
        self._world = _world(folder, design, councils)
        self._regimes = {name: plain_regime(cells) for name, cells in design["regimes"].items()}
        self._sets: list[dict[Any, Any]] = pd.read_parquet(folder / "sets.parquet").to_dict("records")
        self._labels = read_labels(folder).drop_duplicates("run").sort_values("run")

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self._labels)

    def run(self, number: int) -> KnownRun:
        """Return a run by its number.

        Raises:
            InputError: there is no such run.
        """
        label = self._labels.iloc[whole("run", number, 0, self.number - 1)]
        chosen = _set(self._sets[int(label["set"])])
        regime = chosen.levers(self._regimes[label["regime"]])
        return KnownRun(
            number=number,
            set=int(label["set"]),
            parameters=chosen.parameters,
            luck=int(label["replicate"]),
            condition=Condition(regime, str(label["parity"])),
            world=self._world,
        )

    def outcomes(self, number: int) -> Floats | None:
        """Return what a run gave, in the order of `OUTCOMES`; None where it failed."""
        table = read_run_rows(self._folder / "runs.parquet", "run", np.array([number]), [*OUTCOMES, "error"])
        return None if table["error"].iloc[0] else table[list(OUTCOMES)].to_numpy()[0]


class KnownTrial:
    """The runs of a trial of conditions, read from its manifest; what each gave by itself is not kept.

    Args:
        folder: of the finished trial.
        councils: as of `KnownComparison`.

    Raises:
        InputError: the folder holds no such results, they were made on other councils, or on more sets than are listed.
    """

    def __init__(self, folder: Path, councils: Councils | None = None) -> None:
        design = read_manifest(folder).design
        if not isinstance(design["sets"], list):
            raise InputError(f"{folder}: expected parameter sets that its manifest lists, got more than it does")
        self.kept: tuple[str, ...] = ()
        self._world = _world(folder, design, councils)
        self._conditions = [_condition(cells) for cells in design["conditions"]]
        self._sets, self._replicates = design["sets"], int(design["replicates"])

    @property
    def number(self) -> int:
        """How many there are, a condition that shows another's run counted too."""
        return len(self._conditions) * len(self._sets) * self._replicates

    def run(self, number: int) -> KnownRun:
        """Return a run by its number, as `trial_run_number` gives it.

        Raises:
            InputError: there is no such run.
        """
        rest, luck = divmod(whole("run", number, 0, self.number - 1), self._replicates)
        place, at = divmod(rest, len(self._sets))
        chosen, condition = _set(_numbers(self._sets[at])), self._conditions[place]
        condition = replace(condition, regime=chosen.levers(condition.regime))
        return KnownRun(number, at, chosen.parameters, luck, condition, self._world)

    def outcomes(self, number: int) -> None:
        """Return None: no run is kept by itself."""
        del number


def trial_run_number(condition: int, number: int, replicate: int, *, sets: int, replicates: int) -> int:
    """Return the number of a trial's run, by its condition, set and replicate."""
    return (condition * sets + number) * replicates + replicate


def _world(folder: Path, design: Mapping[str, Any], councils: Councils | None) -> World:
    if "own" in design:
        raise InputError(f"{folder}: expected results of the program's own model, got those of {own_names(design)}")
    scenario, wanted = plain_scenario(design["scenario"]), design["councils"]
    try:
        table = load_councils(start=scenario.start) if councils is None else councils
    except InputError:  # a table of the user's own that starts in a month which the evidence does not cover
        table = None
    if table is None or table_digest(table) != wanted:
        whose = "England's" if councils is None else "others"
        raise InputError(
            f"{folder}: expected the {wanted['number']} councils that it was made on, got {whose}; "
            "--councils FILE.csv gives the table"
        )
    return World(
        councils=table,
        scenario=scenario,
        switches=Switches(**design["switches"]),
        months=design["months"],
        seed=design["seed"],
    )


def _condition(cells: Mapping[str, Any]) -> Condition:
    return Condition(**{**cells, "regime": plain_regime(cells["regime"]), "off": tuple(cells["off"])})


def _numbers(cells: Mapping[str, float | None]) -> dict[str, float]:
    return {name: math.nan if value is None else value for name, value in cells.items()}


def _set(row: Mapping[str, float]) -> ParameterSet:
    """Return a parameter set of its numbers by name, not a number where levers are fixed."""
    receiver, giver = (None if math.isnan(row[name]) else float(row[name]) for name in LEVER_QUANTILES)
    parameters = Parameters.from_mapping({name: float(row[name]) for name in PARAMETERS})
    return ParameterSet(parameters, receiver, giver)
