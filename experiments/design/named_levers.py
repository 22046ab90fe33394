"""Levers by name: one lever of a regime, or of every regime, held at a value of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from simulation.regimes import Arm, Regime

EVERY_REGIME = "*"
"""Stands for all regimes that have an arm."""

Value = float | int | str | bool
"""What a cell of a design holds."""


@dataclass(frozen=True)
class NamedLever:
    """One lever that is held at a value.

    Attributes:
        regime: whose it is, or `EVERY_REGIME`.
        lever: its name.
        value: what it is held at.
        arm: number of the arm, from 1; every arm where 0.
    """

    regime: str
    lever: str
    value: Value
    arm: int = 0

    @property
    def name(self) -> str:
        """What it is called as a column of a design."""
        return ".".join([self.regime, *([str(self.arm)] if self.arm else []), self.lever])

    def is_of(self, regime: Regime) -> bool:
        """Return whether the regime has the lever's arm."""
        named = self.regime in {EVERY_REGIME, regime.name}
        return named and len(regime.arms) >= max(1, self.arm)

    def set_in(self, regime: Regime) -> Regime:
        """Return the regime with the lever at its value; as it is where it is not of it.

        Raises:
            InputError: the lever or the regime cannot be so.
        """
        if not self.is_of(regime):
            return regime
        return replace(regime, arms=tuple(self._set(arm, number) for number, arm in enumerate(regime.arms, 1)))

    def _set(self, arm: Arm, number: int) -> Arm:
        change: dict[str, Any] = {self.lever: self.value}
        return arm if self.arm not in {0, number} else replace(arm, **change)
