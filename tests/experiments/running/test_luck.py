"""Lucks: drawn once for all threads that ask, and only the latest at hand."""

import threading
import time

from experiments.running.luck import LuckAtHand
from experiments.running.maker import Maker


def test_luck_is_drawn_once_and_only_the_latest_stays_at_hand(small_design):
    luck = Maker(small_design.world, "ensemble").luck
    first = luck.of(0)
    assert luck.of(0) is first
    assert first.replicate == 0
    luck.of(1)
    luck.of(2)
    again = luck.of(0)
    assert again is not first
    assert (again.table == first.table).all()


def test_one_that_is_used_again_stays():
    drawn = []
    luck = LuckAtHand(lambda replicate: drawn.append(replicate) or object(), 2)
    for replicate in (0, 1, 0, 2, 0, 1):
        luck.of(replicate)
    assert drawn == [0, 1, 2, 1]


def test_threads_that_ask_at_once_wait_for_one_draw_and_not_for_others():
    drawn, both = [], threading.Barrier(2, timeout=10)

    def draw(replicate):
        if replicate < 2:
            both.wait()
        drawn.append(replicate)
        time.sleep(0.05)
        return object()

    luck, met = LuckAtHand(draw, 4), []
    threads = [threading.Thread(target=lambda k=k: met.append((k, luck.of(k)))) for k in (0, 1, 0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(drawn) == [0, 1]
    assert len({id(chance) for k, chance in met if k == 0}) == len({id(chance) for k, chance in met if k == 1}) == 1
