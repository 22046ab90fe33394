"""Room that a run takes: enough for all that it may hold, counted alike for every caller."""

import numpy as np

from simulation.compiled.records import DIRECTOR, LINK, SLOT, Work
from simulation.compiled.rooms import WORK_SIZES, director_room, room_counts, room_size, work_rooms


def test_a_size_is_so_many_times_each_count():
    counts = room_counts(councils=10, regions=3, months=24, links=20)
    assert room_size({"regions": 2, "one": 5}, counts) == 11
    assert room_size({"followed_months": 1}, counts) == 24
    assert room_size({"followed_months": 1}, room_counts(10, 3, 100, 20)) == 72


def test_every_array_to_work_in_has_its_room_and_begins_as_nought():
    work = work_rooms(room_counts(councils=10, regions=3, months=24, links=20))
    assert tuple(WORK_SIZES) == Work._fields
    assert (len(work.links), len(work.slots), len(work.begin), len(work.region_gaps)) == (20, 40, 11, 3)
    assert (work.links.dtype, work.slots.dtype) == (LINK, SLOT)
    assert not any(np.frombuffer(array.tobytes(), np.uint8).any() for array in work)


def test_where_nobody_gives_there_are_no_shelves():
    work = work_rooms(room_counts(councils=10, regions=3, months=24, links=0))
    assert (len(work.links), len(work.slots)) == (0, 0)


def test_each_council_may_gain_a_director_a_month_and_one_more():
    room = director_room(room_counts(councils=10, regions=3, months=24, links=0))
    assert (len(room), room.dtype) == (10 * 26, DIRECTOR)
