"""A small sweep, run once for all tests that only read it."""

import pytest

from experiments.studies.sweep.results import load_sweep
from experiments.studies.sweep.sweep import sweep

SMALL = {
    "regimes": ["peer_support", "partners_in_practice"],
    "outcomes": ["inadequate_months", "mean_quality"],
    "sets": 3,
    "replicates": 3,
    "months": 8,
}
VARIED = {"transfer_rate": [0.1, 0.5], "peer_support.days_per_giver": [6.0, 12.0]}


@pytest.fixture(scope="session")
def small(once):
    """Two things varied, two values each."""

    def make(folder):
        sweep(VARIED, out=folder, workers=2, progress=False, **SMALL)

    return load_sweep(once("sweep", make))
