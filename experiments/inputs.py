"""What people write on a command line or in a small file, turned into the model's own objects."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from simulation.errors import InputError, nearest
from simulation.parameters import Parameters, read_toml
from simulation.scenario import SCENARIOS, Points, Scenario, month_number
from simulation.switches import Switches


def split_names(text: str, option: str) -> list[str]:
    """Return the names of a comma-separated list.

    Raises:
        InputError: there is no name in it, or an empty one.
    """
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise InputError(f"{option}: expected names with commas between them, got {text!r}")
    return names


def gather_names(shipped: str | None, own: Sequence[Path]) -> list[str | Path]:
    """Return the regimes asked for: the listed ones, or all shipped where None, and the user's own files.

    Raises:
        InputError: the list holds an empty name.
    """
    from simulation.regimes import REGIMES

    return [*(REGIMES if shipped is None else split_names(shipped, "--regimes")), *own]


def parse_switches(texts: Sequence[str]) -> Switches:
    """Return the switches that ``NAME=CHOICE`` texts set; all others at their defaults.

    Raises:
        InputError: a text is not NAME=CHOICE, a name comes twice, or a name or choice does not exist.
    """
    return Switches.from_mapping(_parse_pairs(texts, "--switch", "NAME=CHOICE, as in overload=off", "switch"))


def parse_sets(text: str) -> int | str:
    """Return how many parameter sets are asked for, or the word that asks for all.

    Raises:
        InputError: it is neither.
    """
    if text == "all":
        return text
    try:
        return int(text)
    except ValueError:
        raise InputError(f"--sets: expected a whole number of 1 or more, or all, got {text!r}") from None


def parse_matters(texts: Sequence[str]) -> dict[str, float]:
    """Return the smallest differences that matter, by outcome, that ``OUTCOME=VALUE`` texts set.

    Raises:
        InputError: a text is not OUTCOME=VALUE, an outcome comes twice, or a value is no finite number.
    """
    pairs = _parse_pairs(texts, "--matters", "OUTCOME=VALUE, as in inadequate_months=50", "outcome")
    return {name: _number("--matters", name, text) for name, text in pairs.items()}


def _parse_pairs(texts: Sequence[str], option: str, expected: str, what: str) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            raise InputError(f"{option}: expected {expected}, got {text!r}")
        if name in chosen:
            raise InputError(f"{option}: expected each {what} once, got {name!r} twice")
        chosen[name] = value
    return chosen


def make_scenario(start: str, funding: str, poverty_tilt: float, pause: str) -> Scenario:
    """Return the scenario from its texts; ``funding`` is a named path or a CSV file of points.

    Raises:
        InputError: a choice is unknown, a number out of range, or the file cannot be read.
    """
    if not math.isfinite(poverty_tilt):
        raise InputError(f"poverty_tilt: expected a number from 0 to 10, got {poverty_tilt}")
    named = SCENARIOS["funding"].choices
    path: str | Points = funding
    if funding not in named:
        if not (funding.endswith(".csv") or Path(funding).exists()):
            known = ", ".join(named)
            raise InputError(f"funding: expected {known} or a CSV file, got {funding!r}{nearest(funding, named)}")
        path = read_funding(funding)
    return replace(Scenario(), start=start, funding=path, poverty_tilt=poverty_tilt, pause=pause)


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
