"""The runs of a finished comparison, read back as matrices, regime by regime."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from experiments.design.design import Label
from experiments.design.plausible import WEIGHT
from experiments.results.excerpt import read_run_rows
from experiments.results.realised import MADE_EQUAL
from experiments.results.store import Results
from experiments.statistics.paired import Matrix
from experiments.statistics.verdicts import PARITY_TOLERANCE
from experiments.statistics.weights import Weights, as_weights
from experiments.statistics.worlds import worlds_within
from experiments.text.names import NOTHING, PARTNERS
from simulation.arrays import Flags
from simulation.outcomes.outcomes import OUTCOMES
from simulation.regimes import QUANTITIES

RUN_TABLE = "runs.parquet"
"""The table of single runs."""


class FolderRuns:
    """Runs of a finished comparison, by label: matrices of shape (sets, replicates), NaN where a run failed.

    Args:
        results: of the comparison.

    Raises:
        OSError: the table of runs cannot be read.
    """

    def __init__(self, results: Results) -> None:
        self._results = results
        self._shape = (results.case.sets, results.case.replicates)
        self._sets = results.sets
        self._column = lru_cache(maxsize=None)(self._read)

    @cached_property
    def weights(self) -> Weights:
        """How many times each set counts; once where None."""
        return as_weights(self._sets[WEIGHT].tolist()) if WEIGHT in self._sets else None

    def outcome(self, label: Label, name: str) -> Matrix:
        """Return an outcome; a paired one is nought under `none`, which is its own reference."""
        if name in OUTCOMES and OUTCOMES[name].paired and label.regime == NOTHING:
            ran = self._column(label, MADE_EQUAL["pounds"])
            return np.where(np.isfinite(ran), 0.0, np.nan)
        return self._column(label, name)

    def counts(self, label: Label) -> Flags | None:
        """Return which sets met the parity, shape (sets,); None where there is none to be met."""
        if label.regime == NOTHING or label.parity not in QUANTITIES:
            return None
        column = MADE_EQUAL[label.parity]
        mine, partners = (self._column(one, column) for one in (label, Label(label.parity, PARTNERS)))
        return worlds_within(mine, partners, PARITY_TOLERANCE)

    def _read(self, label: Label, column: str) -> Matrix:
        values = self._rows(RUN_TABLE, label, [column])[column].to_numpy(dtype=np.float64)
        return np.asarray(values.reshape(self._shape))

    def _rows(self, table: str, label: Label, columns: Sequence[str]) -> pd.DataFrame:
        """Return the rows of a table that belong to a label's runs, set by set and replicate by replicate."""
        numbers = self._results.run_numbers(label.parity, label.regime)
        return read_run_rows(self._results.folder / table, "run", numbers, columns)
