"""Parameter sets: drawn from the plausible ones, or from their ranges by a Latin hypercube, or a user's table."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from experiments.design.plausible import WEIGHT, PlausibleSets, load_plausible
from experiments.files.digests import digest_of
from experiments.inputs.csv_files import read_csv
from experiments.statistics.picking import weighted_picks
from experiments.statistics.weights import relative
from simulation.arrays import Floats
from simulation.errors import InputError, nearest
from simulation.parameters import PARAMETERS, Parameters
from simulation.regimes import Regime, draw_levers

LEVER_QUANTILES = ("receiver_quantile", "giver_quantile")
ALL_SETS = "all"
# Chance spawns keys of two numbers; one number alone can never be one of its streams.
_STREAM = (2018,)
_OFFSET_STREAM = (2019,)


@dataclass(frozen=True)
class ParameterSet:
    """One set of parameters and, where levers are drawn, the quantiles of days per receiver and per giver.

    Its weight says how many times it counts in means, shares and quantiles over sets.
    """

    parameters: Parameters
    receiver_quantile: float | None = None
    giver_quantile: float | None = None
    weight: float = 1.0

    def levers(self, regime: Regime) -> Regime:
        """Return ``regime`` with this set's days per receiver and per giver, or as it is where levers are fixed."""
        if self.receiver_quantile is None or self.giver_quantile is None:
            return regime
        return draw_levers(regime, self.receiver_quantile, self.giver_quantile)

    def as_dict(self) -> dict[str, float | None]:
        """Return the weight, every parameter and both quantiles by name."""
        return {
            WEIGHT: self.weight,
            **self.parameters.as_dict(),
            "receiver_quantile": self.receiver_quantile,
            "giver_quantile": self.giver_quantile,
        }


def fixed_set(base: Parameters, seed: int, *, levers: bool = False) -> ParameterSet:
    """Return one set with the parameters of ``base``, its levers drawn only if asked."""
    return _sets([base], seed, levers=levers)[0]


def draw_sets(
    number: int, base: Parameters, constants: Collection[str], seed: int, *, levers: bool = True
) -> tuple[ParameterSet, ...]:
    """Return ``number`` sets drawn uniformly from the parameters' ranges by a seeded Latin hypercube.

    Args:
        number: how many.
        base: where the held values stand.
        constants: parameters that every set takes from ``base``; the others are drawn the same whatever is held.
        seed: of the hypercube.
        levers: whether the levers' quantiles are drawn too.
    """
    values = base.as_dict()
    drawings = [row | {name: values[name] for name in constants} for row in _prior_draws(number, seed)]
    return _sets([Parameters.from_mapping(drawing) for drawing in drawings], seed, levers=levers)


def draw_plausible(
    number: int | str,
    base: Parameters,
    constants: Collection[str],
    seed: int,
    *,
    levers: bool = True,
    plausible: PlausibleSets | None = None,
) -> tuple[ParameterSet, ...]:
    """Return sets of the plausible ones, by their weights and spread over them, in the order of their file.

    The sets stand in a row along the direction in which they differ most (the first principal component of the
    standardised parameters), each as long as its weight, and are picked at equal steps from a seeded start. So a set of
    weight w is picked ``number`` times w on average, a whole number above or below it. One picked several times is
    listed once, with that number as its weight. Parameters that the plausible sets leave out are drawn from their
    ranges.

    Args:
        number: how many to pick; ``all`` lists every set with its own weight, in proportions whose mean is 1.
        base: where the held values stand.
        constants: parameters that every set takes from ``base``, whatever is plausible.
        seed: of the start, and of the hypercube of what the plausible sets leave out and of the levers.
        levers: whether the levers' quantiles are drawn too.
        plausible: the shipped ones where None.

    Raises:
        InputError: more are asked for than there are, or the plausible sets cannot be read.
    """
    known = load_plausible() if plausible is None else plausible
    if isinstance(number, int) and number > len(known):
        raise InputError(
            f"sets: expected at most {len(known)}, as many as there are plausible sets, got {number}; "
            "--sets all takes every one"
        )
    counts = np.array(relative(known.weights.tolist())) if isinstance(number, str) else _picks(known, number, seed)
    places = np.flatnonzero(counts)
    base_values = base.as_dict()
    parameters = []
    for place, row in zip(places, _prior_draws(len(places), seed), strict=True):
        plausible_values = known.parameters[place].as_dict()
        values = (
            row
            | {name: plausible_values[name] for name in known.drawn}
            | {name: base_values[name] for name in constants}
        )
        parameters.append(Parameters.from_mapping(values))
    return _sets(parameters, seed, levers=levers, weights=counts[places].tolist())


