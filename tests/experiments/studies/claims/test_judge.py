"""The rule of the verdict, every branch of it, on matrices made for it; and what fewer worlds may say of more."""

import math

import numpy as np
import pytest

from experiments.studies.claims.judge import judge_effect
from experiments.text.verdicts import CANNOT_TELL, CLAIM_VERDICTS, CLOSE, NOT_SUPPORTED, SUPPORTED

STREAM = np.random.default_rng(5)
LUCK = STREAM.normal(size=(1, 8))
LUCK -= LUCK.mean()


def effect(sets, luck=0.01):
    """A matrix whose sets have these means, with luck shared by all of them."""
    return np.array(sets, dtype=float)[:, None] + luck * LUCK


ALIKE = effect([1.0] * 12)


@pytest.mark.parametrize(
    ("matrix", "matters", "wanted"),
    [
        (ALIKE, 0.5, (SUPPORTED, "shown")),
        (effect([1.0] * 12, luck=0.0), 1.0, (SUPPORTED, "shown")),
        (ALIKE, 1.001, (CANNOT_TELL, "size")),
        (ALIKE, 2.0, (NOT_SUPPORTED, "small")),
        (-ALIKE, 2.0, (NOT_SUPPORTED, "small")),
        (-ALIKE, 0.5, (NOT_SUPPORTED, "opposite")),
        (effect([1.0] * 12, luck=5.0), 0.5, (CANNOT_TELL, "more")),
        (effect([2.0] * 8 + [-1.0] * 4), 0.5, (CANNOT_TELL, "more")),
        (effect([2.0] * 200 + [-1.5] * 200), 0.5, (CLOSE, "sets")),
        (effect([2.0] * 400 + [-1.0] * 100), 0.5, (SUPPORTED, "shown")),
        (effect([0.0] * 12, luck=0.0), 0.5, (NOT_SUPPORTED, "small")),
        (effect([0.1] * 200 + [0.9] * 20), 0.5, (NOT_SUPPORTED, "small")),
        (effect([1.0] * 9), 0.5, (CANNOT_TELL, "few")),
        (ALIKE[:, :4], 0.5, (CANNOT_TELL, "few")),
    ],
)
def test_each_branch(matrix, matters, wanted):
    found = judge_effect(matrix, "higher", matters)
    assert (found.verdict, found.reason) == wanted
    turned = judge_effect(-matrix, "lower", matters)
    assert (turned.verdict, turned.reason) == wanted
    assert turned.effect == -found.effect
    assert (turned.worlds_low, turned.worlds_high) == (-found.worlds_high, -found.worlds_low)


@pytest.mark.parametrize(
    ("matrix", "wanted"),
    [
        (effect([5.0] * 12), (SUPPORTED, "shown")),
        (effect([-0.5] * 12), (SUPPORTED, "shown")),
        (effect([-2.0] * 12), (NOT_SUPPORTED, "opposite")),
        (effect([-1.0] * 12), (CANNOT_TELL, "more")),
        (effect([-0.5] * 8 + [-1.2] * 4), (CANNOT_TELL, "more")),
        (effect([-0.5] * 200 + [-1.6] * 200), (CLOSE, "sets")),
        (effect([-0.5] * 100 + [-1.2] * 10), (SUPPORTED, "shown")),
    ],
)
def test_each_branch_of_no_worse(matrix, wanted):
    found = judge_effect(matrix, "higher", 1.0, no_worse=True)
    assert (found.verdict, found.reason) == wanted


def test_an_effect_of_all_sets_together_asks_nothing_of_their_signs():
    matrix = effect([2.0] * 280 + [-1.0] * 200)
    assert judge_effect(matrix, "higher", 0.5).verdict == CLOSE
    found = judge_effect(matrix, "higher", 0.5, by_set=False)
    assert found.verdict == SUPPORTED
    assert math.isnan(found.share)
    assert math.isnan(found.worlds_low)
    assert judge_effect(-matrix, "higher", 2.0, by_set=False).reason == "small"
    assert judge_effect(-matrix, "higher", 0.1, by_set=False).reason == "opposite"


def test_the_share_is_that_of_worlds_with_the_claimed_sign():
    matrix = effect([2.0] * 9 + [-1.0] * 3)
    assert judge_effect(matrix, "higher", 0.5).share == pytest.approx(0.75)
    assert judge_effect(matrix, "lower", 0.5).share == pytest.approx(0.25)


def test_no_number_cannot_tell():
    assert judge_effect(np.full((12, 8), np.nan), "higher", 0.5).verdict == CANNOT_TELL


def test_more_luck_never_makes_a_claim_supported():
    for sets in ([1.0] * 12, [-1.0] * 12, [2.0] * 6 + [-1.0] * 6):
        wide = judge_effect(effect(sets, luck=9.0), "higher", 0.5)
        assert wide.verdict == CANNOT_TELL
        assert wide.verdict in CLAIM_VERDICTS


@pytest.mark.parametrize(("mean", "spread"), [(1.6, 1.5), (0.1, 0.5), (-1.0, 0.8), (0.6, 3.0), (1.0, 1.0), (0.8, 2.0)])
def test_a_small_trial_says_what_a_large_one_does_or_that_it_cannot_tell(mean, spread):
    stream = np.random.default_rng(6)
    contrary = 0
    for _ in range(60):
        worlds = stream.normal(mean, spread, (256, 1))
        runs = worlds + stream.normal(0, 0.1, (1, 8)) + stream.normal(0, 1.0, (256, 8))
        large, small = (judge_effect(runs[:sets], "higher", 1.0).verdict for sets in (256, 48))
        contrary += small not in {large, CANNOT_TELL} and large != CANNOT_TELL
    assert contrary <= 3
