"""Where sets are looked for: scores and back, densities that share out one whole, and weights that find the answer."""

import numpy as np
import pytest
from scipy.special import ndtri

from experiments.studies.calibration.informed import as_table
from experiments.studies.calibration.likeness import normalised
from experiments.studies.calibration.proposals import (
    FITTED,
    Proposal,
    fitted_proposal,
    log_mixture,
    prior_proposal,
    scores_of,
    sets_of,
)
from simulation.parameters import PARAMETERS

NAMES = list(PARAMETERS)
PLACES = [NAMES.index(name) for name in FITTED if name in NAMES]
OTHERS = [place for place, name in enumerate(NAMES) if name not in FITTED]


def stream(seed=1):
    return np.random.Generator(np.random.PCG64(seed))


def test_fitted_parameters_exist_once():
    assert len(set(FITTED)) == len(FITTED)
    assert set(FITTED) <= set(PARAMETERS)
    assert len(OTHERS) > 0


def test_scores_are_places_in_the_range_and_come_back():
    found = stream().standard_normal((50, len(NAMES)))
    values = as_table(sets_of(found))
    low, high = (np.array([getattr(info, end) for info in PARAMETERS.values()]) for end in ("low", "high"))
    assert ((low <= values) & (values <= high)).all()
    assert scores_of(values) == pytest.approx(found, abs=1e-6)
    middle = scores_of(((low + 3 * high) / 4)[None])
    assert middle == pytest.approx(np.full((1, len(NAMES)), ndtri(0.75)))


def test_the_prior_draws_every_parameter_evenly_and_weighs_nothing():
    found = prior_proposal().draw(4000, stream())
    assert prior_proposal().log_ratio(found) == pytest.approx(0)
    assert abs(found.mean(axis=0)).max() < 4 / 4000**0.5
    assert found.std(axis=0) == pytest.approx(1, abs=0.06)


def narrow():
    """A proposal of two targets, one at 1 and one at -1, narrower than the prior, with ties between parameters."""
    fitted = len(PLACES)
    tie = np.full((fitted, fitted), 0.04)
    np.fill_diagonal(tie, 0.16)
    return Proposal(np.array([np.full(fitted, 1.0), np.full(fitted, -1.0)]), np.array([tie, tie]))


def test_a_proposal_is_a_density_and_leaves_what_is_not_fitted_to_the_prior():
    proposal = narrow()
    found = proposal.draw(20_000, stream())
    assert abs(found[:, OTHERS].mean(axis=0)).max() < 0.03
    # The mean over its own draws of the prior over it is 1: both are densities of one whole.
    inverse = np.exp(-proposal.log_ratio(found))
    assert inverse.max() <= 1 / 0.1 + 1e-9
    assert inverse.mean() == pytest.approx(1, abs=4 * inverse.std() / len(inverse) ** 0.5)
    z = found[:, PLACES]
    inside = abs(z - np.sign(z.mean(axis=1, keepdims=True))).mean(axis=1) < 0.5
    assert inside.mean() > 0.85


def test_a_proposal_is_fitted_to_weighted_sets_and_the_wider_the_fewer_they_are():
    found = stream().standard_normal((5000, len(NAMES)))
    corner = (found[:, PLACES[0]] > 0.5).astype(float)
    many = fitted_proposal(found, [corner / corner.sum()])
    few = np.zeros(5000)
    few[np.flatnonzero(corner)[:3]] = 1 / 3
    some = fitted_proposal(found, [few])
    assert many.means[0, 0] == pytest.approx(found[corner > 0, PLACES[0]].mean())
    assert many.means[0, 1:] == pytest.approx(0, abs=0.15)
    assert np.linalg.eigvalsh(some.covariances[0]).min() > 0.5
    assert many.covariances[0, 0, 0] < 0.5 < many.covariances[0, 1, 1]


def test_weights_of_several_proposals_find_a_posterior_that_can_be_solved():
    """One score is seen as 1.5 with variance 0.25: the posterior is normal, mean 1.2, variance 0.2."""
    random, proposals, found = stream(3), [prior_proposal()], []
    place = PLACES[4]

    def log_likelihood(z):
        return -0.5 * (z[:, place] - 1.5) ** 2 / 0.25

    for _ in range(3):
        found.append(proposals[-1].draw(2000, random))
        every = np.concatenate(found)
        weights = normalised(log_likelihood(every) - log_mixture(proposals, [2000] * len(proposals), every))
        proposals.append(fitted_proposal(every, [weights]))
    worth = 1 / (weights**2).sum()
    mean = weights @ every[:, place]
    assert worth > 1000
    assert mean == pytest.approx(1.2, abs=4 * 0.2**0.5 / worth**0.5)
    assert weights @ (every[:, place] - mean) ** 2 == pytest.approx(0.2, rel=0.15)
    other = PLACES[5]
    assert weights @ every[:, other] == pytest.approx(0, abs=4 / worth**0.5)
