"""A run beside the same run under `none`: the outcomes that only the two together say."""

from __future__ import annotations

import numpy as np

from simulation.compiled.cache import pair_runs
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.run import Run

_PLACES = {name: place for place, (name, outcome) in enumerate(OUTCOMES.items()) if outcome.paired}


def paired_outcomes(run: Run, none: Run) -> dict[str, float]:
    """Return the outcomes that compare a run's councils with themselves in the same run under `none`, by name.

    What is said of givers is NaN if nobody gave, what is said of the others NaN if everybody always did.
    """
    values = np.full(len(OUTCOMES), np.nan)
    pair_runs(run.council_values, none.council_values, len(run.month_values), values)
    return {name: float(values[place]) for name, place in _PLACES.items()}
