"""What a run is reduced to where some of its outcomes are all that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.design.world import Piece, World
from experiments.results.blocks import Arrays
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.pairs import paired_outcomes
from simulation.outcomes.run import Run


@dataclass(frozen=True)
class Outcomes:
    """Reduces a run to some of its outcomes, in this order."""

    names: tuple[str, ...]
    panel: bool = False

    @property
    def paired(self) -> bool:
        """Whether an outcome compares the run with the run under no regime."""
        return any(OUTCOMES[name].paired for name in self.names)

    def shelf(self, world: World, piece: Piece) -> OutcomesShelf:
        """Return an empty shelf for the runs of a piece."""
        del world
        return OutcomesShelf(self.names, piece.runs)


class OutcomesShelf:
    """Some outcomes of the runs of one piece: ``outcomes``, shape (runs, names)."""

    def __init__(self, names: Sequence[str], runs: int) -> None:
        self._names = tuple(names)
        self._places = np.array([list(OUTCOMES).index(name) for name in names])
        self.arrays: Arrays = {"outcomes": np.full((runs, len(names)), np.nan)}

    def keep(self, row: int, run: Run, none: Run | None) -> None:
        """Keep a run."""
        numbers = self.arrays["outcomes"][row]
        numbers[:] = run.values[self._places]
        if none is not None:
            for name, value in paired_outcomes(run, none).items():
                if name in self._names:
                    numbers[self._names.index(name)] = value
