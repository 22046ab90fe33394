"""Where the runs are made: in this thread, in several, or in processes; always the same blocks."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from multiprocessing.synchronize import Event
from typing import TypeVar

from experiments.block import Block, Key, Maker
from experiments.checks import ENGINES
from experiments.design import Design
from experiments.processes import process_pool, spawning

K = TypeVar("K")
Made = TypeVar("Made")

_IN_FLIGHT = 2
# What a worker process was given when it started.
_given: dict[str, tuple[Maker, Event]] = {}


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Runner:
    """Makes the blocks of a design.

    Args:
        design: what is run.
        engine: one of `ENGINES`. The compiled one runs in threads, for it holds no lock while it runs; Mesa's agents
            run in processes.
        workers: how many of them.
    """

    def __init__(self, design: Design, engine: str, workers: int) -> None:
        self._design, self._engine, self._workers = design, engine, workers
        self._maker = Maker(design, engine)

    def warm(self) -> None:
        """Make ready what the first run would wait for."""
        self._maker.warm()

    def blocks(self, keys: Sequence[Key]) -> Generator[tuple[Key, Block], None, None]:
        """Yield each block as it is ready, in any order.

        Close the iterator to stop: workers end after the run that they are in.

        Raises:
            BrokenProcessPool: a worker process was ended from outside.
        """
        workers = min(self._workers, len(keys))
        if workers <= 1:
            for key in keys:
                block = self._maker.make(key)
                if block is not None:
                    yield key, block
        elif self._engine == ENGINES[0]:
            yield from self._in_threads(keys, workers)
        else:
            yield from self._in_processes(keys, workers)

    def _in_threads(self, keys: Sequence[Key], workers: int) -> Iterator[tuple[Key, Block]]:
        stop = threading.Event()

        def work(key: Key) -> tuple[Key, Block | None]:
            return key, self._maker.make(key, stop.is_set)

        yield from flow(ThreadPoolExecutor(workers), work, keys, workers, stop.set)

    def _in_processes(self, keys: Sequence[Key], workers: int) -> Iterator[tuple[Key, Block]]:
        stop = spawning().Event()
        pool = process_pool(workers, _start_worker, self._design, self._engine, stop)
        yield from flow(pool, _work, keys, workers, stop.set)


def flow(
    pool: Executor,
    work: Callable[[K], tuple[K, Made | None]],
    keys: Sequence[K],
    workers: int,
    stop: Callable[[], None],
) -> Generator[tuple[K, Made], None, None]:
    """Yield what the pool makes of each key, in any order, with only so many begun as to keep it busy.

    Close the iterator to stop: ``stop`` is called, and what is under way is waited for.
    """
    waiting = iter(keys)
    flying: set[Future[tuple[K, Made | None]]] = set()
    try:
        while True:
            with _interrupts_held():
                flying |= {pool.submit(work, key) for key in islice(waiting, workers * _IN_FLIGHT - len(flying))}
            if not flying:
                return
            ready, flying = wait(flying, return_when=FIRST_COMPLETED)
            for future in ready:
                key, made = future.result()
                if made is not None:
                    yield key, made
    finally:
        stop()
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while workers start, so that they are born deaf to it: only this process answers it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(design: Design, engine: str, stop: Event) -> None:
    _given["work"] = (Maker(design, engine), stop)


def _work(key: Key) -> tuple[Key, Block | None]:
    maker, stop = _given["work"]
    return key, maker.make(key, stop.is_set)
