"""R1: which giver is nearest to what a receiver needs? An index, so that matching never compares every pair.

Givers stand in order of class and estimated quality. Those with nothing left to give are stepped over by links that
shorten as they are followed, so a search costs little more than the bisection that begins it.

An index is a tuple of five sequences: ``order`` (givers by class and estimate), ``right`` and ``left`` (links; those to
the left stand one further, 0 is before the first place), ``starts`` (first place of each class, and the end) and
``places`` (where each council stands in the order).
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence

from simulation.rules.marker import rule
from simulation.rules.order import stable_order
from simulation.state import NOBODY

Index = tuple[Sequence[int], MutableSequence[int], MutableSequence[int], Sequence[int], Sequence[int]]


@rule("R1")
def build_index(givers: Sequence[int], classes: Sequence[int], estimates: Sequence[float], kinds: int) -> Index:
    """Return the index of ``givers``, with their ``classes`` (0 to ``kinds`` - 1) and ``estimates`` by council."""
    by_estimate = stable_order([estimates[j] for j in givers])
    by_class = stable_order([float(classes[givers[k]]) for k in by_estimate])
    order = [givers[by_estimate[k]] for k in by_class]
    starts = [0] * (kinds + 1)
    for j in givers:
        starts[classes[j] + 1] += 1
    for k in range(kinds):
        starts[k + 1] += starts[k]
    places = [0] * len(estimates)
    for place in range(len(order)):
        places[order[place]] = place
    return order, list(range(len(order) + 1)), list(range(len(order) + 1)), starts, places


@rule("R1")
def drop(index: Index, giver: int) -> None:
    """Step over ``giver`` from now on."""
    place = index[4][giver]
    index[1][place] = place + 1
    index[2][place + 1] = place


@rule("R1")
def follow(links: MutableSequence[int], place: int) -> int:
    """Return where the links from ``place`` end, and shorten them on the way."""
    while links[place] != place:
        links[place] = links[links[place]]
        place = links[place]
    return place


@rule("R1")
def first_at_or_above(index: Index, estimates: Sequence[float], low: int, high: int, wanted: float) -> int:
    """Return the first place from ``low`` to before ``high`` whose estimate is ``wanted`` or more, else ``high``."""
    order = index[0]
    while low < high:
        middle = (low + high) // 2
        if estimates[order[middle]] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@rule("R1")
def next_right(index: Index, place: int, high: int, barred: Sequence[int]) -> int:
    """Return the first place from ``place`` to ``high`` (exclusive) with a giver that is not barred, or `NOBODY`."""
    while place < high:
        place = follow(index[1], place)
        if place < high and index[0][place] not in barred:
            return place
        place += 1
    return NOBODY


@rule("R1")
def next_left(index: Index, place: int, low: int, barred: Sequence[int]) -> int:
    """Return the last place before ``place``, not below ``low``, with a giver that is not barred, or `NOBODY`."""
    while place > low:
        place = follow(index[2], place) - 1
        if place >= low and index[0][place] not in barred:
            return place
    return NOBODY


@rule("R1")
def nearest_in_class(index: Index, kind: int, estimates: Sequence[float], wanted: float, barred: Sequence[int]) -> int:
    """Return the giver of class ``kind`` whose estimate is nearest to ``wanted``, or `NOBODY`.

    Givers at the same distance rank by code, the lowest first.
    """
    order = index[0]
    low, high = index[3][kind], index[3][kind + 1]
    middle = first_at_or_above(index, estimates, low, high, wanted)
    above = next_right(index, middle, high, barred)
    below = next_left(index, middle, low, barred)
    if below == NOBODY:
        return order[above] if above != NOBODY else NOBODY
    lowest = first_at_or_above(index, estimates, low, below, estimates[order[below]])
    below = next_right(index, lowest, high, barred)
    if above == NOBODY:
        return order[below]
    rise = estimates[order[above]] - wanted
    fall = wanted - estimates[order[below]]
    if rise < fall or (rise == fall and order[above] < order[below]):
        return order[above]
    return order[below]
