"""Picks and draws: spread over the whole, each as often as its weight says."""

import numpy as np
import pytest

from experiments.statistics.picking import spread_draws, weighted_picks

WEIGHTS = np.array([0.05, 0.3, 0.25, 0.4])


@pytest.mark.parametrize("start", [0.0, 0.3, 0.999])
@pytest.mark.parametrize("number", [1, 7, 100])
def test_each_is_picked_as_often_as_its_weight_says_up_or_down_to_a_whole_number(number, start):
    picks = weighted_picks(WEIGHTS, number, start)
    assert picks.sum() == number
    assert (np.abs(picks - number * WEIGHTS) < 1).all()


def test_only_the_proportions_of_the_weights_count():
    assert weighted_picks(8 * WEIGHTS, 10, 0.2).tolist() == weighted_picks(WEIGHTS, 10, 0.2).tolist()


@pytest.mark.parametrize("start", [0.0, 0.3, 0.999])
@pytest.mark.parametrize("number", [1, 8, 256])
def test_of_a_power_of_two_each_is_drawn_as_often_as_its_weight_says(number, start):
    draws = np.bincount(spread_draws(WEIGHTS, number, start), minlength=len(WEIGHTS))
    assert draws.sum() == number
    assert (np.abs(draws - number * WEIGHTS) < 1 + 1e-9).all()


def test_the_first_draws_are_the_same_however_many_are_asked_for_and_lie_spread():
    weights = np.ones(1000)
    many = spread_draws(weights, 700, 0.37)
    for number in (1, 5, 64, 100, 256, 320):
        few = spread_draws(weights, number, 0.37)
        assert few.tolist() == many[:number].tolist()
        gaps = np.diff(np.sort(few), append=np.sort(few)[0] + 1000)
        assert gaps.max() <= 2 * 1000 / number + 1
