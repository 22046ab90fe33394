"""What the evidence tells of each parameter: its spread among the plausible sets beside its spread in the prior."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from experiments.statistics.quantiles import draw_interval
from experiments.statistics.weights import effective_sets
from simulation.arrays import Floats
from simulation.parameters import PARAMETERS, Parameters

NARROW_SPREAD, FAR_SHIFT = 0.9, 0.3
"""A parameter is informed if its spread is below this share of the prior's, or if its mean moved by more than this."""
_ACCIDENT = 3.0
_UNIFORM_SPREAD_ERROR = 0.447
"""Standard error of the spread of n draws from a uniform prior, over the spread, times the root of n."""


def as_table(sets: Sequence[Parameters]) -> Floats:
    """Return the parameters of the sets as numbers, shape (sets, parameters), in the order of `PARAMETERS`."""
    rows: Sequence[Mapping[str, float]] = [one.as_dict() for one in sets]
    return np.array([[row[name] for name in PARAMETERS] for row in rows])


def marginals(values: Floats, weights: Floats) -> pd.DataFrame:
    """Return a row a parameter: prior range, weighted mean, 90% interval, and its spread over the prior's.

    ``spread`` is the weighted standard deviation over that of the uniform prior; ``shift`` is how far the mean lies
    from the prior's middle, in the prior's standard deviation; ``informed`` says whether either tells more than the
    finite number of sets could by accident.

    Args:
        values: parameters of the sets, shape (sets, parameters).
        weights: shape (sets,), summing to 1.
    """
    rows = []
    accident = _ACCIDENT / np.sqrt(effective_sets(weights))
    narrow, far = min(NARROW_SPREAD, 1 - _UNIFORM_SPREAD_ERROR * accident), max(FAR_SHIFT, accident)
    for column, (name, info) in enumerate(PARAMETERS.items()):
        prior = (info.high - info.low) / np.sqrt(12)
        mean = float(weights @ values[:, column])
        spread = float(np.sqrt(weights @ (values[:, column] - mean) ** 2)) / prior
        shift = (mean - (info.low + info.high) / 2) / prior
        low, high = draw_interval(values[:, column], weights)
        rows.append(
            {
                "parameter": name, "unit": info.unit, "prior_low": info.low, "prior_high": info.high, "mean": mean,
                "low": low, "high": high, "spread": spread, "shift": shift,
                "informed": bool(spread < narrow or abs(shift) > far),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)
