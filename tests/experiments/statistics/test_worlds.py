"""Worlds with luck taken out: exact cases by hand, known truths found again, and what must hold for any numbers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.stats import norm

from experiments.statistics.worlds import measure_worlds, world_range, worlds_within

numbers = st.floats(-1e6, 1e6, allow_subnormal=False)
matrices = arrays.arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 8)), elements=numbers)


def drawn(stream, mean, spread, *, sets=256, replicates=8, own=89.0, shared=10.0):
    """Differences of worlds spread normally, with the luck of a run and luck that all worlds share."""
    worlds = mean + stream.normal(0, spread, (sets, 1))
    return worlds + stream.normal(0, shared, (1, replicates)) + stream.normal(0, own, (sets, replicates))


def test_the_small_case_by_hand():
    # Set means 2 and 6; replicate effects -1.5, 0, 1.5 beside them; residuals 0.5, 0, -0.5 and the reverse: 4 * 0.25
    # over (2 - 1)(3 - 1) is 0.5 for a run. Replicate effects vary by 2.25, of which 0.5 / 2 is the runs' own luck.
    found = measure_worlds(np.array([[0.5, 2.0, 3.5 - 0.0], [5.0 - 0.5 - 0.5 + 1.0, 6.0, 7.0]]))
    assert found.means == pytest.approx([2.0, 6.0])
    values = np.array([[1.0, 2.0, 3.0], [4.0, 6.0, 8.0]])
    found = measure_worlds(values)
    assert found.mean == 4.0
    assert found.luck == pytest.approx([0.5 / 3, 0.5 / 3])
    assert found.shared_luck == pytest.approx((2.25 - 0.25) / 3)
    assert found.mean_error == pytest.approx(math.sqrt(8.0 / 2 + found.shared_luck))
    assert (found.number, found.replicates, found.left_out) == (2, 3, 0.0)


@pytest.mark.parametrize("weights", [None, np.array([1.0, 2.0, 1.0, 4.0, 1.0, 3.0])])
def test_without_luck_shares_range_and_guesses_are_those_of_the_worlds_themselves(weights):
    worlds = np.array([-3.0, -1.0, 2.0, 4.0, -0.5, 0.0])
    found = measure_worlds(np.repeat(worlds[:, None], 5, axis=1), weights=weights)
    counts = np.ones(6) if weights is None else weights
    assert found.share(-1.0).value == pytest.approx(counts[worlds < 0].sum() / counts.sum())
    assert found.share(1.0).value == pytest.approx(counts[worlds > 0].sum() / counts.sum())
    assert found.same_share == pytest.approx(counts[5] / counts.sum())
    assert found.share_beyond(1.0, 1.0) == pytest.approx(counts[worlds > 1].sum() / counts.sum())
    assert found.best_guesses == pytest.approx(worlds)
    assert found.without_luck == pytest.approx(worlds)
    assert found.interval() == pytest.approx(world_range(worlds, counts))


@pytest.mark.parametrize(("mean", "spread"), [(-114.0, 120.0), (-65.0, 60.0), (-30.0, 30.0), (20.0, 200.0)])
def test_known_worlds_are_found_again_with_honest_errors(mean, spread):
    stream = np.random.default_rng(7)
    found = [measure_worlds(drawn(stream, mean, spread)) for _ in range(150)]
    truth = norm.cdf(-mean / spread)
    shares = np.array([one.share(-1.0).value for one in found])
    share_error = np.mean([one.share(-1.0).error for one in found])
    assert shares.mean() == pytest.approx(truth, abs=0.012)
    assert 0.8 < share_error / shares.std() < 1.25
    means = np.array([one.mean for one in found])
    assert 0.85 < np.mean([one.mean_error for one in found]) / means.std() < 1.2
    ends = np.mean([one.interval() for one in found], axis=0)
    assert ends == pytest.approx([mean - 1.645 * spread, mean + 1.645 * spread], abs=0.12 * spread + 3)


def test_signs_of_raw_means_would_miss_the_truth_where_luck_is_large():
    stream = np.random.default_rng(3)
    raw, clean = [], []
    for _ in range(60):
        values = drawn(stream, -30.0, 30.0, own=200.0, shared=0.0)
        raw.append(float((values.mean(axis=1) < 0).mean()))
        clean.append(measure_worlds(values).share(-1.0).value)
    truth = norm.cdf(1.0)
    assert np.mean(raw) < truth - 0.1
    assert np.mean(clean) == pytest.approx(truth, abs=0.05)


def test_where_only_luck_differs_the_share_is_not_known():
    stream = np.random.default_rng(4)
    found = [measure_worlds(drawn(stream, 0.0, 0.0)).share(-1.0) for _ in range(60)]
    assert np.mean([one.error for one in found]) > 0.12


def test_the_error_of_the_mean_is_more_than_that_over_replicates_alone():
    found = measure_worlds(drawn(np.random.default_rng(5), -100.0, 200.0, own=1.0, shared=1.0, sets=64))
    assert found.mean_error > 10 * math.sqrt(found.shared_luck + 1 / 8 / 64)


def test_worlds_that_do_not_count_are_in_nothing_but_what_is_left_out():
    values = drawn(np.random.default_rng(6), -50.0, 20.0, sets=30)
    counts = np.arange(30) < 18
    weights = np.where(counts, 1.0, 2.0)
    found, wanted = measure_worlds(values, counts, weights), measure_worlds(values[:18])
    assert (found.mean, found.mean_error, found.interval()) == (wanted.mean, wanted.mean_error, wanted.interval())
    assert found.share(-1.0) == wanted.share(-1.0)
    assert found.left_out == pytest.approx(24 / 42)
    values[3] = np.nan
    assert measure_worlds(values, counts).number == 17


def test_one_set_or_one_replicate_has_a_mean_and_no_more():
    one = measure_worlds(np.array([[1.0, 2.0, 4.0]]))
    assert one.mean == pytest.approx(7 / 3)
    single = measure_worlds(np.array([[1.0], [3.0], [2.0]]))
    assert single.mean == 2.0
    for found in (one, single, measure_worlds(np.full((3, 2), np.nan))):
        assert math.isnan(found.mean_error)
        assert math.isnan(found.share(1.0).value)
        assert math.isnan(found.share_beyond(2.0, 1.0))
        assert all(map(math.isnan, found.interval()))
    assert single.best_guesses.tolist() == [1.0, 3.0, 2.0]


def test_a_world_met_a_quantity_if_its_mean_is_within_a_tenth():
    partners = np.full((4, 2), 100.0)
    realised = np.array([[80.0, 100.0], [80.0, 99.9], [np.nan, 110.0], [np.nan, np.nan]])
    assert worlds_within(realised, partners, 0.1).tolist() == [True, False, True, False]


@given(matrices)
def test_the_mirror_image_mirrors_it(values):
    found, mirrored = measure_worlds(values), measure_worlds(-values)
    scale = max(1.0, float(np.abs(values).max()))
    assert mirrored.mean == pytest.approx(-found.mean, abs=1e-9 * scale)
    assert mirrored.mean_error == pytest.approx(found.mean_error, abs=1e-9 * scale, nan_ok=True)
    assert mirrored.share(1.0).value == pytest.approx(found.share(-1.0).value, abs=1e-6, nan_ok=True)
    assert mirrored.interval() == pytest.approx([-end for end in found.interval()[::-1]], abs=1e-6 * scale, nan_ok=True)


@given(matrices, st.data())
def test_missing_runs_never_raise_and_never_count(values, data):
    missing = data.draw(arrays.arrays(np.bool_, values.shape))
    found = measure_worlds(np.where(missing, np.nan, values))
    assert found.number == int((~missing).any(axis=1).sum())
    assert found.replicates == int((~missing).any(axis=0).sum())
    assert math.isnan(found.mean) == missing.all()
    shares = [found.share(way).value for way in (1.0, -1.0)]
    assert all(math.isnan(share) or -1e-9 <= share <= 1 + 1e-9 for share in shares)
    assert math.isnan(shares[0]) or sum(shares) <= 1 + 1e-9
    found.interval()
