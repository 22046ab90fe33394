"""What the program says when its input is wrong."""

from __future__ import annotations

import math
from collections.abc import Iterable
from difflib import get_close_matches
from numbers import Real
from typing import Any, TypeGuard


class InputError(ValueError):
    """Bad input, told in one clear sentence: what was expected and what came."""


class RunsFailedError(RuntimeError):
    """A run that its study cannot do without ended in an error; the sentence holds the reason."""


def nearest(name: str, valid: Iterable[str]) -> str:
    """Return `` (nearest: x)`` for the valid name closest to ``name``, or nothing if none is close.

    >>> nearest("transfer_rat", ["transfer_rate", "best_gap"])
    ' (nearest: transfer_rate)'
    """
    close = get_close_matches(name.lower(), list(valid), n=1, cutoff=0.4)
    return f" (nearest: {close[0]})" if close else ""


def is_number(value: Any) -> TypeGuard[float]:
    """Return whether ``value`` is a finite number, Python's or NumPy's, and not true or false."""
    real = not isinstance(value, bool) and isinstance(value, Real)
    return real and bool(-math.inf < value < math.inf)


def whole(name: str, value: object, low: int, high: int) -> int:
    """Return ``value`` if it is a whole number from ``low`` to ``high``.

    Raises:
        InputError: it is not; ``name`` says which input it was.
    """
    if isinstance(value, bool) or not hasattr(value, "__index__") or not low <= value.__index__() <= high:
        raise InputError(f"{name}: expected a whole number from {low} to {high}, got {value!r}")
    return int(value.__index__())
