"""The one sort of the model, compiled: what compiled code calls `simulation.rules.order.stable_order`.

It is the project's own because NumPy's takes two seconds to compile.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import overload

from simulation.rules.marker import uncounted
from simulation.rules.order import stable_order

FEW = 500
"""Keys that are sorted sooner by spreading them over their range than by merging, however they lie in it."""


@overload(stable_order)
def _sort(keys: Any) -> Any:  # noqa: ARG001  overloads are chosen by type, not by value
    def order(keys: Any) -> Any:
        n = len(keys)
        places = np.empty(n, np.int64)
        sort(np.asarray(keys), places, np.empty(n, np.int64), np.empty(n + 1, np.int64))
        return places

    return order


@uncounted
def sort(numbers: Any, places: Any, parts: Any, begin: Any) -> None:
    """Write the order of ``numbers`` into ``places``; ``parts`` is room of their length, ``begin`` of one more."""
    if len(numbers) > FEW:
        merge_sort(numbers, places, parts)
    else:
        scatter(numbers, places, parts, begin)
        insert(numbers, places)


@uncounted
def scatter(numbers: Any, places: Any, parts: Any, begin: Any) -> None:
    """Write a rough order of ``numbers`` into ``places``: by which part of their range each lies in, equals in order.

    ``parts`` is room of their length, ``begin`` of one more.
    """
    n = len(numbers)
    for part in range(n + 1):
        begin[part] = 0
    low, high = np.inf, -np.inf
    for number in numbers:
        low, high = min(low, number), max(high, number)
    scale = (n - 1) / (high - low) if high > low else 0.0
    if not scale < np.inf:
        scale = 0.0
    for i in range(n):
        parts[i] = min(n - 1, int((numbers[i] - low) * scale))
        begin[parts[i] + 1] += 1
    for part in range(1, n):
        begin[part] += begin[part - 1]
    for i in range(n):
        places[begin[parts[i]]] = i
        begin[parts[i]] += 1


@uncounted
def insert(numbers: Any, places: Any) -> None:
    """Bring ``places`` from a rough order into the order of ``numbers``; equals stay as they are."""
    for k in range(1, len(places)):
        insert_one(numbers, places, k, places[k])


@uncounted
def insert_one(numbers: Any, places: Any, count: int, place: int) -> None:
    """Insert a place among the first ``count`` of ``places``, in the order of ``numbers``: after its equals."""
    key, at = numbers[place], count
    while at > 0 and numbers[places[at - 1]] > key:
        places[at] = places[at - 1]
        at -= 1
    places[at] = place


@uncounted
def merge_sort(numbers: Any, places: Any, room: Any) -> None:
    """Write the order of ``numbers`` into ``places``, by merging runs of 1, 2, 4 and so on; ``room`` is as long."""
    n, width = len(numbers), 1
    for i in range(n):
        places[i] = i
    while width < n:
        for first in range(0, n, 2 * width):
            merge(numbers, places, room, first, min(first + width, n), min(first + 2 * width, n))
        for i in range(n):
            places[i] = room[i]
        width *= 2


@uncounted
def merge(numbers: Any, places: Any, room: Any, first: int, middle: int, after: int) -> None:
    """Merge two neighbouring runs of ``places`` into ``room``; of equals, those of the left run come first."""
    left, right = first, middle
    for k in range(first, after):
        if right >= after or (left < middle and numbers[places[left]] <= numbers[places[right]]):
            room[k] = places[left]
            left += 1
        else:
            room[k] = places[right]
            right += 1
