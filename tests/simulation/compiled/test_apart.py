"""Work apart: Ctrl-C is heard while a library is at work, and a compilation is broken off by it in seconds."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from experiments.running.interrupts import INTERRUPTED
from simulation.compiled.apart import interrupts_held, wait_for

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def raise_soon(number):
    threading.Timer(0.2, os.kill, (os.getpid(), number)).start()


def test_what_is_waited_for_is_done_and_what_it_raises_is_raised_here():
    done = []
    wait_for(lambda: done.append(threading.current_thread()))
    assert done[0] is not threading.current_thread()
    with pytest.raises(ZeroDivisionError):
        wait_for(lambda: 1 / 0)


def test_ctrl_c_breaks_off_what_is_waited_for_at_once():
    release, ends = threading.Event(), []
    raise_soon(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        wait_for(lambda: ends.append(release.wait(20)))
    assert ends == []
    release.set()


def test_in_another_thread_the_work_is_done_there():
    threads = []
    thread = threading.Thread(target=lambda: wait_for(lambda: threads.append(threading.current_thread())))
    thread.start()
    thread.join()
    assert threads == [thread]


def test_threads_that_begin_while_interrupts_are_held_are_deaf_to_them():
    masks = []

    def look():
        masks.append(signal.pthread_sigmask(signal.SIG_BLOCK, ()))

    with interrupts_held():
        thread = threading.Thread(target=look)
        thread.start()
    thread.join()
    look()
    assert [signal.SIGINT in mask for mask in masks] == [True, False]


COMPILING = [
    ["run", "--regime", "peer_support", "--months", "2"],
    ["compare", "--quick", "--regimes", "none", "--months", "2", "--workers", "1"],
    ["compare", "--quick", "--regimes", "none", "--months", "2", "--dry-run"],
    ["knockout", "--claims", "1", "--sets", "2", "--replicates", "2", "--dry-run"],
    ["verify", "--machine"],
]


@pytest.mark.slow
@pytest.mark.parametrize("command", COMPILING, ids=" ".join)
def test_ctrl_c_in_the_first_compilation_ends_the_command(tmp_path, command):
    out = [] if command[0] == "verify" else ["--out", tmp_path / "out"]
    process = subprocess.Popen(
        [sys.executable, "-m", "experiments", *map(str, [*command, *out])],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")},
        start_new_session=True,
    )
    while "compiling the model" not in process.stderr.readline():
        assert process.poll() is None
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == INTERRUPTED
    assert err.startswith("sli: interrupted; ")
    assert err.count("\n") == 1
