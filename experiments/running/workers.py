"""Workers: threads, or processes that answer to this one alone: deaf to Ctrl-C, and gone when it is gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing.context import SpawnContext
from multiprocessing.synchronize import Event as ProcessEvent
from typing import Any

from experiments.inputs.checks import checked_number
from simulation.simulate import ENSEMBLE

MESA_WORKERS = 2

# What a worker process was given when it started: whether it is to stop.
_stop: dict[str, ProcessEvent] = {}


@dataclass(frozen=True)
class Pool:
    """Workers, and what asks them to stop.

    Attributes:
        executor: takes the tasks.
        work: what a task is handed to, together with what says whether to stop.
        stop: asks all workers to stop after the run that they are in.
        workers: how many.
    """

    executor: Executor
    work: Callable[[Callable[..., Any]], Callable[[Any], Any]]
    stop: Callable[[], None]
    workers: int


def thread_pool(workers: int) -> Pool:
    """Return threads: for compiled code, which holds no lock while it runs."""
    stop = threading.Event()
    return Pool(ThreadPoolExecutor(workers), lambda work: partial(work, stopped=stop.is_set), stop.set, workers)


def process_pool(workers: int) -> Pool:
    """Return processes: for what is Python in the main."""
    stop = spawning().Event()
    executor = ProcessPoolExecutor(workers, mp_context=spawning(), initializer=_start, initargs=(stop,))
    return Pool(executor, lambda work: partial(work, stopped=told_to_stop), stop.set, workers)


def told_to_stop() -> bool:
    """Return whether this worker process is to stop."""
    return _stop["event"].is_set()


def spawning() -> SpawnContext:
    """Return the way in which processes are started: spawned, for libraries hold threads and a fork may hang."""
    return multiprocessing.get_context("spawn")


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def checked_workers(workers: int | None, engine: str = ENSEMBLE) -> int:
    """Return how many workers to use: those asked for, else one a processor, and at most two processes of Mesa.

    Raises:
        InputError: fewer than one.
    """
    if workers is not None:
        return checked_number("workers", workers, 1)
    return processors() if engine == ENSEMBLE else min(MESA_WORKERS, processors())


def _start(stop: ProcessEvent) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _stop["event"] = stop


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
