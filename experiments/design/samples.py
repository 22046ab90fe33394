"""Samples: points drawn from the ranges of parameters and levers, by SALib's samplers."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from experiments.design.columns import LEVER, PARAMETER, QUANTILE, VariedColumn, find_column
from experiments.design.parameter_sets import LEVER_QUANTILES
from experiments.design.points import MOST_POINTS, PointTable
from experiments.inputs.checks import checked_choice
from simulation.arrays import Floats
from simulation.errors import InputError, shown, whole
from simulation.evidence.cells import as_number
from simulation.parameters import PARAMETERS
from simulation.regimes import LEVERS, Regime

LHS, SOBOL, MORRIS = "lhs", "sobol", "morris"
SAMPLERS = (LHS, SOBOL, MORRIS)
"""A Latin hypercube; Saltelli's points for Sobol indices of first and total order; Morris's trajectories."""
_TOGETHER = "all that are taken together"
_DRAWN = (PARAMETER, LEVER, QUANTILE)
MORRIS_LEVELS = 4
"""Levels of Morris's grid."""

Bounds = Mapping[VariedColumn, tuple[float, float]]
"""Between which ends each column is drawn."""


def sampled_columns(names: Sequence[str] | None, regimes: Sequence[Regime]) -> Bounds:
    """Return what is drawn, and between which ends.

    Args:
        names: ``NAME``, drawn from its plausible range, or ``NAME=LOW:HIGH``; every parameter and both places of levers
            in their ranges where None.
        regimes: those that are run.

    Raises:
        InputError: a name is unknown, comes twice, has no range, or its ends are turned round.
    """
    texts = [*PARAMETERS, *LEVER_QUANTILES] if names is None else list(names)
    bounds: dict[VariedColumn, tuple[float, float]] = {}
    for text in texts:
        name, equals, ends = (part.strip() for part in text.partition("="))
        column = find_column(name)
        if column in bounds:
            raise InputError(f"--over: expected each column once, got {shown(name)} twice")
        bounds[column] = _ends(column, ends) if equals else column.bounds(regimes)
    if not bounds:
        raise InputError("--over: expected one column or more, got none")
    return bounds


def sample_points(
    sampler: str, bounds: Bounds, size: int, seed: int, together: Sequence[VariedColumn] = ()
) -> PointTable:
    """Return the points that a sampler draws: the same for the same seed.

    Args:
        sampler: one of `SAMPLERS`.
        bounds: from `sampled_columns`.
        size: points of a Latin hypercube; base points of Saltelli's, a power of two, which give size x (columns + 2)
            points, those taken together counting as one column; trajectories of Morris's, which give
            size x (columns + 1).
        seed: of the sampler.
        together: with Saltelli's points, the last columns, which are taken from the other base point as one.

    Raises:
        InputError: the sampler is unknown, the size is none, or there are over a million points.
    """
    checked_choice("design", sampler, SAMPLERS)
    parts = len(bounds) - max(len(together) - 1, 0)
    each = {LHS: 1, SOBOL: parts + 2, MORRIS: len(bounds) + 1}[sampler]
    number = whole("size", size, 1, MOST_POINTS // each)
    if sampler == SOBOL and number & (number - 1):
        raise InputError(f"size: expected a power of two for a design of Sobol's, as 64, got {number}")
    asked = problem(bounds)
    if together:
        names = {column.name for column in together}
        asked["groups"] = [_TOGETHER if name in names else name for name in asked["names"]]
    drawn = _draw(sampler, asked, number, seed % 2**32)
    values = [
        np.rint(drawn[:, at]).astype(np.int64) if _is_count(column) else drawn[:, at]
        for at, column in enumerate(bounds)
    ]
    ends = {column.name: list(both) for column, both in bounds.items()}
    return PointTable(
        tuple(bounds),
        tuple(map(np.ascontiguousarray, values)),
        {"kind": sampler, "size": number, "seed": seed, "over": ends}
        | ({"together": [column.name for column in together]} if together else {}),
    )


def problem(bounds: Bounds) -> dict[str, Any]:
    """Return what SALib's samplers and indices are asked: the columns and their ends."""
    return {
        "num_vars": len(bounds),
        "names": [column.name for column in bounds],
        "bounds": [list(both) for both in bounds.values()],
    }


def problem_of(points: PointTable) -> dict[str, Any]:
    """Return what SALib's indices are asked of points that `sample_points` drew."""
    ends: Mapping[str, Sequence[float]] = points.source["over"]
    return {"num_vars": len(ends), "names": list(ends), "bounds": [list(both) for both in ends.values()]}


def _draw(sampler: str, asked: dict[str, Any], size: int, seed: int) -> Floats:
    with warnings.catch_warnings():
        # What SALib says of itself and of what it is built on.
        warnings.simplefilter("ignore")
        if sampler == LHS:
            from SALib.sample import latin

            drawn = latin.sample(asked, size, seed=seed)
        elif sampler == SOBOL:
            from SALib.sample import sobol

            drawn = sobol.sample(asked, size, calc_second_order=False, seed=seed)
        else:
            from SALib.sample import morris

            drawn = morris.sample(asked, size, num_levels=MORRIS_LEVELS, seed=seed)
    return np.asarray(drawn, dtype=np.float64)


def _is_count(column: VariedColumn) -> bool:
    return column.kind == LEVER and LEVERS[column.target].kind == "count"


def _ends(column: VariedColumn, given: str) -> tuple[float, float]:
    try:
        low, high = (as_number(part.strip()) for part in given.split(":"))
    except ValueError:
        raise InputError(f"--over, column {column.name}: expected LOW:HIGH, got {shown(given)}") from None
    if not low < high:
        raise InputError(f"--over, column {column.name}: expected the low end before the high end, got {shown(given)}")
    if column.kind not in _DRAWN or (column.kind == LEVER and LEVERS[column.target].kind not in {"number", "count"}):
        raise InputError(f"--over, column {column.name}: expected a parameter or a lever with numbers, got another")
    for end in (low, high):
        column.value(end, "--over")
    return low, high
