"""Some rows out of a table of millions: read row group by row group into the room that they end in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.arrays import Numbers

_WORDS = ("parity", "regime", "path", "kind", "group", "council", "region")
_KEYS = ("run", "history", "set", "replicate", "month")
_CODE = np.int16


def read_run_rows(path: Path, key: str, wanted: Numbers, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the rows of a Parquet file that belong to some runs, in the order in which the runs are asked for.

    Words are categories in the order of their first row; measures are doubles.

    Args:
        path: a table in which all runs that are asked for have equally many rows, each together.
        key: the column of their numbers, ``run`` or ``history``, rising from row group to row group.
        wanted: the numbers, shape (runs,); one may come twice.
        columns: names of those wanted; all where None.
    """
    numbers, places = np.unique(wanted, return_inverse=True)
    words = [word for word in _WORDS if word in pq.read_schema(path).names]
    with pq.ParquetFile(path, read_dictionary=words) as file:
        spans = [_span(file, group, key) for group in range(file.num_row_groups)]
        mine = [numbers[(low <= numbers) & (numbers <= high)] for low, high in spans]
        keys = {group: _keys(file, group, key) for group, some in enumerate(mine) if some.size}
        here = {group: np.isin(rows, mine[group]) for group, rows in keys.items()}
        rows = _Rows(file.schema_arrow, columns, sum(int(chosen.sum()) for chosen in here.values()))
        for group, chosen in here.items():
            # One thread: reading ahead takes several times the memory of the table.
            rows.add(file.read_row_group(group, columns=rows.names, use_threads=False), chosen)
    pa.default_memory_pool().release_unused()
    table = rows.table()
    return table if _in_order(places, numbers) else _taken(table, places, len(numbers))


def read_row(path: Path, number: int, columns: Sequence[str]) -> dict[str, Any]:
    """Return the cells of one row of a Parquet file by its place, from 0, as plain values.

    Args:
        path: the table.
        number: the place of the row.
        columns: names of those wanted.
    """
    with pq.ParquetFile(path) as file:
        rest = number
        for group in range(file.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            if rest < rows:
                part = file.read_row_group(group, columns=list(columns), use_threads=False)
                cells: dict[str, Any] = part.slice(rest, 1).to_pylist()[0]
                return cells
            rest -= rows
    raise IndexError(f"{path}: no row {number}")


def _in_order(places: Numbers, numbers: Numbers) -> bool:
    return len(places) == len(numbers) and bool((np.diff(places) > 0).all())


def _taken(table: pd.DataFrame, places: Numbers, runs: int) -> pd.DataFrame:
    """Return the rows of each run at its place, out of those of so many runs in the order of their numbers."""
    each = len(table) // runs if runs else 0
    rows = (places[:, None] * each + np.arange(each)).ravel()
    return table.take(rows).reset_index(drop=True)


class _Rows:
    """Room for so many rows, and how much of it is taken.

    Numbers of a kind share one array: so large a piece of memory goes back as a whole.
    """

    def __init__(self, schema: pa.Schema, columns: Sequence[str] | None, rows: int) -> None:
        self.names = [name for name in schema.names if columns is None or name in columns]
        self._categories: dict[str, dict[str, int]] = {name: {} for name in self.names if name in _WORDS}
        self._columns: dict[str, npt.NDArray[Any]] = {}
        for kind in {self._kind(schema, name) for name in self.names}:
            mine = [name for name in self.names if self._kind(schema, name) == kind]
            self._columns |= dict(zip(mine, np.empty((len(mine), rows), kind), strict=True))
        self._taken = 0

    def add(self, part: pa.Table, chosen: npt.NDArray[np.bool_]) -> None:
        """Take in those of the next rows that are chosen."""
        rows = slice(self._taken, self._taken + int(chosen.sum()))
        for name in self.names:
            self._columns[name][rows] = self._values(name, part[name].combine_chunks())[chosen]
        self._taken = rows.stop

    def table(self) -> pd.DataFrame:
        """Return the rows as a table on the same memory."""
        words = {
            name: pd.Categorical.from_codes(self._columns[name], pd.Index(list(known)))
            for name, known in self._categories.items()
        }
        return pd.DataFrame({name: words.get(name, self._columns[name]) for name in self.names}, copy=False)

    def _kind(self, schema: pa.Schema, name: str) -> np.dtype[np.generic]:
        if name in _WORDS:
            return np.dtype(_CODE)
        kind = np.dtype(schema.field(name).type.to_pandas_dtype())
        return kind if name in _KEYS or kind.hasobject else np.dtype(np.float64)

    def _values(self, name: str, values: pa.Array) -> npt.NDArray[Any]:
        if name not in _WORDS:
            return np.asarray(values.to_numpy(zero_copy_only=False))
        known = self._categories[name]
        places = [known.setdefault(word, len(known)) for word in values.dictionary.to_pylist()]
        codes: npt.NDArray[Any] = np.array(places, _CODE)[values.indices.to_numpy()]
        return codes


def _span(file: pq.ParquetFile, group: int, key: str) -> tuple[int, int]:
    """Return the lowest and the highest number of a row group."""
    statistics = file.metadata.row_group(group).column(file.schema_arrow.names.index(key)).statistics
    return int(statistics.min), int(statistics.max)


def _keys(file: pq.ParquetFile, group: int, key: str) -> Numbers:
    rows: Numbers = file.read_row_group(group, columns=[key], use_threads=False)[key].to_numpy().astype(np.int64)
    return rows
