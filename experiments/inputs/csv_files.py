"""Small files that a user hands in for one experiment: parameters, points of funding and prices."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from simulation.dates import month_text
from simulation.errors import InputError, shown
from simulation.evidence.reader import read_file
from simulation.evidence.schema import Column, Schema
from simulation.parameters import PARAMETERS, Parameters
from simulation.places import PLACES, place_hint
from simulation.regimes import LEVERS
from simulation.scenario import Points
from simulation.text_files import decoded
from simulation.toml_files import read_toml

FUNDING = Schema(
    "funding",
    "points of a path of the national shortfall of funding",
    (
        Column("month", "month", "calendar month"),
        Column("gap", "number", "shortfall (share of 2017/18 spending)", low=-1, high=1),
    ),
    rising=("month",),
    noun="point",
)
PRICES_SCHEMA = Schema(
    "prices",
    "prices at which an unpaid day is valued",
    (Column("price", "number", "price of an unpaid day (pounds)", low=0),),
    most_rows=1000,
    noun="price",
)


def read_parameters(path: str | Path) -> dict[str, object]:
    """Return the values of a TOML file of parameters by name.

    Raises:
        InputError: the file cannot be read, or holds an unknown name or a value outside its limits.
    """
    values: dict[str, object] = read_toml(path)
    for name, value in values.items():
        if name not in PARAMETERS and name in PLACES:
            raise InputError(f"{path}: expected parameters, got {shown(name)}{place_hint(name)}")
        if name not in PARAMETERS and isinstance(value, dict):
            inside = next(iter(value), "")
            if inside in LEVERS:
                lever = shown(f"{name}.{inside}")
                raise InputError(
                    f"{path}: expected parameters, got {lever}, which is a lever of a regime: set it in its file, "
                    "or vary it with `sli sweep`"
                )
    try:
        Parameters.from_mapping(values)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    return values


def read_funding(path: str | Path) -> Points:
    """Return the points of a CSV file with the columns of `FUNDING`.

    Raises:
        InputError: the file cannot be read, its columns are others, or a value is not valid.
    """
    return tuple((month_text(row.cells["month"]), row.cells["gap"]) for row in read_file(path, FUNDING))


def read_prices(path: str | Path) -> tuple[float, ...]:
    """Return the prices of an unpaid day (pounds), rising and each once, of a CSV file with the column of `PRICES`.

    Raises:
        InputError: the file cannot be read, its column is another, or a price is not a number of 0 or more.
    """
    return tuple(sorted({row.cells["price"] for row in read_file(path, PRICES_SCHEMA)}))


def table_headings(data: bytes, file: str) -> list[str]:
    """Return the headings of a CSV file, of its first row that is no comment; none where it has no row.

    Raises:
        InputError: the file holds no text in UTF-8.
    """
    for record in csv.reader(io.StringIO(decoded(data, file, "CSV file"), newline="")):
        cells = [cell.strip() for cell in record]
        while cells and not cells[-1]:
            cells.pop()
        if cells and not cells[0].startswith("#"):
            return cells
    return []
