"""What people write on a command line or in a small file, turned into the model's own objects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.inputs.csv_files import read_funding
from simulation.errors import InputError, nearest, shown
from simulation.evidence.cells import as_integer, as_number
from simulation.parameters import Parameters
from simulation.places import PLACES, place_hint
from simulation.scenario import SCENARIOS, Points, Scenario
from simulation.switches import SWITCHES, Switches
from simulation.text_files import is_there


def split_names(text: str, option: str) -> list[str]:
    """Return the names of a comma-separated list.

    Raises:
        InputError: there is no name in it, or an empty one.
    """
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise InputError(f"{option}: expected names with commas between them, got {shown(text)}")
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
    choices = _parse_pairs(texts, "--switch", "NAME=CHOICE, as in overload=off", "switch")
    for name in choices:
        if name not in SWITCHES and name in PLACES:
            raise InputError(f"--switch: expected a switch, got {shown(name)}{place_hint(name)}")
    return Switches.from_mapping(choices)


def parse_sets(text: str) -> int | str:
    """Return how many parameter sets are asked for, or the word that asks for all.

    Raises:
        InputError: it is neither.
    """
    if text == "all":
        return text
    try:
        return as_integer(text)
    except ValueError:
        raise InputError(f"--sets: expected a whole number of 1 or more, or all, got {shown(text)}") from None


def parse_whole(text: str, option: str) -> int:
    """Return the whole number that ``text`` writes in plain digits.

    Raises:
        InputError: it writes none; ``option`` says where it stood.
    """
    try:
        return as_integer(text.strip())
    except ValueError:
        raise InputError(f"{option}: expected a whole number, got {shown(text)}") from None


def parse_number(text: str, option: str) -> float:
    """Return the finite number that ``text`` writes in plain digits.

    Raises:
        InputError: it writes none; ``option`` says where it stood.
    """
    try:
        return as_number(text.strip())
    except ValueError:
        raise InputError(f"{option}: expected a number, got {shown(text)}") from None


def parse_matters(texts: Sequence[str]) -> dict[str, float]:
    """Return the smallest differences that matter, by outcome, that ``OUTCOME=VALUE`` texts set.

    Raises:
        InputError: a text is not OUTCOME=VALUE, an outcome comes twice, or a value is no finite number.
    """
    pairs = _parse_pairs(texts, "--matters", "OUTCOME=VALUE, as in inadequate_months=50", "outcome")
    return {name: parse_number(text, f"--matters: {name}") for name, text in pairs.items()}


def parse_values(texts: Sequence[str]) -> dict[str, float]:
    """Return the parameters that ``NAME=VALUE`` texts set, by name.

    Raises:
        InputError: a text is not NAME=VALUE, a name comes twice, is no parameter, or a value is not in its limits.
    """
    pairs = _parse_pairs(texts, "--set", "NAME=VALUE, as in collapse_rate=0.07", "parameter")
    values = {name: parse_number(text, f"--set {name}") for name, text in pairs.items()}
    Parameters.from_mapping(values)
    return values


def _parse_pairs(texts: Sequence[str], option: str, expected: str, what: str) -> dict[str, str]:
    choices_by_name: dict[str, str] = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            raise InputError(f"{option}: expected {expected}, got {shown(text)}")
        if name in choices_by_name:
            raise InputError(f"{option}: expected each {what} once, got {shown(name)} twice")
        choices_by_name[name] = value
    return choices_by_name


def make_scenario(start: str, funding: str | None = None, **choices: Any) -> Scenario:
    """Return the scenario from its texts; ``funding`` is a named path or a CSV file of points.

    ``choices`` are further fields of `Scenario`; what is left out or None stands at its default.

    Raises:
        InputError: a choice is unknown, a number out of range, or the file cannot be read.
    """
    options = {name: value for name, value in choices.items() if value is not None}
    if funding is not None:
        options["funding"] = _funding(funding)
    return Scenario(start=start, **options)


def _funding(text: str) -> str | Points:
    named = SCENARIOS["funding"].choices
    if text in named:
        return text
    if not (text.endswith(".csv") or is_there(text)):
        known = ", ".join(named)
        raise InputError(f"funding: expected {known} or a CSV file, got {shown(text)}{nearest(text, named)}")
    return read_funding(text)
