"""The lucks at hand."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from simulation.chance import Chance


@dataclass
class _Place:
    lock: threading.Lock = field(default_factory=threading.Lock)
    chance: Chance | None = None


class LuckAtHand:
    """The latest lucks, each drawn once for all threads that ask for it.

    Args:
        draw: draws the luck of a replicate.
        most: how many are kept.
    """

    def __init__(self, draw: Callable[[int], Chance], most: int) -> None:
        self._draw, self._most = draw, most
        self._places: OrderedDict[int, _Place] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, replicate: int) -> Chance:
        """Return the luck of a replicate."""
        with self._lock:
            place = self._places.setdefault(replicate, _Place())
            self._places.move_to_end(replicate)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
        with place.lock:
            if place.chance is None:
                place.chance = self._draw(replicate)
            return place.chance
