"""Where the runs are made: in this thread, in several, or in processes; always the same blocks."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Event

from experiments.design.design import Design
from experiments.results.blocks import Block, Key
from experiments.running.flow import flow
from experiments.running.maker import Maker
from experiments.running.workers import process_pool, spawning
from simulation.simulate import ENSEMBLE

# What a worker process was given when it started.
_given: dict[str, tuple[Maker, Event]] = {}


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
        elif self._engine == ENSEMBLE:
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


def _start_worker(design: Design, engine: str, stop: Event) -> None:
    _given["work"] = (Maker(design, engine), stop)


def _work(key: Key) -> tuple[Key, Block | None]:
    maker, stop = _given["work"]
    return key, maker.make(key, stop.is_set)
