"""Evidence: the published facts that the model rests on, each with its source, checked as they are read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from simulation.errors import InputError, nearest, shown
from simulation.evidence.reader import Row, parse_table, read_file
from simulation.evidence.schema import GRADES, Column, Schema
from simulation.evidence.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "GRADES",
    "TABLES",
    "Column",
    "Missing",
    "Schema",
    "Source",
    "describe_tables",
    "first_judgements",
    "licence_terms",
    "not_found",
    "read_rows",
    "read_table",
]

_DTYPES: Mapping[str, str] = MappingProxyType({"integer": "Int64", "number": "float64", "date": "datetime64[s]"})
_LICENCES: Mapping[str, str] = MappingProxyType(
    {
        "OGL v3": "contains public sector information licensed under the Open Government Licence v3.0",
        "quoted fact": "single published figures, or figures derived from them, quoted with their source",
    }
)


@dataclass(frozen=True)
class Source:
    """Where one table comes from: publisher, terms and period, and how many rows it has."""

    table: str
    meaning: str
    rows: int
    publisher: str
    source: str
    licence: str
    period: str
    note: str


@dataclass(frozen=True)
class Missing:
    """One thing that was looked for and not found, and what the model does without it."""

    what: str
    instead: str


def read_rows(name: str, folder: str | Path | None = None) -> tuple[Row, ...]:
    """Return the checked rows of a table as plain Python values (dates as ``date``, None for a blank).

    Args:
        name: a table of ``TABLES``.
        folder: where the CSV files lie; the package's own when None.

    Raises:
        InputError: there is no such table, or its file breaks the schema.
    """
    if name not in TABLES:
        raise InputError(f"table: expected {', '.join(TABLES)}, got {shown(name)}{nearest(name, TABLES)}")
    table = TABLES[name]
    if folder is None:
        return _own_rows(name)
    return tuple(read_file(Path(folder) / table.file, table))


@cache
def _own_rows(name: str) -> tuple[Row, ...]:
    table = TABLES[name]
    data = files("simulation.evidence").joinpath(table.file).read_bytes()
    return tuple(parse_table(data, table.file, table))


def read_table(name: str, folder: str | Path | None = None) -> pd.DataFrame:
    """Return a table of facts, checked, with one column a column of its schema (blank text is "").

    Raises:
        InputError: as ``read_rows``.

    >>> read_table("national_grades").loc[0, "good"]
    np.int64(54)
    """
    import pandas as pd

    rows = read_rows(name, folder)
    columns = {column.name: _series(column, rows) for column in TABLES[name].columns}
    return pd.DataFrame(columns)


def _series(column: Column, rows: tuple[Row, ...]) -> pd.Series[Any]:
    import pandas as pd

    values = [row.cells[column.name] for row in rows]
    if column.kind in _DTYPES:
        return pd.Series(values, dtype=_DTYPES[column.kind])
    return pd.Series(["" if value is None else value for value in values], dtype="str")


def first_judgements(start: str = "2018-04") -> dict[tuple[str, str], int]:
    """Return how many councils went from which grade, held before ``start``, to which at the next judgement.

    Keys are (grade held, grade given), all sixteen; judgements of any framework to June 2020 count.
    """
    counts = {(before, after): 0 for before in GRADES for after in GRADES}
    grades: dict[str, str] = {}
    counted: set[str] = set()
    for row in read_rows("judgements"):
        code, grade = row.cells["code"], row.cells["grade"]
        if f"{row.cells['published']:%Y-%m}" < start:
            grades[code] = grade
        elif code in grades and code not in counted:
            counts[grades[code], grade] += 1
            counted.add(code)
    return counts


def describe_tables() -> tuple[Source, ...]:
    """Return where each table comes from, in the order of ``TABLES``."""
    sources = _sources()["tables"]
    return tuple(_source(table, sources[table.name]) for table in TABLES.values())


def _source(table: Schema, entry: Mapping[str, str]) -> Source:
    return Source(table=table.name, meaning=table.meaning, rows=len(read_rows(table.name)), **entry)


def not_found() -> tuple[Missing, ...]:
    """Return what was looked for and not found, so that nobody invents it."""
    return tuple(Missing(**entry) for entry in _sources()["not_found"])


def licence_terms() -> Mapping[str, str]:
    """Return what each licence named in the tables means."""
    return _LICENCES


@cache
def _sources() -> dict[str, Any]:
    return tomllib.loads(files("simulation.evidence").joinpath("SOURCES.toml").read_text("utf-8"))
