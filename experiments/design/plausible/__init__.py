"""The plausible sets: parameter sets that the evidence does not rule out, each with its weight, as they are shipped.

`sets.csv` has a column ``weight`` and one for each parameter that was drawn, a row a set; `made.json` says what made
it.
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
from experiments.inputs.csv_files import read_csv
from simulation.arrays import Floats
from simulation.errors import InputError, nearest
from simulation.parameters import PARAMETERS, Parameters

SETS_FILE, MADE_FILE = "sets.csv", "made.json"
WEIGHT = "weight"
_HOME = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class PlausibleSets:
    """Parameter sets that the evidence does not rule out.

    Attributes:
        weights: how much each set counts; above 0, together 1; shape (sets,).
        parameters: the sets; what was not drawn stands at its default.
        drawn: names of the parameters that were drawn, in the order of `PARAMETERS`.
        made: what made them: the command, its seed, the digest of the file of sets, and more.
    """

    weights: Floats
    parameters: tuple[Parameters, ...]
    drawn: tuple[str, ...]
    made: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.parameters)

    @property
    def digest(self) -> str:
        """The SHA-256 of the file of sets, in hexadecimal."""
        return str(self.made["digest"])


def load_plausible(folder: str | Path | None = None) -> PlausibleSets:
    """Return the plausible sets of a folder, the shipped ones where None, with weights that sum to 1.

    Raises:
        InputError: a file is missing or malformed, a column is missing, unknown or out of order, a weight is not above
            0, a value lies outside its limits, or the sets are not those that `made.json` describes.
    """
    home = _HOME if folder is None else Path(folder)
    path = home / SETS_FILE
    rows = read_csv(path, "a CSV file of plausible parameter sets")
    record = _read_record(home)
    own_digest = digest(path)
    if own_digest != record["digest"]:
        raise InputError(f"{path}: expected the digest of {MADE_FILE}, {record['digest']}, got {own_digest}")
    names = _drawn_names(path, rows[0] if rows else [])
    if len(rows) == 1:
        raise InputError(f"{path}: expected a row a parameter set, got a header alone")
    numbers = [_numbers(path, line, [WEIGHT, *names], row) for line, row in enumerate(rows[1:], 1)]
    weights = np.array([row[0] for row in numbers])
    sets = tuple(_parameters(path, line, names, row[1:]) for line, row in enumerate(numbers, 1))
    return PlausibleSets(weights / math.fsum(weights), sets, names, record)


def _read_record(home: Path) -> dict[str, Any]:
    path = home / MADE_FILE
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: expected a JSON file, got: {error.strerror}") from None
    except ValueError:
        raise InputError(f"{path}: expected a JSON file, got what is not JSON text") from None
    if not isinstance(record, dict) or not isinstance(record.get("digest"), str):
        raise InputError(f"{path}: expected an object with the digest of {SETS_FILE} under the name digest, got none")
    return record


def _drawn_names(path: Path, header: list[str]) -> tuple[str, ...]:
    """Return the parameters of a header, which begins with the weight."""
    if header[:1] != [WEIGHT]:
        raise InputError(f"{path}: expected a first column {WEIGHT}, got {header[0] if header else 'an empty file'}")
    names = header[1:]
    for name in names:
        if name not in PARAMETERS:
            raise InputError(f"{path}: unknown parameter {name!r}{nearest(name, PARAMETERS)}")
    if not names or names != [name for name in PARAMETERS if name in names]:
        order = "once each, in the order of `sli parameters`"
        raise InputError(f"{path}: expected columns of parameters {order}, got {', '.join(names) or 'none'}")
    return tuple(names)


def _numbers(path: Path, line: int, names: list[str], row: list[str]) -> list[float]:
    if len(row) != len(names):
        raise InputError(f"{path}: row {line}: expected {len(names)} values, got {len(row)}")
    try:
        values = [float(text) for text in row]
    except ValueError:
        raise InputError(f"{path}: row {line}: expected numbers, got {', '.join(row)}") from None
    if not (math.isfinite(values[0]) and values[0] > 0):
        raise InputError(f"{path}: row {line}, column {WEIGHT}: expected a number above 0, got {row[0]}")
    return values


def _parameters(path: Path, line: int, names: tuple[str, ...], values: list[float]) -> Parameters:
    try:
        return Parameters.from_mapping(dict(zip(names, values, strict=True)))
    except InputError as error:
        raise InputError(f"{path}: row {line}: {error}") from None
