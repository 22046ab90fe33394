"""TOML files that a user hands in: regimes, parameters and explanations, read in one way."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from simulation.errors import InputError
from simulation.text_files import read_text

_LARGEST = 2**20
_DEEPEST = 8
"""Tables and lists within one another: a regime's file has three."""


def read_toml(path: str | Path) -> dict[str, Any]:
    """Return what a TOML file holds.

    Raises:
        InputError: the file cannot be read, is no text or no TOML, sets nothing, is nested too deeply, or holds a
            number of too many digits.
    """
    text = read_text(path, "TOML file", _LARGEST)
    try:
        content = tomllib.loads(text)
        deep = _is_deep(content)
    except RecursionError:
        deep = True
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: expected TOML, got: {error}") from None
    except ValueError:  # what Python says of a number of thousands of digits
        raise InputError(f"{path}: expected numbers of a length that can be read, got a longer one") from None
    if deep:
        raise InputError(f"{path}: expected at most {_DEEPEST} tables or lists within one another, got more")
    if not content:
        raise InputError(f"{path}: expected a TOML file that sets something, got an empty one")
    return content


def _is_deep(content: dict[str, Any]) -> bool:
    level: list[Any] = [content]
    for _ in range(_DEEPEST + 1):
        level = [inner for outer in level for inner in _within(outer)]
        if not level:
            return False
    return True


def _within(value: object) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
