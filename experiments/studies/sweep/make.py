"""From the settings of a sweep to its design, and the files that it keeps to be repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.design.crossing import Crossing
from experiments.design.design import MAX_MONTHS
from experiments.design.origin import make_sets
from experiments.design.points import PointTable, grid, parse_vary, read_points
from experiments.design.samples import LHS, MORRIS, SAMPLERS, SOBOL, sample_points, sampled_columns
from experiments.design.world import World
from experiments.files.toml_text import toml_text
from experiments.inputs.checks import checked_choice, checked_parities
from experiments.inputs.csv_files import read_parameters
from experiments.inputs.parsing import make_scenario
from experiments.studies.sweep.design import SweepDesign, checked_outcomes, checked_smallest
from experiments.studies.sweep.settings import INPUTS, POINT_SETS, USUAL_SETTINGS, checked_settings
from simulation.councils import Councils, load_councils
from simulation.errors import InputError, shown
from simulation.evidence.england import LAST_MONTH
from simulation.limits import checked_months, checked_replicates, checked_seed
from simulation.parameters import PARAMETERS, Parameters
from simulation.regimes import REGIMES, Regime, load_regime, with_own_name
from simulation.switches import Switches
from simulation.text_files import read_bytes

_USUAL_SIZES = {LHS: 64, SOBOL: 16, MORRIS: 10}
_MORE_POINTS = 256
"""Points of a Latin hypercube where one parameter set is run."""


def make_sweep(given: Mapping[str, object]) -> SweepDesign:
    """Return the design of a sweep from its settings, as of `experiments.studies.sweep.sweep.sweep`.

    Raises:
        InputError: anything is unknown, out of range, repeated, or there is nothing to vary.
    """
    settings = checked_settings(given)
    inputs: dict[str, bytes] = {}
    regimes = _regimes(settings, inputs)
    seed = checked_seed(settings["seed"])
    points = _points(settings, regimes, seed, inputs)
    settings["sets"] = _usual_sets(points) if settings["sets"] is None else settings["sets"]
    constants = _constants(settings)
    for name in points.names:
        if name in constants:
            raise InputError(f"parameters: expected {name} either held or varied, got both")
    sets, origin = make_sets(settings["sets"], settings["draw"], settings["levers"], constants, None, seed)
    outcomes = checked_outcomes(settings["outcomes"])
    settings["outcomes"] = list(outcomes)
    return SweepDesign(
        crossing=Crossing(
            points=points,
            world=_world(settings, inputs),
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
        settings["table"] = _kept(inputs, "table.csv", settings["table"])
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


def _constants(settings: dict[str, Any]) -> Mapping[str, object]:
    given = settings["parameters"]
    if isinstance(given, str | Path):
        settings["parameters"] = given = read_parameters(given)
    Parameters.from_mapping(given or {})
    return given or {}


def _regimes(settings: dict[str, Any], inputs: dict[str, bytes]) -> tuple[Regime, ...]:
    regimes: list[Regime] = []
    names = []
    for one in settings["regimes"]:
        regime = with_own_name(load_regime(one))
        if regime.name in {other.name for other in regimes}:
            raise InputError(f"regimes: expected each name once, got {shown(regime.name)} twice")
        regimes.append(regime)
        if regime.name not in REGIMES:
            plain = regime.as_dict()
            arms = plain.pop("arms")
            inputs[f"{regime.name}.toml"] = toml_text(plain | {"arm": arms}).encode()
        names.append(regime.name if regime.name in REGIMES else f"{INPUTS}/{regime.name}.toml")
    if not regimes:
        raise InputError("regimes: expected one or more, got none")
    settings["regimes"] = names
    return tuple(regimes)


def _world(settings: dict[str, Any], inputs: dict[str, bytes]) -> World:
    councils = _councils(settings, inputs)
    settings["start"] = councils.start
    scenario = make_scenario(
        councils.start,
        str(settings["funding"]),
        **{name: settings[name] for name in ("poverty_tilt", "pause", "headline")},
    )
    if not isinstance(scenario.funding, str):
        settings["funding"] = _kept(inputs, "funding.csv", settings["funding"])
    return World(
        councils=councils,
        scenario=scenario,
        switches=Switches.from_mapping(settings["switches"] or {}),
        months=checked_months(settings["months"], MAX_MONTHS),
        seed=settings["seed"],
    )


def _councils(settings: dict[str, Any], inputs: dict[str, bytes]) -> Councils:
    if settings["councils"] is None:
        return load_councils(start=LAST_MONTH if settings["start"] is None else settings["start"])
    councils = load_councils(settings["councils"], start=settings["start"])
    settings["councils"] = _kept(inputs, "councils.csv", settings["councils"])
    return councils


def _kept(inputs: dict[str, bytes], name: str, path: str | Path) -> str:
    """Keep a file that was handed in, and return where the study's file finds it."""
    inputs[name] = read_bytes(path, "file", 1 << 28)
    return f"{INPUTS}/{name}"
