"""Pieces of work handed to a pool, a few at a time, and their results as they are ready."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from typing import TypeVar

from simulation.compiled.apart import interrupts_held

Item = TypeVar("Item")
Result = TypeVar("Result")

_IN_FLIGHT = 2


def flow(
    executor: Executor,
    work: Callable[[Item], Result | None],
    items: Iterable[Item],
    workers: Callable[[], int],
    stop: Callable[[], None],
) -> Generator[tuple[Item, Result], None, None]:
    """Yield each item with what the workers make of it, in any order, with only so many begun as to keep them busy.

    Close the iterator to stop: ``stop`` is called.

    Args:
        executor: takes the work; threads, processes or a cluster.
        work: what is done with an item; None where it was stopped.
        items: taken one by one, as there is room.
        workers: says how many there are now.
        stop: ends what is under way, and waits for it.
    """
    waiting = iter(items)
    flying: dict[Future[Result | None], Item] = {}
    try:
        while True:
            for item in islice(waiting, workers() * _IN_FLIGHT - len(flying)):
                with interrupts_held():
                    flying[executor.submit(work, item)] = item
            if not flying:
                return
            ready, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in ready:
                item, result = flying.pop(future), future.result()
                if result is not None:
                    yield item, result
    finally:
        stop()
