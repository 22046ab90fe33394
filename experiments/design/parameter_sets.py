"""Parameter sets: drawn from the plausible ones, or from their ranges by a Latin hypercube, or a user's table."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from experiments.design.named_levers import NamedLever
from experiments.design.plausible import (
    LISTED,
    PARAMETER_COLUMNS,
    WEIGHT,
    PlausibleSets,
    load_plausible,
    parameter_cells,
)
from experiments.files.digests import digest_of
from experiments.statistics.picking import spread_draws
from experiments.statistics.weights import relative
from simulation.arrays import Floats
from simulation.errors import InputError
from simulation.evidence.reader import Row, fault, read_file
from simulation.evidence.schema import Column, Schema
from simulation.limits import MOST_SETS
from simulation.parameters import PARAMETERS, Parameters
from simulation.places import PLACES
from simulation.regimes import Regime, draw_levers

LEVERS_DRAWN, LEVERS_FIXED = "drawn", "fixed"
LEVER_CHOICES = (LEVERS_DRAWN, LEVERS_FIXED)
"""Days per receiver and per giver: of their own in each parameter set, or as the regimes' files say."""

LEVER_QUANTILES = ("receiver_quantile", "giver_quantile")
ALL_SETS = "all"
_QUANTILES_INSTEAD = (
    f"a lever: its place in each regime's range, from 0 to 1, goes into {' and '.join(LEVER_QUANTILES)}"
)
SETS_TABLE = Schema(
    "design",
    "parameter sets of the user's own",
    (
        *PARAMETER_COLUMNS,
        *(
            Column(
                name,
                "number",
                f"place of days per {name.removesuffix('_quantile')} in its range (share)",
                required=False,
                default="as in the regimes' files",
                low=0,
                high=1,
                together=True,
            )
            for name in LEVER_QUANTILES
        ),
        Column("set", "integer", "number of the row, from 0", required=False, default="not numbered", together=True),
        Column(
            WEIGHT,
            "number",
            "how much the set counts beside the others, in any unit",
            required=False,
            default="all count the same",
            above=0,
            together=True,
        ),
    ),
    most_rows=MOST_SETS,
    noun="parameter set",
    open_ended=True,
    listed=f"{', '.join(LEVER_QUANTILES)}, set, {WEIGHT} or {LISTED}",
    places={**PLACES, **dict.fromkeys(("days_per_receiver", "days_per_giver"), _QUANTILES_INSTEAD)},
)
"""A user's own parameter sets: a row a set."""
# Chance spawns keys of two numbers; one number alone can never be one of its streams.
_STREAM = (2018,)
_OFFSET_STREAM = (2019,)


@dataclass(frozen=True)
class ParameterSet:
    """One set of parameters and, where levers are drawn, the quantiles of days per receiver and per giver.

    Its weight says how many times it counts in means, shares and quantiles over sets. Where it was drawn by a weight,
    ``draws`` has the numbers of the draws that gave it, from 0. Levers in ``named`` stand at values of their own,
    whatever their quantiles say.
    """

    parameters: Parameters
    receiver_quantile: float | None = None
    giver_quantile: float | None = None
    weight: float = 1.0
    draws: tuple[int, ...] = ()
    named: tuple[NamedLever, ...] = ()

    def levers(self, regime: Regime) -> Regime:
        """Return ``regime`` with this set's days per receiver and per giver, and its levers by name.

        Without quantiles levers are as the regime's file has them, but for those by name.
        """
        if self.receiver_quantile is not None and self.giver_quantile is not None:
            regime = draw_levers(regime, self.receiver_quantile, self.giver_quantile)
        for lever in self.named:
            regime = lever.set_in(regime)
        return regime

    def as_dict(self) -> dict[str, float | None]:
        """Return the weight, every parameter and both quantiles by name."""
        return {
            WEIGHT: self.weight,
            **self.parameters.as_dict(),
            "receiver_quantile": self.receiver_quantile,
            "giver_quantile": self.giver_quantile,
        }


def number_of_draws(sets: Sequence[ParameterSet]) -> int:
    """Return how many draws gave these sets: a set that was drawn several times counts as often."""
    return sum(max(1, len(one.draws)) for one in sets)


