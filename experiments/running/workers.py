"""Workers: threads, or threads that each have a process, deaf to Ctrl-C, and gone when this process is gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import Any

from simulation.compiled.jit import check_compiler
from simulation.errors import whole
from simulation.simulate import ENSEMBLE

MESA_WORKERS = 2

_SPAWNING = multiprocessing.get_context("spawn")
"""The way in which processes are started: libraries hold threads, and with a fork may hang."""


@dataclass(frozen=True)
class Pool:
    """Workers, and what asks them to stop.

    Attributes:
        executor: takes the tasks.
        work: what a task is handed to, given what is to be done with it: a function of the task.
        stop: ends all workers, and waits for them; a task that is under way then gives None.
    """

    executor: Executor
    work: Callable[[Callable[..., Any]], Callable[[Any], Any]]
    stop: Callable[[], None]


def thread_pool(workers: int) -> Pool:
    """Return threads: for compiled code, which holds no lock while it runs.

    They stop after the run that they are in: what is done with a task takes ``stopped``, which says when.
    """
    stopped, threads = threading.Event(), ThreadPoolExecutor(workers)

    def stop() -> None:
        stopped.set()
        threads.shutdown(wait=True, cancel_futures=True)

    return Pool(threads, lambda work: partial(work, stopped=stopped.is_set), stop)


def process_pool(workers: int) -> Pool:
    """Return processes: for what is Python in the main. They stop at once, in the midst of a run."""
    # Started here: where it starts with the first process, that one would not be born deaf to Ctrl-C.
    resource_tracker.ensure_running()
    crew, threads = _Crew(), ThreadPoolExecutor(workers)

    def stop() -> None:
        crew.stop()
        threads.shutdown(wait=True, cancel_futures=True)

    return Pool(threads, crew.work, stop)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def checked_workers(workers: int | None, engine: str = ENSEMBLE) -> int:
    """Return how many workers to use: those asked for, else one a processor, and at most two processes of Mesa.

    Raises:
        InputError: fewer than one, or the model cannot run here.
    """
    check_compiler()
    if workers is not None:
        return whole("workers", workers, 1)
    return processors() if engine == ENSEMBLE else min(MESA_WORKERS, processors())


class _Crew:
    """The processes of some threads: each thread starts its own with its first task."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._members: list[_Process] = []
        self._lock, self._stopped = threading.Lock(), False

    def work(self, work: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Return what hands a task to the process of the thread that it is called in, and waits for the answer."""

        def hand_on(task: Any) -> Any:  # noqa: ANN401  whatever can be sent to a process
            process = getattr(self._own, "process", None) or self._start()
            try:
                answer, error = process.ask(work, task)
            except (EOFError, OSError):
                if self._stopped:
                    return None
                raise BrokenProcessPool(process.epitaph()) from None
            if error is not None:
                raise error
            return answer

        return hand_on

    def stop(self) -> None:
        """End all processes at once: they hold nothing that would be missed."""
        with self._lock:
            self._stopped = True
            for process in self._members:
                process.end()

    def _start(self) -> _Process:
        process = self._own.process = _Process()
        with self._lock:
            self._members.append(process)
            if self._stopped:
                process.end()
        return process


class _Process:
    """A process that does what it is asked, one task at a time."""

    def __init__(self) -> None:
        self._channel, tasks = _SPAWNING.Pipe()
        self._process = _SPAWNING.Process(target=_serve, args=(tasks,), daemon=True)
        self._has_answered = False
        self._process.start()
        tasks.close()

    def ask(self, work: Callable[[Any], Any], task: Any) -> tuple[Any, Exception | None]:  # noqa: ANN401  as above
        """Return what the process makes of a task, and what it raised.

        Raises:
            EOFError, OSError: it was ended.
        """
        self._channel.send((work, task))
        answer, error = self._channel.recv()
        self._has_answered = True
        return answer, error

    def end(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.join()

    def epitaph(self) -> str:
        """Return what is to be said of a process that ended and was not asked to."""
        if self._has_answered:
            return "a worker process was ended from outside"
        return 'a worker process did not come up: a script that starts some needs `if __name__ == "__main__":` for it'


def _serve(tasks: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    while True:
        try:
            work, task = tasks.recv()
        except EOFError:
            return
        try:
            answer: tuple[Any, Exception | None] = (work(task), None)
        except Exception as error:  # noqa: BLE001  it is raised where the task came from
            answer = (None, error)
        tasks.send(answer)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
