"""Workers: how many, and processes that are gone at once when they are to be, or when this one is."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures.process import BrokenProcessPool
from functools import partial

import pytest

from experiments.running.flow import flow
from experiments.running.workers import checked_workers, process_pool, processors, thread_pool
from simulation.errors import InputError


def test_workers_are_one_a_processor_and_few_processes_of_mesa():
    assert checked_workers(None) == processors()
    assert checked_workers(None, "mesa") == min(2, processors())
    assert checked_workers(5, "mesa") == 5
    with pytest.raises(InputError, match="workers: expected a whole number of 1 or more, got 0"):
        checked_workers(0)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="needs the processors that a process may use")
def test_processors_are_those_that_this_process_may_use():
    code = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
    code += "from experiments.running.workers import checked_workers; print(checked_workers(None))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"1\n"


def test_threads_are_asked_to_stop():
    pool, begun = thread_pool(1), threading.Event()

    def work(task, stopped):
        begun.set()
        while task and not stopped():
            time.sleep(0.01)
        return task, stopped()

    assert pool.executor.submit(pool.work(work), 0).result() == (0, False)
    begun.clear()
    waiting = pool.executor.submit(pool.work(work), 1)
    assert begun.wait(60)
    pool.stop()
    assert waiting.result() == (1, True)


def make(work, tasks, workers=2):
    pool = process_pool(workers)
    return list(flow(pool.executor, pool.work(work), tasks, lambda: workers, pool.stop))


def alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_processes_do_what_they_are_asked_and_are_gone_at_the_end():
    results = make(partial(pow, 2), range(20))
    assert sorted(results) == [(number, 2**number) for number in range(20)]
    identities = {identity for _, identity in make(os.getpgid, [0, 0, 0, 0])}
    assert identities == {os.getpgid(0)}


def test_what_the_work_raises_there_is_raised_here():
    with pytest.raises(ZeroDivisionError):
        make(partial(divmod, 1), [1, 0])
    # An error of files is the work's own, and no broken process.
    with pytest.raises(FileNotFoundError):
        make(os.stat, ["/nowhere"])


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_stopped_in_the_midst_of_a_task_they_end_at_once():
    pool = process_pool(2)
    tasks = ["__import__('os').getpid()", *["__import__('time').sleep(600)"] * 9]
    results = flow(pool.executor, pool.work(eval), tasks, lambda: 2, pool.stop)
    _, process = next(results)
    assert alive(process)
    results.close()
    assert not alive(process)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_one_that_is_ended_from_outside_is_told_of():
    with pytest.raises(BrokenProcessPool, match="a worker process did not come up"):
        make(eval, ["__import__('os')._exit(3)"] * 3)
    with pytest.raises(BrokenProcessPool, match="a worker process was ended from outside"):
        make(eval, ["1", "2", "3", "4", "5", *["__import__('os').kill(__import__('os').getpid(), 9)"] * 3], 1)


SCRIPT = """
import sys, time
from experiments.running.flow import flow
from experiments.running.workers import process_pool
{guard}
    pool = process_pool(2)
    tasks = ["print(__import__('os').getpid(), flush=True)", *["__import__('time').sleep(600)"] * 9]
    for result in flow(pool.executor, pool.work(eval), tasks, lambda: 2, pool.stop):
        print("never", result)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_they_are_deaf_to_ctrl_c_and_gone_when_this_one_is_killed(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT.format(guard="if __name__ == '__main__':"), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "script.py")], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    worker = int(process.stdout.readline())
    os.kill(worker, signal.SIGINT)
    time.sleep(0.2)
    assert alive(worker)
    process.kill()
    # Ends only once every process that holds this pipe has ended.
    process.communicate(timeout=30)


def test_a_script_without_a_guard_is_told_what_it_needs(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT.format(guard="if True:"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "script.py")], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 1
    assert (
        'a worker process did not come up: a script that starts some needs `if __name__ == "__main__":`' in done.stderr
    )