def read_sets(path: str | Path, base: Parameters, seed: int, *, levers: bool = True) -> tuple[ParameterSet, ...]:
    """Return the sets of a CSV file: a column a parameter, a row a set; the rest as in ``base``.

    The columns ``receiver_quantile`` and ``giver_quantile`` set the levers; where they are missing and ``levers``,
    they are drawn. A column ``set`` may number the rows from 0. A column ``weight`` says how much each counts beside
    the others, in any unit; without it all count the same.

    Raises:
        InputError: the file cannot be read, a column is unknown or repeated, or a value is not a number in its limits.
    """
    names, rows = _read_table(path)
    values = base.as_dict()
    parameters, quantiles, weights = [], [], []
    for line, row in enumerate(rows, 1):
        cells = dict(zip(names, row, strict=True))
        if cells.pop("set", line - 1) != line - 1:
            raise InputError(f"{path}: row {line}, column set: expected {line - 1}, got {row[names.index('set')]:g}")
        weights.append(_weight(path, line, cells.pop(WEIGHT, 1.0)))
        quantiles.append([_quantile(path, line, name, cells.pop(name)) for name in LEVER_QUANTILES if name in cells])
        try:
            parameters.append(Parameters.from_mapping(values | cells))
        except InputError as error:
            raise InputError(f"{path}: row {line}: {error}") from None
    weights = relative(weights)
    if not quantiles[0]:
        return _sets(parameters, seed, levers=levers, weights=weights)
    if not levers:
        raise InputError(f"{path}: expected no column {LEVER_QUANTILES[0]} with fixed levers, got one")
    return tuple(
        ParameterSet(one, receiver, giver, weight)
        for one, (receiver, giver), weight in zip(parameters, quantiles, weights, strict=True)
    )


def _sets(
    parameters: list[Parameters], seed: int, *, levers: bool, weights: Sequence[float] | None = None
) -> tuple[ParameterSet, ...]:
    counts = [1.0] * len(parameters) if weights is None else weights
    if not levers:
        return tuple(ParameterSet(one, weight=count) for one, count in zip(parameters, counts, strict=True))
    pairs = _cube(len(parameters), seed)[:, -2:]
    return tuple(
        ParameterSet(one, float(receiver), float(giver), count)
        for one, (receiver, giver), count in zip(parameters, pairs, counts, strict=True)
    )


def _prior_draws(number: int, seed: int) -> list[dict[str, float]]:
    """Return every parameter drawn from its range, ``number`` times."""
    return [
        {
            name: info.low + float(row[place]) * (info.high - info.low)
            for place, (name, info) in enumerate(PARAMETERS.items())
        }
        for row in _cube(number, seed)
    ]


def _picks(known: PlausibleSets, number: int, seed: int) -> Floats:
    """Return how many times each set is picked at ``number`` equal steps, shape (sets,)."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_OFFSET_STREAM)))
    order = _in_a_row(known)
    picks = np.empty(len(known))
    picks[order] = weighted_picks(known.weights[order], number, stream.random())
    return picks


def _in_a_row(known: PlausibleSets) -> npt.NDArray[np.intp]:
    """Return the order of sets along their first principal component, its largest loading taken as positive."""
    values = np.array([[getattr(one, name) for name in known.drawn] for one in known.parameters])
    values = values[:, np.ptp(values, axis=0) > 0]
    if not values.size:
        return np.arange(len(known))
    deviations = values - known.weights @ values
    standard = deviations / np.sqrt(known.weights @ deviations**2)
    loadings = np.linalg.eigh((standard * known.weights[:, None]).T @ standard).eigenvectors[:, -1]
    scores = standard @ (loadings * np.sign(loadings[np.argmax(np.abs(loadings))]))
    return np.argsort(scores, kind="stable")


def _cube(number: int, seed: int) -> Floats:
    """Return a Latin hypercube, shape (number, dimensions): that of SciPy, whose import takes longer than many runs."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_STREAM)))
    dimensions = len(PARAMETERS) + len(LEVER_QUANTILES)
    within = stream.uniform(size=(number, dimensions))
    strata = np.tile(np.arange(1, number + 1), (dimensions, 1))
    for row in strata:
        stream.shuffle(row)
    cube: Floats = (strata.T - within) / number
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
    valid = [*PARAMETERS, *LEVER_QUANTILES, "set", WEIGHT]
    for name in names:
        if name not in valid:
            raise InputError(
                f"{path}: unknown parameter {name!r}{nearest(name, valid)}; `sli parameters` lists them all"
            )
        if names.count(name) > 1:
            raise InputError(f"{path}: expected each column once, got {name!r} twice")
    if (LEVER_QUANTILES[0] in names) != (LEVER_QUANTILES[1] in names):
        raise InputError(f"{path}: expected both or neither of the columns {' and '.join(LEVER_QUANTILES)}, got one")


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


def _weight(path: str | Path, line: int, value: float) -> float:
    if not value > 0:
        raise InputError(f"{path}: row {line}, column {WEIGHT}: expected a number above 0, got {value:g}")
    return value


LISTED_SETS = 256


def describe_sets(sets: Sequence[ParameterSet]) -> list[dict[str, float | None]] | dict[str, int | str]:
    """Return every set, or where they are more than 256 how many there are and the digest of all.

    The results hold them all in sets.parquet.
    """
    listing = [one.as_dict() for one in sets]
    if len(listing) <= LISTED_SETS:
        return listing
    return {"number": len(listing), "digest": digest_of(listing)}
