"""Parameter sets with weights: equal ones change no bit, and whole ones do what repeated rows would."""

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
from experiments.statistics.paired import variance_saved
from experiments.statistics.quantiles import quantiles, step_quantiles
from experiments.statistics.spreads import spreads
from experiments.statistics.weights import as_weights, column_means, mean, means_without, relative
from experiments.statistics.worlds import measure_worlds
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


@given(weighted(), st.randoms(use_true_random=False))
def test_whole_weights_are_repeated_rows_in_what_the_same_luck_saved(given_, random):
    values, _, weights = given_
    other = values + random.random()
    other[:, ::2] *= 0.5
    found = variance_saved(values, other, weights.astype(float))
    wanted = variance_saved(np.repeat(values, weights, axis=0), np.repeat(other, weights, axis=0))
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


def test_the_mean_without_each_leaves_its_weight_out_too():
    values, weights = np.array([1.0, np.nan, 4.0, 7.0]), np.array([3.0, 5.0, 1.0, 2.0])
    wanted = [mean(np.delete(values, place), np.delete(weights, place)) for place in range(4)]
    assert means_without(values, weights) == pytest.approx(wanted)
    assert means_without(values) == pytest.approx([5.5, 4.0, 4.0, 2.5])
    assert np.isnan(means_without(np.array([1.0]))).all()


def test_the_stop_rule_looks_at_the_weighted_worlds():
    design = make_design(regimes=["hybrid"], parities=["days"], sets=3, draw="prior", replicates=3, months=4)
    found = Gathered.empty(design)
    found.outcomes[:] = found.realised[:] = 0.0
    place = list(OUTCOMES).index("falls")
    found.outcomes[2, :, :, place] = [[1.0, 2.0, 3.0], [2.0, 4.0, 9.0], [8.0, 9.0, 9.0]]
    rule = StopRule(("falls",), share_error=1e9)
    heavy = replace(design, sets=(replace(design.sets[0], weight=3.0), *design.sets[1:]))
    wanted = measure_worlds(found.outcomes[2, :, :, place], weights=np.array([3.0, 1.0, 1.0])).mean_error
    assert take_look(heavy, found, rule).error == pytest.approx(wanted)
    assert take_look(heavy, found, rule).error != pytest.approx(take_look(design, found, rule).error)


def test_a_bill_counts_each_set_by_its_weight():
    cash, days = np.array([[4.0, 4.0], [8.0, 8.0]]), np.array([[1.0, 1.0], [3.0, 3.0]])
    avoided = np.array([[2.0, 4.0], [6.0, 8.0]])
    once, twice = (slice(None), [0, 0, 0, 1])
    bill = money.Bill(cash[once], days[once], avoided[once], np.array([3.0, 1.0]))
    rows = money.Bill(cash[twice], days[twice], avoided[twice])
    for found, wanted in zip(bill.without_replicates(), rows.without_replicates(), strict=True):
        assert vars(found) == pytest.approx(vars(wanted), nan_ok=True)
    whole, wanted = bill.effect(), rows.effect()
    assert (whole.cash, whole.unpaid_days, whole.avoided) == (wanted.cash, wanted.unpaid_days, wanted.avoided)
    assert money.over_worlds(bill, bill)[1:] == pytest.approx(money.over_worlds(rows, rows)[1:], nan_ok=True)


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


# Three rows of one world say more of how worlds differ than one that counts three times: errors are not alike.
_ALIKE = {
    "comparison": ["difference", "realised", "realised_baseline", "parity_met", "left_out"],
    "summary": ["mean", "variance_saved_against_none", "variance_saved_against_partners_in_practice"],
    "paths": ["q05", "q50", "q95"],
    "by_group": ["difference", "councils", "parity_met"],
    "money": ["cash", "unpaid_days", "avoided", "cash_per_month_avoided"],
    "break_even": ["price"],
    "price_curve": ["cost"],
}


@pytest.mark.parametrize("table", _ALIKE)
def test_a_folder_counts_a_heavy_set_as_if_it_stood_there_so_often(pair, table):
    heavy, repeated = (getattr(results, table) for results in pair)
    assert list(heavy) == list(repeated)
    for name in _ALIKE[table]:
        found, wanted = heavy[name].to_numpy(dtype=float), repeated[name].to_numpy(dtype=float)
        assert found == pytest.approx(wanted, rel=1e-6, abs=1e-9, nan_ok=True), name


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
