"""One block of runs: one replicate of some parameter sets, every regime and parity of them under the same luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from experiments.design.design import Design
from simulation.arrays import Floats
from simulation.simulate import ENSEMBLE

REALISED = ("pounds", "days", "director_days")
RUNS_A_BLOCK = 128
"""About how many runs the ensemble engine makes between two files; Mesa makes those of one set."""


@dataclass(frozen=True, order=True)
class Key:
    """Which runs a block holds: those of a replicate in the sets from ``first`` to before ``after``."""

    replicate: int
    first: int
    after: int


@dataclass(frozen=True)
class Block:
    """What the distinct runs of a block gave, set by set; NaN throughout where a run failed.

    Attributes:
        outcomes: in the order of `OUTCOMES`, shape (runs, outcomes).
        realised: pounds, days and director days, shape (runs, 3).
        groups: `GROUP_COLUMNS` of each group of councils, shape (runs, groups, 5).
        errors: why a run failed, empty where it did not, shape (runs,).
        months: in the order of `PATHS`, shape (months, runs, paths); in single precision where they are not kept.
    """

    outcomes: Floats
    realised: Floats
    groups: Floats
    errors: npt.NDArray[np.str_]
    months: npt.NDArray[np.floating]

    @property
    def failed(self) -> int:
        """How many of the runs failed."""
        return int((self.errors != "").sum())


def block_keys(design: Design, engine: str, replicates: range) -> list[Key]:
    """Return the blocks of these replicates in the order in which they are run: luck by luck."""
    sets = len(design.sets)
    span = 1 if engine != ENSEMBLE else max(1, RUNS_A_BLOCK // int(design.sizes.max()))
    return [
        Key(replicate, first, min(first + span, sets)) for replicate in replicates for first in range(0, sets, span)
    ]


def months_type(design: Design, replicate: int) -> type[np.float64 | np.float32]:
    """Return how exactly a replicate's months are held: in full where they are kept, else for their quantiles."""
    return np.float64 if replicate < design.kept else np.float32
