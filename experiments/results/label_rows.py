"""The rows of regimes under parities, out of tables that hold every run once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from experiments.results.excerpt import read_run_rows
from simulation.arrays import Numbers

LABELS = "labels.parquet"
PATHS_TABLE = "paths"
_LABEL, _RUN = ("parity", "regime"), ("set", "replicate")


def read_labels(folder: Path) -> pd.DataFrame:
    """Return which run each regime shows under each parity, set and replicate; words are categories."""
    table: pd.DataFrame = pq.read_table(folder / LABELS, read_dictionary=list(_LABEL)).to_pandas()
    return table


def runs_of(labels: pd.DataFrame, parity: str, regime: str) -> Numbers:
    """Return the numbers of a regime's runs under a parity, set by set and replicate by replicate."""
    mine = (labels["parity"] == parity) & (labels["regime"] == regime)
    return labels.loc[mine, "run"].to_numpy(dtype=np.int64)


def label_rows(
    folder: Path,
    labels: pd.DataFrame,
    name: str,
    *,
    parity: str | None = None,
    replicates: int | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return the rows of a table for every regime under every parity, those that share runs each with all of them.

    Args:
        folder: of the results.
        labels: from `read_labels`.
        name: of the table: ``runs``, ``groups``, ``months`` or ``paths``.
        parity: whose rows; all where None.
        replicates: of how many replicates there are rows; of all where None.
        columns: names of those wanted; all where None.
    """
    shown = labels if parity is None else labels[labels["parity"] == parity]
    if replicates is not None:
        shown = shown[shown["replicate"] < replicates]
    key, words = "run", [*_LABEL, *_RUN]
    if name == PATHS_TABLE:
        shown, key, words = shown.drop_duplicates(list(_LABEL)), "history", list(_LABEL)
    path = folder / f"{name}.parquet"
    own = [column for column in pq.read_schema(path).names if column not in {key, *words}]
    asked = own if columns is None else [column for column in own if column in columns]
    rows = read_run_rows(path, key, shown[key].to_numpy(dtype=np.int64), [key, *asked])
    each = len(rows) // max(1, len(shown))
    front = {
        column: np.repeat(shown[column].to_numpy(), each) if column in _RUN else _repeated(shown[column], each)
        for column in words
        if columns is None or column in columns
    }
    return pd.DataFrame({**front, **{column: rows[column] for column in asked}})


def plain_words(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its categories as plain words."""
    kinds = {
        name: kind.categories.dtype for name, kind in table.dtypes.items() if isinstance(kind, pd.CategoricalDtype)
    }
    return table.astype(kinds)


def _repeated(words: pd.Series[Any], each: int) -> pd.Series[Any]:
    """Return categories, each so many times, without those that do not occur."""
    return words.cat.remove_unused_categories().repeat(each).reset_index(drop=True)
