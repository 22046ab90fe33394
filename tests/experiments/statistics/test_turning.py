"""What turns an answer round: found where it was put, at its value, and not found where there is nothing."""

import numpy as np
import pytest
from scipy import stats

from experiments.statistics.turning import FEWEST_WORLDS, find_turns
from experiments.text.verdicts import LOWER

SETS, REPLICATES = 160, 6


def draw(seed, sets=SETS, numbers=12):
    """Numbers between 0 and 1, and the luck of each run."""
    random = np.random.default_rng(seed)
    luck = random.normal(0.0, 60.0, (sets, REPLICATES)) + random.normal(0.0, 8.0, REPLICATES)
    return {f"n{place}": random.random(sets) for place in range(numbers)}, luck


def test_the_number_that_decides_is_found_where_its_sign_turns():
    numbers, luck = draw(1)
    (first, *_) = find_turns(300.0 * (numbers["n3"][:, None] - 0.3) + luck, LOWER, numbers)
    assert first.name == "n3"
    assert first.turns
    assert first.value.value == pytest.approx(0.3, abs=0.05)
    assert first.value.low < 0.3 < first.value.high
    assert first.value.high - first.value.low < 0.2
    # Lower is better: below the value the difference is negative.
    assert first.below.value > 0.85
    assert first.above.value < 0.1
    assert first.worlds_below + first.worlds_above == SETS
    assert first.worlds_below == (numbers["n3"] <= first.value.value).sum()


def test_two_numbers_stand_in_the_order_of_what_they_decide():
    numbers, luck = draw(2)
    differences = 150.0 * (numbers["n1"] - 0.5) - 300.0 * (numbers["n2"] - 0.5)
    found = find_turns(differences[:, None] + luck, LOWER, numbers)
    assert [turn.name for turn in found][:2] == ["n2", "n1"]
    assert found[0].explained > found[1].explained > 0
    assert found[0].above.value > 0.8
    assert found[0].below.value < 0.2


def test_a_sign_that_does_not_turn_is_said_not_to():
    numbers, luck = draw(3)
    (first, *_) = find_turns(-400.0 - 200.0 * numbers["n0"][:, None] + luck, LOWER, numbers)
    assert first.name == "n0"
    assert not first.turns
    assert np.isnan([first.value.low, first.value.high]).all()
    assert first.value.value == pytest.approx(np.median(numbers["n0"]), abs=0.02)
    assert first.below.value > 0.95
    assert first.above.value > 0.95


def test_a_number_that_decides_nothing_is_named_in_few_draws():
    named = 0
    for seed in range(60):
        numbers, luck = draw(seed, sets=64, numbers=30)
        worlds = np.random.default_rng(1000 + seed).normal(0.0, 100.0, (64, 1))
        named += bool(find_turns(worlds + luck, LOWER, numbers))
    assert named <= 8  # 3 are expected; more than 8 would come up in one of 300 tries


def test_few_worlds_tell_nothing():
    numbers, luck = draw(4, sets=FEWEST_WORLDS - 1)
    assert find_turns(300.0 * (numbers["n3"][:, None] - 0.3) + luck, LOWER, numbers) == []


def test_no_luck_between_worlds_tells_nothing():
    numbers, _ = draw(5)
    assert find_turns(np.zeros((SETS, REPLICATES)), LOWER, numbers) == []
    assert find_turns(np.full((SETS, REPLICATES), -1.0), LOWER, numbers) == []


def test_worlds_that_missed_the_parity_and_failed_runs_are_left_out():
    numbers, luck = draw(6)
    differences = 300.0 * (numbers["n3"][:, None] - 0.3) + luck
    counts = np.arange(SETS) % 3 != 0
    spoilt = np.where(counts[:, None], differences, 1e6)
    spoilt[1, 2] = np.nan
    (first, *_) = find_turns(spoilt, LOWER, numbers, counts)
    assert first.name == "n3"
    assert first.worlds_below + first.worlds_above == counts.sum()


def test_a_number_that_is_the_same_in_all_sets_is_passed_over():
    numbers, luck = draw(7)
    found = find_turns(300.0 * (numbers["n3"][:, None] - 0.3) + luck, LOWER, numbers | {"fixed": np.ones(SETS)})
    assert "fixed" not in [turn.name for turn in found]


def test_weights_count():
    numbers, luck = draw(8)
    differences = 300.0 * (numbers["n3"][:, None] - 0.3) + luck
    heavy = np.where(numbers["n3"] < 0.5, 3.0, 1.0)
    (weighted, *_) = find_turns(differences, LOWER, numbers, weights=heavy)
    (plain, *_) = find_turns(differences, LOWER, numbers, weights=np.ones(SETS))
    assert weighted.name == plain.name == "n3"
    assert weighted.coefficient.value != plain.coefficient.value
    assert weighted.value.value == pytest.approx(0.3, abs=0.05)


def test_the_value_where_the_sign_turns_is_within_its_interval_as_often_as_is_said():
    inside = []
    for seed in range(24):
        random = np.random.default_rng(100 + seed)
        numbers, luck = draw(seed, sets=100, numbers=3)
        others = random.normal(0.0, 60.0, (100, 1))
        found = find_turns(300.0 * (numbers["n0"][:, None] - 0.4) + others + luck, LOWER, numbers)
        (turn,) = (one for one in found if one.name == "n0")
        inside.append(turn.turns and turn.value.low < 0.4 < turn.value.high)
    assert np.sum(inside) > 19  # 22.8 are expected; 19 or fewer would come up in one of 40 tries


def test_luck_does_not_hide_how_far_a_number_goes_with_the_difference():
    """The correlation and the coefficient are those of the worlds, whatever the luck of their runs."""
    random = np.random.default_rng(7)
    numbers = {"n0": random.standard_normal(400), "n1": random.standard_normal(400)}
    difference = 60.0 * numbers["n0"] - 80.0 * numbers["n1"]
    for luck in (20.0, 250.0):
        runs = difference[:, None] + random.normal(0.0, luck, (400, 4))
        found = {turn.name: turn for turn in find_turns(runs, LOWER, numbers)}
        for name, slope in (("n0", 60.0), ("n1", -80.0)):
            coefficient, correlation = found[name].coefficient, found[name].correlation
            wanted = slope * numbers[name].std() / difference.std()
            assert coefficient.low - 0.01 < wanted < coefficient.high + 0.01
            assert coefficient.high - coefficient.low < 0.4
            assert correlation.low < stats.spearmanr(numbers[name], difference).statistic < correlation.high
            assert correlation.high - correlation.low < 0.4
