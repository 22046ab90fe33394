"""The plausible sets: parameter sets that the evidence does not rule out, each with its weight, as they are shipped.

`sets.csv` has a column ``weight`` and one for each parameter that was drawn, a row a set; `made.json` says what made
it. The files of `fits` are alike, fitted to less: each to nothing that was published in or after the month it is named
for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from experiments.files.digests import digest
from simulation.arrays import Floats
from simulation.dates import month_number
from simulation.errors import InputError, shown
from simulation.evidence.reader import Row, parse_table
from simulation.evidence.schema import Column, Schema
from simulation.limits import MOST_SETS
from simulation.parameters import PARAMETERS, Parameters
from simulation.text_files import read_bytes, read_text

SETS_FILE, MADE_FILE = "sets.csv", "made.json"
FITS = "fits"
"""The folder of sets that were fitted to less, a file a month of which nothing was known, nor of any later."""
WEIGHT = "weight"
PARAMETER_COLUMNS = tuple(
    Column(
        info.name,
        "number",
        f"{info.meaning} ({info.unit})",
        required=False,
        default="as in all other runs",
        low=info.hard_low,
        high=info.hard_high,
        together=True,
    )
    for info in PARAMETERS.values()
)
"""A column a parameter: filled in every row, or left out."""
LISTED = "a column of `sli parameters`"
_HOME = Path(__file__).parent
_PLAUSIBLE = Schema(
    "sets",
    "plausible parameter sets",
    (Column(WEIGHT, "number", "how much the set counts beside the others", above=0), *PARAMETER_COLUMNS),
    most_rows=MOST_SETS,
    noun="parameter set",
    open_ended=True,
    listed=f"{WEIGHT} or {LISTED}",
)


@dataclass(frozen=True, eq=False)
class PlausibleSets:
    """Parameter sets that the evidence does not rule out.

    Attributes:
        weights: how much each set counts; above 0, together 1; shape (sets,).
        parameters: the sets; what was not drawn stands at its default.
        names: names of the parameters that were drawn, in the order of `PARAMETERS`.
        record: what made them: the command, its seed, the digest of the file of sets, and more.
    """

    weights: Floats
    parameters: tuple[Parameters, ...]
    names: tuple[str, ...]
    record: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.parameters)

    @property
    def digest(self) -> str:
        """The SHA-256 of the file of sets, in hexadecimal."""
        return str(self.record["digest"])


def load_plausible(folder: str | Path | None = None) -> PlausibleSets:
    """Return the plausible sets of a folder, the shipped ones where None, with weights that sum to 1.

    Raises:
        InputError: a file is missing or malformed, a column is missing or unknown, a weight is not above 0, a value
            lies outside its limits, or the sets are not those that `made.json` describes.
    """
    home = _HOME if folder is None else Path(folder)
    return _read_sets(home / SETS_FILE, _read_record(home))


def fitted_until(month: str, folder: str | Path | None = None) -> PlausibleSets:
    """Return the plausible sets that were fitted to nothing published in or after a month, and to most before it.

    Their record says under ``until`` from which month on nothing was known.

    Args:
        month: calendar month, YYYY-MM.
        folder: a folder of `sli calibrate`; the shipped sets where None.

    Raises:
        InputError: as `load_plausible`, or every fit knows what was published in or after the month.
    """
    home = _HOME if folder is None else Path(folder)
    record = _read_record(home)
    shipped, fits = _fits_of(home, record)
    number = month_number(month, "month")
    known = [until for until in fits if month_number(until, "until") <= number]
    if not known:
        raise InputError(f"month: expected one from {min(fits)} on, for which there is a fit, got {shown(month)}")
    until = max(known)
    if until == shipped:
        return _read_sets(home / SETS_FILE, {**record, "until": until})
    return _read_sets(home / FITS / f"{until}.csv", {**record, "digest": fits[until], "until": until})


def _fits_of(home: Path, record: Mapping[str, Any]) -> tuple[str, Mapping[str, str]]:
    """Return the month from which the sets themselves know nothing, and the digest of every fit by its month."""
    fits, design = record.get("fits"), record.get("design")
    until = design.get("until") if isinstance(design, dict) else None
    if not isinstance(fits, dict) or not isinstance(until, list) or not until:
        raise InputError(f"{home / MADE_FILE}: expected months of fits and their digests under the name fits, got none")
    return str(until[0]), {**fits, str(until[0]): record["digest"]}


def _read_sets(path: Path, record: Mapping[str, Any]) -> PlausibleSets:
    data = read_bytes(path, "CSV file")
    own_digest = digest(path)
    if own_digest != record["digest"]:
        raise InputError(f"{path}: expected the digest of {MADE_FILE}, {record['digest']}, got {own_digest}")
    rows = parse_table(data, str(path), _PLAUSIBLE)
    weights = np.array([row.cells[WEIGHT] for row in rows])
    cells = [parameter_cells(row) for row in rows]
    names = tuple(name for name in PARAMETERS if name in cells[0])
    if not names:
        raise InputError(f"{path}: expected columns of parameters beside {WEIGHT}, got none")
    sets = tuple(_parameters(path, row.number, values) for row, values in zip(rows, cells, strict=True))
    return PlausibleSets(weights / math.fsum(weights), sets, names, record)


def parameter_cells(row: Row) -> dict[str, float]:
    """Return the parameters that a row of a table with `PARAMETER_COLUMNS` gives a value."""
    return {name: value for name, value in row.cells.items() if name in PARAMETERS and value is not None}


def _read_record(home: Path) -> dict[str, Any]:
    path = home / MADE_FILE
    try:
        record = json.loads(read_text(path, "JSON file"))
    except InputError:
        raise
    except (ValueError, RecursionError):
        raise InputError(f"{path}: expected a JSON file, got what is not JSON text") from None
    if not isinstance(record, dict) or not isinstance(record.get("digest"), str):
        raise InputError(f"{path}: expected an object with the digest of {SETS_FILE} under the name digest, got none")
    return record


def _parameters(path: Path, row: int, values: Mapping[str, float]) -> Parameters:
    try:
        return Parameters.from_mapping(values)
    except InputError as error:
        raise InputError(f"{path}, row {row}: {error}") from None
