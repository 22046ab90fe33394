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
"""Keys that are sorted sooner by comparing all pairs, without a branch, than by merging."""


@overload(stable_order)
def _sort(keys: Any) -> Any:  # noqa: ARG001  overloads are chosen by type, not by value
    def order(keys: Any) -> Any:
        numbers = np.asarray(keys)
        places = np.empty(len(numbers), np.int64)
        if len(numbers) > FEW:
            merge_sort(numbers, places, np.empty(len(numbers), np.int64))
        else:
            count_below(numbers, places)
        return places

    return order


@uncounted
def count_below(numbers: Any, places: Any) -> None:
    """Write the order of ``numbers`` into ``places``: each comes after those below it and its equals before it."""
    for i in range(len(numbers)):
        key, place = numbers[i], 0
        for j in range(len(numbers)):
            place += numbers[j] < key
        for j in range(i):
            place += numbers[j] == key
        places[place] = i


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
