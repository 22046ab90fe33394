"""Ranges: whether parameters lie where evidence or assumption has them, and not only where a run can be made."""

from __future__ import annotations

from collections.abc import Iterable

from simulation.parameters import PARAMETERS, Parameters

_NAMED = 5
_ROUNDING = 1e-9


def beyond_ranges(sets: Iterable[Parameters]) -> str:
    """Return one sentence that names the parameters whose values leave their ranges, nothing where none does.

    >>> beyond_ranges([Parameters(transfer_rate=0.9)])
    'warning: values beyond their ranges, which no evidence supports: transfer_rate 0.9 (range 0.02 to 0.6)'
    """
    farthest: dict[str, float] = {}
    for one in sets:
        for name, value in one.as_dict().items():
            beyond = _distance(name, value)
            if beyond > _ROUNDING and beyond > _distance(name, farthest.get(name)):
                farthest[name] = value
    if not farthest:
        return ""
    listing = [
        f"{name} {value:g} (range {PARAMETERS[name].low:g} to {PARAMETERS[name].high:g})"
        for name, value in farthest.items()
    ]
    more = f" and {len(listing) - _NAMED} more" if len(listing) > _NAMED else ""
    return f"warning: values beyond their ranges, which no evidence supports: {', '.join(listing[:_NAMED])}{more}"


def _distance(name: str, value: float | None) -> float:
    """Return how far a value lies outside its parameter's range; 0 inside it, and for no value."""
    info = PARAMETERS[name]
    return 0.0 if value is None else max(info.low - value, value - info.high, 0.0)
