"""The data dictionary of a results folder: every column of every table, with its type, unit and meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.files.whole import read_csv, write_csv
from experiments.results.column_meanings import Meaning, meaning_of

DICTIONARY = "dictionary.csv"
DICTIONARY_COLUMNS = ("file", "column", "type", "unit", "meaning")
_TABLES = ("*.parquet", "*.csv", "parts/*/*.csv")


def write_dictionary(
    place: Path, beside: Path | None = None, meanings: Callable[[str, str], Meaning] = meaning_of
) -> None:
    """Write the dictionary of the tables in a folder, and of those that lie beside it already.

    Args:
        place: the folder.
        beside: finished results that the tables go to; rows of tables that are not made anew stay as they are.
        meanings: gives the unit and the meaning of a file's column, by the names of both.

    Raises:
        OSError: it cannot be written, or the disk is full.
    """
    rows = {} if beside is None else _rows_there(beside)
    rows |= _rows_of(place, meanings)
    table = pd.DataFrame([row for name in sorted(rows) for row in rows[name]], columns=list(DICTIONARY_COLUMNS))
    write_csv(place / DICTIONARY, table, encoding="utf-8-sig")


def _rows_there(folder: Path) -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of the dictionary that lies in a folder, or those of its tables where there is none."""
    try:
        known = read_csv(folder / DICTIONARY).fillna("")
    except (OSError, ValueError):
        return _rows_of(folder)
    if tuple(known) != DICTIONARY_COLUMNS:
        return _rows_of(folder)
    by_file = known.groupby("file", sort=False)
    return {str(name): list(rows.astype(str).itertuples(index=False, name=None)) for name, rows in by_file}


def _rows_of(folder: Path, meanings: Callable[[str, str], Meaning] = meaning_of) -> dict[str, list[tuple[str, ...]]]:
    paths = (path for pattern in _TABLES for path in folder.glob(pattern) if path.name != DICTIONARY)
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: [(name, column, kind, *meanings(path.name, column)) for column, kind in _columns(path)]
        for name, path in names.items()
    }


def _columns(path: Path) -> Iterator[tuple[str, str]]:
    """Yield every column of a table with its type in words."""
    if path.suffix == ".parquet":
        for field in pq.read_schema(path):
            yield field.name, "text" if pa.types.is_string(field.type) else str(field.type.to_pandas_dtype().__name__)
        return
    for name, cells in read_csv(path).items():
        yield str(name), _word(cells)


def _word(cells: pd.Series[Any]) -> str:
    if pd.api.types.is_bool_dtype(cells):
        return "True or False"
    if pd.api.types.is_integer_dtype(cells):
        return "whole number"
    return "number" if pd.api.types.is_numeric_dtype(cells) else "text"
