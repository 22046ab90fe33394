"""What a comparison may be asked for: names, numbers and how many workers."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.errors import InputError, nearest
from simulation.regimes import PARITIES

PNG, SVG = "png", "svg"
FORMATS = (PNG, SVG)
"""Formats of figures: PNG alone, or each as an SVG beside its PNG."""

KEPT = ("months", "sample", "runs")
"""Whose months are kept: those of all runs, of the first replicates of each set, or of none."""


def checked_choice(name: str, value: object, choices: Sequence[str]) -> str:
    """Return one of ``choices``.

    Raises:
        InputError: it is none of them.
    """
    if not isinstance(value, str) or value not in choices:
        expected = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else choices[0]
        raise InputError(f"{name}: expected {expected}, got {value!r}{nearest(str(value), choices)}")
    return value


def checked_parities(parities: Sequence[str]) -> tuple[str, ...]:
    """Return the parities without repeats, in their own order.

    Raises:
        InputError: one is unknown, or there is none.
    """
    for parity in parities:
        if parity not in PARITIES:
            raise InputError(f"parity: expected {', '.join(PARITIES)}, got {parity!r}{nearest(parity, PARITIES)}")
    if not parities:
        raise InputError(f"parity: expected one or more of {', '.join(PARITIES)}, got none")
    return tuple(parity for parity in PARITIES if parity in parities)


def checked_number(name: str, value: object, low: int, high: int | None = None) -> int:
    """Return a whole number within its limits.

    Raises:
        InputError: it is not a whole number, or out of range.
    """
    wanted = f"a whole number of {low} or more" if high is None else f"a whole number from {low} to {high}"
    if isinstance(value, bool) or not isinstance(value, int) or value < low or (high is not None and value > high):
        raise InputError(f"{name}: expected {wanted}, got {value!r}")
    return value
