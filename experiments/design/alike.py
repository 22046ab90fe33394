"""Points at which a regime's runs are the same: they differ in levers of other regimes alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from experiments.design.columns import LEVER
from experiments.design.points import PointTable
from simulation.arrays import Numbers
from simulation.regimes import Regime


def first_alike(points: PointTable, regimes: Sequence[Regime]) -> Numbers:
    """Return the first point at which each regime's runs are those of a point, shape (points, regimes).

    >>> from experiments.design.points import grid
    >>> from simulation.regimes import load_regime
    >>> points = grid({"hybrid.givers": [7, 14], "labels": ["on", "off"]})
    >>> first_alike(points, [load_regime("hybrid"), load_regime("peer_support")]).tolist()
    [[0, 0], [1, 1], [2, 0], [3, 1]]
    """
    every = np.arange(len(points))
    if not any(column.kind == LEVER for column in points.columns):
        return np.repeat(every[:, None], len(regimes), axis=1)
    return np.stack([_first(points, regime) for regime in regimes], axis=1)


def _first(points: PointTable, regime: Regime) -> Numbers:
    moving = [
        values.tolist()
        for column, values in zip(points.columns, points.values, strict=True)
        if column.kind != LEVER or column.lever(0.0).is_of(regime)
    ]
    known: dict[tuple[object, ...], int] = {}
    keys = zip(*moving, strict=True) if moving else iter([()] * len(points))
    return np.array([known.setdefault(key, point) for point, key in enumerate(keys)], dtype=np.int64)
