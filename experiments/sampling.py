"""Parameter sets: drawn from their ranges by a Latin hypercube, or read from a user's table."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from experiments.inputs import read_csv
from simulation.errors import InputError, nearest
from simulation.parameters import PARAMETERS, Parameters
from simulation.regimes import Regime, draw_levers

QUANTILES = ("receiver_quantile", "giver_quantile")
# Chance spawns keys of two numbers; one number alone can never be one of its streams.
_STREAM = (2018,)


@dataclass(frozen=True)
class ParameterSet:
    """One set of parameters and, where levers are drawn, the quantiles of days per receiver and per giver."""

    parameters: Parameters
    receiver_quantile: float | None = None
    giver_quantile: float | None = None

    def levers(self, regime: Regime) -> Regime:
        """Return ``regime`` with this set's days per receiver and per giver, or as it is where levers are fixed."""
        if self.receiver_quantile is None or self.giver_quantile is None:
            return regime
        return draw_levers(regime, self.receiver_quantile, self.giver_quantile)

    def as_dict(self) -> dict[str, float | None]:
        """Return every parameter and both quantiles by name."""
        return self.parameters.as_dict() | {
            "receiver_quantile": self.receiver_quantile,
            "giver_quantile": self.giver_quantile,
        }


def fixed_set(base: Parameters, seed: int, *, drawn: bool = False) -> ParameterSet:
    """Return one set with the parameters of ``base``, its levers drawn only if asked."""
    return _sets([base], seed, drawn=drawn)[0]


def draw_sets(
    number: int, base: Parameters, held: Collection[str], seed: int, *, drawn: bool = True
) -> tuple[ParameterSet, ...]:
    """Return ``number`` sets drawn uniformly from the parameters' ranges by a seeded Latin hypercube.

    Args:
        number: how many.
        base: where the held values stand.
        held: parameters that every set takes from ``base``; the others are drawn the same whatever is held.
        seed: of the hypercube.
        drawn: whether the levers' quantiles are drawn too.
    """
    cube = _cube(number, seed)
    values = base.as_dict()
    drawings = [
        {
            name: values[name] if name in held else info.low + float(row[place]) * (info.high - info.low)
            for place, (name, info) in enumerate(PARAMETERS.items())
        }
        for row in cube
    ]
    return _sets([Parameters.from_mapping(drawing) for drawing in drawings], seed, drawn=drawn)


def read_sets(path: str | Path, base: Parameters, seed: int, *, drawn: bool = True) -> tuple[ParameterSet, ...]:
    """Return the sets of a CSV file: a column a parameter, a row a set; the rest as in ``base``.

    The columns ``receiver_quantile`` and ``giver_quantile`` set the levers; where they are missing and ``drawn``,
    they are drawn. A column ``set`` may number the rows from 0.

    Raises:
        InputError: the file cannot be read, a column is unknown or repeated, or a value is not a number in its limits.
    """
    names, rows = _read_table(path)
    values = base.as_dict()
    made, quantiles = [], []
    for line, row in enumerate(rows, 1):
        given = dict(zip(names, row, strict=True))
        if given.pop("set", line - 1) != line - 1:
            raise InputError(f"{path}: row {line}, column set: expected {line - 1}, got {row[names.index('set')]:g}")
        quantiles.append([_quantile(path, line, name, given.pop(name)) for name in QUANTILES if name in given])
        try:
            made.append(Parameters.from_mapping(values | given))
        except InputError as error:
            raise InputError(f"{path}: row {line}: {error}") from None
    if not quantiles[0]:
        return _sets(made, seed, drawn=drawn)
    if not drawn:
        raise InputError(f"{path}: expected no column {QUANTILES[0]} with fixed levers, got one")
    return tuple(ParameterSet(one, *pair) for one, pair in zip(made, quantiles, strict=True))


def _sets(parameters: list[Parameters], seed: int, *, drawn: bool) -> tuple[ParameterSet, ...]:
    if not drawn:
        return tuple(ParameterSet(one) for one in parameters)
    pairs = _cube(len(parameters), seed)[:, -2:]
    return tuple(
        ParameterSet(one, float(receiver), float(giver))
        for one, (receiver, giver) in zip(parameters, pairs, strict=True)
    )


def _cube(number: int, seed: int) -> npt.NDArray[np.float64]:
    """Return a Latin hypercube, shape (number, dimensions): that of SciPy, whose import takes longer than many runs."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_STREAM)))
    dimensions = len(PARAMETERS) + len(QUANTILES)
    within = stream.uniform(size=(number, dimensions))
    strata = np.tile(np.arange(1, number + 1), (dimensions, 1))
    for row in strata:
        stream.shuffle(row)
    cube: npt.NDArray[np.float64] = (strata.T - within) / number
    return cube


def _read_table(path: str | Path) -> tuple[list[str], list[list[float]]]:
    rows = read_csv(path, "a CSV file of parameter sets")
    if not rows:
        raise InputError(f"{path}: expected a header and a row a parameter set, got an empty file")
    names = [name.strip() for name in rows[0]]
    _check_names(path, names)
    if len(rows) == 1:
        raise InputError(f"{path}: expected a row a parameter set, got a header alone")
    return names, [_numbers(path, line, names, row) for line, row in enumerate(rows[1:], 1)]


def _check_names(path: str | Path, names: list[str]) -> None:
    valid = [*PARAMETERS, *QUANTILES, "set"]
    for name in names:
        if name not in valid:
            raise InputError(
                f"{path}: unknown parameter {name!r}{nearest(name, valid)}; `sli parameters` lists them all"
            )
        if names.count(name) > 1:
            raise InputError(f"{path}: expected each column once, got {name!r} twice")
    if (QUANTILES[0] in names) != (QUANTILES[1] in names):
        raise InputError(f"{path}: expected both or neither of the columns {' and '.join(QUANTILES)}, got one")


def _numbers(path: str | Path, line: int, names: list[str], row: list[str]) -> list[float]:
    if len(row) != len(names):
        raise InputError(f"{path}: row {line}: expected {len(names)} values, got {len(row)}")
    return [_number(path, line, name, text) for name, text in zip(names, row, strict=True)]


def _number(path: str | Path, line: int, name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(f"{path}: row {line}, column {name}: expected a finite number, got {text!r}")
    return value


def _quantile(path: str | Path, line: int, name: str, value: float) -> float:
    if not 0 <= value <= 1:
        raise InputError(f"{path}: row {line}, column {name}: expected a number from 0 to 1, got {value:g}")
    return value
