"""Files that a user hands in for one experiment: parameters, funding, prices and columns of a CSV file."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path

from simulation.dates import month_number
from simulation.errors import InputError
from simulation.parameters import Parameters
from simulation.scenario import Points
from simulation.toml_files import read_toml


def read_parameters(path: str | Path) -> dict[str, object]:
    """Return the values of a TOML file of parameters by name.

    Raises:
        InputError: the file cannot be read, or holds an unknown name or a value outside its limits.
    """
    values: dict[str, object] = read_toml(path)
    try:
        Parameters.from_mapping(values)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    return values


def read_funding(path: str | Path) -> Points:
    """Return the points of a CSV file with columns ``month`` (YYYY-MM) and ``gap`` (share of 2017/18 spending).

    Raises:
        InputError: the file cannot be read, its columns are others, or a value is not valid.
    """
    rows = read_columns(path, ("month", "gap"), "points of funding")
    for month, _ in rows:
        month_number(month, f"{path}: column month")
    return tuple((month, _number(path, "column gap", gap)) for month, gap in rows)


def read_prices(path: str | Path) -> tuple[float, ...]:
    """Return the prices of an unpaid day (pounds, rising) of a CSV file with one column ``price``.

    Raises:
        InputError: the file cannot be read, its column is another, or a price is not a number of 0 or more.
    """
    prices = sorted({_number(path, "column price", cell) for (cell,) in read_columns(path, ("price",), "prices")})
    if prices[0] < 0:
        raise InputError(f"{path}: column price: expected pounds of 0 or more, got {prices[0]:g}")
    return tuple(prices)


def read_columns(path: str | Path, names: Sequence[str], what: str) -> list[tuple[str, ...]]:
    """Return the rows of a CSV file that has exactly the columns ``names``, in that order.

    Raises:
        InputError: the file is missing, empty, binary, or has other columns.
    """
    columns = f"columns {' and '.join(names)}" if len(names) > 1 else f"one column {names[0]}"
    rows = read_csv(path, f"a CSV file of {what} with {columns}")
    header = [name.strip() for name in rows[0]] if rows else []
    if header != list(names):
        got = ", ".join(header) if header else "an empty file"
        raise InputError(f"{path}: expected a CSV file of {what} with {columns}, got {got}")
    if len(rows) == 1:
        raise InputError(f"{path}: expected a row of {what} below the header, got none")
    for line, row in enumerate(rows[1:], 1):
        if len(row) != len(names):
            raise InputError(f"{path}: row {line}: expected {len(names)} values, got {len(row)}")
    return [tuple(cell.strip() for cell in row) for row in rows[1:]]


def read_csv(path: str | Path, expected: str) -> list[list[str]]:
    """Return the cells of a CSV file, without empty lines.

    Raises:
        InputError: the file cannot be read or is not text; ``expected`` says what it should have been.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            return [row for row in csv.reader(file, strict=True) if row]
    except OSError as error:
        raise InputError(f"{path}: expected {expected}, got: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error):
        raise InputError(f"{path}: expected {expected}, got what is not CSV text") from None


def _number(place: str | Path, name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(f"{place}: {name}: expected a finite number, got {text!r}")
    return value
