"""Where the runs are made: in this process, or in several, always the same blocks."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from multiprocessing.synchronize import Event

from experiments.block import Block, run_block
from experiments.design import Design

Key = tuple[int, int]

_IN_FLIGHT = 2
# What a worker process was given when it started.
_given: dict[str, tuple[Design, Event]] = {}


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_blocks(design: Design, keys: Sequence[Key], workers: int = 1) -> Generator[tuple[Key, Block], None, None]:
    """Yield each block of (set, replicate) as it is ready, in any order.

    Close the iterator to stop: workers end after the run that they are in.

    Raises:
        BrokenProcessPool: a worker process was ended from outside.
    """
    if workers == 1 or len(keys) <= 1:
        for key in keys:
            block = run_block(design, *key)
            if block is not None:
                yield key, block
        return
    yield from _run_in_processes(design, keys, min(workers, len(keys)))


def _run_in_processes(design: Design, keys: Sequence[Key], workers: int) -> Iterator[tuple[Key, Block]]:
    # Spawned, not forked: libraries hold threads, and a fork of those may hang.
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(design, stop))
    waiting = iter(keys)
    flying: set[Future[tuple[Key, Block | None]]] = set()
    try:
        while True:
            with _interrupts_held():
                flying |= {pool.submit(_work, key) for key in islice(waiting, workers * _IN_FLIGHT - len(flying))}
            if not flying:
                return
            ready, flying = wait(flying, return_when=FIRST_COMPLETED)
            for future in ready:
                key, block = future.result()
                if block is not None:
                    yield key, block
    finally:
        stop.set()
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


def _start_worker(design: Design, stop: Event) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _given["work"] = (design, stop)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(key: Key) -> tuple[Key, Block | None]:
    design, stop = _given["work"]
    return key, run_block(design, *key, stopped=stop.is_set)
