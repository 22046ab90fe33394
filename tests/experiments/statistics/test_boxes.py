"""Boxes: found where they were planted, within their bands, and told from none where there is nothing."""

import math

import numpy as np
import pytest

from experiments.statistics.boxes import FEWEST_TO_PEEL, find_box

WORLDS, REPLICATES = 220, 8


def draw(seed, chance, worlds=WORLDS, numbers=8):
    """Numbers between 0 and 1, and replicates that are lost with a chance of theirs."""
    random = np.random.default_rng(seed)
    values = random.random((worlds, numbers))
    return values, (random.random((worlds, REPLICATES)) < chance(values, random)[:, None]).astype(float)


def planted(values, _):
    return np.where((values[:, 3] > 0.5) & (values[:, 6] < 0.6), 0.8, 0.2)


@pytest.fixture(scope="module")
def found():
    values, lost = draw(1, planted)
    return values, find_box(values, lost, np.ones(WORLDS))


def test_a_planted_box_is_found_at_its_limits(found):
    _, one = found
    assert one.better
    assert [limits.number for limits in one.limits] == [3, 6]
    low, high = one.limits[0].low, one.limits[1].high
    assert low[0] == pytest.approx(0.5, abs=0.06)
    assert high[0] == pytest.approx(0.6, abs=0.06)
    for limit, (value, below, above) in zip((0.5, 0.6), (low, high), strict=True):
        assert below - 0.02 <= limit <= above + 0.02
        assert below <= value + 0.05
        assert value - 0.05 <= above
    assert np.isinf(one.limits[0].high).all()
    assert np.isinf(one.limits[1].low).all()
    assert all(limits.reproduced > 0.8 for limits in one.limits)


def test_what_it_holds_of_worlds_held_out_is_what_was_planted(found):
    values, one = found
    held = one.held_out
    truth = planted(values, None) > 0.5
    assert held.density == pytest.approx(0.8, abs=3 * held.density_error)
    assert held.mass == pytest.approx(truth.mean(), abs=0.08)
    assert held.coverage == pytest.approx(0.8 * truth.sum() / np.where(truth, 0.8, 0.2).sum(), abs=0.12)
    assert held.gain_low < held.gain < held.gain_high
    assert (one.outside_found == truth).mean() > 0.85
    assert (one.inside == truth).mean() > 0.9


def test_the_same_seed_finds_the_same_box(found):
    values, one = found
    again = find_box(values, draw(1, planted)[1], np.ones(WORLDS))
    assert again.held_out == one.held_out
    assert again.box.mass == one.box.mass


def test_in_noise_no_box_is_better_than_none():
    """Worlds that lose more or less, for no number's sake."""
    better = 0
    for seed in range(3):
        values, lost = draw(seed, lambda values, random: np.clip(random.normal(0.4, 0.2, len(values)), 0, 1), 100)
        better += find_box(values, lost, np.ones(100)).better
    assert better <= 1  # none of 40 such were, when they were counted


def test_a_box_that_only_looks_good_where_it_was_found_is_not_believed():
    values, lost = draw(3, lambda values, random: np.clip(random.normal(0.4, 0.3, len(values)), 0, 1), 90, 30)
    one = find_box(values, lost, np.ones(90))
    if one.box is not None:
        assert one.box.density > one.base
    assert not one.better


def test_weights_count():
    values, _ = draw(4, planted)
    lost = np.repeat((values[:, :1] > 0.7).astype(float), REPLICATES, axis=1)
    lost[values[:, 1] > 0.7] = 1.0
    heavy = np.where(values[:, 1] > 0.7, 0.01, 1.0)
    one = find_box(values, lost, heavy)
    assert [limits.number for limits in one.limits] == [0]
    assert one.box.mass == pytest.approx(heavy[values[:, 0] >= one.limits[0].low[0]].sum() / heavy.sum())


def test_runs_that_failed_are_left_out():
    values, lost = draw(5, planted)
    lost[np.random.default_rng(1).random(lost.shape) < 0.3] = math.nan
    lost[np.isnan(lost).all(axis=1), 0] = 0.0
    one = find_box(values, lost, np.ones(WORLDS))
    assert {3, 6} <= {limits.number for limits in one.limits}
    assert one.better


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_where_all_or_nothing_is_lost_there_is_no_box(value):
    values, lost = draw(6, planted)
    one = find_box(values, np.full_like(lost, value), np.ones(WORLDS))
    assert one.box is None
    assert not one.better
    assert one.base == value


def test_few_worlds_have_no_box():
    values, lost = draw(7, planted, worlds=FEWEST_TO_PEEL - 1)
    assert find_box(values, lost, np.ones(len(lost))).box is None
