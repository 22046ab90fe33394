"""The start, the month and its agents with rules of one's own, for Mesa: copies, so that other models keep theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import FunctionType
from typing import Any

from simulation.agents import month
from simulation.agents.agents import ChiefExecutive, Council, Director
from simulation.copies import copies_with
from simulation.opening import open_states
from simulation.own_rules import OwnRules, plain_function
from simulation.rules.constants import write_constants


@dataclass(frozen=True)
class OwnMonth:
    """The start and the month under rules of one's own.

    Attributes:
        write_constants: writes what follows from the parameters, as `simulation.rules.constants.write_constants`.
        open: gives month 0, as `simulation.opening.open_states`.
        run: runs the month in hand.
        council_class: councils that follow the rules.
        director_class: directors that do.
        chief_class: chief executives that do.
    """

    write_constants: Callable[..., None]
    open: Callable[..., Any]
    run: Callable[..., None]
    council_class: type[Council]
    director_class: type[Director]
    chief_class: type[ChiefExecutive]


@lru_cache(maxsize=32)
def month_with(rules: OwnRules) -> OwnMonth:
    """Return the month and its agents with these rules."""
    kinds = (Council, Director, ChiefExecutive)
    methods = {kind: _methods(kind) for kind in kinds}
    begins = [plain_function(one) for one in (write_constants, open_states, month.run_month)]
    roots = [*begins, *(method for own in methods.values() for method in own.values())]
    copies = copies_with(roots, rules.replaced())
    council, director, chief = (
        type(kind.__name__, (kind,), {name: copies[one] for name, one in methods[kind].items() if one in copies})
        for kind in kinds
    )
    constants, opening, run = (copies.get(begin, begin) for begin in begins)
    return OwnMonth(constants, opening, run, council, director, chief)


def _methods(kind: type[Any]) -> dict[str, FunctionType]:
    own = {name: member for name, member in vars(kind).items() if not name.startswith("_")}
    return {name: member for name, member in own.items() if isinstance(member, FunctionType)}
