"""How the luck of a replicate is drawn: every decision from a stream of its own, for either engine alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.arrays import Floats
from simulation.chance import MONTHLY, NORMAL, REGION_STREAM, START, Chance
from simulation.compiled.cache import draw_tables
from simulation.limits import checked_replicate, checked_seed


def draw_chance(seed: int, replicate: int, months: int, councils: int, regions: int) -> Chance:
    """Return the luck of ``replicate``: the same for every regime and every parameter set.

    A longer horizon adds rows and changes none.

    Raises:
        InputError: the seed or the replicate is no whole number in range.
    """
    seed, replicate = checked_seed(seed), checked_replicate(replicate)
    start = _draw(seed, replicate, tuple(START.values()), (1, councils))
    return Chance(
        seed=seed,
        replicate=replicate,
        table=_draw(seed, replicate, tuple(MONTHLY.values()), (months, councils)),
        start={name: start[0, place] for place, name in enumerate(START)},
        regions=_draw(seed, replicate, ((REGION_STREAM, NORMAL),), (1, regions))[0, 0],
    )


def _draw(seed: int, replicate: int, decisions: Sequence[tuple[int, str]], shape: tuple[int, int]) -> Floats:
    """Return the draws of these decisions, each of this shape, in the shape (months, decisions, councils)."""
    streams, kinds = zip(*decisions, strict=True)
    tables = np.empty((shape[0], len(decisions), shape[1]))
    draw_tables(seed, replicate, np.array(streams), np.array([kind == NORMAL for kind in kinds]), tables)
    return tables
