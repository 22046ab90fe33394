"""Smoothing: a surface found again behind noise, near the best sets alone, and weights that are worth more for it."""

import math

import numpy as np
import pytest

from experiments.statistics.weights import effective_sets
from experiments.studies.calibration.likeness import normalised
from experiments.studies.calibration.smoothing import NEAR_BEST, likelihood_surface, smoothed_means, terms_of


@pytest.fixture(scope="module")
def scores():
    return np.random.Generator(np.random.PCG64(1)).standard_normal((4000, 4))


def truth(scores):
    """The logarithm of a likelihood with a best place off the middle and a tie between two scores."""
    z = scores - np.array([0.5, -0.3, 0.0, 0.2])
    return -100.0 - 1.5 * z[:, 0] ** 2 - z[:, 1] ** 2 - 0.8 * z[:, 0] * z[:, 1] - 0.5 * z[:, 2] ** 2


def noisy(scores, size=1.5, seed=2):
    return truth(scores) + size * np.random.Generator(np.random.PCG64(seed)).standard_normal(len(scores))


def test_terms_are_those_of_a_quadratic():
    assert terms_of(np.array([[2.0, 3.0]])).tolist() == [[1, 2, 3, 4, 6, 9]]


def test_a_surface_is_found_again_behind_noise(scores):
    surface = likelihood_surface(terms_of(scores), noisy(scores))
    apart = (surface.heights - truth(scores))[surface.close]
    assert apart.std() < 0.15
    assert surface.noise == pytest.approx(1.5, rel=0.05)
    assert 0.3 < surface.explained < 1


def test_it_is_laid_through_the_best_alone(scores):
    """Far from the best the likelihood is no quadratic, and one set was never likely at all."""
    logs = noisy(scores)
    far = truth(scores) < truth(scores).max() - 2 * NEAR_BEST
    logs[far] -= 500.0
    best = int(truth(scores).argmax())
    logs[best] = -math.inf
    surface = likelihood_surface(terms_of(scores), logs)
    assert not surface.close[far].any()
    assert not surface.close[best]
    apart = (surface.heights - truth(scores))[surface.close]
    assert apart.std() < 0.2


def test_weights_by_the_surface_find_the_posterior_and_are_worth_more_than_by_the_estimates(scores):
    logs, known = noisy(scores), normalised(truth(scores))
    surface = likelihood_surface(terms_of(scores), logs)
    smooth, raw = normalised(np.where(surface.close, surface.heights, -np.inf)), normalised(logs)
    assert effective_sets(smooth) > 3 * effective_sets(raw)
    mean, expected = smooth @ scores, known @ scores
    assert mean == pytest.approx(expected, abs=0.08)
    assert smooth @ (scores - mean) ** 2 == pytest.approx(known @ (scores - expected) ** 2, rel=0.15)


def test_mean_histories_are_smoothed_pattern_by_pattern_and_what_is_not_shown_is_left_out(scores):
    stream = np.random.Generator(np.random.PCG64(3))
    exact = np.column_stack([0.2 + 0.1 * scores[:, 0], 0.5 - 0.05 * scores[:, 3] ** 2, np.full(len(scores), np.nan)])
    means = exact + 0.2 * stream.standard_normal(exact.shape)
    means[::7, 0] = np.nan
    close = np.arange(len(scores)) < 3000
    smooth = smoothed_means(terms_of(scores), means, close)
    assert (smooth - exact)[close][:, :2].std() < 0.03
    assert np.isnan(smooth[:, 2]).all()


def test_few_sets_are_held_back_and_not_followed_into_their_noise(scores):
    few = scores[:40]
    surface = likelihood_surface(terms_of(few), noisy(few, seed=5))
    assert surface.close.sum() >= 30
    assert np.isfinite(surface.heights).all()
    assert surface.noise > 0.5
