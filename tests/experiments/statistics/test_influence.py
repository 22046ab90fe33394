"""How far numbers move a difference: as worked out by hand, and unknown where it cannot be told."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from experiments.statistics.influence import FREEDOM, coefficients, drawn_again, rank_correlation, ranks


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=30))
def test_ranks_are_those_of_scipy(values):
    array = np.array(values, dtype=float)
    assert np.array_equal(ranks(array), stats.rankdata(array))


def test_without_weights_and_luck_the_rank_correlation_is_spearman_s():
    random = np.random.default_rng(1)
    ones, others = random.random(50), random.random(50)
    found = rank_correlation(ones, others, np.ones(50), 1.0, drawn_again(50, 200, 1))
    assert found.value == pytest.approx(stats.spearmanr(ones, others).statistic)
    assert found.low < found.value < found.high


def test_where_all_is_luck_no_rank_correlation_is_known():
    assert math.isnan(rank_correlation(np.arange(5.0), np.ones(5), np.ones(5), 0.0, drawn_again(5, 10, 1)).value)


def test_coefficients_are_those_of_least_squares():
    random = np.random.default_rng(2)
    numbers, noise = random.standard_normal((200, 3)) * [1.0, 5.0, 0.1], random.normal(0.0, 4.0, 200)
    means = 10.0 + numbers @ [3.0, 0.4, 0.0] + noise
    found = coefficients(numbers, means, np.ones(200), 2.0)
    rows = np.column_stack([np.ones(200), numbers])
    wanted = np.linalg.lstsq(rows, means)[0][1:] * numbers.std(axis=0) / 2.0
    assert [one.value for one in found] == pytest.approx(wanted)
    # Noise of one size: errors are those that least squares have.
    variance = ((means - rows @ np.linalg.lstsq(rows, means)[0]) ** 2).sum() / (200 - 4)
    errors = np.sqrt(variance * np.diag(np.linalg.inv(rows.T @ rows)))[1:] * numbers.std(axis=0) / 2.0
    halves = np.array([one.high - one.value for one in found])
    assert halves == pytest.approx(stats.t.ppf(0.975, 196) * errors, rel=0.2)
    assert found[0].low > 0
    assert found[2].low < 0 < found[2].high


def test_the_intervals_of_coefficients_hold_what_they_should():
    random = np.random.default_rng(3)
    held = []
    for _ in range(60):
        numbers = random.standard_normal((70, 40))
        means = numbers[:, 0] + random.normal(0.0, 1.0, 70)
        one = coefficients(numbers, means, np.ones(70), math.sqrt(2.0))[0]
        held.append(one.low < numbers[:, 0].std() / math.sqrt(2.0) < one.high)
    assert 0.85 < np.mean(held) <= 1.0  # 57 of 60 are expected


def test_too_few_worlds_or_numbers_that_cannot_be_told_apart_have_no_coefficient():
    random = np.random.default_rng(4)
    numbers = random.standard_normal((FREEDOM + 10, 10))
    means = random.standard_normal(FREEDOM + 10)
    assert all(math.isnan(one.value) for one in coefficients(numbers, means, np.ones(len(means)), 1.0))
    twice = np.column_stack([means, means])
    assert all(math.isnan(one.value) for one in coefficients(twice, means, np.ones(len(means)), 1.0))
