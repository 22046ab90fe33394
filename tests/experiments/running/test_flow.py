"""The flow: every item once, only a few begun at a time, and stopped at once when nobody wants more."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from experiments.running.flow import flow


class Work:
    """What a pool does, and what is seen of it."""

    def __init__(self, workers=2):
        self.executor, self.stopped = ThreadPoolExecutor(workers), threading.Event()
        self.begun, self.taken = [], 0

    def items(self, many):
        for number in range(many):
            self.taken += 1
            yield number

    def do(self, number):
        self.begun.append(number)
        if self.stopped.is_set():
            return None
        return number * number

    def stop(self):
        self.stopped.set()
        self.executor.shutdown(wait=True, cancel_futures=True)

    def flow(self, many, workers=2, do=None):
        return flow(self.executor, do or self.do, self.items(many), lambda: workers, self.stop)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_every_item_comes_once_with_what_is_made_of_it(workers):
    work = Work(workers)
    assert sorted(work.flow(50, workers)) == [(number, number * number) for number in range(50)]
    assert sorted(work.begun) == [*range(50)]
    assert work.stopped.is_set()
    assert list(Work().flow(0)) == []


def test_items_are_taken_only_as_there_is_room():
    work = Work()
    with closing(work.flow(1000)) as results:
        for received, _ in enumerate(results, 1):
            assert work.taken <= received + 2 * 2
            if received == 20:
                break
    assert work.taken <= 24


def test_workers_that_come_later_are_used():
    work, now = Work(4), [1]
    results = flow(work.executor, work.do, work.items(100), lambda: now[0], work.stop)
    assert len(list(zip(range(3), results, strict=False))) == 3
    few = work.taken
    now[0] = 4
    next(results)
    assert work.taken >= few + 6
    results.close()


def test_closing_it_stops_the_workers_and_waits_for_them():
    work = Work()

    def slow(number):
        work.begun.append(number)
        while not work.stopped.is_set() and number:
            time.sleep(0.01)
        return number or 1

    with closing(work.flow(100, do=slow)) as results:
        assert next(results) == (0, 1)
    assert work.stopped.is_set()
    assert len(work.begun) <= 4
    with pytest.raises(RuntimeError, match="after shutdown"):
        work.executor.submit(slow, 1)


def test_what_the_work_raises_is_raised_and_stops_the_rest():
    work = Work()

    def breaks(number):
        if number == 3:
            raise ZeroDivisionError
        return work.do(number)

    with pytest.raises(ZeroDivisionError):
        list(work.flow(1000, do=breaks))
    assert work.stopped.is_set()
    assert work.taken < 20


def test_an_item_that_was_stopped_does_not_come():
    work = Work()
    assert sorted(number for number, _ in work.flow(10, do=lambda number: number % 2 or None)) == [1, 3, 5, 7, 9]
