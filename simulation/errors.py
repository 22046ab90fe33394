"""What the program says when its input is wrong."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Iterable
from difflib import get_close_matches
from numbers import Real
from typing import Any, TypeGuard

_SHOWN, _LONGEST, _HEAD, _TAIL = 60, 1500, 1000, 400
# Control characters, line ends, marks that turn the direction of writing, and bytes of a name that are no UTF-8.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BLANKS = "\t\n\v\f\r"


class InputError(ValueError):
    """Bad input, told in one clear sentence: what was expected and what came."""

    def __init__(self, sentence: str) -> None:
        super().__init__(one_line(sentence))


def one_line(text: str) -> str:
    r"""Return ``text`` as a terminal may show it: on one line, without control characters, cut short in its middle.

    >>> one_line("got 'red\x1b[31m'")
    "got 'red\\x1b[31m'"
    """
    line = _CONTROLS.sub(lambda match: _visible(match[0]), text).strip()
    return line if len(line) <= _LONGEST else f"{line[:_HEAD]} ... {line[-_TAIL:]}"


def _visible(character: str) -> str:
    return " " if character in _BLANKS else character.encode("unicode_escape").decode()


def has_controls(text: str) -> bool:
    """Return whether ``text`` holds line ends or other characters that no name and no title has."""
    return bool(_CONTROLS.search(text))


def shown(value: object) -> str:
    """Return ``value`` as a message shows it: as Python would write it, cut short after 60 characters.

    >>> shown("transfer_rat"), shown("x" * 1000) == repr("x" * 60 + "...")
    ("'transfer_rat'", True)
    """
    if isinstance(value, str):
        return repr(value if len(value) <= _SHOWN else f"{value[:_SHOWN]}...")
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, or a list deep in lists
        return f"a value of type {type(value).__name__} too large to show"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


class RunsFailedError(RuntimeError):
    """A run that its study cannot do without ended in an error; the sentence holds the reason."""


def nearest(name: str, valid: Iterable[str]) -> str:
    """Return `` (nearest: x)`` for the valid name closest to ``name``, or nothing if none is close.

    >>> nearest("transfer_rat", ["transfer_rate", "best_gap"])
    ' (nearest: transfer_rate)'
    """
    known = {one.lower(): one for one in valid}
    close = get_close_matches(name[:_SHOWN].lower(), known, n=1, cutoff=0.4)
    return f" (nearest: {known[close[0]]})" if close else ""


def is_number(value: Any) -> TypeGuard[float]:
    """Return whether ``value`` is a finite number, Python's or NumPy's, and not true or false."""
    real = not isinstance(value, bool) and isinstance(value, Real)
    return real and bool(-math.inf < value < math.inf)


def whole(name: str, value: object, low: int, high: int | None = None) -> int:
    """Return ``value`` as Python's own whole number, be it Python's or NumPy's, if it lies from ``low`` to ``high``.

    Raises:
        InputError: it does not, or is no whole number; ``name`` says which input it was.
    """
    number = _index(value)
    if number is None or number < low or (high is not None and number > high):
        wanted = f"a whole number of {low} or more" if high is None else f"a whole number from {low} to {high}"
        raise InputError(f"{name}: expected {wanted}, got {shown(value)}")
    return number


def _index(value: Any) -> int | None:
    try:
        return None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        return None
