"""Picks at equal steps: spread over the whole, each as often as its weight says."""

import numpy as np
import pytest

from experiments.statistics.picking import even_places, weighted_picks

WEIGHTS = np.array([0.05, 0.3, 0.25, 0.4])


@pytest.mark.parametrize("start", [0.0, 0.3, 0.999])
@pytest.mark.parametrize("number", [1, 7, 100])
def test_each_is_picked_as_often_as_its_weight_says_up_or_down_to_a_whole_number(number, start):
    picks = weighted_picks(WEIGHTS, number, start)
    assert picks.sum() == number
    assert (np.abs(picks - number * WEIGHTS) < 1).all()


def test_only_the_proportions_of_the_weights_count():
    assert weighted_picks(8 * WEIGHTS, 10, 0.2).tolist() == weighted_picks(WEIGHTS, 10, 0.2).tolist()


def test_even_places_have_both_ends_and_no_place_twice():
    assert even_places(100, 5).tolist() == [0, 25, 50, 74, 99]
    assert even_places(3, 24).tolist() == [0, 1, 2]
