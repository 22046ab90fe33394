"""Overrides of an agent's rules: one that the model would never call is refused as the class is made."""

from __future__ import annotations

from difflib import get_close_matches
from types import FunctionType
from typing import Any

from simulation.errors import InputError
from simulation.rules.marker import RULES

_CLOSE = 0.8
"""How alike two names are, from 0 to 1, where one is taken for a slip of the pen."""


class Overridable:
    """An agent whose methods are rules: a subclass overrides those that the month asks it for."""

    def __init_subclass__(cls, **options: Any) -> None:
        """Refuse a public method that only looks like one of the agent's.

        Raises:
            InputError: its name is nearly that of a method, or that of a rule which the month does not ask agents for.
        """
        super().__init_subclass__(**options)
        if _is_own(cls):
            for name, member in vars(cls).items():
                if isinstance(member, FunctionType) and not name.startswith("_"):
                    _check_override(cls, name)


def _is_own(cls: type) -> bool:
    """Return whether a class is a user's: the model's own are where methods come from."""
    return any(issubclass(base, Overridable) and base is not Overridable for base in cls.__bases__)


def _check_override(cls: type, name: str) -> None:
    if any(hasattr(base, name) for base in cls.__bases__):
        return
    known = sorted({one for base in cls.__bases__ for one in dir(base) if not one.startswith("_")})
    methods = [one for one in known if callable(getattr(cls, one, None))]
    slip = f"{cls.__name__}.{name}: expected"
    if close := get_close_matches(name, methods, n=1, cutoff=_CLOSE):
        base = cls.__bases__[0].__name__
        raise InputError(f"{slip} the name of a method of {base}, or one unlike them all (nearest: {close[0]})")
    if name in {rule.__name__ for rules in RULES.values() for rule in rules}:
        way = f'rules={{"{name}": ...}} replaces it'
        raise InputError(f"{slip} a method that the month calls, got a rule that it does not ask an agent for; {way}")
