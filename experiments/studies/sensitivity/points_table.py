"""The table of points: what was varied, and each outcome's mean and variance over the replicates."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from experiments.design.points import POINT
from experiments.running.crossed import CrossedRuns
from simulation.arrays import Floats

_ROWS = 1 << 14
_PAIR = 2


def point_tables(runs: CrossedRuns) -> Iterator[pa.Table]:
    """Yield a row a point, parity and regime, some points at a time.

    Columns: the point, what is varied, parity, regime, each outcome's mean over the replicates and its variance
    (``_variance``; not a number with one replicate), and how many of the replicates failed.
    """
    points, labels = runs.crossing.points, runs.crossing.labels
    for first in range(0, len(points), _ROWS):
        part = slice(first, min(first + _ROWS, len(points)))
        size = part.stop - part.start
        columns = {POINT: pa.array(np.repeat(np.arange(part.start, part.stop, dtype=np.int32), len(labels)))}
        columns |= {
            name: pa.array(np.repeat(values[part], len(labels)))
            for name, values in zip(points.names, points.values, strict=True)
        }
        for name in ("parity", "regime"):
            columns[name] = pa.array([getattr(label, name) for label in labels] * size, pa.string())
        numbers = runs.numbers[part, 0]
        for at, name in enumerate(runs.outcomes):
            mean, variance = _moments(numbers[..., at])
            columns |= {name: pa.array(mean.ravel()), f"{name}_variance": pa.array(variance.ravel())}
        failed = np.isnan(numbers).all(axis=3).sum(axis=2)
        yield pa.table(columns | {"failed": pa.array(failed.ravel().astype(np.int32))})


def _moments(values: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance over the last axis; not a number where a replicate failed."""
    enough = values.shape[-1] >= _PAIR
    mean = values.mean(axis=-1)
    return mean, values.var(axis=-1, ddof=1) if enough else np.full_like(mean, np.nan)
