"""Points: the rows of a design, each a value for every column, from a grid, a user's table or a sampler."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.design.columns import VariedColumn, find_column
from experiments.design.named_levers import Value
from experiments.files.digests import digest_of
from experiments.inputs.csv_files import table_headings
from simulation.errors import InputError, shown
from simulation.evidence.cells import as_number
from simulation.evidence.reader import parse_table
from simulation.evidence.schema import Column, Schema
from simulation.text_files import read_bytes

MOST_POINTS = 1_000_000
"""The most points of one design."""
LISTED_POINTS = 256
"""The most points that a description lists one by one."""
POINT = "point"
"""A column that a user's table may have: the number of the row, from 0."""

FROM_GRID, FROM_TABLE = "grid", "table"
"""Where points come from, beside the samplers of `experiments.design.samples`."""


@dataclass(frozen=True, eq=False)
class PointTable:
    """The points of a design; what is no column of it stands at one value at all of them.

    Attributes:
        columns: what is varied.
        values: an array a column, shape (points,).
        source: where they come from, as plain values: ``kind``, and what else decides them.
    """

    columns: tuple[VariedColumn, ...]
    values: tuple[npt.NDArray[Any], ...]
    source: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.values[0]) if self.values else 1

    @property
    def names(self) -> list[str]:
        """The columns' headings."""
        return [column.name for column in self.columns]

    @property
    def kind(self) -> str:
        """Where the points come from."""
        return str(self.source.get("kind", FROM_GRID))

    def row(self, number: int) -> dict[VariedColumn, Value]:
        """Return the values of one point by column."""
        return {column: as_value(values[number]) for column, values in zip(self.columns, self.values, strict=True)}

    def rows(self) -> Iterator[dict[VariedColumn, Value]]:
        """Yield the values of every point."""
        return (self.row(number) for number in range(len(self)))

    def of(self, column: VariedColumn) -> npt.NDArray[Any]:
        """Return the values of one column, shape (points,)."""
        return self.values[self.columns.index(column)]

    def levels(self, column: VariedColumn) -> list[Value]:
        """Return the different values of a column: numbers rising, words in the order in which they come first."""
        different = list(dict.fromkeys(as_value(one) for one in self.of(column)))
        numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in different)
        return sorted(different) if numbers else different

    def table(self) -> pd.DataFrame:
        """Return a row a point, a column a heading; words and numbers in one column are all words."""
        return pd.DataFrame({name: _series(values) for name, values in zip(self.names, self.values, strict=True)})

    @cached_property
    def digest(self) -> str:
        """The digest of all values."""
        # Column by column: all values of a large design at once would take a gigabyte as plain values.
        return digest_of([[name, digest_of(values.tolist())] for name, values in self._named()])

    def describe(self) -> dict[str, Any]:
        """Return them as plain values: every value where they are 256 or fewer, else the digest of all."""
        told: dict[str, Any] = {"number": len(self), "source": dict(self.source)}
        if len(self) <= LISTED_POINTS:
            return told | {"columns": {name: values.tolist() for name, values in self._named()}}
        return told | {"columns": self.names, "digest": self.digest}

    def _named(self) -> Iterator[tuple[str, npt.NDArray[Any]]]:
        return zip(self.names, self.values, strict=True)


def make_points(
    columns: Sequence[VariedColumn], values: Sequence[Sequence[Value]], source: Mapping[str, Any]
) -> PointTable:
    """Return points from the values of every column, all of one length.

    Raises:
        InputError: there is no point, or more than a million.
    """
    number = len(values[0]) if values else 1
    if not 1 <= number <= MOST_POINTS:
        raise InputError(f"design: expected 1 to {MOST_POINTS:,} points, got {number:,}")
    return PointTable(tuple(columns), tuple(map(_array, values)), dict(source))


def parse_vary(texts: Sequence[str], where: str = "--vary") -> dict[str, list[str] | list[float]]:
    """Return the values of every column that ``NAME=LOW:HIGH:N`` or ``NAME=A,B,C`` texts vary.

    Args:
        texts: one a column.
        where: the option that messages name.

    Raises:
        InputError: a text is none of both, a column comes twice, or a range is empty or turned round.
    """
    varied: dict[str, list[str] | list[float]] = {}
    for text in texts:
        name, equals, given = (part.strip() for part in text.partition("="))
        if not (name and equals and given):
            raise InputError(
                f"{where}: expected NAME=LOW:HIGH:N or NAME=A,B,C, as in transfer_rate=0.1:0.5:9, got {shown(text)}"
            )
        if name in varied:
            raise InputError(f"{where}: expected each column once, got {shown(name)} twice")
        varied[name] = _range(name, given, where) if ":" in given else _listed(name, given, where)
    return varied


