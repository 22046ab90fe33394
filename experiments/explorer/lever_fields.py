"""How the levers of a regime's file are written into the numbers that the engine takes, found by trying them."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from simulation.regimes import LEVERS, Arm, load_regime
from simulation.regimes.parity import arm_levers
from simulation.regimes.regime import LeverInfo, Regime

_TRIED: dict[str, tuple[Any, ...]] = {"number": (0.25, 0.125), "count": (3, 2), "switch": (True, False)}
"""Values that any lever of this kind may have."""


def describe_levers() -> list[dict[str, Any]]:
    """Return every lever with the field that a number or a switch goes into, and what else each value sets.

    ``field`` is None where the engine has none for the lever. ``sets`` has what each named choice sets, by choice, and
    under the empty name what a number sets beside its field.
    """
    (arm,) = load_regime("peer_support").arms
    return [{**vars(info), **_written(arm, info)} for info in LEVERS.values()]


def _written(arm: Arm, info: LeverInfo) -> dict[str, Any]:
    numbers = _TRIED.get(info.kind, ())
    tried = {value: _fields(replace(arm, **{info.name: value})) for value in (*numbers, *info.choices)}
    rows = list(tried.values())
    moved = [name for name in rows[0] if len({row[name] for row in rows}) > 1] if rows else []
    own = [name for name in moved if all(tried[value][name] == value for value in numbers)] if numbers else []
    sets = {choice: {name: tried[choice][name] for name in moved} for choice in info.choices}
    beside = {name: tried[numbers[0]][name] for name in moved if name not in own} if numbers else {}
    return {"field": own[0] if own else None, "sets": sets | {"": beside}}


def _fields(arm: Arm) -> dict[str, float]:
    (levers,) = arm_levers(Regime(name="tried", arms=(arm,)))
    return {name: float(value) for name, value in asdict(levers).items()}
