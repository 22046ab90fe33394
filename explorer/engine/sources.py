"""The digest of all that the module is built from, so that one which is stale is found without building it."""

from __future__ import annotations

import ast
import hashlib
import inspect
import textwrap
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np

from explorer.engine.calls import example_calls
from simulation.compiled.cache import reached_modules

_CONSTANTS = (int, float, str, tuple, np.generic, np.ndarray)
_BUILD = ("lower.py", "link.py", "runtime.c")


def sources_digest() -> str:
    """Return a digest of all functions and constants that are compiled into the module, and of how it is built.

    Comments and docstrings are not in it, nor is what differs from one release of Python to another.
    """
    digest = hashlib.sha256()
    homes = {inspect.getmodule(call.function) for call in example_calls().values()}
    for module in reached_modules(*filter(None, homes)):
        for name, thing in sorted(vars(module).items()):
            if isinstance(thing, FunctionType) and thing.__module__ == module.__name__:
                digest.update(f"{module.__name__}\0{name}\0{_code(inspect.getsource(thing))}\0".encode())
            elif isinstance(thing, _CONSTANTS) and not name.startswith("__"):
                digest.update(f"{module.__name__}\0{name}\0{_told(thing)}\0".encode())
    for name in _BUILD:
        text = Path(__file__).with_name(name).read_text(encoding="utf-8")
        digest.update((_code(text) if name.endswith(".py") else text).encode())
    return digest.hexdigest()


def _told(thing: Any) -> str:
    return hashlib.sha256(thing.tobytes()).hexdigest() if isinstance(thing, np.ndarray) else repr(thing)


def _code(text: str) -> str:
    """Return the lines of a source that do something, without docstrings, comments and empty lines."""
    text = textwrap.dedent(text)
    said: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            said |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = (line for number, line in enumerate(text.splitlines(), 1) if number not in said)
    return "\n".join(line for line in lines if line.strip() and not line.lstrip().startswith("#"))
