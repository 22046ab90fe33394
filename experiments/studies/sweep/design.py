"""The design of a sweep: a crossing of points, sets and replicates, and what is concluded from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from experiments.design.crossing import Crossing
from experiments.design.design import Label
from experiments.results.realised import MADE_EQUAL
from simulation.outcomes.outcomes import OUTCOMES
from simulation.regimes import QUANTITIES


@dataclass(frozen=True, kw_only=True)
class SweepDesign:
    """A whole sweep, before it is run; equal designs give equal results, byte for byte.

    Attributes:
        crossing: what is run.
        outcomes: what is looked at, in the order of `OUTCOMES`.
        matters: outcomes with a smallest difference worth a decision of the user's own.
        settings: every option that it was made with, as plain values, for the file that repeats it.
        inputs: files that were handed in, by the name under which the folder keeps them.
    """

    crossing: Crossing
    outcomes: tuple[str, ...]
    matters: Mapping[str, float]
    settings: Mapping[str, Any]
    inputs: Mapping[str, bytes]

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """Outcomes that are kept of each run: those looked at, and what each parity makes equal."""
        realised = [MADE_EQUAL[parity] for parity in self.crossing.parities if parity in QUANTITIES]
        return tuple(name for name in OUTCOMES if name in self.outcomes or name in realised)

    @property
    def pairs(self) -> tuple[tuple[Label, Label], ...]:
        """Each regime and the last of them, with which it is compared, under each parity."""
        last = self.crossing.regimes[-1].name
        return tuple((label, Label(label.parity, last)) for label in self.crossing.labels if label.regime != last)

    def smallest(self, outcome: str) -> float:
        """Return the smallest difference in an outcome that is worth a decision, in its unit."""
        own = self.matters.get(outcome)
        return OUTCOMES[outcome].smallest(self.crossing.world.months) if own is None else own

    def describe(self) -> dict[str, Any]:
        """Return the whole design as plain values, ready for JSON."""
        return {"outcomes": list(self.outcomes), "matters": dict(self.matters)} | self.crossing.describe()
