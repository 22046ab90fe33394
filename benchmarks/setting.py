"""How much is run: the whole benchmark, or as little as shows that it works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """Repeats and sizes.

    Attributes:
        repeats: rounds that are timed.
        months: length of a run.
        sizes: numbers of councils.
        horizons: numbers of months.
        replicates: numbers of replicates.
        thread_runs: runs shared out among threads.
        mesa_repeats: rounds of the Mesa engine, one run a regime each.
        starts: processes started, warm; of those that compile first, one.
        sweep_sets: parameter sets of the long sweep, of five points and two regimes.
        sweep_replicates: its replicates.
        piece_sets: parameter sets of the sweep that is timed piece by piece.
        piece_replicates: its replicates.
        batch_repeats: rounds of that sweep.
        shard_sets: parameter sets of the comparison in two shards.
    """

    repeats: int = 15
    months: int = 120
    sizes: tuple[int, ...] = (50, 152, 500, 1_500, 5_000)
    horizons: tuple[int, ...] = (60, 120, 240)
    replicates: tuple[int, ...] = (1, 4, 16)
    thread_runs: int = 138
    mesa_repeats: int = 3
    starts: int = 5
    sweep_sets: int = 100
    sweep_replicates: int = 100
    piece_sets: int = 64
    piece_replicates: int = 8
    batch_repeats: int = 3
    shard_sets: int = 64


TINY_SETTING = Setting(1, 6, (20, 40), (3, 6), (1, 2), 4, 1, 1, 2, 2, 2, 2, 1, 2)
"""As little as shows that everything runs."""
