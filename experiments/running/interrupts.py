"""Ctrl-C and SIGTERM: who answers them, who is deaf to them, and what they break off at any time."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

INTERRUPTED = 130
"""Exit code of a process that Ctrl-C ended."""


class Terminated(BaseException):
    """The process was asked to end by SIGTERM."""


@contextmanager
def signals_answered(line: str) -> Iterator[None]:
    """Raise `Terminated` at SIGTERM and KeyboardInterrupt at Ctrl-C; a second Ctrl-C ends the process at once.

    Signals reach the main thread alone, and one that a process was started deaf to stays unheard.

    Args:
        line: what a second Ctrl-C leaves on standard error.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    answers: dict[int, Callable[[int, FrameType | None], object]] = {signal.SIGTERM: _terminate}
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        answers[signal.SIGINT] = _Interrupts(line)
    before = {number: signal.signal(number, answer) for number, answer in answers.items()}
    try:
        yield
    finally:
        for number, answer in before.items():
            signal.signal(number, answer)


def leave(code: int) -> NoReturn:
    """End this process with what was printed, and wait for nothing else; its worker processes end with it."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    os._exit(code)


class _Interrupts:
    """Answers Ctrl-C: as Python does at first, and at the second by ending the process."""

    def __init__(self, line: str) -> None:
        self._line, self._heard = line, False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self._heard:
            with suppress(OSError):
                os.write(2, self._line.encode())
            leave(INTERRUPTED)
        self._heard = True
        signal.default_int_handler(number, frame)


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    raise Terminated
