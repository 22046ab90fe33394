"""Persistence: a correlation found again behind bands, whatever the cuts, and what was observed."""

import math

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from experiments.observed.persistence import (
    log_likelihood,
    observed_persistence,
    persistence,
    polychoric,
    share_below_both,
    successive_grades,
)


@pytest.mark.parametrize("rho", [-0.9, -0.3, 0.0, 0.5, 0.95])
def test_shares_below_both_are_those_of_a_bivariate_normal(rho):
    for a in (-1.5, 0.2, 2.0):
        for b in (-0.7, 1.1):
            known = multivariate_normal.cdf([a, b], cov=[[1, rho], [rho, 1]])
            assert share_below_both(np.array(a), np.array(b), rho) == pytest.approx(known, abs=1e-5)
    assert share_below_both(np.array(math.inf), np.array(0.3), rho) == pytest.approx(0.6179, abs=1e-4)


@pytest.mark.parametrize("rho", [-0.4, 0.1, 0.49, 0.8])
@pytest.mark.parametrize("cuts", [(-1.0, 0.3, 2.0), (-0.2, 0.1, 0.6)])
def test_a_correlation_is_found_again_behind_any_cuts(rho, cuts):
    stream = np.random.Generator(np.random.PCG64(1))
    seen = stream.multivariate_normal([0, 0], [[1, rho], [rho, 1]], 40_000)
    grades = np.searchsorted(cuts, seen)
    pairs = np.zeros((4, 4), int)
    np.add.at(pairs, (grades[:, 0], grades[:, 1]), 1)
    found = polychoric(pairs)
    assert found == pytest.approx(rho, abs=0.03)
    assert log_likelihood(found, pairs) >= log_likelihood(found + 0.05, pairs)


def test_pairs_are_of_the_same_council_and_of_judgements_alone():
    grades = np.array([[0, 2], [0, 2], [1, 2], [3, 1]])
    judged = np.array([[True, False], [False, True], [True, False], [True, True]])
    pairs = successive_grades(grades, judged)
    assert pairs.sum() == 3
    assert pairs[0, 1] == pairs[1, 3] == pairs[2, 1] == 1


def test_what_was_observed_lies_where_it_was_found_before():
    found, error = observed_persistence()
    assert 0.3 < found < 0.7
    assert 0.05 < error < 0.2


def test_a_history_shows_it_and_a_short_one_does_not(real_history, made_history):
    assert -1 < persistence(real_history) < 1
    assert math.isnan(persistence(made_history(np.ones((3, 4), int))))
