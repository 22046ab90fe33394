"""Ctrl-C and SIGTERM: who answers, who is deaf, and what a library cannot swallow."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from experiments.running.interrupts import INTERRUPTED, Terminated, signals_answered

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def raise_soon(number):
    threading.Timer(0.2, os.kill, (os.getpid(), number)).start()


def test_sigterm_is_raised_and_answers_are_those_of_before_afterwards():
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    raise_soon(signal.SIGTERM)
    with pytest.raises(Terminated), signals_answered("line"):
        time.sleep(20)
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


def test_threads_answer_nothing():
    before, met = signal.getsignal(signal.SIGTERM), []

    def enter():
        with signals_answered("line"):
            met.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert met == [before]


SWALLOWS = """
import time
from experiments.running.interrupts import signals_answered
with signals_answered("sli: interrupted\\n"):
    said = "ready"
    while True:
        try:
            print(said, flush=True)
            time.sleep(600)
        except KeyboardInterrupt:
            said = "swallowed"
"""


def test_the_second_ctrl_c_ends_the_process_whatever_swallowed_the_first():
    process = subprocess.Popen(
        [sys.executable, "-c", SWALLOWS], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "swallowed\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (INTERRUPTED, "", "sli: interrupted\n")


def test_a_process_that_was_started_deaf_to_ctrl_c_stays_so():
    code = "import signal; from experiments.running.interrupts import signals_answered\n"
    code += "with signals_answered(''): print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"
    deaf = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); "
    deaf += f"os.execv(sys.executable, [sys.executable, '-c', {code!r}])"
    assert subprocess.run([sys.executable, "-c", deaf], capture_output=True, text=True, check=True).stdout == "True\n"
