"""What makes a function a rule: the equation's number, under which documents and tests find it."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, TypeVar

from numba.extending import register_jitable

Function = TypeVar("Function", bound=Callable[..., Any])

WITHIN = MappingProxyType({"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "forceinline": True})
"""What is only called by compiled code needs no way in for others: a quarter less to compile."""

counted = register_jitable(**WITHIN)
"""Let compiled code call a function."""

uncounted = register_jitable(_nrt=False, **WITHIN)
"""Let compiled code call a function that meets no list and makes no array, and so need count no references."""

RULES: dict[str, list[Callable[..., Any]]] = {}
"""Every rule by the number of its equation, in the order of definition."""


def rule(number: str, *, compiles: bool = True, makes_lists: bool = False) -> Callable[[Function], Function]:
    """Mark a function as a rule of equation ``number``.

    ``compiles`` is False where the ensemble has its own for it; ``makes_lists`` is True where the rule makes lists.

    A rule is pure but for the attribute it is named for: it draws nothing (chance comes in as an argument), imports
    nothing but `math`, and stays inside what compiles, so that one source can serve every engine.
    """

    def register(function: Function) -> Function:
        RULES.setdefault(number, []).append(function)
        if not compiles:
            return function
        compiled: Function = (counted if makes_lists else uncounted)(function)
        return compiled

    return register
