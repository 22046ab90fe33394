"""The mean of a few replicates, and how far luck may have moved it with the sets held."""

import math

import numpy as np
import pytest

from experiments.statistics.luck import luck_of_mean


def test_the_error_is_that_of_the_replicates_means():
    values = np.array([[1.0, 3.0, 5.0], [11.0, 13.0, 15.0]])
    found = luck_of_mean(values)
    assert (found.mean, found.error) == (8.0, pytest.approx(2.0 / math.sqrt(3)))
    assert found.high - found.mean == pytest.approx(4.302652729911275 * found.error)
    assert found.told_from_nought


def test_sets_that_lie_apart_are_no_luck():
    found = luck_of_mean(np.array([[-100.0, -100.0], [100.0, 100.0]]))
    assert (found.mean, found.error, found.low, found.high) == (0.0, 0.0, 0.0, 0.0)
    assert not found.told_from_nought


def test_its_interval_holds_the_true_mean_as_often_as_it_says():
    stream = np.random.default_rng(1)
    sets = np.array([-3.0, 0.0, 7.0])[:, None]
    held = 0
    for _ in range(2000):
        shared, own = stream.normal(size=(1, 6)), stream.normal(size=(3, 6))
        found = luck_of_mean(sets + shared + own)
        held += found.low <= sets.mean() <= found.high
    assert held / 2000 == pytest.approx(0.95, abs=0.015)


def test_a_run_that_failed_moves_the_mean_by_no_sets_level():
    values = np.array([[0.0, 0.0, 0.0], [90.0, math.nan, 90.0]])
    found = luck_of_mean(values)
    assert (found.mean, found.error) == (45.0, 0.0)


def test_a_weight_counts_as_so_many_sets():
    values = np.array([[1.0, 2.0, 6.0], [3.0, 1.0, 2.0]])
    weighted = luck_of_mean(values, np.array([2.0, 1.0]))
    repeated = luck_of_mean(values[[0, 0, 1]])
    assert weighted.mean == pytest.approx(repeated.mean)
    assert weighted.error == pytest.approx(repeated.error)


def test_with_one_replicate_or_none_there_is_no_interval():
    for values in (np.array([[1.0], [2.0]]), np.full((2, 2), math.nan)):
        found = luck_of_mean(values)
        assert math.isnan(found.error)
        assert not found.told_from_nought
