"""R1: the one sort of the model."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.rules.marker import rule


@rule("R1", compiles=False)
def stable_order(keys: Sequence[float]) -> Sequence[int]:
    """Return the places of ``keys`` from the smallest to the largest; equal keys keep their order.

    Such an order is unique, so that Python's sort here and the compiled one agree whatever their methods.
    """
    return sorted(range(len(keys)), key=keys.__getitem__)
