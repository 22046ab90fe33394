"""How far paths spread from luck and from ignorance, never in one number."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)

Floats = npt.NDArray[np.float64]


def spreads(paths: Floats) -> Floats:
    """Return the quantiles of paths from luck and from the parameter sets, shape (quantiles, 2, months, paths).

    *Luck* is how single runs differ from the mean of their own set, put round the mean of all sets; deviations from
    a mean of k runs are widened by sqrt(k / (k - 1)), for that mean lies among them. *Sets* is how the sets' means
    differ.

    Args:
        paths: shape (sets, replicates, months, paths); NaN where a run failed or a path has no value.
    """
    sets, replicates = paths.shape[:2]
    known = np.isfinite(paths)
    number = known.sum(axis=1)
    means = _divided(np.where(known, paths, 0.0).sum(axis=1), number)
    present = np.isfinite(means)
    grand = _divided(np.where(present, means, 0.0).sum(axis=0), present.sum(axis=0))
    widened = np.sqrt(_divided(number, number - 1.0))[:, None]
    luck = (paths - means[:, None]) * np.where(np.isfinite(widened), widened, 1.0) + grand
    return np.stack([_quantiles(luck.reshape(sets * replicates, *paths.shape[2:])), _quantiles(means)], axis=1)


def _quantiles(values: Floats) -> Floats:
    """Return quantiles over the first axis of what is known, NaN where nothing is."""
    found = np.full((len(QUANTILES), *values.shape[1:]), math.nan)
    known = np.isfinite(values)
    whole = known.all(axis=0)
    found[:, whole] = np.quantile(values[:, whole], QUANTILES, axis=0)
    partly = known.any(axis=0) & ~whole
    if partly.any():
        found[:, partly] = np.nanquantile(values[:, partly], QUANTILES, axis=0)
    return found


def _divided(total: npt.NDArray[np.generic], number: npt.NDArray[np.generic]) -> Floats:
    out = np.full(np.broadcast_shapes(total.shape, number.shape), math.nan)
    np.divide(total, number, out=out, where=np.asarray(number) > 0)
    return out
