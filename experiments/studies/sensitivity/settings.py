"""The settings of a sensitivity study: every option by name, from a command line, a TOML file or Python."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.design.samples import MORRIS
from experiments.design.study_settings import PAIR_SETTINGS, WORLD_SETTINGS, read_study

NO_SCREEN = "none"
SCREENS = (MORRIS, NO_SCREEN)
"""How what decides little is sorted out first: Morris's elementary effects, or not at all."""

SENSITIVITY_SETTINGS: Mapping[str, Any] = {
    "over": None,
    "screen": MORRIS,
    "trajectories": 10,
    "most": 10,
    "size": 256,
    **PAIR_SETTINGS,
    "replicates": 2,
    **WORLD_SETTINGS,
    "price": None,
}
"""Every setting with its default, by which a first answer takes under a minute on two cores."""


def read_sensitivity(path: str | Path) -> dict[str, Any]:
    """Return the settings of a TOML file, as `experiments.design.study_settings.read_study` does."""
    return read_study(path, SENSITIVITY_SETTINGS)
