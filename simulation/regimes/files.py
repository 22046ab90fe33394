"""Regimes as TOML files: the shipped ones and the user's own."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from simulation.errors import InputError, nearest
from simulation.parameters import read_toml
from simulation.regimes.regime import Arm, Regime

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

_KEYS = ("name", "title", "summary", "trusts", "follows_parity", "arm")


def load_regime(source: str | Path | Regime) -> Regime:
    """Return a shipped regime by its name, or the user's own from a TOML file.

    Raises:
        InputError: there is no such regime or file, or the file does not describe a regime.
    """
    if isinstance(source, Regime):
        return source
    text = str(source)
    if text in REGIMES:
        with as_file(files("simulation.regimes") / f"{text}.toml") as path:
            return _from_toml(path)
    if text.endswith(".toml") or Path(text).exists():
        return _from_toml(Path(text))
    raise InputError(
        f"unknown regime {text!r}{nearest(text, REGIMES)}; expected one of {', '.join(REGIMES)}, "
        "or a file that ends in .toml"
    )


def _from_toml(path: Path) -> Regime:
    content = read_toml(path)
    for key in content:
        if key not in _KEYS:
            raise InputError(f"{path}: unknown entry {key!r}{nearest(key, _KEYS)}; expected {', '.join(_KEYS)}")
    try:
        arms = tuple(Arm.from_mapping(levers) for levers in _tables(content.pop("arm", [])))
        return Regime(arms=arms, **{"name": path.stem, **content})
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _tables(arms: Any) -> list[dict[str, object]]:
    if not isinstance(arms, list) or not all(isinstance(arm, dict) for arm in arms):
        raise InputError("expected every arm under a heading [[arm]]")
    return arms
