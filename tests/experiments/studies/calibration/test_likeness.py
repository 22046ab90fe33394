"""How like the observed a set is: each error in its own term, and weights that are right where the answer is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.statistics.quantiles import draw_interval
from experiments.statistics.weights import effective_sets
from experiments.studies.calibration.likeness import (
    Errors,
    abc_weights,
    implausibility,
    mean_histories,
    plausible,
    pooled_errors,
)

STREAM = np.random.Generator(np.random.PCG64(1))


def test_the_chance_of_a_history_is_what_differs_within_sets_and_the_rest_of_the_stated_error_is_discrepancy():
    centres = STREAM.normal(0, 5, (4000, 1, 2))
    chance = np.array([[0.04, 0.01], [0.01, 0.09]])
    histories = centres + STREAM.multivariate_normal([0, 0], chance, (4000, 3))
    errors = pooled_errors(histories, np.array([0.5, 0.3]))
    assert errors.chance == pytest.approx(chance, rel=0.1, abs=0.003)
    assert errors.discrepancy[0] == pytest.approx(0.25 - errors.chance[0, 0])
    assert errors.discrepancy[1] == pytest.approx(0.15**2)  # at least half of the stated error, as a deviation
    one, many = errors.covariance(1), errors.covariance(10**9)
    assert one == pytest.approx(np.diag(errors.discrepancy) + 2 * errors.chance)
    assert many == pytest.approx(np.diag(errors.discrepancy) + errors.chance)


def test_what_a_history_does_not_show_is_left_out_of_the_mean():
    histories = np.array([[[1.0, np.nan], [3.0, np.nan]], [[2.0, 5.0], [np.nan, 7.0]]])
    means = mean_histories(histories)
    assert means[:, 0].tolist() == [2.0, 2.0]
    assert np.isnan(means[0, 1])
    assert means[1, 1] == 6.0


def test_implausibility_by_hand():
    errors = Errors(np.array([0.75, 1.0]), np.array([[0.2, 0.0], [0.0, 0.0]]))
    distances = implausibility(np.array([[3.0, 1.0], [-1.0, 4.5]]), np.array([0.0, 1.0]), errors, 4)
    assert distances == pytest.approx(np.array([[3.0, 0.0], [1.0, 3.5]]))
    assert plausible(distances).tolist() == [True, False]


def test_a_set_that_never_shows_what_was_observed_is_ruled_out_and_what_was_not_observed_rules_nothing_out():
    errors = Errors(np.ones(2), np.zeros((2, 2)))
    means = np.array([[0.0, np.nan], [0.0, 9.0]])
    assert plausible(implausibility(means, np.zeros(2), errors, 2)).tolist() == [False, False]
    assert plausible(implausibility(means, np.array([0.0, np.nan]), errors, 2)).tolist() == [True, True]


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=20))
def test_weights_are_the_density_of_the_observed(means):
    errors = Errors(np.array([0.5]), np.array([[0.25]]))
    weights = abc_weights(np.array(means)[:, None], np.array([0.3]), errors, 1)
    density = np.exp(-0.5 * (np.array(means) - 0.3) ** 2)
    assert weights == pytest.approx(density / density.sum())


def test_a_weight_knows_that_patterns_move_together():
    chance = np.array([[1.0, 0.9], [0.9, 1.0]])
    errors = Errors(np.array([0.1, 0.1]), chance)
    along, across = abc_weights(np.array([[1.0, 1.0], [1.0, -1.0]]), np.zeros(2), errors, 10**9)
    assert along > 5 * across


def test_the_weighted_sets_are_the_posterior_of_a_model_that_can_be_solved():
    """A parameter uniform on -5 to 5 that is seen with variance 1.5: the posterior is normal about what was seen."""
    sets = STREAM.uniform(-5, 5, 40_000)
    histories = sets[:, None, None] + STREAM.normal(0, 0.5**0.5, (40_000, 4, 1))
    stated = np.array([1.25**0.5])
    errors = pooled_errors(histories, stated)
    weights = abc_weights(mean_histories(histories), np.array([0.7]), errors, 4)
    mean = weights @ sets
    # Discrepancy 0.75 and the chance of one history 0.5; the replicate error 0.125 is in the kernel and in the means.
    assert mean == pytest.approx(0.7, abs=0.05)
    assert weights @ (sets - mean) ** 2 == pytest.approx(1.25 + 2 * 0.125, rel=0.05)


def test_effective_sets_by_hand():
    assert effective_sets(np.full(8, 1 / 8)) == pytest.approx(8)
    assert effective_sets(np.array([0.5, 0.5, 0.0])) == pytest.approx(2)


def test_an_interval_of_few_draws_holds_a_further_one_as_often_as_it_says():
    draws = STREAM.normal(size=(4000, 43))
    for share in (0.5, 0.9):
        ends = np.array([draw_interval(row[:42], np.full(42, 1 / 42), share) for row in draws])
        held = ((ends[:, 0] <= draws[:, 42]) & (draws[:, 42] <= ends[:, 1])).mean()
        assert held == pytest.approx(share, abs=4 * (share * (1 - share) / 4000) ** 0.5)


def test_an_interval_knows_the_weights_and_not_their_size():
    values, weights = np.arange(1000.0), np.where(np.arange(1000) < 500, 0.0, 3.0)
    low, high = draw_interval(values, weights)
    assert (low, high) == pytest.approx((524.05, 974.95), abs=0.5)
    assert draw_interval(values[500:], np.full(500, 0.002)) == pytest.approx((low, high))
