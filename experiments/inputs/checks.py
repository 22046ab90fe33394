"""What a command or a notebook asks for: a name among others, parities, and files that can be named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from simulation.errors import InputError, has_controls, nearest, shown, whole
from simulation.regimes import PARITIES

PNG, SVG = "png", "svg"
MOST_WORKERS = 1024
FORMATS = (PNG, SVG)
"""Formats of figures: PNG alone, or each as an SVG beside its PNG."""


def checked_choice(name: str, value: object, choices: Sequence[str]) -> str:
    """Return one of ``choices``.

    Raises:
        InputError: it is none of them.
    """
    if not isinstance(value, str) or value not in choices:
        expected = f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else choices[0]
        raise InputError(f"{name}: expected {expected}, got {shown(value)}{nearest(str(value), choices)}")
    return value


def checked_parities(parities: Sequence[str]) -> tuple[str, ...]:
    """Return the parities without repeats, in their own order.

    Raises:
        InputError: one is unknown, or there is none.
    """
    for parity in parities:
        if parity not in PARITIES:
            hint = nearest(str(parity), PARITIES)
            raise InputError(f"parity: expected {', '.join(PARITIES)}, got {shown(parity)}{hint}")
    if not parities:
        raise InputError(f"parity: expected one or more of {', '.join(PARITIES)}, got none")
    return tuple(parity for parity in PARITIES if parity in parities)


def checked_path(option: str, name: str) -> Path:
    """Return the path of a file or a folder that a user names.

    Raises:
        InputError: the name is empty, or holds control characters or bytes that are no UTF-8.
    """
    if not name or has_controls(name):
        raise InputError(f"{option}: expected a name in UTF-8 without control characters, got {shown(name)}")
    return Path(name)


def checked_cluster(where: str) -> int | str:
    """Return how many workers are to be started on this machine, or the address of a cluster's scheduler.

    Raises:
        InputError: it is neither ``local:N`` nor ``tcp://host:port`` nor ``tls://host:port``.
    """
    kind, _, number = where.partition(":")
    if kind == "local" and re.fullmatch("[0-9]{1,9}", number):
        return whole("cluster", int(number), 1, MOST_WORKERS)
    if kind in {"tcp", "tls"} and number.startswith("//") and not has_controls(where):
        return where
    raise InputError(
        f"cluster: expected local:N, or a scheduler's address such as tcp://192.0.2.1:8786, got {shown(where)}"
    )
