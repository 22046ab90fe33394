"""The design of a sweep: a crossing of points, sets and replicates, and what is concluded from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from experiments.design.crossing import Crossing
from experiments.design.design import Label
from experiments.design.stopping import checked_matters
from simulation.errors import InputError, nearest, shown
from simulation.outcomes.outcomes import OUTCOMES
from simulation.regimes import QUANTITIES

REALISED = {"pounds": "programme_cost", "days": "days_delivered", "director_days": "director_days"}
"""What a parity makes equal -> the outcome that says how much of it was realised."""


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
        realised = [REALISED[parity] for parity in self.crossing.parities if parity in QUANTITIES]
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


def checked_outcomes(names: Sequence[str]) -> tuple[str, ...]:
    """Return outcomes in their order, each once; ``all`` alone means every one.

    Raises:
        InputError: one is unknown, or there is none.
    """
    if list(names) == ["all"]:
        return tuple(OUTCOMES)
    for name in names:
        if name not in OUTCOMES:
            raise InputError(
                f"outcome: unknown outcome {shown(name)}{nearest(name, OUTCOMES)}; `sli outcomes` lists all"
            )
    if not names:
        raise InputError("outcome: expected one outcome or more, got none")
    return tuple(name for name in OUTCOMES if name in names)


def checked_smallest(matters: Mapping[str, float], outcomes: Sequence[str]) -> dict[str, float]:
    """Return what matters of the outcomes that are looked at.

    Raises:
        InputError: as of `checked_matters`, or an outcome is not looked at.
    """
    for name in checked_matters(matters):
        if name not in outcomes:
            raise InputError(f"matters: expected an outcome that is looked at ({', '.join(outcomes)}), got {name}")
    return checked_matters(matters)
