"""The compiled engine's one entry, kept on disk for as long as the code that it is made of stays as it is.

Only this function is cached, in files named for a digest of all that it is made of: an edited rule or engine is never
run stale, and whatever ails the cache costs time, never correctness.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numba
from numba import njit, typeof
from numba.core import config, event
from numba.core.errors import NumbaError

from simulation.compiled import month as ensemble
from simulation.compiled.borrowed import borrowed, borrowed_work
from simulation.compiled.month import run_month
from simulation.compiled.records import Month

_PACKAGE = "simulation."
_first, _ready = threading.Lock(), threading.Event()


def code_digest() -> str:
    """Return a digest of all code and constants that are compiled, as this process has loaded them.

    A digest of the files would not do: one may have been edited since it was imported.
    """
    checked = config.BOUNDSCHECK  # type: ignore[attr-defined]
    digest = hashlib.sha256(f"{numba.__version__} {checked}".encode())
    for module in _modules():
        for name, thing in sorted(vars(module).items()):
            if isinstance(thing, FunctionType) and thing.__module__ == module.__name__:
                digest.update("\0".join((module.__name__, name, *_parts(thing.__code__))).encode())
            elif isinstance(thing, int | float | str | tuple) and not name.startswith("__"):
                digest.update(f"{module.__name__}\0{name}\0{thing!r}".encode())
    return digest.hexdigest()[:20]


def _modules() -> list[ModuleType]:
    """Return the modules of every function that can be reached from this one, by name."""
    found = {__name__: sys.modules[__name__], ensemble.__name__: ensemble}
    new = list(found.values())
    while new:
        for thing in vars(new.pop()).values():
            name = thing.__name__ if isinstance(thing, ModuleType) else getattr(thing, "__module__", "")
            if isinstance(thing, FunctionType | ModuleType) and name.startswith(_PACKAGE) and name not in found:
                found[name] = sys.modules[name]
                new.append(found[name])
    return [found[name] for name in sorted(found)]


def _parts(code: CodeType) -> Iterator[str]:
    """Return what a function does and the names and constants that it does it with."""
    yield code.co_code.hex()
    yield repr((code.co_names, code.co_varnames, code.co_freevars, code.co_exceptiontable))
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _parts(constant)
        else:
            yield repr(sorted(constant, key=repr) if isinstance(constant, frozenset) else constant)


def build(digest: str, *, keep: bool) -> Any:
    """Return the run of all months, to be compiled; ``keep`` stores it on disk under a name that holds ``digest``.

    Raises:
        RuntimeError: it is to be kept, and no folder can be written.
    """

    def run_all(
        councils: Any,
        directors: Any,
        sectors: Any,
        rows: Any,
        panel: Any,
        coefficients: Any,
        arms: Any,
        deployments: Any,
        work: Any,
        luck: Any,
        gaps: Any,
        pause: Any,
    ) -> None:
        rows, panel, luck = borrowed(rows), borrowed(panel), borrowed(luck)
        sector, c, deployment = borrowed(sectors)[0], borrowed(coefficients)[0], borrowed(deployments)[0]
        councils, directors, arms = borrowed(councils), borrowed(directors), borrowed(arms)
        work = borrowed_work(work)
        for month in range(len(gaps)):
            sector.month = month
            sector.gap = gaps[month]
            row, seen = rows[month], panel[month]
            run_month(Month(councils, directors, sector, row, seen, c, arms, deployment, work, luck[month], pause))

    run_all.__qualname__ = f"run_all_{digest}"
    return njit(cache=keep, nogil=True)(run_all)


@cache
def month_runner() -> Any:
    """Return the compiled run of all months; where no folder can be written, it is compiled anew in each process."""
    digest = code_digest()
    try:
        return build(digest, keep=True)
    except RuntimeError:
        return build(digest, keep=False)


def run_months(*arrays: Any) -> None:
    """Run all months on these arrays; the first call of a process compiles, or loads what was compiled before."""
    runner = month_runner()
    if not _ready.is_set():
        with _first, event.install_listener("numba:compile", _Teller()):
            prepare(runner, arrays)
            _ready.set()
    runner(*arrays)


def prepare(runner: Any, arrays: tuple[Any, ...]) -> None:
    """Compile ``runner`` for such arrays, or load it; what was kept and cannot be read is thrown away."""
    types = tuple(typeof(array) for array in arrays)  # type: ignore[no-untyped-call]
    try:
        runner.compile(types)
    except NumbaError:
        raise
    except Exception:  # noqa: BLE001  a damaged file may fail in any way, and a full disk after all is compiled
        if not runner.overloads:
            for file in Path(runner.stats.cache_path).glob(f"*{runner.py_func.__qualname__}-*"):
                file.unlink(missing_ok=True)
            with suppress(OSError):
                runner.compile(types)


class _Teller(event.Listener):
    """Says once on standard error that the model is being compiled, when it is."""

    def __init__(self) -> None:
        self._told = False

    def on_start(self, _: Any) -> None:
        if not self._told:
            self._told = True
            if sys.stderr is not None:
                sys.stderr.write("compiling the model for this machine, once: about twenty seconds\n")
                sys.stderr.flush()

    def on_end(self, _: Any) -> None:
        """Say nothing more."""
