"""Ranges: whether values lie where evidence or assumption has them, and not only where a run can be made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulation.parameters import PARAMETERS, Parameters

_NAMED = 5
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Beyond:
    """A value that leaves its range.

    Attributes:
        name: of the parameter or lever.
        value: in its unit.
        ends: of the range, which evidence or assumption supports.
        limits: within which a run can be made.
    """

    name: str
    value: float
    ends: tuple[float, float]
    limits: tuple[float, float]

    @property
    def words(self) -> str:
        """The value beside its range and its limits."""
        (low, high), (least, most) = self.ends, self.limits
        return f"{self.name} {self.value:g} (range {low:g} to {high:g}, limits {least:g} to {most:g})"


def beyond_ranges(sets: Iterable[Parameters]) -> str:
    """Return one sentence that names the parameters whose values leave their ranges, nothing where none does.

    >>> beyond_ranges([Parameters(best_gap=2.5)]).partition(": ")[2]
    'values beyond their ranges, which no evidence supports: best_gap 2.5 (range 0.5 to 2, limits 0.01 to 10000)'
    """
    return beyond_words(parameters_beyond(sets))


def parameters_beyond(sets: Iterable[Parameters]) -> list[Beyond]:
    """Return the parameters whose values leave their ranges, each once with the value farthest out."""
    farthest: dict[str, float] = {}
    for one in sets:
        for name, value in one.as_dict().items():
            info = PARAMETERS[name]
            out = distance(value, (info.low, info.high))
            if out > 0 and out > distance(farthest.get(name, info.low), (info.low, info.high)):
                farthest[name] = value
    return [
        Beyond(name, value, (info.low, info.high), (info.hard_low, info.hard_high))
        for name, value in farthest.items()
        for info in [PARAMETERS[name]]
    ]


def beyond_words(values: Sequence[Beyond]) -> str:
    """Return one sentence that names values beyond their ranges, nothing where there are none."""
    if not values:
        return ""
    more = f" and {len(values) - _NAMED} more" if len(values) > _NAMED else ""
    named = ", ".join(value.words for value in values[:_NAMED])
    return f"warning: values beyond their ranges, which no evidence supports: {named}{more}"


def distance(value: float, ends: tuple[float, float]) -> float:
    """Return how far a value lies outside a range, rounding errors aside; 0 inside it."""
    out = max(ends[0] - value, value - ends[1], 0.0)
    return out if out > _ROUNDING else 0.0
