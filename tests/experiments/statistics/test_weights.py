"""Parameter sets with weights: equal ones change no bit, and whole ones do what repeated rows would."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from experiments.design.design import make_design
from experiments.design.stopping import StopRule
from experiments.report.build import _about
from experiments.results.gathered import Gathered
from experiments.statistics import paired as statistics
from experiments.statistics.quantiles import quantiles, step_quantiles
from experiments.statistics.spreads import spreads
from experiments.statistics.weights import as_weights, column_means, mean, relative
from experiments.studies.comparison import money
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.comparison.differences import take_look
from simulation.outcomes.outcomes import OUTCOMES

numbers = st.floats(-1e6, 1e6, allow_subnormal=False)


@st.composite
def weighted(draw, most=4):
    """A matrix with holes, what was judged of it, and a whole weight for each row, not all of them 1."""
    shape = draw(st.tuples(st.integers(1, 9), st.integers(1, 6)))
    values = draw(arrays.arrays(np.float64, shape, elements=numbers))
    holes = draw(arrays.arrays(np.bool_, shape))
    judged = draw(arrays.arrays(np.bool_, shape))
    weights = draw(arrays.arrays(np.int64, shape[0], elements=st.integers(1, most)))
    return np.where(holes & draw(st.booleans()), np.nan, values), judged, weights


def close(found, wanted, values):
    scale = max(1.0, float(np.nanmax(np.abs(values), initial=0.0)))
    assert np.asarray(found) == pytest.approx(np.asarray(wanted), abs=1e-8 * scale, nan_ok=True)


@given(weighted(), st.sampled_from(["lower", "higher", "neither"]))
def test_whole_weights_are_repeated_rows_in_all_that_is_said_of_differences(given_, better):
    values, judged, weights = given_
    rows, met = np.repeat(values, weights, axis=0), np.repeat(judged, weights, axis=0)
    found = statistics.estimate(values, better, judged, weights.astype(float))
    wanted = statistics.estimate(rows, better, met)
    # Of an exact tie, rounding decides whether a set shares the sign of a mean of nothing.
    assert found.dissent == pytest.approx(wanted.dissent, nan_ok=True) or abs(wanted.difference) < 1e-6
    assert found.win_share == pytest.approx(wanted.win_share, nan_ok=True)
    assert found.sets == np.isfinite(values).any(axis=1).sum()
    assert found.replicates == wanted.replicates
    close(found.difference, wanted.difference, values)
    close([found.sets_low, found.sets_high], _range(values, wanted), values)
    close(statistics.replicate_means(values, weights.astype(float)), statistics.replicate_means(rows), values)
    assert statistics.share_met(judged, weights.astype(float)) == pytest.approx(met.mean())


def _range(values, wanted):
    """Two rows of one set are no range: it takes two sets."""
    return (wanted.sets_low, wanted.sets_high) if np.isfinite(values).any(axis=1).sum() > 1 else (math.nan, math.nan)


@given(weighted())
def test_whole_weights_are_repeated_rows_in_the_interval_from_luck(given_):
    values, _, weights = given_
    found = statistics.chance_interval(values, weights.astype(float))
    wanted = statistics.chance_interval(np.repeat(values, weights, axis=0))
    assert found == pytest.approx(
        wanted, rel=1e-6, abs=1e-6 * max(1.0, np.nanmax(np.abs(values), initial=0)), nan_ok=True
    )


@given(weighted(), st.randoms(use_true_random=False))
def test_whole_weights_are_repeated_rows_in_what_the_same_luck_saved(given_, random):
    values, _, weights = given_
    other = values + random.random()
    other[:, ::2] *= 0.5
    found = statistics.variance_saved(values, other, weights.astype(float))
    wanted = statistics.variance_saved(np.repeat(values, weights, axis=0), np.repeat(other, weights, axis=0))
    assert found == pytest.approx(wanted, rel=1e-6, nan_ok=True)


@given(weighted())
def test_whole_weights_are_repeated_rows_in_quantiles(given_):
    values, _, weights = given_
    shares = (0.0, 0.05, 0.25, 0.5, 0.95, 1.0)
    column = values[:, 0]
    rows = np.repeat(column, weights)
    rows = rows[np.isfinite(rows)]
    wanted = np.quantile(rows, shares) if len(rows) else np.full(len(shares), np.nan)
    close(quantiles(column, weights.astype(float), shares), wanted, values)


@given(weighted(most=3))
def test_whole_weights_are_repeated_rows_in_fans(given_):
    values, _, weights = given_
    paths = np.stack([values, 2.0 - values], axis=-1)[:, :, None, :]
    found = spreads(paths, weights.astype(float))
    assert found.shape == (5, 2, 1, 2)
    close(found, spreads(np.repeat(paths, weights, axis=0)), values)


@given(st.lists(st.floats(0.01, 100.0), min_size=1, max_size=20), st.floats(0.01, 100.0))
def test_relative_weights_have_a_mean_of_one_and_equal_ones_are_exactly_one(weights, one):
    assert np.mean(relative(weights)) == pytest.approx(1.0)
    assert as_weights(relative([one] * len(weights))) is None
    assert (as_weights(weights) is None) == (set(weights) == {1.0})


@given(st.lists(st.floats(0.1, 10.0), min_size=1, max_size=12), st.data())
def test_quantiles_rise_within_the_values_and_barely_move_with_barely_unequal_weights(weights, data):
    values = np.array(data.draw(st.lists(st.floats(-1e3, 1e3), min_size=len(weights), max_size=len(weights))))
    shares = (0.05, 0.5, 0.95)
    found = quantiles(values, np.array(relative(weights)), shares)
    assert values.min() - 1e-9 <= found[0] <= found[1] + 1e-9 <= found[2] + 2e-9 <= values.max() + 3e-9
    nearly = np.ones(len(values)) + 1e-12
    assert quantiles(values, nearly, shares) == pytest.approx(np.quantile(values, shares), abs=1e-6)


def test_means_leave_out_what_is_missing_with_its_weight():
    values = np.array([[1.0, np.nan], [4.0, 5.0]])
    weights = np.array([3.0, 1.0])
    assert mean(values, weights) == pytest.approx((3 + 4 + 5) / 5)
    assert column_means(values, weights).tolist() == [1.75, 5.0]
    assert mean(np.array([np.nan]), np.array([2.0])) != mean(np.array([np.nan]), np.array([2.0]))
    assert np.isnan(column_means(np.full((2, 1), np.nan), weights)).all()


def test_where_nothing_is_known_there_are_no_quantiles():
    values = np.array([[np.nan, np.nan, np.nan], [np.nan, 3.0, np.inf]])
    found = quantiles(values, np.array([2.0, 0.25, 1.0]), (0.05, 0.95))
    assert np.isnan(found[:, 0]).all()
    assert found[:, 1].tolist() == [3.0, 3.0]
    assert np.isnan(quantiles(values[:1], np.ones(3), (0.5,))).all()


def test_the_small_case_by_hand():
    # Set means 2 and 6, the first three times: mean 3; replicate means (3 x 1 + 3)/4, (3 x 2 + 6)/4, (3 x 3 + 9)/4.
    found = statistics.estimate(np.array([[1.0, 2.0, 3.0], [3.0, 6.0, 9.0]]), "higher", weights=np.array([3.0, 1.0]))
    half = 4.302652729911275 * 1.5 / math.sqrt(3)
    assert found.difference == 3.0
    assert (found.chance_low, found.chance_high) == pytest.approx((3 - half, 3 + half))
    assert (found.sets_low, found.sets_high) == pytest.approx((2.0, 5.4))
    assert found.sets == 2


def test_a_heavy_set_that_dissents_makes_it_too_close():
    values = 10.0 + np.tile(np.linspace(-0.01, 0.01, 5), (12, 1))
    values[0] = -0.1
    weights = np.ones(12)
    assert statistics.verdict(statistics.estimate(values, "higher", weights=weights), "higher") == "better"
    weights[0] = 4.0
    found = statistics.estimate(values, "higher", weights=weights)
    assert (found.dissent, found.win_share) == pytest.approx((4 / 15, 11 / 15))
    assert statistics.verdict(found, "higher") == "too close to call"


def test_a_verdict_takes_ten_different_sets_whatever_they_weigh():
    found = statistics.estimate(np.tile([9.0, 9.1, 9.2, 9.1, 9.0], (9, 1)), "higher", weights=np.full(9, 7.0))
    assert statistics.verdict(found, "higher") == "no verdict"


def test_a_heavy_set_that_missed_the_parity_leaves_no_fair_comparison():
    values = np.tile(np.linspace(9.0, 9.1, 5), (10, 1))
    judged = np.ones((10, 5), dtype=bool)
    judged[0] = False
    weights = np.ones(10)
    weights[0] = 10.0
    found = statistics.estimate(values, "higher", judged, weights)
    assert statistics.verdict(found, "higher", judged) == "better"
    assert statistics.verdict(found, "higher", judged, weights) == "parity not met"


def test_the_stop_rule_looks_at_the_weighted_interval():
    design = make_design(regimes=["hybrid"], parities=["days"], sets=2, draw="prior", replicates=3, months=4)
    found = Gathered.empty(design)
    found.outcomes[:] = found.realised[:] = 0.0
    place = list(OUTCOMES).index("falls")
    found.outcomes[2, :, :, place] = [[1.0, 2.0, 3.0], [2.0, 4.0, 9.0]]
    rule = StopRule((("falls", 10.0),))
    heavy = replace(design, sets=(replace(design.sets[0], weight=3.0), design.sets[1]))
    low, high = statistics.chance_interval(found.outcomes[2, :, :, place], np.array([3.0, 1.0]))
    assert take_look(heavy, found, rule, 3).ratio == pytest.approx((high - low) / 2)
    assert take_look(heavy, found, rule, 3).ratio < take_look(design, found, rule, 3).ratio


def test_a_bill_counts_each_set_by_its_weight():
    cash, days = np.array([[4.0, 4.0], [8.0, 8.0]]), np.array([[1.0, 1.0], [3.0, 3.0]])
    avoided = np.array([[2.0, 4.0], [6.0, 8.0]])
    once, twice = (slice(None), [0, 0, 0, 1])
    bill = money.Bill(cash[once], days[once], avoided[once], np.array([3.0, 1.0]))
    rows = money.Bill(cash[twice], days[twice], avoided[twice])
    for found, wanted in ((bill.effect(), rows.effect()), (bill.without(0), rows.without(0))):
        assert vars(found) == pytest.approx(vars(wanted), nan_ok=True)
    assert money.over_sets(bill, bill)[1:] == pytest.approx(money.over_sets(rows, rows)[1:], nan_ok=True)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A comparison of three sets, one counted three times, and the same with that set in three rows."""
    plain = make_design(
        regimes=["peer_support"], parities=["pounds", "days"], sets=3, draw="prior", replicates=3, months=5
    )
    first, second, third = plain.sets
    heavy = replace(plain, sets=(replace(first, weight=3.0), second, third))
    repeated = replace(plain, sets=(first, first, first, second, third))
    folder = tmp_path_factory.mktemp("weights")
    return [
        compare_regimes(design, folder / name, report=False)
        for name, design in (("heavy", heavy), ("repeated", repeated))
    ]


