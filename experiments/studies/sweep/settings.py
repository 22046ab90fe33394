"""The settings of a sweep: every option by name, from a command line, a TOML file or Python, with its default."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.design.origin import PLAUSIBLE
from experiments.design.parameter_sets import LEVERS_FIXED
from experiments.design.study_settings import PAIR_SETTINGS, WORLD_SETTINGS, read_study

POINT_SETS, POINT_REPLICATES = 16, 8
"""So many that a first answer takes seconds, and enough for a verdict at a point."""

USUAL_SETTINGS: Mapping[str, Any] = {
    "vary": None,
    "design": None,
    "size": None,
    "over": None,
    "table": None,
    **PAIR_SETTINGS,
    "sets": None,
    "draw": PLAUSIBLE,
    "levers": LEVERS_FIXED,
    "replicates": POINT_REPLICATES,
    **WORLD_SETTINGS,
    "matters": None,
}
"""Every setting with its default; None where it is left out, or follows from the others."""


def read_settings(path: str | Path) -> dict[str, Any]:
    """Return the settings of a TOML file, as `experiments.design.study_settings.read_study` does."""
    return read_study(path, USUAL_SETTINGS)
