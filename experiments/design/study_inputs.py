"""From the settings of a study to its regimes and its world, with the files that it keeps to be repeated."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.design.design import MAX_MONTHS
from experiments.design.study_settings import INPUTS
from experiments.design.world import World
from experiments.files.toml_text import toml_text
from experiments.inputs.csv_files import read_parameters
from experiments.inputs.parsing import make_scenario
from simulation.councils import Councils, load_councils
from simulation.errors import InputError, shown
from simulation.evidence.england import LAST_MONTH
from simulation.limits import checked_months
from simulation.parameters import Parameters
from simulation.regimes import REGIMES, Regime, load_regime, with_own_name
from simulation.switches import Switches
from simulation.text_files import read_bytes


def study_constants(settings: dict[str, Any]) -> Mapping[str, object]:
    """Return parameters that are held, and put those of a file into the settings.

    Raises:
        InputError: one is unknown, or cannot have its value.
    """
    given = settings["parameters"]
    if isinstance(given, str | Path):
        settings["parameters"] = given = read_parameters(given)
    Parameters.from_mapping(given or {})
    return given or {}


def study_regimes(settings: dict[str, Any], inputs: dict[str, bytes]) -> tuple[Regime, ...]:
    """Return the regimes, and keep those of the user's own.

    Raises:
        InputError: one cannot be read or comes twice, or there is none.
    """
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


def study_world(settings: dict[str, Any], inputs: dict[str, bytes]) -> World:
    """Return whom and when, and keep files that were handed in.

    Raises:
        InputError: a setting of the world is none that it can have.
    """
    councils = _councils(settings, inputs)
    settings["start"] = councils.start
    scenario = make_scenario(
        councils.start,
        str(settings["funding"]),
        **{name: settings[name] for name in ("poverty_tilt", "pause", "headline")},
    )
    if not isinstance(scenario.funding, str):
        settings["funding"] = kept_file(inputs, "funding.csv", settings["funding"])
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
    settings["councils"] = kept_file(inputs, "councils.csv", settings["councils"])
    return councils


def kept_file(inputs: dict[str, bytes], name: str, path: str | Path) -> str:
    """Keep a file that was handed in, and return where the study's file finds it."""
    inputs[name] = read_bytes(path, "file", 1 << 28)
    return f"{INPUTS}/{name}"
