"""Compiled entries, kept on disk for as long as the code that they are made of stays as it is.

Only what is called from outside is cached, in files named for a digest of all that it is made of: an edited rule or
engine is never run stale, and whatever ails the cache costs time, never correctness.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cached_property
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numba
import numpy as np
from numba import njit, typeof
from numba.core import config, event
from numba.core.errors import NumbaError

from simulation.compiled import entries, particles, streams
from simulation.compiled.apart import wait_for
from simulation.compiled.kept import can_keep, throw_away, throw_away_damaged, write_digests

_PACKAGE = "simulation."
_CONSTANTS = (int, float, str, tuple, np.generic, np.ndarray)
_compiling = threading.Lock()


class _Teller(event.Listener):
    """Says once on standard error that the model is being compiled, when it is."""

    def __init__(self) -> None:
        self._told = False

    def on_start(self, _: Any) -> None:
        if not self._told and sys.stderr is not None:
            self._told = True
            sys.stderr.write("compiling the model for this machine, once: about half a minute\n")
            sys.stderr.flush()

    def on_end(self, _: Any) -> None:
        """Say nothing more."""


_TELLER = _Teller()


class Entry:
    """A function that is compiled when it is first called, or loaded if it was compiled before.

    Where no folder can be written, it is compiled anew in each process. Any number of threads may call it.
    """

    def __init__(self, function: Callable[..., None], own: str = "") -> None:
        """Take a function; ``own`` is a digest of what of a user's own it calls."""
        self.function, self._own = function, own
        self._ready = threading.Event()

    @cached_property
    def dispatcher(self) -> Any:
        """What Numba calls the function as it is compiled: called as the function is."""
        digest = code_digest() + self._own
        try:
            return build(self.function, digest, keep=can_keep(self.function.__code__.co_filename))
        except RuntimeError:
            return build(self.function, digest, keep=False)

    def __call__(self, *arguments: Any) -> None:
        """Call the function on these arrays and numbers."""
        if not self._ready.is_set():
            with _compiling, event.install_listener("numba:compile", _TELLER):
                wait_for(lambda: prepare(self.dispatcher, arguments))
                self._ready.set()
        self.dispatcher(*arguments)


def build(function: Callable[..., None], digest: str, *, keep: bool) -> Any:
    """Return an entry to be compiled; ``keep`` stores it on disk under a name that holds ``digest``.

    Raises:
        RuntimeError: it is to be kept, and no folder can be written.
    """
    named = FunctionType(function.__code__, function.__globals__, function.__name__)
    named.__module__, named.__qualname__ = function.__module__, f"{function.__name__}_{digest}"
    return njit(cache=keep, nogil=True)(named)


def prepare(dispatcher: Any, arguments: tuple[Any, ...]) -> None:
    """Compile an entry for such arguments, or load it; what was kept and is damaged is thrown away."""
    types = tuple(typeof(argument) for argument in arguments)  # type: ignore[no-untyped-call]
    throw_away_damaged(dispatcher)
    try:
        dispatcher.compile(types)
    except NumbaError:
        raise
    except Exception:  # noqa: BLE001  a file of another Numba may fail in any way, and a full disk after all is compiled
        if dispatcher.overloads:
            return
        throw_away(dispatcher)
        with suppress(OSError):
            dispatcher.compile(types)
    if dispatcher.stats.cache_misses:
        write_digests(dispatcher)


def code_digest() -> str:
    """Return a digest of all code and constants that are compiled, as this process has loaded them.

    A digest of the files would not do: one may have been edited since it was imported.
    """
    checked = config.BOUNDSCHECK  # type: ignore[attr-defined]
    digest = hashlib.sha256(f"{numba.__version__} {checked}".encode())
    for module in reached_modules(sys.modules[__name__]):
        for name, thing in sorted(vars(module).items()):
            if isinstance(thing, FunctionType) and thing.__module__ == module.__name__:
                digest.update("\0".join((module.__name__, name, *code_parts(thing.__code__))).encode())
            elif isinstance(thing, _CONSTANTS) and not name.startswith("__"):
                known = thing.tobytes() if isinstance(thing, np.ndarray) else repr(thing)
                digest.update(f"{module.__name__}\0{name}\0{known!r}".encode())
    return digest.hexdigest()[:20]


def reached_modules(*first: ModuleType) -> list[ModuleType]:
    """Return these modules of the model, and those of every function that they name, and so on, by name."""
    modules = {module.__name__: module for module in first}
    new = list(modules.values())
    while new:
        for thing in vars(new.pop()).values():
            name = thing.__name__ if isinstance(thing, ModuleType) else getattr(thing, "__module__", "")
            if isinstance(thing, FunctionType | ModuleType) and name.startswith(_PACKAGE) and name not in modules:
                modules[name] = sys.modules[name]
                new.append(modules[name])
    return [modules[name] for name in sorted(modules)]


def code_parts(code: CodeType) -> Iterator[str]:
    """Return what a function does and the names and constants that it does it with."""
    yield code.co_code.hex()
    yield repr((code.co_names, code.co_varnames, code.co_freevars, code.co_exceptiontable))
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from code_parts(constant)
        else:
            yield repr(sorted(constant, key=repr) if isinstance(constant, frozenset) else constant)


draw_tables, open_run = Entry(streams.draw_tables), Entry(entries.open_run)
deploy_regime = Entry(entries.deploy_regime)
run_months, measure_run = Entry(entries.run_months), Entry(entries.measure_run)
pair_runs = Entry(entries.pair_runs)
follow_judgements = Entry(particles.follow_judgements)
