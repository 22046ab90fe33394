"""Pieces of work handed to a pool, a few at a time, and their results as they are ready."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

K = TypeVar("K")


Made = TypeVar("Made")


_IN_FLIGHT = 2


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
