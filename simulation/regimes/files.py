"""Regimes as TOML files: the shipped ones and the user's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from simulation.errors import InputError, nearest, shown
from simulation.regimes.regime import Arm, Regime
from simulation.text_files import is_there
from simulation.toml_files import read_toml

REGIMES = (
    "none",
    "partners_in_practice",
    "peer_support",
    "peer_support_with_chiefs",
    "gold_dust",
    "improvement_partnership",
    "childrens_trust",
    "hybrid",
    "historical",
)
"""The shipped regimes, in the order in which they are shown."""

_KEYS = ("name", "title", "summary", "trusts", "follows_parity", "by_calendar", "arm")


def load_regime(source: str | Path | Regime) -> Regime:
    """Return a shipped regime by its name, or the user's own from a TOML file.

    Raises:
        InputError: there is no such regime or file, or the file does not describe a regime with a name of its own.
    """
    if isinstance(source, Regime):
        return source
    text = str(source)
    if text in REGIMES:
        return _shipped(text)
    if text.endswith(".toml") or is_there(text):
        return _from_toml(Path(text), check=with_own_name)
    raise InputError(
        f"unknown regime {shown(text)}{nearest(text, REGIMES)}; expected one of {', '.join(REGIMES)}, "
        "or a file that ends in .toml"
    )


def with_own_name(regime: Regime) -> Regime:
    """Return a regime whose rows in a table cannot be taken for those of another: it is shipped, or named otherwise.

    Raises:
        InputError: it has the name of a shipped regime, and is not that regime.
    """
    if regime.name in REGIMES and regime != _shipped(regime.name):
        raise InputError(f"regime name: expected a name that no shipped regime has, got {shown(regime.name)}")
    return regime


@cache
def _shipped(name: str) -> Regime:
    with as_file(files("simulation.regimes") / f"{name}.toml") as path:
        return _from_toml(path)


def _from_toml(path: Path, check: Callable[[Regime], Regime] = lambda regime: regime) -> Regime:
    content = read_toml(path)
    for key in content:
        if key not in _KEYS:
            raise InputError(f"{path}: unknown entry {shown(key)}{nearest(key, _KEYS)}; expected {', '.join(_KEYS)}")
    try:
        arms = tuple(Arm.from_mapping(levers) for levers in _tables(content.pop("arm", [])))
        return check(Regime(arms=arms, **{"name": path.stem, **content}))
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _tables(arms: Any) -> list[dict[str, object]]:
    if not isinstance(arms, list) or not all(isinstance(arm, dict) for arm in arms):
        raise InputError("expected every arm under a heading [[arm]]")
    return arms
