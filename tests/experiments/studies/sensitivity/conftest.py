"""A small study, run once for all tests that only read it."""

import pytest

from experiments.studies.sensitivity.results import load_sensitivity
from experiments.studies.sensitivity.sensitivity import sensitivity

SMALL = {
    "over": ["transfer_rate", "best_gap=0.5:1.5", "national_drift", "peer_support.days_per_giver", "hiring_time"],
    "trajectories": 8,
    "most": 2,
    "size": 64,
    "replicates": 3,
    "months": 18,
    "price": 1000.0,
}


@pytest.fixture(scope="session")
def small(once):
    """Five things varied, of which the screening may keep two."""

    def make(folder):
        sensitivity(out=folder, workers=2, progress=False, **SMALL)

    return load_sensitivity(once("sensitivity", make))
