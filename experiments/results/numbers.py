"""What a run is reduced to in a comparison: outcomes, what was realised, groups of councils, and months."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.design.design import Design
from experiments.design.world import Piece, World
from experiments.results.group_totals import COUNCIL_COLUMNS, GROUP_COLUMNS, Groups
from simulation.councils import Councils
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.own_outcomes import OwnOutcomes, measure_own, uses_panel
from simulation.outcomes.pairs import paired_outcomes
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import Run
from simulation.regimes import QUANTITIES

GROUPS_ARRAY, COUNCILS_ARRAY = "groups", "councils"
MONTHS_ARRAY = "months"
"""The array of monthly paths, which lies on disk as it is in memory: quantiles of paths read it month by month."""

_PLACE = {name: place for place, name in enumerate(OUTCOMES)}


@dataclass(frozen=True)
class RunNumbers:
    """Reduces a run to the numbers of a comparison.

    Attributes:
        kept: replicates whose months are kept in full; those of others, for their quantiles, in single precision.
        councils: whether every council is kept.
        own: outcomes of the user's own.
        paired: as of `Reducer`.
    """

    kept: int
    councils: bool = False
    own: OwnOutcomes = ()
    paired: bool = True

    @classmethod
    def of(cls, design: Design) -> RunNumbers:
        """Return what the runs of a comparison are reduced to."""
        return cls(design.kept_replicates, design.keeps_councils, design.own_outcomes)

    @property
    def panel(self) -> bool:
        """Whether an outcome of the user's own needs every council's months."""
        return uses_panel(self.own)

    def shelf(self, world: World, piece: Piece) -> NumbersShelf:
        """Return an empty shelf for the runs of a piece: they are of one replicate."""
        kind = months_type(self.kept, piece.cells[0].luck)
        councils = world.councils.n if self.councils else 0
        return NumbersShelf(_groups(world.councils), councils, world.months, piece.runs, kind, self.own)


class NumbersShelf:
    """The numbers of the runs of one piece.

    Attributes:
        arrays: ``outcomes`` in the order of `OUTCOMES`, the user's own last, shape (runs, outcomes); ``realised``,
            shape (runs, 3); ``groups``: `GROUP_COLUMNS` of each group of councils, shape (runs, groups, 5);
            ``councils``: `COUNCIL_COLUMNS` of each council in single precision, shape (runs, councils, 4), where they
            are kept; ``months`` in the order of `PATHS`, shape (months, runs, paths).
    """

    def __init__(
        self,
        groups: Groups,
        councils: int,
        months: int,
        runs: int,
        kind: type[np.float64 | np.float32],
        own: OwnOutcomes = (),
    ) -> None:
        self._groups, self._councils, self._own = groups, councils, own
        self.arrays: dict[str, npt.NDArray[Any]] = {
            "outcomes": np.full((runs, len(OUTCOMES) + len(own)), np.nan),
            "realised": np.full((runs, len(QUANTITIES)), np.nan),
            GROUPS_ARRAY: np.full((runs, len(groups), len(GROUP_COLUMNS)), np.nan),
            MONTHS_ARRAY: np.full((months, runs, len(PATHS)), np.nan, dtype=kind),
        }
        if councils:
            self.arrays[COUNCILS_ARRAY] = np.full((runs, councils, len(COUNCIL_COLUMNS)), np.nan, dtype=np.float32)

    def keep(self, row: int, run: Run, none: Run | None) -> None:
        """Keep a run; outcomes that compare it with the run under no regime stay empty for that run itself."""
        groups, own = self._groups.totals(run.council_values), measure_own(run, self._own)
        paired = paired_outcomes(run, none) if none is not None and none is not run else {}
        outcomes = self.arrays["outcomes"][row]
        outcomes[:] = [*run.values, *own.values()]
        for name, value in paired.items():
            outcomes[_PLACE[name]] = value
        self.arrays["realised"][row] = [run.realised[name] for name in QUANTITIES]
        self.arrays[GROUPS_ARRAY][row] = groups
        if self._councils:
            self.arrays[COUNCILS_ARRAY][row] = self._groups.of_each(run.council_values)
        self.arrays[MONTHS_ARRAY][:, row] = run.month_values


def months_type(kept: int, replicate: int) -> type[np.float64 | np.float32]:
    """Return how exactly a replicate's months are held: in full where they are kept, else for their quantiles."""
    return np.float64 if replicate < kept else np.float32


@lru_cache(maxsize=2)
def _groups(councils: Councils) -> Groups:
    return Groups(councils)
