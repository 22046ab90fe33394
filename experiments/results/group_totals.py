"""Groups of councils: by region, fifth of deprivation and grade at the start."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulation.arrays import Floats
from simulation.councils import GRADES, Councils
from simulation.outcomes.run import COUNCIL_MEASURES, deprivation_fifths

REGION = "region"
GROUP_KINDS = (REGION, "deprivation_fifth", "start_grade")
GROUP_SUMS = ("months_inadequate", "mean_quality", "days_given", "days_received")
COUNCIL_COLUMNS = ("inadequate_months", "mean_quality", "days_given", "days_received")
GROUP_COLUMNS = ("councils", *COUNCIL_COLUMNS)

SMALLEST = 3
"""A group of fewer councils is not shown: a result must never point at one council."""

_MEAN = 1 + GROUP_SUMS.index("mean_quality")


class Groups:
    """Who belongs to which group, worked out once for all runs.

    Attributes:
        names: kind and name of each group, kinds in the order of `GROUP_KINDS`, names sorted, shape (groups, 2).
        sizes: councils in each group, shape (groups,).
    """

    def __init__(self, table: Councils) -> None:
        kinds = (
            [str(name) for name in table.region],
            [str(fifth) for fifth in deprivation_fifths(table)],
            [GRADES[grade] for grade in table.grade],
        )
        names, members = [], []
        for kind, belongs in zip(GROUP_KINDS, kinds, strict=True):
            for name in sorted(set(belongs)):
                names.append((kind, name))
                members.append([council for council, at in enumerate(belongs) if at == name])
        self.names: npt.NDArray[np.str_] = np.array(names, dtype=np.str_)
        self.sizes: Floats = np.array([len(group) for group in members], dtype=np.float64)
        self._order = np.concatenate([np.array(group, dtype=np.intp) for group in members])
        self._starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]]).astype(np.intp)
        self._columns = np.array([COUNCIL_MEASURES.index(name) for name in GROUP_SUMS])

    def __len__(self) -> int:
        return len(self.names)

    def of_each(self, councils: Floats) -> Floats:
        """Return `COUNCIL_COLUMNS` of each council, shape (councils, 4); the argument is that of `totals`."""
        return councils[:, self._columns]

    def totals(self, councils: Floats) -> Floats:
        """Return `GROUP_COLUMNS` of each group: the mean of quality, the sum of all else; shape (groups, 5).

        Args:
            councils: what is kept of each council, as `simulation.outcomes.run.Run.council_values`.
        """
        totals = np.empty((len(self), len(GROUP_COLUMNS)))
        totals[:, 0] = self.sizes
        totals[:, 1:] = np.add.reduceat(councils[self._order][:, self._columns], self._starts, axis=0)
        totals[:, _MEAN] /= self.sizes
        return totals
