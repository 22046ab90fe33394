"""What turns an answer round: found where it was put, at its value, and not found where there is nothing."""

import numpy as np
import pytest

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
    assert first.value == pytest.approx(0.3, abs=0.05)
    # Lower is better: below the value the difference is negative.
    assert first.below.value > 0.85
    assert first.above.value < 0.1
    assert first.worlds_below + first.worlds_above == SETS
    assert first.worlds_below == (numbers["n3"] <= first.value).sum()


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
    assert first.value == pytest.approx(np.median(numbers["n0"]), abs=0.02)
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
    assert weighted.explained != plain.explained
    assert weighted.value == pytest.approx(0.3, abs=0.05)
