"""Councils by region and by fifth of deprivation: how many of each are good or better."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulation.arrays import Flags, Numbers
from simulation.councils import Councils
from simulation.outcomes.run import deprivation_fifths
from simulation.state import GOOD


@dataclass(frozen=True)
class Members:
    """Who belongs to which group.

    Attributes:
        names: kind and name of each group: regions, then fifths of deprivation from 1 (least deprived).
        belongs: shape (groups, councils).
    """

    names: tuple[tuple[str, str], ...]
    belongs: Flags

    @property
    def sizes(self) -> Numbers:
        """How many councils each group has."""
        return np.asarray(self.belongs.sum(axis=1))

    def good_or_better(self, grades: Numbers) -> Numbers:
        """Return how many councils of each group hold good or outstanding, from the grade of each council."""
        return np.asarray((self.belongs & (grades >= GOOD)).sum(axis=1))


@lru_cache(maxsize=8)
def group_members(table: Councils) -> Members:
    """Return the regions and the fifths of deprivation of these councils."""
    kinds = {
        "region": np.array(table.region, dtype=np.str_),
        "deprivation_fifth": np.array(deprivation_fifths(table)).astype(np.str_),
    }
    names = tuple((kind, str(name)) for kind, of in kinds.items() for name in np.unique(of))
    return Members(names, np.array([kinds[kind] == name for kind, name in names]))
