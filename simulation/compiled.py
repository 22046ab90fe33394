"""The compiled engine's one entry, kept on disk for as long as its sources stay as they are.

Only this function is cached, and the digest of every file that it is made of is part of its key: an edited rule, record
or engine file is never run stale.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from numba import njit

from simulation.ensemble import run_month

PATIENCE = 1.0
"""Seconds after which a user is told that the model is being compiled."""

_FOLDER = Path(__file__).parent
_first, _ready = threading.Lock(), threading.Event()
_SOURCES = ("rules", "state.py", "coefficients.py", "parameters.py", "chance.py", "records.py", "ensemble.py")


def source_digest() -> str:
    """Return a digest of the files that the compiled code is made of."""
    digest = hashlib.sha256()
    for source in (*_SOURCES, Path(__file__).name):
        path = _FOLDER / source
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def build(digest: str, *, keep: bool) -> Callable[..., None]:
    """Return the compiled run of all months; ``keep`` stores the code on disk under a key that holds ``digest``."""

    @njit(cache=keep, nogil=True)
    def run_months(
        councils: Any,
        directors: Any,
        sectors: Any,
        rows: Any,
        coefficients: Any,
        arms: Any,
        deployments: Any,
        work: Any,
        luck: Any,
        gaps: Any,
        pause: Any,
    ) -> None:
        if len(digest) == 0:  # what a function closes over is part of its key
            return
        sector = sectors[0]
        for month in range(len(gaps)):
            sector.month = month
            sector.gap = gaps[month]
            run_month(
                councils,
                directors,
                sector,
                rows[month],
                coefficients[0],
                arms,
                deployments[0],
                work,
                luck[month],
                pause,
            )

    return run_months


@cache
def month_runner() -> Callable[..., None]:
    """Return the compiled run of all months; where the cache cannot be written, it is compiled anew in each process."""
    try:
        return build(source_digest(), keep=True)
    except RuntimeError:
        return build(source_digest(), keep=False)


def run_months(*arrays: Any) -> None:
    """Run all months on these arrays; the first call of a process compiles, or loads what was compiled before."""
    runner = month_runner()
    if _ready.is_set():
        runner(*arrays)
        return
    with _first, patience():
        runner(*arrays)
        _ready.set()


@contextmanager
def patience() -> Iterator[None]:
    """Say on standard error that the model is being compiled, if what follows takes longer than a moment."""
    timer = threading.Timer(PATIENCE, _tell)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _tell() -> None:
    sys.stderr.write("compiling the model for this machine, once: about twenty seconds\n")
    sys.stderr.flush()
