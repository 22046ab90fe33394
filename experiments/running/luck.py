"""Which luck a run meets."""

from __future__ import annotations


def own_luck(number: int, replicate: int, replicates: int) -> int:
    """Return which luck set ``number`` meets as its ``replicate``, of so many: no two sets share one."""
    return number * replicates + replicate
