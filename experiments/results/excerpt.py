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

_WORDS = ("parity", "regime", "path", "kind", "group", "council", "region")
_CODE = np.int16


def read_parity(
    path: Path, parity: str, regime: str | None = None, columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return the rows of a Parquet file under one parity, words as categories in the order of their first row.

    Args:
        path: a table of which each row group holds one parity and one regime, in its first two columns.
        parity: whose rows.
        regime: whose rows, all where None.
        columns: names of those wanted; all where None.
    """
    label = (parity,) if regime is None else (parity, regime)
    words = [word for word in _WORDS if word in pq.read_schema(path).names]
    with pq.ParquetFile(path, read_dictionary=words) as file:
        here = [group for group in range(file.num_row_groups) if _label(file, group)[: len(label)] == label]
        rows = _Rows(file.schema_arrow, columns, sum(file.metadata.row_group(group).num_rows for group in here))
        for group in here:
            # One thread: reading ahead takes several times the memory of the table.
            rows.add(file.read_row_group(group, columns=rows.names, use_threads=False))
    pa.default_memory_pool().release_unused()
    return rows.table()


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

    def add(self, part: pa.Table) -> None:
        """Take in the next rows."""
        rows = slice(self._taken, self._taken + len(part))
        for name in self.names:
            self._columns[name][rows] = self._values(name, part[name].combine_chunks())
        self._taken = rows.stop

    def table(self) -> pd.DataFrame:
        """Return the rows as a table on the same memory."""
        words = {
            name: pd.Categorical.from_codes(self._columns[name], pd.Index(list(known)))
            for name, known in self._categories.items()
        }
        return pd.DataFrame({name: words.get(name, self._columns[name]) for name in self.names}, copy=False)

    def _kind(self, schema: pa.Schema, name: str) -> np.dtype[np.generic]:
        return np.dtype(_CODE if name in _WORDS else schema.field(name).type.to_pandas_dtype())

    def _values(self, name: str, values: pa.Array) -> npt.NDArray[Any]:
        if name not in _WORDS:
            return np.asarray(values.to_numpy(zero_copy_only=False))
        known = self._categories[name]
        places = [known.setdefault(word, len(known)) for word in values.dictionary.to_pylist()]
        codes: npt.NDArray[Any] = np.array(places, _CODE)[values.indices.to_numpy()]
        return codes


def _label(file: pq.ParquetFile, group: int) -> tuple[str, str]:
    """Return the parity and the regime of a row group, whose rows all share them."""
    columns = file.metadata.row_group(group)
    return str(columns.column(0).statistics.min), str(columns.column(1).statistics.min)