def first_draws(sets: Sequence[ParameterSet], number: int) -> tuple[ParameterSet, ...]:
    """Return the sets of the first so many draws, in their order, each counting as often as it was drawn among them."""
    if not sets[0].draws:
        return tuple(sets[:number])
    among = [tuple(draw for draw in one.draws if draw < number) for one in sets]
    return tuple(
        replace(one, draws=draws, weight=float(len(draws))) for one, draws in zip(sets, among, strict=True) if draws
    )


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
    """Return sets of the plausible ones, by their weights and spread over them, in the order in which they are drawn.

    The sets stand in a row along the direction in which they differ most (the first principal component of the
    standardised parameters), each as long as its weight. Draws fall on the row from a seeded start, each into the
    widest gap left by those before it, so that the first n are spread evenly whatever n, and are the same whatever
    number is asked for. Of 2, 4, 8 or another power of two draws, a set of weight w is drawn n times w, a whole
    number above or below it. One drawn several times is listed once, with that number as its weight. Parameters that
    the plausible sets leave out are drawn from their ranges.

    Args:
        number: how many to draw; ``all`` lists every set of the file with its own weight, in proportions whose mean
            is 1.
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
    if isinstance(number, str):
        counts = relative(known.weights.tolist())
        chosen: dict[int, tuple[int, ...]] = dict.fromkeys(range(len(known)), ())
    else:
        chosen = _draws(known, number, seed)
        counts = [float(len(draws)) for draws in chosen.values()]
    base_values = base.as_dict()
    parameters = []
    for place, row in zip(chosen, _prior_draws(len(chosen), seed), strict=True):
        plausible_values = known.parameters[place].as_dict()
        values = (
            row
            | {name: plausible_values[name] for name in known.names}
            | {name: base_values[name] for name in constants}
        )
        parameters.append(Parameters.from_mapping(values))
    drawn = _sets(parameters, seed, levers=levers, weights=counts)
    return tuple(replace(one, draws=draws) for one, draws in zip(drawn, chosen.values(), strict=True))


def read_sets(path: str | Path, base: Parameters, levers: str | None = None) -> tuple[ParameterSet, ...]:
    """Return the sets of a CSV file: a column a parameter, a row a set; the rest as in ``base``.

    The columns ``receiver_quantile`` and ``giver_quantile`` set the levers; without them levers stay as the regimes'
    files have them, so that nothing but the columns differs between the rows. A column ``set`` may number the rows
    from 0. A column ``weight`` says how much each counts beside the others, in any unit; without it all count the same.

    Args:
        path: of the file.
        base: where all else stands.
        levers: ``drawn`` asks for the columns of the levers, ``fixed`` for none; either will do where None.

    Raises:
        InputError: the file cannot be read, a column is unknown or repeated, a value is not a number in its limits,
            or the columns of the levers are not as asked for.
    """
    rows = read_file(path, SETS_TABLE)
    fixed = base.as_dict()
    parameters = [_parameters(path, row, fixed) for row in rows]
    weights = relative(_near_one([row.cells.get(WEIGHT) or 1.0 for row in rows]))
    for number, row in enumerate(rows):
        if row.cells.get("set") not in {None, number}:
            raise fault(str(path), row.number, "set", f"{number}, as rows are numbered from 0", row.cells["set"])
    pairs = [tuple(row.cells.get(name) for name in LEVER_QUANTILES) for row in rows]
    if (pairs[0][0] is None) != (pairs[0][1] is None):
        raise InputError(f"{path}: expected both or neither of the columns {' and '.join(LEVER_QUANTILES)}, got one")
    columns = " and ".join(LEVER_QUANTILES)
    if None in pairs[0] and levers == LEVERS_DRAWN:
        raise InputError(f"{path}: expected the columns {columns} with drawn levers, got neither")
    if None not in pairs[0] and levers == LEVERS_FIXED:
        raise InputError(f"{path}: expected no columns {columns} with fixed levers, got them")
    return tuple(
        ParameterSet(one, receiver, giver, weight)
        for one, (receiver, giver), weight in zip(parameters, pairs, weights, strict=True)
    )


def _near_one(weights: Sequence[float]) -> list[float]:
    """Return weights scaled by a power of two, so that the largest is near 1 and their sum is a number."""
    _, exponent = math.frexp(max(weights))
    return [math.ldexp(weight, -exponent) for weight in weights]


def _parameters(path: str | Path, row: Row, fixed: Mapping[str, float]) -> Parameters:
    try:
        return Parameters.from_mapping({**fixed, **parameter_cells(row)})
    except InputError as error:
        raise InputError(f"{path}, row {row.number}: {error}") from None


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


def _draws(known: PlausibleSets, number: int, seed: int) -> dict[int, tuple[int, ...]]:
    """Return which draws fall on which sets: place of a set -> numbers of its draws, in the order of the first ones."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_OFFSET_STREAM)))
    order = _in_a_row(known)
    chosen: dict[int, tuple[int, ...]] = {}
    for draw, place in enumerate(order[spread_draws(known.weights[order], number, stream.random())].tolist()):
        chosen[place] = (*chosen.get(place, ()), draw)
    return chosen


def _in_a_row(known: PlausibleSets) -> npt.NDArray[np.intp]:
    """Return the order of sets along their first principal component, its largest loading taken as positive."""
    values = np.array([[getattr(one, name) for name in known.names] for one in known.parameters])
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


LISTED_SETS = 256


def describe_sets(sets: Sequence[ParameterSet]) -> list[dict[str, float | None]] | dict[str, int | str]:
    """Return every set, or where they are more than 256 how many there are and the digest of all.

    The results hold them all in sets.parquet.
    """
    listing = [one.as_dict() for one in sets]
    if len(listing) <= LISTED_SETS:
        return listing
    return {"number": len(listing), "digest": digest_of(listing)}
