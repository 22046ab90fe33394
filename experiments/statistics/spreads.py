"""How far paths spread from luck and from ignorance, never in one number."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from experiments.statistics.quantiles import quantiles
from experiments.statistics.weights import Weights, column_means, ratio
from simulation.arrays import Floats

PATH_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)

AnyFloats = npt.NDArray[np.floating]


def spreads(paths: AnyFloats, weights: Weights = None) -> Floats:
    """Return the quantiles of paths from luck and from the parameter sets, shape (quantiles, 2, months, paths).

    *Luck* is how single runs differ from the mean of their own set, put round the mean of all sets; deviations from
    a mean of k runs are widened by sqrt(k / (k - 1)), for that mean lies among them. *Sets* is how the sets' means
    differ.

    Args:
        paths: shape (sets, replicates, months, paths); NaN where a run failed or a path has no value. Luck is sorted
            in the precision that these come in; means are taken in double.
        weights: how many times each set, and each of its runs, counts; once where None.
    """
    sets, replicates = paths.shape[:2]
    known = np.isfinite(paths)
    number = known.sum(axis=1)
    means = ratio(np.sum(paths, axis=1, dtype=np.float64, where=known), number)
    present = np.isfinite(means)
    if weights is None:
        grand = ratio(np.sum(means, axis=0, where=present), present.sum(axis=0))
    else:
        grand = column_means(means, weights)
    widening = np.sqrt(ratio(number, number - 1.0))
    widening[~np.isfinite(widening)] = 1.0
    luck = ((paths - means[:, None]) * widening[:, None] + grand).astype(paths.dtype, copy=False)
    single = luck.reshape(sets * replicates, *paths.shape[2:])
    of_runs = None if weights is None else np.repeat(weights, replicates)
    return np.stack([_quantiles(single, of_runs), _quantiles(means, weights)], axis=1)


def _quantiles(values: AnyFloats, weights: Weights) -> Floats:
    """Return quantiles over the first axis of what is known, linear between neighbours, NaN where nothing is."""
    if weights is not None:
        return quantiles(np.moveaxis(values, 0, -1), weights, PATH_QUANTILES)
    rising = np.array(np.moveaxis(values, 0, -1))
    rising[~np.isfinite(rising)] = math.nan
    rising.sort(axis=-1)
    last = np.isfinite(rising).sum(axis=-1) - 1
    out = np.empty((len(PATH_QUANTILES), *last.shape))
    for place, share in enumerate(PATH_QUANTILES):
        at = np.maximum(share * last, 0.0)
        low = np.floor(at).astype(np.intp)
        below, above = (_at_rank(rising, rank) for rank in (low, np.minimum(low + 1, np.maximum(last, 0))))
        out[place] = below + (above - below) * (at - low)
    return out


def _at_rank(rising: AnyFloats, rank: npt.NDArray[np.intp]) -> Floats:
    return np.take_along_axis(rising, rank[..., None], axis=-1)[..., 0].astype(np.float64)
