"""The calls of compiled entries in a run: which functions there are, of which types, and what they are handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import Any
from unittest.mock import patch

import numpy as np

from simulation.compiled import outside
from simulation.compiled.cache import Entry
from simulation.compiled.ensemble import Ensemble
from simulation.outcomes.pairs import paired_outcomes
from simulation.parameters import Parameters


@dataclass(frozen=True)
class ExampleCall:
    """A compiled entry, and the arguments of one call by name."""

    function: Callable[..., None]
    arguments: dict[str, Any]


def example_calls() -> dict[str, ExampleCall]:
    """Return a call of every entry by its name: those that a paired run makes, and those for callers outside Python.

    Nothing is compiled.
    """
    calls: dict[str, ExampleCall] = {}

    def note(entry: Entry, *arguments: Any) -> None:
        names = signature(entry.function).parameters
        calls.setdefault(entry.function.__name__, ExampleCall(entry.function, dict(zip(names, arguments, strict=True))))

    with patch.object(Entry, "__call__", note):
        ensemble = Ensemble(months=1)
        opening = ensemble.open(Parameters(), ensemble.draw(seed=0, replicate=0))
        run = ensemble.run("peer_support", opening, panel=True)
        paired_outcomes(run, run)
    shares = np.zeros(1)
    levers = calls["deploy_regime"].arguments["levers"]
    for function, arguments in (
        (outside.sweep_levers, {"levers": levers, "ranges": np.zeros((1, 5)), "quantiles": np.zeros(2)}),
        (outside.score_shares, {"shares": shares, "scores": shares}),
    ):
        calls[function.__name__] = ExampleCall(function, arguments)
    return calls


def describe_argument(value: Any) -> dict[str, Any]:
    """Return what a caller outside Python must know of an argument: an array's items, a tuple's parts, or a number.

    Raises:
        TypeError: it is of another kind.
    """
    if isinstance(value, np.ndarray):
        return {"bytes": value.itemsize, "dimensions": value.ndim}
    if isinstance(value, tuple):
        names = getattr(value, "_fields", [str(place) for place in range(len(value))])
        return {"parts": {name: describe_argument(part) for name, part in zip(names, value, strict=True)}}
    if isinstance(value, bool | int | np.integer):
        return {"number": "whole"}
    raise TypeError(f"expected arrays, whole numbers and tuples of them, got {type(value).__name__}")
