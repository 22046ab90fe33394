"""From the settings of a sweep to its design, and the files that it keeps to be repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.design.crossing import Crossing
from experiments.design.origin import make_sets
from experiments.design.outcomes_asked import checked_outcomes, checked_smallest
from experiments.design.points import PointTable, grid, parse_vary, read_points
from experiments.design.samples import LHS, MORRIS, SAMPLERS, SOBOL, sample_points, sampled_columns
from experiments.design.study_inputs import kept_file, study_constants, study_regimes, study_world
from experiments.design.study_settings import checked_settings
from experiments.inputs.checks import checked_choice, checked_parities
from experiments.studies.sweep.design import SweepDesign
from experiments.studies.sweep.settings import POINT_SETS, USUAL_SETTINGS
from simulation.errors import InputError
from simulation.limits import checked_replicates, checked_seed
from simulation.parameters import PARAMETERS
from simulation.regimes import Regime

_USUAL_SIZES = {LHS: 64, SOBOL: 16, MORRIS: 10}
_MORE_POINTS = 256
"""Points of a Latin hypercube where one parameter set is run."""


def make_sweep(given: Mapping[str, object]) -> SweepDesign:
    """Return the design of a sweep from its settings, as of `experiments.studies.sweep.sweep.sweep`.

    Raises:
        InputError: anything is unknown, out of range, repeated, or there is nothing to vary.
    """
    settings = checked_settings(given, USUAL_SETTINGS, "sweep")
    inputs: dict[str, bytes] = {}
    regimes = study_regimes(settings, inputs)
    seed = checked_seed(settings["seed"])
    points = _points(settings, regimes, seed, inputs)
    settings["sets"] = _usual_sets(points) if settings["sets"] is None else settings["sets"]
    constants = study_constants(settings)
    for name in points.names:
        if name in constants:
            raise InputError(f"parameters: expected {name} either held or varied, got both")
    sets, origin = make_sets(settings["sets"], settings["draw"], settings["levers"], constants, None, seed)
    outcomes = checked_outcomes(settings["outcomes"])
    settings["outcomes"] = list(outcomes)
    return SweepDesign(
        crossing=Crossing(
            points=points,
            world=study_world(settings, inputs),
            regimes=regimes,
            parities=checked_parities(settings["parities"]),
            sets=sets,
            origin=origin,
            replicates=checked_replicates(settings["replicates"]),
        ),
        outcomes=outcomes,
        matters=checked_smallest(settings["matters"] or {}, outcomes),
        settings={name: settings[name] for name in USUAL_SETTINGS},
        inputs=inputs,
    )


def _points(settings: dict[str, Any], regimes: Sequence[Regime], seed: int, inputs: dict[str, bytes]) -> PointTable:
    """Return the points from the one of ``vary``, ``design`` and ``table`` that is there."""
    there = [name for name in ("vary", "design", "table") if settings[name] is not None]
    if len(there) != 1:
        came = " and ".join(there) if there else "none of them"
        raise InputError(f"expected one of vary, design and table to say what is varied, got {came}")
    for name in ("size", "over"):
        if settings[name] is not None and settings["design"] is None:
            raise InputError(f"{name}: expected design ({', '.join(SAMPLERS)}) beside it, got none")
    if settings["table"] is not None:
        points = read_points(settings["table"])
        settings["table"] = kept_file(inputs, "table.csv", settings["table"])
        return points
    if settings["vary"] is not None:
        points = grid(_varied(settings["vary"]))
        both = zip(points.names, points.values, strict=True)
        settings["vary"] = {name: list(dict.fromkeys(values.tolist())) for name, values in both}
        return points
    sampler = checked_choice("design", settings["design"], SAMPLERS)
    bounds = sampled_columns(settings["over"], regimes)
    if settings["size"] is None:
        every = {column.target for column in bounds} >= set(PARAMETERS)
        settings["size"] = _MORE_POINTS if every and sampler == LHS else _USUAL_SIZES[sampler]
    settings["over"] = [f"{column.name}={low!r}:{high!r}" for column, (low, high) in bounds.items()]
    return sample_points(sampler, bounds, settings["size"], seed)


def _varied(vary: Mapping[str, object]) -> dict[str, Sequence[object]]:
    """Return the values of what is varied: lists as they are, texts as ``--vary`` has them after the equals sign."""
    varied: dict[str, Sequence[object]] = {}
    for name, given in vary.items():
        if isinstance(given, str):
            varied |= parse_vary([f"{name}={given}"], "vary")
        else:
            values = given.tolist() if hasattr(given, "tolist") else given
            varied[name] = list(values) if isinstance(values, list | tuple | range) else [values]
    return varied


def _usual_sets(points: PointTable) -> int:
    """Return how many sets are drawn unless told: one where the points give every parameter a value."""
    return 1 if {column.target for column in points.columns} >= set(PARAMETERS) else POINT_SETS
