"""Copies of functions in which others stand in for some that they call: the modules stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import FunctionType, ModuleType
from typing import Any

from simulation.sources import names_in

Functions = Mapping[FunctionType, FunctionType]

_PACKAGE = "simulation."


def copies_with(roots: Iterable[FunctionType], replaced: Functions) -> dict[FunctionType, FunctionType]:
    """Return a copy of each function from which one that is replaced can be reached, by the original.

    Args:
        roots: where the way begins.
        replaced: what stands in for which function.
    """
    calls = calls_from(roots)
    touched = set(replaced)
    while more := {one for one, called in calls.items() if one not in touched and called & touched}:
        touched |= more
    spaces = {one.__module__: ModuleType(one.__module__) for one in calls}
    copies = dict(replaced) | {
        one: _copy(one, vars(spaces[one.__module__])) for one in calls if one in touched and one not in replaced
    }
    for one in calls:
        space = vars(spaces[one.__module__])
        if len(space) < len(one.__globals__):
            space.update({name: _stand_in(thing, copies, spaces) for name, thing in one.__globals__.items()})
    return copies


def own_copies(functions: Iterable[FunctionType]) -> dict[FunctionType, FunctionType]:
    """Return copies of functions that call each other, with the constants that they name as these are now."""
    originals = list(functions)
    spaces = {id(one.__globals__): dict(one.__globals__) for one in originals}
    copies = {one: _copy(one, spaces[id(one.__globals__)]) for one in originals}
    for space in spaces.values():
        named = {
            name: copies[thing] for name, thing in space.items() if isinstance(thing, FunctionType) and thing in copies
        }
        space.update(named)
    return copies


def calls_from(roots: Iterable[FunctionType]) -> dict[FunctionType, set[FunctionType]]:
    """Return what each function of the model that can be reached from ``roots`` may call, by its names."""
    rest = list(roots)
    calls: dict[FunctionType, set[FunctionType]] = {}
    while rest:
        function = rest.pop()
        if function not in calls:
            calls[function] = _called(function)
            rest += calls[function]
    return calls


def _called(function: FunctionType) -> set[FunctionType]:
    names = names_in(function.__code__)
    things = [function.__globals__[name] for name in names if name in function.__globals__]
    for module in [thing for thing in things if isinstance(thing, ModuleType) and thing.__name__.startswith(_PACKAGE)]:
        things += [vars(module)[name] for name in names if name in vars(module)]
    return {thing for thing in things if isinstance(thing, FunctionType) and thing.__module__.startswith(_PACKAGE)}


def _copy(function: FunctionType, space: dict[str, Any]) -> FunctionType:
    copy = FunctionType(function.__code__, space, function.__name__, function.__defaults__, function.__closure__)
    copy.__module__, copy.__qualname__, copy.__doc__ = function.__module__, function.__qualname__, function.__doc__
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy


def _stand_in(thing: object, copies: Functions, spaces: Mapping[str, ModuleType]) -> object:
    if isinstance(thing, FunctionType):
        return copies.get(thing, thing)
    if isinstance(thing, ModuleType):
        return spaces.get(thing.__name__, thing)
    return thing
