"""R1: which giver is nearest to what a receiver needs? Shelves, so that matching never compares every pair.

Four shelves stand side by side in one sequence of slots, each as wide as there are councils. On the national ones
givers stand in sections by history, on the regional ones by region and history, within each by estimated quality. The
first of each pair holds givers with room for a whole link, the second all with any room. Receivers come in rising order
of estimate, so each search goes on from where the last one in the section began; who leaves a shelf is stepped over by
links that shorten as they are followed.
"""

from __future__ import annotations

from simulation.rules.marker import rule
from simulation.state import NOBODY, CouncilSequence, SectionSequence, SectionState, SlotSequence

NATIONAL, REGIONAL = 0, 2
"""The first shelf of each pair: of those with room for a whole link; the next is of those with any room."""

SHELVES = 4
NATIONAL_SECTIONS = 2


@rule("R1")
def section_of(shelf: int, region: int, history: int) -> int:
    """Return which section of a national or regional shelf holds the givers of a region with a history (0 or 1)."""
    return NATIONAL_SECTIONS + region * 2 + history if shelf == REGIONAL else history


@rule("R1")
def measure_sections(councils: CouncilSequence, sections: SectionSequence, by_history: bool) -> None:
    """Write where each section begins, and that nobody stands there yet; history counts if it matters to the arm."""
    for section in sections:
        section.after = 0
    for council in councils:
        if council.room > 0.0:
            history = council.recovered if by_history else 0
            sections[section_of(NATIONAL, council.region, history)].after += 1
            sections[section_of(REGIONAL, council.region, history)].after += 1
    place = 0
    for k in range(len(sections)):
        if k == NATIONAL_SECTIONS:
            place = 0
        section = sections[k]
        section.first = place
        place += section.after
        section.after = section.first


@rule("R1")
def stand(giver: int, estimate: float, slots: SlotSequence, section: SectionState, shelf: int, width: int) -> int:
    """Put a giver last in its section, on both shelves of the pair, and return its place there."""
    place = section.after
    section.after += 1
    put(slots, shelf * width + place, giver, estimate)
    put(slots, (shelf + 1) * width + place, giver, estimate)
    return place


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
def return_to_first(sections: SectionSequence) -> None:
    """Let the next receiver's search begin with the lowest estimate of each section."""
    for section in sections:
        section.reached = section.first


@rule("R1")
def first_at_or_above(slots: SlotSequence, base: int, section: SectionState, wanted: float) -> int:
    """Return the first place in the section whose estimate is ``wanted`` or more, else the one after its last.

    The search goes on from the place reached before, for no smaller estimate.
    """
    place = section.reached
    while place < section.after and slots[base + place].estimate < wanted:
        place += 1
    section.reached = place
    return base + place


@rule("R1")
def lowest_code(councils: CouncilSequence, slots: SlotSequence, place: int, low: int, receiver: int) -> int:
    """Return the place of the lowest code among the givers that can help and have the estimate of the one here."""
    first = place
    while first > low and slots[first - 1].estimate == slots[place].estimate:
        first -= 1
    return place if first == place else next_right(councils, slots, first, place + 1, receiver)


@rule("R1")
def nearest_giver(
    councils: CouncilSequence, slots: SlotSequence, base: int, section: SectionState, wanted: float, receiver: int
) -> int:
    """Return the giver in the section whose estimate is nearest to ``wanted``, or `NOBODY`.

    Givers at the same distance rank by code, the lowest first. ``base`` is where the shelf begins.
    """
    low, high = base + section.first, base + section.after
    middle = first_at_or_above(slots, base, section, wanted)
    above = next_right(councils, slots, middle, high, receiver)
    below = next_left(councils, slots, middle - 1, low, receiver)
    if below == NOBODY:
        return slots[above].giver if above != NOBODY else NOBODY
    below = lowest_code(councils, slots, below, low, receiver)
    if above == NOBODY:
        return slots[below].giver
    rise = slots[above].estimate - wanted
    fall = wanted - slots[below].estimate
    if rise < fall or (rise == fall and slots[above].giver < slots[below].giver):
        return slots[above].giver
    return slots[below].giver