@pytest.mark.parametrize("table", ["comparison", "summary", "paths", "by_group", "money", "break_even", "price_curve"])
def test_a_folder_counts_a_heavy_set_as_if_it_stood_there_so_often(pair, table):
    heavy, repeated = (getattr(results, table) for results in pair)
    assert list(heavy) == list(repeated)
    for name in heavy:
        if heavy[name].dtype == np.float64:
            assert heavy[name].to_numpy() == pytest.approx(
                repeated[name].to_numpy(), rel=1e-6, abs=1e-9, nan_ok=True
            ), name
        elif name == "sets":
            assert (set(heavy[name]), set(repeated[name])) <= ({0, 3}, {0, 5})
        else:
            assert heavy[name].equals(repeated[name]), name


def test_the_weights_stand_with_the_sets_and_in_the_report(pair):
    heavy, repeated = pair
    assert heavy.sets.weight.tolist() == [3.0, 1.0, 1.0]
    for results, said in ((heavy, True), (repeated, False)):
        case = results.case
        assert case.weighted == said
        assert ("each counted by its weight" in dict(_about(case, results.manifest))["Parameter sets"]) == said


def test_step_quantiles_are_values_that_stand_there_and_know_only_proportions():
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3])
    assert step_quantiles(values, weights, (0.05, 0.5, 0.51, 0.81)) == [1.0, 1.0, 2.0, 3.0]
    assert step_quantiles(values, 1000 * weights, (0.05, 0.51)) == [1.0, 2.0]
    assert step_quantiles(np.arange(101.0), np.ones(101), (0.05, 0.95)) == [5.0, 95.0]
    heavy = np.where(np.arange(101) > 90, 91.0, 1.0)
    assert step_quantiles(np.arange(101.0), heavy, (0.5,)) == [95.0]
