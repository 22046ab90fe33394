"""The table of indices: a row an outcome or difference and column, and luck's share beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from experiments.running.crossed import CrossedRuns
from experiments.statistics.indices import Indices, sobol_indices
from experiments.studies.sensitivity.design import SensitivityDesign
from experiments.studies.sensitivity.measures import MEASURE_COLUMNS, all_measures

_KINDS = ("first", "total")
_PARTS = ("", "_low", "_high", "_told", "_size")
INDEX_COLUMNS = (
    *MEASURE_COLUMNS,
    "name",
    *(f"{kind}{part}" for kind in _KINDS for part in _PARTS),
    "luck",
    "variance",
    "base_points",
    "left_out",
)


def index_table(design: SensitivityDesign, runs: CrossedRuns, kept: Sequence[str]) -> pd.DataFrame:
    """Return a row a measure and column: its first and total index with their 95% intervals.

    ``first_told`` says whether the index can be told, ``first_size`` how many base points would do (those made where it
    can be told, 0 where over a million would not). ``luck`` is the share of the variance of a single run that is luck,
    and ``variance`` what is not luck, in the unit squared; both are the same for all columns of a measure.

    Args:
        design: of the study.
        runs: of `SensitivityDesign.indices`.
        kept: names of the columns that have indices of their own.

    Raises:
        InputError: fewer than 8 base points have no failed run.
    """
    names = design.index_names(kept)
    rows: list[dict[str, object]] = []
    for measure in all_measures(design):
        found = sobol_indices(measure.numbers(runs), names)
        shared = {"luck": found.luck, "variance": found.variance, "base_points": found.size, "left_out": found.left_out}
        rows += [
            {**measure.cells, "name": name}
            | _cells("first", found.first, at)
            | _cells("total", found.total, at)
            | shared
            for at, name in enumerate(names)
        ]
    return pd.DataFrame(rows, columns=list(INDEX_COLUMNS))


def _cells(kind: str, indices: Indices, at: int) -> dict[str, object]:
    columns = (indices.values, indices.lows, indices.highs, indices.told, indices.sizes)  # noqa: PD011  of no table
    return {f"{kind}{part}": column[at].item() for part, column in zip(_PARTS, columns, strict=True)}
