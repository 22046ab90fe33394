"""Which numbers of some parameter sets are uncertain: those that were drawn."""

from __future__ import annotations

import pandas as pd

from experiments.design.parameter_sets import LEVER_QUANTILES
from simulation.arrays import Floats
from simulation.parameters import PARAMETERS


def uncertain_numbers(sets: pd.DataFrame) -> dict[str, Floats]:
    """Return every number that was drawn, by name, shape (sets,): parameters, and the levers' places in their ranges.

    Args:
        sets: a row a parameter set, as `experiments.results.store.Results.sets`.
    """
    names = [name for name in (*PARAMETERS, *LEVER_QUANTILES) if name in sets and sets[name].notna().all()]
    return {name: sets[name].to_numpy(dtype=float) for name in names}
