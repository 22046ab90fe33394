"""Sources: what a function or a class of a user's own is made of, so that results made with two of them never mix."""

from __future__ import annotations

import hashlib
import inspect
import pickle
import sys
import textwrap
from collections.abc import Iterator
from contextlib import suppress
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

from simulation.errors import InputError

Own = FunctionType | type

_OURS = ("simulation", "experiments")
_CONSTANTS = (int, float, complex, str, bytes, bool, type(None))


def own_parts(thing: Own) -> list[Own]:
    """Return a function or class, and what of a user's own it names: functions and classes, each once."""
    parts, rest = [thing], [thing]
    while rest:
        for _, value in sorted(_named(rest.pop()).items()):
            if isinstance(value, Own) and not _is_known(value.__module__) and value not in parts:
                parts.append(value)
                rest.append(value)
    return parts


def describe_source(thing: Own) -> dict[str, Any]:
    """Return the name and the digest of all that a function or class is made of, as plain values.

    Source, and the constants, functions, classes and modules of the user's own that it names, are in the digest.

    Raises:
        InputError: a source cannot be read, or something it names cannot be told apart from another.
    """
    digest = hashlib.sha256()
    for part in own_parts(thing):
        digest.update(f"{name_of(part)}\0{_source(part)}\0".encode())
        for name, value in sorted(_named(part).items()):
            digest.update(f"{name}\0{_told(part, name, value)}\0".encode())
    return {"name": name_of(thing), "source": digest.hexdigest()}


def name_of(thing: Own) -> str:
    """Return the qualified name of a function or class; that of a script is ``__main__`` in every process."""
    module = "__main__" if thing.__module__ == "__mp_main__" else thing.__module__
    return f"{module}.{thing.__qualname__}"


def names_in(code: CodeType) -> set[str]:
    """Return the names that a function looks up, those in its inner functions too."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= names_in(constant)
    return names


def _named(thing: Own) -> dict[str, Any]:
    """Return what a function or class names, by name: globals, what it encloses, defaults and bases."""
    if isinstance(thing, FunctionType):
        named = {name: thing.__globals__[name] for name in names_in(thing.__code__) if name in thing.__globals__}
        for name, cell in zip(thing.__code__.co_freevars, thing.__closure__ or (), strict=True):
            if name != "__class__":
                named[name] = cell.cell_contents
        named |= {f"default {number}": value for number, value in enumerate(thing.__defaults__ or ())}
        return named
    named = {f"base {number}": base for number, base in enumerate(thing.__bases__)}
    for name, member in vars(thing).items():
        for function in _functions(member):
            named |= {f"{name}: {key}": value for key, value in _named(function).items()}
        if isinstance(member, type):
            named[name] = member
    return named


def _functions(member: object) -> Iterator[FunctionType]:
    """Return the functions behind a member of a class."""
    for one in (member, *(getattr(member, name, None) for name in ("__func__", "fget", "func"))):
        if isinstance(one, FunctionType):
            yield one


def _source(thing: Own | ModuleType) -> str:
    # From Python 3.13 a process that was started by `python -c` takes its own text for that of any such function.
    typed = isinstance(thing, FunctionType) and thing.__code__.co_filename == "<string>"
    with suppress(OSError, TypeError):
        if not typed:
            return textwrap.dedent(inspect.getsource(thing))
    if isinstance(thing, type):
        return _members(thing)
    name = thing.__name__ if isinstance(thing, ModuleType) else name_of(thing)
    where = "a file or in a cell of a notebook"
    raise InputError(f"{name}: its source cannot be read; expected it to stand in {where}")


def _members(thing: type) -> str:
    """Return what stands in a class whose text Python does not find, as it does not in a notebook: member by member."""
    told = []
    for name, member in sorted(vars(thing).items()):
        functions = [_source(one) for one in _functions(member)]
        if functions or not name.startswith("__"):
            told.append(f"{name}\0{''.join(functions) or _told(thing, name, member)}")
    return "\0".join(told)


def _told(part: Own, name: str, value: object) -> str:
    """Return a value that is named, in words that differ where it differs."""
    if isinstance(value, Own | BuiltinFunctionType):
        return f"{value.__module__}.{value.__qualname__}"
    if isinstance(value, ModuleType):
        return value.__name__ if _is_known(value.__name__) else _source(value)
    if isinstance(value, _CONSTANTS):
        return repr(value)
    try:
        return hashlib.sha256(pickle.dumps(value)).hexdigest()
    except Exception:  # noqa: BLE001  what cannot be pickled says so in many ways
        kind = type(value).__name__
        raise InputError(
            f"{name_of(part)}: expected it to name numbers, functions and classes, got {name}, a {kind}"
        ) from None


def _is_known(module: str | None) -> bool:
    """Return whether a module is the project's, of Python, or an installed library: the manifest names these."""
    top = (module or "").partition(".")[0]
    if top in _OURS or top in sys.stdlib_module_names:
        return True
    file = getattr(sys.modules.get(top), "__file__", None) or ""
    return "site-packages" in file or "dist-packages" in file
