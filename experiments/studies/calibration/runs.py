"""Simulated histories for a fit: what parameter sets show of the fit patterns, and the luck that each meets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.design.histories import history_piece, history_world
from experiments.design.world import Piece, World
from experiments.files.digests import digest_of
from experiments.observed import HISTORY_MONTHS, History, fit_patterns, measure_fit
from experiments.results.blocks import Arrays
from experiments.running.maker import make_alone
from simulation.arrays import Floats
from simulation.outcomes.run import Run
from simulation.parameters import Parameters

LUCKS = 64
"""How many lucks the sets share out among themselves, so that what is peculiar to one of them does not tell in all."""
_PATTERNS = "patterns"


@dataclass(frozen=True)
class FitPatterns:
    """Reduces a history to the fit patterns: ``patterns``, shape (runs, patterns); NaN where it shows nothing."""

    panel: bool = True
    paired: bool = False

    def shelf(self, world: World, piece: Piece) -> FitShelf:
        """Return an empty shelf for the runs of a piece."""
        del world
        return FitShelf(piece.runs)


class FitShelf:
    """The fit patterns that the runs of a piece show."""

    def __init__(self, runs: int) -> None:
        self.arrays: Arrays = {_PATTERNS: np.full((runs, len(fit_patterns())), np.nan)}

    def keep(self, row: int, run: Run, none: Run | None) -> None:
        """Keep what a history shows."""
        del none
        self.arrays[_PATTERNS][row] = measure_fit(History(run))


def patterns_digest() -> str:
    """Return the digest of what is fitted to: names, targets and errors."""
    return digest_of([[pattern.name, pattern.target, pattern.sd] for pattern in fit_patterns()])


def lucks(number: int, first: int, after: int) -> tuple[int, ...]:
    """Return which replicates set ``number`` meets as its ``first`` to before its ``after``: no one twice."""
    return tuple((number * 7 + place) % LUCKS for place in range(first, after))


def one_history(parameters: Parameters, replicate: int, seed: int) -> Floats:
    """Return what one simulated history shows of every fit pattern, shape (patterns,); NaN where it shows nothing."""
    world = history_world(HISTORY_MONTHS, seed)
    piece = history_piece(world, "one", [(parameters, replicate)], patterns_digest())
    patterns: Floats = make_alone(world, piece, FitPatterns(), lucks=LUCKS).arrays[_PATTERNS][0]
    return patterns
