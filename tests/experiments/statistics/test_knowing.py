"""What is worth knowing: as worked out by hand where it can be, and nothing where there is nothing to know.

Two choices differ by mu + b x, x normal: to know x is worth s f(mu / s) - |mu| F(-|mu| / s) with s = |b|, f and F the
normal density and share (the unit normal loss; Raiffa and Schlaifer 1961).
"""

import math

import numpy as np
import pytest

from experiments.statistics.knowing import FEWEST_TO_KNOW, Choices, worth_of_each, worth_of_groups

SETS, REPLICATES = 256, 8


def loss(mean, spread):
    place = abs(mean) / spread
    density = math.exp(-(place**2) / 2) / math.sqrt(2 * math.pi)
    return spread * density - abs(mean) * 0.5 * math.erfc(place / math.sqrt(2))


def worlds(seed, sets=SETS, numbers=4):
    """Standard normal numbers, and the luck of each run: its own and a little that all worlds share."""
    random = np.random.default_rng(seed)
    luck = random.normal(0.0, 90.0, (sets, REPLICATES)) + random.normal(0.0, 15.0, REPLICATES)
    return random.standard_normal((sets, numbers)), luck


def choices(gains, luck, **options):
    return Choices((gains[:, None] + luck)[None], **options)


@pytest.mark.parametrize(("mean", "slope"), [(20.0, 60.0), (50.0, 100.0), (-30.0, 60.0)])
def test_one_number_is_worth_what_can_be_worked_out(mean, slope):
    found = []
    for seed in range(12):
        numbers, luck = worlds(seed)
        found.append(choices(mean + slope * numbers[:, 0] + 60.0 * numbers[:, 1], luck).worth_of(numbers[:, :1]))
    true = loss(mean, slope)
    values, errors = np.array([one.value for one in found]), np.array([one.error for one in found])
    assert abs(values.mean() - true) < 3 * values.std(ddof=1) / math.sqrt(len(found))
    # The error that is stated is that which is made, and the bias is small beside it.
    assert 0.5 < errors.mean() / math.sqrt(((values - true) ** 2).mean()) < 2.0
    assert (np.abs(values - true) < 2 * errors).sum() >= 10
    assert all(one.bias < one.error for one in found)


def test_two_numbers_together_are_worth_what_can_be_worked_out_and_more_than_each():
    numbers, luck = worlds(3)
    gains = 10.0 + 60.0 * numbers[:, 0] - 80.0 * numbers[:, 1]
    several = choices(gains, luck)
    named = {f"n{place}": numbers[:, place] for place in range(4)}
    (together,) = worth_of_groups(several, named, {"both": ["n0", "n1", "unknown"], "empty": ["unknown"]}).values()
    assert together.value == pytest.approx(loss(10.0, 100.0), abs=2.5 * together.error)
    each = worth_of_each(several, named)
    assert together.value > max(one.value for one in each.values())
    assert each["n0"].value == pytest.approx(loss(10.0, 60.0), abs=2.5 * each["n0"].error)


@pytest.mark.parametrize("mean", [0.0, 20.0])
def test_where_there_is_nothing_to_know_the_value_is_within_its_error_of_nought(mean):
    found = []
    for seed in range(20):
        numbers, luck = worlds(seed)
        found.append(choices(mean + 80.0 * numbers[:, 1], luck).worth_of(numbers[:, :1]))
    assert sum(one.value <= one.error for one in found) >= 19
    assert np.mean([one.value for one in found]) < 1.5


def test_luck_is_not_knowledge():
    numbers, luck = worlds(5)
    found = choices(np.full(SETS, 5.0), luck).worth_of(numbers)
    assert found.value < found.error + 1e-9
    # With the worlds' own means taken as known, luck would look as if it were worth a great deal.
    means = 5.0 + luck.mean(axis=1)
    assert np.maximum(means, 0.0).mean() - max(means.mean(), 0.0) > 5.0 * max(found.value, 0.1)


def test_what_is_not_monotone_is_found():
    numbers, luck = worlds(6)
    gains = 150.0 * (np.abs(numbers[:, 0]) - 0.8)
    found = choices(gains, luck).worth_of(numbers[:, :1])
    wanted = np.random.default_rng(1).standard_normal(200_000)
    wanted = 150.0 * (np.abs(wanted) - 0.8)
    assert found.value == pytest.approx(np.maximum(wanted, 0).mean() - max(wanted.mean(), 0), abs=2.5 * found.error)


def test_of_three_choices_the_best_is_chosen_anew():
    numbers, luck = worlds(7)
    gains = np.stack([60.0 * numbers[:, 0] - 5.0, -60.0 * numbers[:, 0] - 5.0])
    found = Choices(gains[:, :, None] + luck[None]).worth_of(numbers[:, :1])
    # The better of the two gains 60 |x| - 5 where that is above nought, and no choice gains anything unknown.
    wanted = np.maximum(60.0 * np.abs(np.random.default_rng(2).standard_normal(200_000)) - 5.0, 0.0).mean()
    assert found.value == pytest.approx(wanted, abs=2.5 * found.error)


def test_a_whole_weight_counts_as_so_many_rows():
    numbers, luck = worlds(8, sets=80)
    gains, weights = 20.0 + 60.0 * numbers[:, 0], np.where(np.arange(80) < 40, 2.0, 1.0)
    once = choices(gains, luck, weights=weights).worth_of(numbers[:, :1])
    many = np.repeat(np.arange(80), weights.astype(int))
    rows = choices(gains[many], luck[many]).worth_of(numbers[many, :1])
    assert once.value == pytest.approx(rows.value, rel=0.05)


def test_worlds_that_missed_the_parity_and_failed_runs_are_left_out():
    numbers, luck = worlds(9)
    gains = (20.0 + 60.0 * numbers[:, 0])[:, None] + luck
    counts = np.arange(SETS) % 4 != 0
    wanted = Choices(gains[None, counts]).worth_of(numbers[counts, :1])
    spoilt = np.where(counts[:, None], gains, 1e6)
    spoilt[1] = np.nan
    found = Choices(spoilt[None], counts).worth_of(numbers[:, :1])
    assert found.worlds == counts.sum() - 1
    assert found.value == pytest.approx(wanted.value, abs=wanted.error)


def test_few_worlds_tell_nothing_and_what_does_not_vary_is_left_out():
    numbers, luck = worlds(10, sets=FEWEST_TO_KNOW - 1)
    few = choices(60.0 * numbers[:, 0], luck)
    assert math.isnan(few.worth_of(numbers[:, :1]).value)
    assert few.worth_of(numbers).worlds == FEWEST_TO_KNOW - 1
    assert set(worth_of_each(few, {"n0": numbers[:, 0], "held": np.ones(len(numbers))})) == {"n0"}
    assert worth_of_groups(few, {"held": np.ones(len(numbers))}, {"all": ["held"]}) == {}


def test_choices_that_never_differ_are_worth_nothing():
    numbers, _ = worlds(11)
    found = Choices(np.zeros((1, SETS, REPLICATES))).worth_of(numbers)
    assert (found.value, found.error, found.bias) == (0.0, 0.0, 0.0)


def test_no_world_at_all_is_no_error():
    found = Choices(np.full((1, 5, 2), np.nan)).worth_of(np.zeros((5, 1)))
    assert found.worlds == 0
    assert math.isnan(found.value)