def grid(varied: Mapping[str, Sequence[object]], where: str = "--vary") -> PointTable:
    """Return every combination of the values, the last column changing fastest.

    >>> grid({"transfer_rate": [0.1, 0.3], "labels": ["on", "off"]}).table().values.tolist()
    [[0.1, 'on'], [0.1, 'off'], [0.3, 'on'], [0.3, 'off']]

    Args:
        varied: the values of every column by its name.
        where: what messages name.

    Raises:
        InputError: there is nothing to vary, a column or a value does not exist, or there are over a million points.
    """
    if not varied:
        raise InputError(f"{where}: expected something to vary, got nothing")
    columns, levels = [], []
    for name, given in varied.items():
        column = _found(name, given, where)
        values = [column.value(one, where) for one in given]
        if not values:
            raise InputError(f"{where}, column {name}: expected one value or more, got none")
        if len(set(values)) < len(values):
            repeat = next(one for one in values if values.count(one) > 1)
            raise InputError(f"{where}, column {name}: expected each value once, got {shown(repeat)} twice")
        columns.append(column)
        levels.append(values)
    number = math.prod(map(len, levels))
    if number > MOST_POINTS:
        raise InputError(f"{where}: expected a grid of at most {MOST_POINTS:,} points, got {number:,}")
    places = np.indices(tuple(map(len, levels))).reshape(len(levels), -1)
    return make_points(
        columns,
        [[own[at] for at in place] for own, place in zip(levels, places.tolist(), strict=True)],
        {"kind": FROM_GRID},
    )


def read_points(path: str | Path) -> PointTable:
    """Return the points of a CSV file: a column a heading, a row a point, every cell filled.

    A column ``point`` may number the rows from 0.

    Raises:
        InputError: the file cannot be read, a column is unknown or repeated, or a value is none of its column's.
    """
    data = read_bytes(path, "CSV file", _LARGEST)
    headings = table_headings(data, str(path))
    schema = Schema(
        "points",
        "points of a design",
        tuple(Column(name, "text", name) for name in dict.fromkeys(headings)),
        most_rows=MOST_POINTS,
        noun="point",
    )
    rows = parse_table(data, str(path), schema)
    texts = {name: [str(row.cells[name]) for row in rows] for name in headings}
    numbers = texts.pop(POINT, None)
    if numbers is not None and numbers != [str(number) for number in range(len(rows))]:
        raise InputError(f"{path}: expected the column {POINT} to number the rows from 0, got other numbers")
    if not texts:
        raise InputError(f"{path}: expected a column that is varied, got none")
    columns = {name: _found(name, given, str(path)) for name, given in texts.items()}
    places = [f"{path}, row {row.number}" for row in rows]
    values = [
        [column.value(text, place) for text, place in zip(texts[name], places, strict=True)]
        for name, column in columns.items()
    ]
    return make_points(list(columns.values()), values, {"kind": FROM_TABLE})


def as_value(cell: object) -> Value:
    """Return a cell of an array as Python's own value."""
    return cast("Value", cell.item() if isinstance(cell, np.generic) else cell)


_LARGEST = 1 << 28
"""The most bytes of a table of points."""


def _found(name: str, given: Sequence[object], where: str) -> VariedColumn:
    try:
        return find_column(name, given)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None


def _range(name: str, given: str, where: str) -> list[float]:
    parts = given.split(":")
    try:
        low, high, number = map(as_number, map(str.strip, parts))
    except ValueError:
        raise InputError(f"{where}, column {name}: expected LOW:HIGH:N, three numbers, got {shown(given)}") from None
    if number != int(number) or not 2 <= number <= MOST_POINTS:  # noqa: PLR2004  a range has two ends
        raise InputError(f"{where}, column {name}: expected 2 points or more between both ends, got {parts[2].strip()}")
    if not low < high:
        raise InputError(f"{where}, column {name}: expected the low end before the high end, got {shown(given)}")
    return [_rounded(one) for one in np.linspace(low, high, int(number)).tolist()]


def _rounded(value: float) -> float:
    """Return a number without the last digits that equal steps leave: 0.30000000000000004 is 0.3."""
    return float(f"{value:.12g}")


def _listed(name: str, given: str, where: str) -> list[str]:
    values = [one.strip() for one in given.split(",")]
    if not all(values):
        raise InputError(f"{where}, column {name}: expected values with commas between them, got {shown(given)}")
    return values


def _array(values: Sequence[Value]) -> npt.NDArray[Any]:
    """Return values as an array that gives each back as it is."""
    kinds = {type(one) for one in values}
    if kinds <= {float} or kinds <= {int} or kinds <= {bool}:
        return np.array(values)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _series(values: npt.NDArray[Any]) -> pd.Series[Any]:
    if values.dtype != object:
        return pd.Series(values)
    return pd.Series([one if isinstance(one, str) else f"{one}" for one in values.tolist()], dtype="str")
