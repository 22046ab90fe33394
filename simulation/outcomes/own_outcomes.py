"""Outcomes of one's own: a number worked out from the table of a run's months, or from its panel."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import FunctionType, MappingProxyType
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from simulation.errors import InputError, is_number, nearest, shown
from simulation.outcomes.outcomes import OUTCOMES, Outcome
from simulation.outcomes.paths import PATHS, Better
from simulation.outcomes.run import Run
from simulation.parameters import PARAMETERS
from simulation.sources import describe_source

RunTable = Literal["months", "panel"]
MONTHS_TABLE, PANEL_TABLE = get_args(RunTable)
OWN_GROUP = "own"
"""The group of outcomes of a user's own."""


@dataclass(frozen=True)
class OwnOutcome:
    """A measure of a whole run that the user defines.

    Attributes:
        function: takes a table and returns a number: of the months, as `Run.months` is, or of the panel.
        unit: what the number counts.
        better: whether less or more of it is better, or neither.
        matters: the smallest difference between regimes that is worth a decision, in the unit.
        of: ``months``, or ``panel``: a row a month and council.
    """

    function: Callable[[pd.DataFrame], float]
    unit: str
    better: Better = "neither"
    matters: float = 0.0
    of: RunTable = "months"

    @property
    def meaning(self) -> str:
        """The first line of what the function says of itself, else that it is the user's own."""
        said = (inspect.getdoc(self.function) or "").partition("\n")[0].rstrip(".")
        for verb in ("Return ", "Returns "):
            said = said.removeprefix(verb)
        return said[:1].lower() + said[1:] if said else "an outcome of the user's own"

    def as_outcome(self, name: str) -> Outcome:
        """Return what tables say of it, under its name."""
        why = "as whoever made the outcome says"
        return Outcome(name, self.unit, self.better, self.meaning, OWN_GROUP, self.matters, why)

    def describe(self) -> dict[str, Any]:
        """Return it as plain values, with the digest of its source.

        Raises:
            InputError: the source cannot be read.
        """
        kept = {
            "unit": self.unit,
            "better": self.better,
            "matters": self.matters,
            "of": self.of,
            "meaning": self.meaning,
        }
        assert isinstance(self.function, FunctionType)  # noqa: S101  no other passes the check
        return kept | {"function": describe_source(self.function)}


OwnOutcomes = tuple[tuple[str, OwnOutcome], ...]
"""Outcomes of a user's own with their names."""


def own_outcomes(outcomes: Mapping[str, OwnOutcome] | None) -> OwnOutcomes:
    """Return checked outcomes of a user's own.

    Raises:
        InputError: a name is taken or no name, or what is said of an outcome is not valid.
    """
    if outcomes is None:
        return ()
    if not isinstance(outcomes, Mapping):
        raise InputError(f"outcomes: expected each an OwnOutcome by its name, got {shown(outcomes)}")
    for name, own in outcomes.items():
        _check(name, own)
    return tuple(outcomes.items())


def all_outcomes(outcomes: OwnOutcomes) -> Mapping[str, Outcome]:
    """Return every outcome by name: the program's in the order of `OUTCOMES`, then the user's own."""
    return MappingProxyType({**OUTCOMES, **{name: own.as_outcome(name) for name, own in outcomes}})


def uses_panel(outcomes: OwnOutcomes) -> bool:
    """Return whether an outcome is worked out from the panel."""
    return any(own.of == PANEL_TABLE for _, own in outcomes)


def measure_own(run: Run, outcomes: OwnOutcomes) -> dict[str, float]:
    """Return the value of each outcome in a run.

    Raises:
        InputError: a function gives no number.
    """
    tables = {MONTHS_TABLE: run.months.copy, PANEL_TABLE: lambda: panel_table(run)}
    return {name: _number(name, own.function(tables[own.of]())) for name, own in outcomes}


def with_own_outcomes(run: Run, outcomes: OwnOutcomes) -> Run:
    """Return a run with outcomes of the user's own beside the others.

    Raises:
        InputError: a function gives no number.
    """
    return replace(run, own=measure_own(run, outcomes)) if outcomes else run


def panel_table(run: Run) -> pd.DataFrame:
    """Return a run's panel as a table: ``month``, ``code`` of the council, and what `PanelState` records of it.

    Raises:
        InputError: the run kept no panel.
    """
    if run.panel is None:
        raise InputError("expected a run that kept its panel (panel=True), got one that did not")
    months, councils = run.panel.shape
    who = {"month": np.repeat(np.arange(months), councils), "code": np.tile(np.array(run.table.code), months)}
    return pd.DataFrame(who | {name: run.panel[name].ravel() for name in run.panel.dtype.names or ()})


def _check(name: object, own: object) -> None:
    if not isinstance(name, str) or not name.isidentifier():
        raise InputError(f"outcomes: expected a name of letters, digits and underscores, got {shown(name)}")
    if name in OUTCOMES or name in PATHS or name in PARAMETERS:
        raise InputError(f"outcomes: expected a name that is not taken, got {name}")
    if not isinstance(own, OwnOutcome) or not isinstance(own.function, FunctionType):
        raise InputError(f"outcomes: expected OwnOutcome(function, unit, ...) for {name}, got {shown(own)}")
    for field, known in (("better", get_args(Better)), ("of", get_args(RunTable))):
        value = getattr(own, field)
        if value not in known:
            hint = nearest(str(value), known)
            raise InputError(f"outcomes: {field} of {name}: expected {' or '.join(known)}, got {shown(value)}{hint}")
    if not is_number(own.matters) or own.matters < 0:
        raise InputError(f"outcomes: matters of {name}: expected a number of 0 or more, got {shown(own.matters)}")


def _number(name: str, value: object) -> float:
    try:
        return math.nan if value is None else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise InputError(f"outcomes: expected a number from {name}, got {shown(value)}") from None
