"""From the settings of a sensitivity study to its design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.design.origin import PLAUSIBLE, make_sets
from experiments.design.outcomes_asked import checked_outcomes
from experiments.design.parameter_sets import LEVER_QUANTILES, LEVERS_FIXED
from experiments.design.points import MOST_POINTS
from experiments.design.samples import Bounds, sampled_columns
from experiments.design.study_inputs import study_constants, study_regimes, study_world
from experiments.design.study_settings import checked_settings
from experiments.inputs.checks import checked_choice, checked_parities
from experiments.results.rows import MAIN
from experiments.studies.sensitivity.design import SensitivityDesign
from experiments.studies.sensitivity.settings import NO_SCREEN, SCREENS, SENSITIVITY_SETTINGS
from simulation.errors import InputError, is_number, shown, whole
from simulation.limits import checked_replicates, checked_seed
from simulation.parameters import PARAMETERS
from simulation.regimes import Regime

FEWEST_BASE, FEWEST_TRAJECTORIES = 8, 2
"""The fewest base points and trajectories of which anything can be said."""
_DEAREST = 1_000_000_000


def make_sensitivity(given: Mapping[str, object]) -> SensitivityDesign:
    """Return the design of a study from its settings, as of `experiments.studies.sensitivity.sensitivity.sensitivity`.

    Raises:
        InputError: anything is unknown, out of range, or repeated.
    """
    settings = checked_settings(given, SENSITIVITY_SETTINGS, "sensitivity")
    inputs: dict[str, bytes] = {}
    regimes = study_regimes(settings, inputs)
    seed = checked_seed(settings["seed"])
    constants = study_constants(settings)
    bounds = _bounds(settings, regimes, constants)
    outcomes = checked_outcomes(settings["outcomes"])
    settings["outcomes"] = list(outcomes)
    screen = checked_choice("screen", settings["screen"], SCREENS)
    most = whole("most", settings["most"], 1, max(len(bounds), SENSITIVITY_SETTINGS["most"]))
    parts = len(bounds) if screen == NO_SCREEN else min(len(bounds), most + 1)
    (held,), origin = make_sets(1, PLAUSIBLE, LEVERS_FIXED, constants, None, seed)
    return SensitivityDesign(
        bounds=bounds,
        screen=screen,
        trajectories=whole("trajectories", settings["trajectories"], FEWEST_TRAJECTORIES, _most(len(bounds) + 1)),
        most=most,
        size=_size(settings["size"], parts),
        world=study_world(settings, inputs),
        regimes=regimes,
        parities=checked_parities(settings["parities"]),
        held=held,
        origin=origin,
        replicates=checked_replicates(settings["replicates"]),
        outcomes=outcomes,
        price=_price(settings["price"], outcomes),
        settings={name: settings[name] for name in SENSITIVITY_SETTINGS},
        inputs=inputs,
    )


def _bounds(settings: dict[str, Any], regimes: Sequence[Regime], constants: Mapping[str, object]) -> Bounds:
    """Return what is varied: all that is not held where nothing is named."""
    if settings["over"] is None:
        bounds = sampled_columns([name for name in (*PARAMETERS, *LEVER_QUANTILES) if name not in constants], regimes)
    else:
        bounds = sampled_columns(settings["over"], regimes)
        for column in bounds:
            if column.name in constants:
                raise InputError(f"parameters: expected {column.name} either held or varied, got both")
    settings["over"] = [f"{column.name}={low!r}:{high!r}" for column, (low, high) in bounds.items()]
    return bounds


def _size(given: object, parts: int) -> int:
    """Return the base points, a power of two of which all points of the design are no more than may be."""
    number = whole("size", given, FEWEST_BASE, _most(parts + 2))
    if number & (number - 1):
        raise InputError(f"size: expected a power of two, as 64 or 1024, got {number}")
    return number


def _most(each: int) -> int:
    return MOST_POINTS // each


def _price(given: object, outcomes: Sequence[str]) -> float | None:
    if given is None:
        return None
    if not is_number(given) or not 0 <= given <= _DEAREST:
        unit = "pounds for a council-month inadequate"
        raise InputError(f"price: expected a number from 0 to {_DEAREST:,} ({unit}), got {shown(given)}")
    if MAIN not in outcomes:
        raise InputError(f"price: expected {MAIN} among the outcomes that are looked at, got {', '.join(outcomes)}")
    return float(given)
