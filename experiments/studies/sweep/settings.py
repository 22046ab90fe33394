"""The settings of a sweep: every option by name, from a command line, a TOML file or Python, with its default."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.design.origin import PLAUSIBLE
from experiments.design.parameter_sets import LEVERS_FIXED
from experiments.text.names import PARTNERS, PEERS
from simulation.errors import InputError, nearest, shown
from simulation.toml_files import read_toml

POINT_SETS, POINT_REPLICATES = 16, 8
"""So many that a first answer takes seconds, and enough for a verdict at a point."""

USUAL_SETTINGS: Mapping[str, Any] = {
    "vary": None,
    "design": None,
    "size": None,
    "over": None,
    "table": None,
    "outcomes": ["inadequate_months"],
    "regimes": [PEERS, PARTNERS],
    "parities": ["days"],
    "sets": None,
    "draw": PLAUSIBLE,
    "levers": LEVERS_FIXED,
    "replicates": POINT_REPLICATES,
    "months": 120,
    "seed": 2018,
    "start": None,
    "funding": "outturn",
    "poverty_tilt": 0.0,
    "pause": "historical",
    "headline": "removed",
    "switches": None,
    "parameters": None,
    "councils": None,
    "matters": None,
}
"""Every setting with its default; None where it is left out, or follows from the others."""

STUDY_FILE, INPUTS = "study.toml", "inputs"
"""What repeats a sweep, in its folder: its settings, and beside it the files that were handed in."""
_LISTS = ("over", "outcomes", "regimes", "parities")
_TABLES = ("vary", "switches", "matters")


def checked_settings(given: Mapping[str, object], where: str = "sweep") -> dict[str, Any]:
    """Return every setting, defaults where it is left out or None.

    Raises:
        InputError: there is no such setting, or it is none of its kind; ``where`` says who asked.
    """
    for name, value in given.items():
        if name not in USUAL_SETTINGS:
            known = ", ".join(USUAL_SETTINGS)
            raise InputError(f"{where}: unknown setting {shown(name)}{nearest(name, USUAL_SETTINGS)}; expected {known}")
        if value is not None and name in _LISTS and not isinstance(value, list | tuple):
            raise InputError(f"{where}: expected a list for {name}, got {shown(value)}")
        if value is not None and name in _TABLES and not isinstance(value, Mapping):
            raise InputError(f"{where}: expected names and values for {name}, got {shown(value)}")
    return dict(USUAL_SETTINGS) | {name: value for name, value in given.items() if value is not None}


def read_settings(path: str | Path) -> dict[str, Any]:
    """Return the settings of a TOML file; names of files in it are taken from its own folder.

    Raises:
        InputError: the file cannot be read, or holds what is no setting.
    """
    content = read_toml(path)
    checked_settings(content, str(path))
    home = Path(path).parent
    for name in ("table", "councils", "parameters"):
        if isinstance(content.get(name), str):
            content[name] = str(home / content[name])
    if isinstance(content.get("funding"), str) and content["funding"].endswith(".csv"):
        content["funding"] = str(home / content["funding"])
    if "regimes" in content:
        content["regimes"] = [_beside(home, one) for one in content["regimes"]]
    return content


def _beside(home: Path, regime: object) -> object:
    return str(home / regime) if isinstance(regime, str) and regime.endswith(".toml") else regime
