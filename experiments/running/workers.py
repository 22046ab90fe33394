"""Worker processes that answer to this one alone: deaf to Ctrl-C, and gone when it is gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import SpawnContext

from simulation.compiled.jit import check_compiler
from simulation.errors import whole
from simulation.simulate import ENSEMBLE

Prepare = Callable[..., None]


def spawning() -> SpawnContext:
    """Return the way in which processes are started: spawned, for libraries hold threads and a fork may hang."""
    return multiprocessing.get_context("spawn")


def process_pool(workers: int, prepare: Prepare | None = None, *given: object) -> ProcessPoolExecutor:
    """Return a pool of processes, each of which calls ``prepare`` with what is ``given`` when it starts."""
    return ProcessPoolExecutor(workers, mp_context=spawning(), initializer=_start, initargs=(prepare, given))


def _start(prepare: Prepare | None, given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    if prepare is not None:
        prepare(*given)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


MESA_WORKERS = 2


def checked_workers(workers: int | None, engine: str = ENSEMBLE) -> int:
    """Return how many workers to use: those asked for, else one a processor, and at most two processes of Mesa.

    Raises:
        InputError: fewer than one, or the engine cannot run here.
    """
    if engine == ENSEMBLE:
        check_compiler()
    if workers is not None:
        return whole("workers", workers, 1)
    return processors() if engine == ENSEMBLE else min(MESA_WORKERS, processors())


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
