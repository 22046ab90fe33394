"""Cells of a piece of work that are made when they are asked for: a design of a million runs holds none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from experiments.design.world import Cell


class LazyCells(Sequence[Cell]):
    """Cells, each made when it is asked for; they travel to other processes as a plain tuple.

    Args:
        make: gives a cell by its place.
        number: how many there are.
        runs: how many runs all of them make.

    Attributes:
        runs: how many runs all cells make, without making them.
    """

    def __init__(self, make: Callable[[int], Cell], number: int, runs: int) -> None:
        self._make, self._number, self.runs = make, number, runs

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, place: int) -> Cell: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Cell]: ...
    def __getitem__(self, place: int | slice) -> Cell | Sequence[Cell]:
        if isinstance(place, slice):
            return tuple(self._make(one) for one in range(self._number)[place])
        return self._make(range(self._number)[place])

    def __reduce__(self) -> tuple[type, tuple[tuple[Cell, ...]]]:
        """Return what a worker process or another machine gets."""
        return tuple, (tuple(self),)
