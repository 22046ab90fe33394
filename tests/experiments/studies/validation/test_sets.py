"""Where validation draws its parameter sets: by weight, unless the prior is asked for."""

import numpy as np
import pytest

from experiments.design import parameter_sets as sampling
from experiments.design.origin import choose_sets
from experiments.design.parameter_sets import draw_sets
from experiments.design.plausible import PlausibleSets
from experiments.studies.validation.validate import Validation
from simulation.parameters import Parameters


@pytest.fixture
def known(monkeypatch):
    sets = tuple(Parameters(transfer_rate=0.1 * place) for place in range(1, 5))
    known = PlausibleSets(np.array([0.7, 0.1, 0.1, 0.1]), sets, ("transfer_rate",), {"digest": "d"})
    monkeypatch.setattr(sampling, "load_plausible", lambda: known)
    return known


def test_validation_weighs_what_it_draws(known):
    for seed in range(5):
        sets, weights = choose_sets("plausible", 4, seed)
        assert weights.tolist() == [one.weight for one in sets]
        assert weights.sum() == 4
        assert {one.parameters.transfer_rate for one in sets} <= {one.transfer_rate for one in known.parameters}
        assert all(one.receiver_quantile is None for one in sets)


def test_validation_draws_plausible_sets_unless_told_otherwise():
    assert Validation().draw == "plausible"
    sets, weights = choose_sets("prior", 3, 5)
    assert sets == draw_sets(3, Parameters(), (), 5, levers=False)
    assert weights.tolist() == [1.0] * 3
