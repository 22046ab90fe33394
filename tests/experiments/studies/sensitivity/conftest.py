"""A small study, run once for all tests that only read it."""

import pytest

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
def small(tmp_path_factory):
    """Five things varied, of which the screening may keep two."""
    return sensitivity(out=tmp_path_factory.mktemp("sensitivity") / "small", workers=2, progress=False, **SMALL)
