"""R1: the one sort of the model."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.rules.marker import rule


@rule("R1")
def stable_order(keys: Sequence[float]) -> Sequence[int]:
    """Return the places of ``keys`` from the smallest to the largest; equal keys keep their order."""
    return sorted(range(len(keys)), key=keys.__getitem__)
