"""Effects are worked out from the outcomes of conditions as one would by hand."""

import numpy as np
import pytest

from experiments.design.world import Condition
from experiments.statistics.resampling import halves, pseudo_values, without_each
from experiments.statistics.worlds import measure_worlds
from experiments.studies.claims.claim import Observable
from experiments.studies.claims.contrast import (
    BestChange,
    Between,
    BreakEven,
    Mistake,
    WeightedSum,
    beyond,
    less,
    level,
)
from simulation.regimes import load_regime

A, B, C, D = (Condition(load_regime(name)) for name in ("none", "peer_support", "hybrid", "gold_dust"))
LOWER = "inadequate_months"
HIGHER = "mean_quality"


def given(**numbers):
    """Values that are the same whatever the outcome; a row a set, a column a replicate."""
    known = {
        one: np.array(numbers[name], dtype=float)
        for name, one in zip("abcd", (A, B, C, D), strict=True)
        if name in numbers
    }
    return lambda condition, _: known[condition]


def test_a_difference_is_taken_run_by_run():
    values = given(a=[[1, 2], [3, 4]], b=[[10, 30], [50, 70]])
    assert level(A).matrix(values, LOWER).tolist() == [[1, 2], [3, 4]]
    assert less(B, A).matrix(values, LOWER).tolist() == [[9, 28], [47, 66]]


def test_a_difference_of_differences_and_its_conditions():
    values = given(a=[[1.0]], b=[[10.0]], c=[[100.0]], d=[[1000.0]])
    found = beyond(less(D, C), less(B, A))
    assert found.matrix(values, LOWER).tolist() == [[1000 - 100 - (10 - 1)]]
    assert found.conditions == (D, C, B, A)


def test_weights_are_used():
    assert WeightedSum(((0.5, A), (2.0, B))).matrix(given(a=[[4]], b=[[3]]), LOWER).tolist() == [[8.0]]


def test_the_middle_is_chosen_by_the_other_replicates_and_judged_by_this_one():
    # Ends A and D, middle B and C. Where replicate 0 is left out, C looks best of the middle (1 to 5) and D of the
    # ends (2 to 6); where replicate 1 is, B (2 to 9) and A (0 to 7).
    values = given(a=[[0, 6]], b=[[2, 5]], c=[[9, 1]], d=[[7, 2]])
    assert Between((A, B, C, D)).matrix(values, LOWER).tolist() == [[9 - 7, 5 - 6]]


def test_the_middle_follows_what_is_better():
    values = given(a=[[0, 0]], b=[[3, 3]], c=[[1, 1]])
    assert Between((A, B, C)).matrix(values, HIGHER).tolist() == [[2, 2]]
    assert Between((A, B, C)).matrix(values, LOWER).tolist() == [[3, 3]]


def test_noise_alone_makes_no_middle_look_best():
    stream = np.random.default_rng(1)
    found = Between((A, B, C, D)).matrix(given(**{name: stream.normal(size=(400, 8)) for name in "abcd"}), HIGHER)
    # The best of two looked at after the fact would be about half an SD of the mean above the others: 0.2.
    assert abs(found.mean()) < 0.05


def test_one_choice_for_all_sets_is_that_of_their_mean():
    # Set 0 likes B by 1, set 1 likes C by 3: together it is C.
    values = given(a=[[9, 9], [9, 9]], b=[[0, 0], [3, 3]], c=[[1, 1], [0, 0]], d=[[9, 9], [9, 9]])
    assert Between((A, B, C, D)).matrix(values, LOWER).tolist() == [[-9, -9], [-9, -9]]
    assert Between((A, B, C, D), for_all=True).matrix(values, LOWER).tolist() == [[-8, -8], [-9, -9]]


def test_a_ranking_that_always_changes_and_one_that_never_does():
    one, other = [[0.0] * 4] * 2, [[1.0] * 4] * 2
    assert BestChange((A, B), (C, D)).matrix(given(a=one, b=other, c=other, d=one), LOWER).tolist() == [[1.0] * 4] * 2
    assert BestChange((A, B), (C, D)).matrix(given(a=one, b=other, c=one, d=other), LOWER).tolist() == [[0.0] * 4] * 2


