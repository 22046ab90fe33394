"""The settings of a study that varies things: every option by name, from a command line, a TOML file or Python."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.files.toml_text import toml_text
from experiments.files.whole import whole_file, write_text
from experiments.text.names import PARTNERS, PEERS
from simulation.errors import InputError, nearest, shown
from simulation.toml_files import read_toml

WORLD_SETTINGS: Mapping[str, Any] = {
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
}
"""Settings of the world with their defaults; None where one is left out, or follows from the others."""
PAIR_SETTINGS: Mapping[str, Any] = {
    "outcomes": ["inadequate_months"],
    "regimes": [PEERS, PARTNERS],
    "parities": ["days"],
}
"""Settings of what is looked at, with their defaults."""

STUDY_FILE, INPUTS = "study.toml", "inputs"
"""What repeats a study, in its folder: its settings, and beside it the files that were handed in."""
_LISTS = ("over", "outcomes", "regimes", "parities")
_TABLES = ("vary", "switches", "matters")
_FILES = ("table", "councils", "parameters")


def checked_settings(given: Mapping[str, object], usual: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return every setting, defaults where it is left out or None.

    Args:
        given: settings by name.
        usual: every setting that there is, with its default.
        where: who asks, for messages.

    Raises:
        InputError: there is no such setting, or it is none of its kind.
    """
    for name, value in given.items():
        if name not in usual:
            raise InputError(
                f"{where}: unknown setting {shown(name)}{nearest(name, usual)}; expected {', '.join(usual)}"
            )
        if value is not None and name in _LISTS and not isinstance(value, list | tuple):
            raise InputError(f"{where}: expected a list for {name}, got {shown(value)}")
        if value is not None and name in _TABLES and not isinstance(value, Mapping):
            raise InputError(f"{where}: expected names and values for {name}, got {shown(value)}")
    return dict(usual) | {name: value for name, value in given.items() if value is not None}


def read_study(path: str | Path, usual: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a TOML file; names of files in it are taken from its own folder.

    Raises:
        InputError: the file cannot be read, or holds what is no setting.
    """
    content = read_toml(path)
    checked_settings(content, usual, str(path))
    home = Path(path).parent
    for name in _FILES:
        if isinstance(content.get(name), str):
            content[name] = str(home / content[name])
    if isinstance(content.get("funding"), str) and content["funding"].endswith(".csv"):
        content["funding"] = str(home / content["funding"])
    if "regimes" in content:
        content["regimes"] = [_beside(home, one) for one in content["regimes"]]
    return content


def write_study(folder: Path, settings: Mapping[str, Any], inputs: Mapping[str, bytes], heading: str) -> None:
    """Write the file that repeats a study, and the files that were handed in.

    Args:
        folder: where they go.
        settings: every setting, as plain values.
        inputs: files by name.
        heading: what stands above the settings.

    Raises:
        OSError: they cannot be written.
    """
    write_text(folder / STUDY_FILE, toml_text(settings, heading))
    for name, content in inputs.items():
        (folder / INPUTS).mkdir(exist_ok=True)
        with whole_file(folder / INPUTS / name) as file:
            file.write(content)


def _beside(home: Path, regime: object) -> object:
    return str(home / regime) if isinstance(regime, str) and regime.endswith(".toml") else regime
