"""The record of one run: its outcomes, months and councils."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.arrays import Floats
from simulation.councils import GRADES, Councils
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS

COUNCIL_MEASURES = (
    "final_grade",
    "months_inadequate",
    "mean_quality",
    "months_giving",
    "days_given",
    "days_received",
    "exits",
    "director_changes",
)
"""What is kept of each council: its last grade (a number), and sums and means over the run."""


@dataclass(frozen=True)
class Run:
    """The record of one run.

    Attributes:
        regime: the regime's name.
        parity: what was held equal to Partners in Practice.
        replicate: which luck.
        table: the councils.
        values: outcomes in the order of `OUTCOMES`; those that need the run under `none` beside it are NaN.
        month_values: shape (months, paths), columns in the order of `PATHS`.
        council_values: shape (councils, columns), columns in the order of `COUNCIL_MEASURES`.
        panel: where asked for, records of `simulation.state.PanelState`, shape (months, councils).
        own: outcomes of the user's own by name.
    """

    regime: str
    parity: str
    replicate: int
    table: Councils
    values: Floats
    month_values: Floats
    council_values: Floats
    panel: NDArray[np.void] | None = None
    own: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def outcomes(self) -> Mapping[str, float]:
        """Value by name; `OUTCOMES` states units; the user's own come last."""
        return dict(zip(OUTCOMES, self.values.tolist(), strict=True)) | dict(self.own)

    @cached_property
    def months(self) -> pd.DataFrame:
        """A row a month (index ``month``), a column a path; `PATHS` states units."""
        return pd.DataFrame(self.month_values, columns=list(PATHS)).rename_axis("month")

    @cached_property
    def councils(self) -> pd.DataFrame:
        """A row a council in order of code: who it is, and sums and means over the run."""
        table = pd.DataFrame(self.council_values, columns=list(COUNCIL_MEASURES))
        table["final_grade"] = [GRADES[int(grade)] for grade in table["final_grade"]]
        who = {
            "code": self.table.code,
            "region": self.table.region,
            "deprivation_fifth": deprivation_fifths(self.table),
            "start_grade": [GRADES[grade] for grade in self.table.grade],
        }
        return pd.concat([pd.DataFrame(who), table], axis=1)

    @property
    def realised(self) -> Mapping[str, float]:
        """Delivered over the run: ``pounds`` (cash, worth of unpaid days, trusts), ``days``, ``director_days``."""
        return {
            "pounds": self.outcomes["programme_cost"],
            "days": self.outcomes["days_delivered"],
            "director_days": self.outcomes["director_days"],
        }

    def council_column(self, name: str) -> Floats:
        """Return one of `COUNCIL_MEASURES`, a number a council."""
        return self.council_values[:, COUNCIL_MEASURES.index(name)]


@lru_cache(maxsize=8)
def deprivation_fifths(table: Councils) -> tuple[int, ...]:
    """Return each council's fifth of deprivation, from 1 (least deprived) to 5; equal scores rank by code."""
    fifths = [0] * table.n
    for place, i in enumerate(sorted(range(table.n), key=lambda i: (table.deprivation[i], i))):
        fifths[i] = 1 + 5 * place // table.n
    return tuple(fifths)
