"""What paired differences say: exact cases by hand, and what must hold for any numbers."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from experiments.statistics.paired import (
    as_matrix,
    chance_interval,
    estimate,
    parity_met,
    replicate_means,
    set_means,
    sets_range,
    variance_saved,
    verdict,
    win_share,
)
from experiments.statistics.prices import Effect, break_even_price, cost_per_month_avoided, price_curve

# Two sets, three replicates. Set means 2 and 6; replicate means 2, 4, 6: mean 4, sd 2, t(2; 0.975) = 4.302653.
SMALL = np.array([[1.0, 2.0, 3.0], [3.0, 6.0, 9.0]])
HALF = 4.302652729911275 * 2 / math.sqrt(3)

numbers = st.floats(-1e6, 1e6, allow_subnormal=False)
matrices = arrays.arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 8)), elements=numbers)


def wide(mean=1.0, sets=10, replicates=5):
    """A matrix whose chance interval is clear of zero."""
    luck = np.linspace(-0.01, 0.01, replicates)
    return mean + np.tile(luck, (sets, 1))


def test_the_small_case_by_hand():
    found = estimate(SMALL, "lower")
    assert found.difference == 4.0
    assert found.chance_low == pytest.approx(4 - HALF)
    assert found.chance_high == pytest.approx(4 + HALF)
    assert found.sets_low == pytest.approx(2.2)
    assert found.sets_high == pytest.approx(5.8)
    assert (found.win_share, found.dissent, found.sets, found.replicates) == (0.0, 0.0, 2, 3)


def test_luck_shared_by_all_sets_is_not_averaged_away_by_more_sets():
    few, many = (np.tile([0.0, 1.0, 2.0], (sets, 1)) for sets in (2, 200))
    assert chance_interval(many) == pytest.approx(chance_interval(few))


def test_one_replicate_has_no_chance_interval_and_one_set_no_range():
    found = estimate(np.array([[1.0]]), "lower")
    assert found.difference == 1.0
    assert all(map(math.isnan, (found.chance_low, found.chance_high, found.sets_low, found.sets_high)))


@given(matrices)
def test_the_difference_is_the_plain_mean_where_no_run_is_missing(values):
    found = estimate(values, "lower")
    scale = max(1.0, float(np.abs(values).max()))
    assert found.difference == pytest.approx(values.mean(), abs=1e-9 * scale)
    assert replicate_means(values) == pytest.approx(values.mean(axis=0), abs=1e-9 * scale)


@given(matrices)
def test_the_interval_holds_its_mean_and_the_mirror_image_mirrors_it(values):
    found, mirrored = estimate(values, "lower"), estimate(-values, "higher")
    scale = max(1.0, float(np.abs(values).max()))
    if values.shape[1] > 1:
        assert found.chance_low - 1e-9 * scale <= found.difference <= found.chance_high + 1e-9 * scale
        assert mirrored.chance_low == pytest.approx(-found.chance_high, abs=1e-9 * scale)
    assert mirrored.win_share == found.win_share
    assert mirrored.dissent == found.dissent


@given(matrices, st.randoms(use_true_random=False))
def test_the_order_of_sets_and_replicates_does_not_matter(values, random):
    rows, columns = list(range(values.shape[0])), list(range(values.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    found, shuffled = estimate(values, "higher"), estimate(values[rows][:, columns], "higher")
    scale = max(1.0, float(np.abs(values).max()))
    assert shuffled.difference == pytest.approx(found.difference, abs=1e-9 * scale)
    assert shuffled.chance_low == pytest.approx(found.chance_low, abs=1e-6 * scale, nan_ok=True)
    assert shuffled.sets_low == pytest.approx(found.sets_low, abs=1e-9 * scale, nan_ok=True)


@given(matrices, st.data())
def test_missing_runs_never_raise_and_never_count(values, data):
    missing = data.draw(arrays.arrays(np.bool_, values.shape))
    holes = np.where(missing, np.nan, values)
    found = estimate(holes, "lower")
    assert found.sets == int((~missing).any(axis=1).sum())
    assert found.replicates == int((~missing).any(axis=0).sum())
    assert math.isnan(found.difference) == missing.all()
    verdict(found, "lower")


def test_a_missing_run_does_not_shift_its_replicate_by_what_its_set_is_like():
    # The second set is 100 higher throughout; luck is the same in both.
    values = np.array([[0.0, 1.0, 2.0], [100.0, 101.0, np.nan]])
    assert np.diff(replicate_means(values))[0] == pytest.approx(1.0)
    assert replicate_means(values)[2] == pytest.approx(50.75 + 1.0)


def test_win_share_leaves_out_what_is_not_judged_and_counts_no_difference_as_no_win():
    values = np.array([[-1.0, -1.0], [3.0, -1.0], [0.0, 0.0], [2.0, 2.0]])
    assert win_share(values, "lower") == 0.25
    judged = np.array([[True, True], [False, True], [True, True], [False, False]])
    assert win_share(values, "lower", judged) == pytest.approx(2 / 3)
    assert win_share(values, "higher", judged) == 0.0
    assert math.isnan(win_share(values, "neither"))
    assert math.isnan(win_share(values, "lower", np.zeros_like(judged)))


def test_parity_is_met_within_a_tenth_of_the_partners():
    partners = np.array([[100.0, 100.0, 100.0, 100.0, 0.0]])
    realised = np.array([[90.0, 110.0, 89.9, np.nan, 0.0]])
    assert parity_met(realised, partners).tolist() == [[True, True, False, False, True]]


@pytest.mark.parametrize(
    ("values", "better", "said"),
    [
        (wide(), "higher", "better"),
        (wide(), "lower", "worse"),
        (wide(-1.0), "lower", "better"),
        (wide(), "neither", "higher"),
        (wide(-1.0), "neither", "lower"),
        (wide(replicates=4), "higher", "no verdict"),
        (wide(sets=9), "higher", "no verdict"),
        (wide(0.0), "higher", "too close to call"),
        (np.zeros((10, 5)), "lower", "too close to call"),
        (np.full((10, 5), np.nan), "lower", "no verdict"),
    ],
)
def test_verdicts(values, better, said):
    assert verdict(estimate(values, better), better) == said


@pytest.mark.parametrize(("against", "said"), [(2, "better"), (3, "too close to call")])
def test_a_sign_that_changes_over_more_than_a_fifth_of_the_sets_is_too_close(against, said):
    values = wide(10.0)
    values[:against] = -0.1
    assert verdict(estimate(values, "higher"), "higher") == said


@pytest.mark.parametrize(("met", "said"), [(0, "parity not met"), (24, "parity not met"), (25, "better")])
def test_where_fewer_than_half_of_the_runs_met_the_parity_there_is_no_other_verdict(met, said):
    judged = (np.arange(50) < met).reshape(10, 5)
    assert verdict(estimate(wide(), "higher", judged), "higher", judged) == said


def test_common_random_numbers_save_what_two_runs_share():
    luck = np.array([[0.0, 1.0, 2.0, 3.0]])
    own = np.array([[0.0, 0.1, 0.0, 0.1]])
    both = np.var(luck, ddof=1) + np.var(luck + own, ddof=1)
    assert variance_saved(luck + own, luck) == pytest.approx(both / np.var(own, ddof=1))
    assert math.isnan(variance_saved(luck, luck))
    assert math.isnan(variance_saved(luck[:, :1], luck[:, :1]))


def test_common_random_numbers_use_pairs_alone():
    a = np.array([[0.0, 1.0, 5.0, np.nan], [1.0, np.nan, np.nan, 9.0]])
    b = np.array([[0.0, 2.0, 4.0, 7.0], [np.nan, 1.0, 2.0, 3.0]])
    assert variance_saved(a, b) == pytest.approx(variance_saved(a[:1, :3], b[:1, :3]))


def test_runs_become_a_matrix_by_set_and_replicate():
    runs = pd.DataFrame({"set": [1, 0, 0, 1], "replicate": [0, 1, 0, 1], "x": [3.0, 2.0, 1.0, np.nan]})
    assert as_matrix(runs, "x").tolist()[0] == [1.0, 2.0]
    assert as_matrix(runs, "x")[1, 0] == 3.0
    assert math.isnan(as_matrix(runs, "x")[1, 1])


def test_set_means_and_range_ignore_sets_without_a_number():
    means = set_means(np.array([[1.0, 3.0], [np.nan, np.nan], [4.0, np.nan]]))
    assert means[[0, 2]].tolist() == [2.0, 4.0]
    assert math.isnan(means[1])
    assert sets_range(means) == pytest.approx((2.1, 3.9))


# Partners pay 1,000 a day for 100 days and avoid 10 months: 10,000 a month. Peers pay 150 for 200 days and avoid 15.
PARTNERS = Effect(cash=100_000.0, unpaid_days=0.0, avoided=10.0, avoided_low=5.0, avoided_high=20.0)
PEERS = Effect(cash=30_000.0, unpaid_days=200.0, avoided=15.0, avoided_low=-1.0, avoided_high=30.0)


def test_the_break_even_price_makes_both_cost_the_same():
    price = break_even_price(PEERS, PARTNERS)
    assert price == pytest.approx(600.0)
    peers = cost_per_month_avoided(PEERS.cost(price), PEERS.avoided)
    assert peers == pytest.approx(cost_per_month_avoided(PARTNERS.cost(price), PARTNERS.avoided))


@given(st.floats(1, 1e6), st.floats(1, 1e4), st.floats(1, 1e3), st.floats(1, 1e6), st.floats(0, 1e4), st.floats(1, 1e3))
def test_any_break_even_price_makes_both_cost_the_same(cash, days, avoided, cash_b, days_b, avoided_b):
    a, b = Effect(cash, days, avoided), Effect(cash_b, days_b, avoided_b)
    price = break_even_price(a, b)
    if math.isfinite(price):
        left, right = (cost_per_month_avoided(x.cost(price), x.avoided) for x in (a, b))
        size = max(abs(price) * days / avoided, cash / avoided, cash_b / avoided_b)
        assert left == pytest.approx(right, abs=1e-6 * size)


def test_where_nothing_is_avoided_there_is_no_price():
    harmful = Effect(cash=1.0, unpaid_days=1.0, avoided=-3.0)
    assert math.isnan(break_even_price(harmful, PARTNERS))
    assert math.isnan(break_even_price(PEERS, harmful))
    assert math.isnan(break_even_price(PARTNERS, PARTNERS))
    assert math.isnan(cost_per_month_avoided(5.0, 0.0))
    assert price_curve(harmful, [0.0, 1.0]).empty


def test_the_curve_rises_with_the_price_and_carries_the_luck_in_what_was_avoided():
    curve = price_curve(PEERS, [0.0, 600.0])
    assert curve["cost"].tolist() == pytest.approx([2_000.0, 10_000.0])
    assert curve["low"].tolist() == pytest.approx([1_000.0, 5_000.0])
    assert np.isinf(curve["high"]).all()
    assert price_curve(PARTNERS, [0.0])["high"].tolist() == pytest.approx([20_000.0])
    assert price_curve(Effect(1.0, 1.0, 1.0), [0.0])["high"].isna().all()
