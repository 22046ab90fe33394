"""The runs of a crossing, by number: what each was made of, and, where its table is at hand, what it gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from experiments.design.crossing import Crossing, run_place
from experiments.results.excerpt import read_row
from experiments.results.known_runs import KnownRun
from experiments.text.names import NOTHING
from simulation.arrays import Floats
from simulation.errors import whole
from simulation.outcomes.outcomes import OUTCOMES


class KnownCrossing:
    """The runs of crossings, one after the other, numbered as the rows of their tables.

    Args:
        crossings: in the order in which they were run.
        table: a row a run of the one crossing, with its outcomes; None where no run is kept by itself.
        outcomes: names of those in the table.
    """

    def __init__(self, crossings: Sequence[Crossing], table: Path | None = None, outcomes: Sequence[str] = ()) -> None:
        self._crossings, self._table, self.kept = tuple(crossings), table, tuple(outcomes)

    @property
    def number(self) -> int:
        """How many there are, those shown at several points or under several parities counted each time."""
        return sum(crossing.rows for crossing in self._crossings)

    def run(self, number: int) -> KnownRun:
        """Return a run by its number.

        Raises:
            InputError: there is no such run.
        """
        rest = whole("run", number, 0, self.number - 1)
        for crossing in self._crossings:
            if rest < crossing.rows:
                break
            rest -= crossing.rows
        point, label, at, luck = run_place(crossing, rest)
        chosen, condition = crossing.set_at(point, at), crossing.conditions[label]
        return KnownRun(
            number=number,
            set=at,
            parameters=chosen.parameters,
            luck=luck,
            condition=replace(condition, regime=chosen.levers(condition.regime)),
            world=crossing.world_of(point),
        )

    def outcomes(self, number: int) -> Floats | None:
        """Return what a run gave, in the order of ``kept``; None where it failed or is not kept by itself."""
        if self._table is None:
            return None
        row = read_row(self._table, number, [*self.kept, "regime", "error"])
        return None if row["error"] else as_made(row, self.kept)


def as_made(row: Mapping[str, Any], names: Sequence[str]) -> Floats:
    """Return outcomes of a row as a run gives them: no programme is not compared with itself."""
    alone = row["regime"] == NOTHING
    values: Floats = np.array(
        [np.nan if alone and OUTCOMES[name].paired else row[name] for name in names], dtype=np.float64
    )
    return values
