"""R1: which giver is nearest to what a receiver needs? Shelves, so that matching never compares every pair.

Four shelves stand side by side in one sequence of slots, each as wide as there are councils. On the national ones
givers stand by history and estimated quality, on the regional ones by region, history and estimate; the first of each
pair holds givers with room for a whole link, the second all with any room. Who leaves a shelf is stepped over by links
that shorten as they are followed, so a search costs little more than the bisection it begins with.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

from simulation.rules.marker import rule
from simulation.state import NOBODY, CouncilSequence, CouncilState, SlotSequence

NATIONAL, REGIONAL = 0, 2
"""The first shelf of each pair: of those with room for a whole link; the next is of those with any room."""

SHELVES = 4
NATIONAL_CLASSES = 2
REGIONAL_STARTS = 3


@rule("R1")
def class_of(council: CouncilState, shelf: int, by_history: bool) -> int:
    """Return the giver's class on a national or regional shelf; history counts if it matters to the arm."""
    history = council.recovered if by_history else 0
    return council.region * 2 + history if shelf == REGIONAL else history


@rule("R1")
def first_start(shelf: int) -> int:
    """Return where the starts of the shelf's classes begin."""
    return REGIONAL_STARTS if shelf == REGIONAL else 0


@rule("R1")
def mark_starts(
    councils: CouncilSequence, starts: MutableSequence[int], shelf: int, classes: int, by_history: bool
) -> None:
    """Write where each class begins on the shelf, one entry late: filling the class moves its entry to its end."""
    first = first_start(shelf)
    for k in range(classes + 1):
        starts[first + k] = 0
    for council in councils:
        kind = class_of(council, shelf, by_history)
        if council.room > 0.0 and kind + 2 <= classes:
            starts[first + kind + 2] += 1
    for k in range(2, classes + 1):
        starts[first + k] += starts[first + k - 1]


@rule("R1")
def fill_shelf(
    councils: CouncilSequence,
    order: Sequence[int],
    slots: SlotSequence,
    starts: MutableSequence[int],
    shelf: int,
    classes: int,
    by_history: bool,
) -> None:
    """Put every council with room on both shelves of a pair; ``order`` ranks the councils by estimated quality."""
    mark_starts(councils, starts, shelf, classes, by_history)
    width = len(councils)
    for j in order:
        council = councils[j]
        if council.room > 0.0:
            entry = first_start(shelf) + class_of(council, shelf, by_history) + 1
            place = starts[entry]
            starts[entry] += 1
            if shelf == REGIONAL:
                council.regional_place = place
            else:
                council.place = place
            put(slots, shelf * width + place, j, council.estimate)
            put(slots, (shelf + 1) * width + place, j, council.estimate)


@rule("R1")
def put(slots: SlotSequence, place: int, giver: int, estimate: float) -> None:
    """Put a giver in its slot."""
    slot = slots[place]
    slot.giver = giver
    slot.estimate = estimate
    slot.left = place
    slot.right = place


@rule("R1")
def drop(slots: SlotSequence, place: int) -> None:
    """Step over the slot from now on."""
    slots[place].left = place - 1
    slots[place].right = place + 1


@rule("R1")
def next_right(councils: CouncilSequence, slots: SlotSequence, place: int, high: int, receiver: int) -> int:
    """Return the first place from ``place`` to before ``high`` whose giver can help the receiver, or `NOBODY`."""
    while place < high:
        beyond = slots[place].right
        if beyond == place:
            if can_help(councils, slots[place].giver, receiver):
                return place
            place += 1
        else:
            if beyond < high:
                slots[place].right = slots[beyond].right
            place = beyond
    return NOBODY


@rule("R1")
def next_left(councils: CouncilSequence, slots: SlotSequence, place: int, low: int, receiver: int) -> int:
    """Return the last place from ``place`` down to ``low`` whose giver can help the receiver, or `NOBODY`."""
    while place >= low:
        beyond = slots[place].left
        if beyond == place:
            if can_help(councils, slots[place].giver, receiver):
                return place
            place -= 1
        else:
            if beyond >= low:
                slots[place].left = slots[beyond].left
            place = beyond
    return NOBODY


@rule("R1")
def can_help(councils: CouncilSequence, giver: int, receiver: int) -> bool:
    """Return whether the giver is neither the receiver itself nor helping it already."""
    return giver != receiver and councils[giver].helping != receiver


@rule("R1")
def first_at_or_above(slots: SlotSequence, low: int, high: int, wanted: float) -> int:
    """Return the first place from ``low`` to before ``high`` whose estimate is ``wanted`` or more, else ``high``."""
    while low < high:
        middle = (low + high) // 2
        if slots[middle].estimate < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@rule("R1")
def nearest_giver(
    councils: CouncilSequence, slots: SlotSequence, low: int, high: int, wanted: float, receiver: int
) -> int:
    """Return the giver standing from ``low`` to before ``high`` whose estimate is nearest to ``wanted``, or `NOBODY`.

    Givers at the same distance rank by code, the lowest first.
    """
    middle = first_at_or_above(slots, low, high, wanted)
    above = next_right(councils, slots, middle, high, receiver)
    below = next_left(councils, slots, middle - 1, low, receiver)
    if below == NOBODY:
        return slots[above].giver if above != NOBODY else NOBODY
    if below > low and slots[below - 1].estimate == slots[below].estimate:
        lowest = first_at_or_above(slots, low, below, slots[below].estimate)
        below = next_right(councils, slots, lowest, high, receiver)
    if above == NOBODY:
        return slots[below].giver
    rise = slots[above].estimate - wanted
    fall = wanted - slots[below].estimate
    if rise < fall or (rise == fall and slots[above].giver < slots[below].giver):
        return slots[above].giver
    return slots[below].giver
