"""Pieces of work handed to a pool, a few at a time, and their results as they are ready."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_IN_FLIGHT = 2


def flow(
    executor: Executor,
    work: Callable[[Item], Result | None],
    items: Iterable[Item],
    workers: int,
    stop: Callable[[], None],
) -> Generator[tuple[Item, Result], None, None]:
    """Yield each item with what the workers make of it, in any order, with only so many begun as to keep them busy.

    Close the iterator to stop: ``stop`` is called, and what is under way is waited for.

    Args:
        executor: takes the work; threads, processes or a cluster.
        work: what is done with an item; None where it was stopped.
        items: taken one by one, as there is room.
        workers: how many there are.
        stop: asks them to stop.
    """
    waiting = iter(items)
    flying: dict[Future[Result | None], Item] = {}
    try:
        while True:
            with _interrupts_held():
                flying |= {executor.submit(work, item): item for item in islice(waiting, _room(workers, len(flying)))}
            if not flying:
                return
            ready, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in ready:
                item, result = flying.pop(future), future.result()
                if result is not None:
                    yield item, result
    finally:
        stop()
        executor.shutdown(wait=True, cancel_futures=True)


def _room(workers: int, flying: int) -> int:
    return workers * _IN_FLIGHT - flying


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
