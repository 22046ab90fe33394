"""Footprint: about how much memory runs take, before any is made."""

from __future__ import annotations

from experiments.design.world import World
from experiments.running.maker import LUCKS_KEPT
from simulation.chance import MONTHLY
from simulation.compiled.records import DIRECTOR
from simulation.outcomes.paths import PATHS
from simulation.simulate import ENSEMBLE

_NUMBER = 8
_PROGRAM = 330_000_000
"""Bytes of the program and its libraries, measured: of a small test of claims."""
_PROCESS, _AGENT = 200_000_000, 20_000
"""Bytes of a process of Mesa, and of a council in it with its director and its chief, about."""


def footprint(world: World, *, engine: str, workers: int, runs_a_block: int, numbers: int) -> int:
    """Return about how many bytes of memory runs take at most, in all processes together.

    Args:
        world: whom and when.
        engine: which makes them.
        workers: threads, or processes of Mesa.
        runs_a_block: runs whose months are at hand between two files; 0 where no months are kept.
        numbers: how many numbers are held of all runs together.
    """
    councils = world.councils.n
    luck = world.months * len(MONTHLY) * councils * _NUMBER
    block = runs_a_block * world.months * len(PATHS) * _NUMBER
    if engine == ENSEMBLE:
        directors = councils * (world.months + 2) * DIRECTOR.itemsize
        return _PROGRAM + numbers * _NUMBER + (LUCKS_KEPT + workers - 1) * luck + workers * (directors + 2 * block)
    return _PROGRAM + numbers * _NUMBER + workers * (_PROCESS + councils * _AGENT + LUCKS_KEPT * luck + 2 * block)


def memory_words(memory: int) -> str:
    """Return so many bytes in words, two figures exact.

    >>> memory_words(1_430_000_000), memory_words(587_000_000)
    ('1.4 GB', '590 MB')
    """
    gigabytes = memory / 1e9
    return f"{gigabytes:.2g} GB" if gigabytes >= 1 else f"{round(memory / 1e7) * 10} MB"