def test_a_ranking_that_changes_in_one_set_of_four():
    one, other = np.zeros((4, 6)), np.ones((4, 6))
    turned = other.copy(), one.copy()
    turned[0][1:], turned[1][1:] = 0.0, 1.0
    found = BestChange((A, B), (C, D)).matrix(given(a=one, b=other, c=turned[0], d=turned[1]), HIGHER)
    assert found.mean(axis=1).tolist() == [1.0, 0.0, 0.0, 0.0]


def test_luck_alone_changes_no_ranking():
    stream = np.random.default_rng(2)
    noise = {name: stream.normal(size=(300, 8)) for name in "abcd"}
    found = measure_worlds(BestChange((A, B), (C, D)).matrix(given(**noise), LOWER))
    assert abs(found.mean) < 0.06
    assert abs(found.mean) < 2 * found.mean_error


def test_a_ranking_takes_three_replicates():
    assert np.isnan(BestChange((A, B), (C, D)).matrix(given(**{name: [[1, 2]] for name in "abcd"}), LOWER)).all()


def test_a_mistake_costs_what_the_true_best_would_have_saved():
    # True: A 10, B 4. Believed: C (A's) 1, D (B's) 5, so A is taken: 6 more than B's.
    values = given(a=[[10] * 3], b=[[4] * 3], c=[[1] * 3], d=[[5] * 3])
    assert Mistake((A, B), (C, D)).matrix(values, LOWER).tolist() == [[6, 6, 6]]
    assert Mistake((A, B), (D, C)).matrix(values, LOWER).tolist() == [[0, 0, 0]]


def test_the_break_even_price_is_that_of_the_means():
    numbers = {
        (A, LOWER): [[100.0, 100.0]] * 3,
        (B, LOWER): [[80.0, 60.0]] * 3,
        (B, "programme_cash"): [[3000.0, 3000.0]] * 3,
        (B, "days_delivered"): [[1.0, 1.0]] * 3,
        (C, LOWER): [[90.0, 90.0]] * 3,
        (C, "programme_cash"): [[200.0, 200.0]] * 3,
        (C, "days_delivered"): [[4.0, 4.0]] * 3,
    }
    found = BreakEven(A, B, C).matrix(lambda one, name: np.array(numbers[one, name]), LOWER)
    # Partners: 3,000 for 30 months, 100 each. Peers: 200 and 4 days for 10 months: 20 and 0.4 days each.
    assert found.mean() == pytest.approx((100 - 20) / 0.4)
    assert found[0, 0] != found[0, 1]
    assert found[0, 0] == pytest.approx(found[1, 0])
    numbers[A, LOWER] = [[100.0, 100.0], [120.0, 120.0], [90.0, 90.0]]
    found = BreakEven(A, B, C).matrix(lambda one, name: np.array(numbers[one, name]), LOWER)
    assert len(set(found[:, 0].round(6))) == 3


def test_worlds_that_miss_the_parity_are_left_out():
    numbers = {
        (A, LOWER): [[5.0, 5.0], [5.0, 5.0], [5.0, 5.0]],
        (B, LOWER): [[1.0, 2.0], [2.0, 2.0], [3.0, 3.0]],
        (A, "days_delivered"): [[100.0, 100.0], [100.0, 100.0], [100.0, 100.0]],
        (B, "days_delivered"): [[129.0, 80.0], [89.0, 89.0], [91.0, 91.0]],
    }
    shown = Observable(contrast="", of=less(B, A), outcome=LOWER, claimed="lower", equal=((A, B),))
    found = shown.matrix(lambda one, name: np.array(numbers[one, name]))
    assert found[[0, 2]].tolist() == [[-4, -3], [-2, -2]]
    assert np.isnan(found[1]).all()
    assert shown.outcomes == {LOWER, "days_delivered"}


def test_the_jackknife_of_a_mean_gives_the_numbers_back():
    numbers = np.array([[1.0, 5.0, 3.0, 7.0]])
    without = without_each(numbers[None])[0]
    assert pseudo_values(numbers.mean(axis=1, keepdims=True), without) == pytest.approx(numbers)


@pytest.mark.parametrize(("replicates", "number"), [(4, 6), (5, 10), (8, 70), (20, 4000)])
def test_halves_are_halves(replicates, number):
    found = halves(replicates)
    assert found.shape == (number, replicates)
    assert set(found.sum(axis=1)) == {replicates // 2}
    assert found.any(axis=0).all()
