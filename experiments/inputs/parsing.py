"""What people write on a command line or in a small file, turned into the model's own objects."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from experiments.inputs.csv_files import _number, read_funding
from simulation.errors import InputError, nearest
from simulation.scenario import SCENARIOS, Points, Scenario
from simulation.switches import Switches


def split_names(text: str, option: str) -> list[str]:
    """Return the names of a comma-separated list.

    Raises:
        InputError: there is no name in it, or an empty one.
    """
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise InputError(f"{option}: expected names with commas between them, got {text!r}")
    return names


def gather_names(shipped: str | None, own: Sequence[Path]) -> list[str | Path]:
    """Return the regimes asked for: the listed ones, or all shipped where None, and the user's own files.

    Raises:
        InputError: the list holds an empty name.
    """
    from simulation.regimes import REGIMES

    return [*(REGIMES if shipped is None else split_names(shipped, "--regimes")), *own]


def parse_switches(texts: Sequence[str]) -> Switches:
    """Return the switches that ``NAME=CHOICE`` texts set; all others at their defaults.

    Raises:
        InputError: a text is not NAME=CHOICE, a name comes twice, or a name or choice does not exist.
    """
    return Switches.from_mapping(_parse_pairs(texts, "--switch", "NAME=CHOICE, as in overload=off", "switch"))


def parse_sets(text: str) -> int | str:
    """Return how many parameter sets are asked for, or the word that asks for all.

    Raises:
        InputError: it is neither.
    """
    if text == "all":
        return text
    try:
        return int(text)
    except ValueError:
        raise InputError(f"--sets: expected a whole number of 1 or more, or all, got {text!r}") from None


def parse_matters(texts: Sequence[str]) -> dict[str, float]:
    """Return the smallest differences that matter, by outcome, that ``OUTCOME=VALUE`` texts set.

    Raises:
        InputError: a text is not OUTCOME=VALUE, an outcome comes twice, or a value is no finite number.
    """
    pairs = _parse_pairs(texts, "--matters", "OUTCOME=VALUE, as in inadequate_months=50", "outcome")
    return {name: _number("--matters", name, text) for name, text in pairs.items()}


def _parse_pairs(texts: Sequence[str], option: str, expected: str, what: str) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            raise InputError(f"{option}: expected {expected}, got {text!r}")
        if name in chosen:
            raise InputError(f"{option}: expected each {what} once, got {name!r} twice")
        chosen[name] = value
    return chosen


def make_scenario(start: str, funding: str, poverty_tilt: float, pause: str) -> Scenario:
    """Return the scenario from its texts; ``funding`` is a named path or a CSV file of points.

    Raises:
        InputError: a choice is unknown, a number out of range, or the file cannot be read.
    """
    if not math.isfinite(poverty_tilt):
        raise InputError(f"poverty_tilt: expected a number from 0 to 10, got {poverty_tilt}")
    named = SCENARIOS["funding"].choices
    path: str | Points = funding
    if funding not in named:
        if not (funding.endswith(".csv") or Path(funding).exists()):
            known = ", ".join(named)
            raise InputError(f"funding: expected {known} or a CSV file, got {funding!r}{nearest(funding, named)}")
        path = read_funding(funding)
    return replace(Scenario(), start=start, funding=path, poverty_tilt=poverty_tilt, pause=pause)
