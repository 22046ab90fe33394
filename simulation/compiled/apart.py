"""Work apart: what a library does for long is done in a thread of its own, so that Ctrl-C is heard at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while threads and processes start, so that they are born deaf to it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def wait_for(work: Callable[[], object]) -> None:
    """Do ``work`` in a thread of its own, and wait for its end.

    For what a library does: it may swallow Ctrl-C where Python is called back from its midst. Interrupted, this thread
    goes on at once, and the other ends with the process. A thread that no interrupt reaches does the work itself.
    """
    if threading.current_thread() is not threading.main_thread():
        work()
        return
    done: Future[object] = Future()

    def do() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001  it is raised where it is waited for
            done.set_exception(error)

    with interrupts_held():
        threading.Thread(target=do, daemon=True).start()
    done.result()
