"""The rule of the verdict, every branch of it, on matrices made for it."""

import math

import numpy as np
import pytest

from experiments.statistics.paired import CLOSE, NO_VERDICT, NOT_SUPPORTED, SUPPORTED
from experiments.studies.claims.judge import VERDICTS, judge_effect

STREAM = np.random.default_rng(5)
LUCK = STREAM.normal(size=(1, 8)) - 0.0
LUCK -= LUCK.mean()


def effect(sets, luck=0.01):
    """A matrix whose sets have these means, with luck shared by all of them."""
    return np.array(sets, dtype=float)[:, None] + luck * LUCK


ALIKE = effect([1.0] * 12)


@pytest.mark.parametrize(
    ("matrix", "matters", "wanted"),
    [
        (ALIKE, 0.5, (SUPPORTED, "shown")),
        (ALIKE, 1.001, (CLOSE, "size")),
        (effect([1.0] * 12, luck=0.0), 1.0, (SUPPORTED, "shown")),
        (ALIKE, 2.0, (NOT_SUPPORTED, "small")),
        (-ALIKE, 2.0, (NOT_SUPPORTED, "small")),
        (-ALIKE, 0.5, (NOT_SUPPORTED, "opposite")),
        (effect([1.0] * 12, luck=5.0), 0.5, (CLOSE, "luck")),
        (effect([1.0] * 12, luck=0.3), 1.1, (CLOSE, "size")),
        (effect([2.0] * 8 + [-1.0] * 4), 0.5, (CLOSE, "sets")),
        (effect([2.0] * 10 + [-1.0] * 2), 0.5, (SUPPORTED, "shown")),
        (effect([0.0] * 12, luck=0.0), 0.5, (NOT_SUPPORTED, "small")),
        (effect([2.0] * 6 + [-2.0] * 6), 0.5, (CLOSE, "luck")),
        (effect([0.1] * 8 + [0.9] * 4), 0.5, (CLOSE, "size")),
        (effect([0.1] * 10 + [0.9] * 2), 0.5, (NOT_SUPPORTED, "small")),
        (effect([1.0] * 9), 0.5, (NO_VERDICT, "few")),
        (ALIKE[:, :4], 0.5, (NO_VERDICT, "few")),
    ],
)
def test_each_branch(matrix, matters, wanted):
    found = judge_effect(matrix, "higher", matters)
    assert (found.verdict, found.reason) == wanted
    turned = judge_effect(-matrix, "lower", matters)
    assert (turned.verdict, turned.reason) == wanted
    assert turned.estimate.difference == -found.estimate.difference


@pytest.mark.parametrize(
    ("matrix", "wanted"),
    [
        (effect([5.0] * 12), (SUPPORTED, "shown")),
        (effect([-0.5] * 12), (SUPPORTED, "shown")),
        (effect([-2.0] * 12), (NOT_SUPPORTED, "opposite")),
        (effect([-1.0] * 12), (CLOSE, "luck")),
        (effect([-0.5] * 8 + [-1.2] * 4), (CLOSE, "sets")),
        (effect([-0.5] * 10 + [-1.2] * 2), (SUPPORTED, "shown")),
    ],
)
def test_each_branch_of_no_worse(matrix, wanted):
    found = judge_effect(matrix, "higher", 1.0, no_worse=True)
    assert (found.verdict, found.reason) == wanted


def test_an_effect_of_all_sets_together_asks_nothing_of_them():
    matrix = effect([2.0] * 7 + [-1.0] * 5)
    assert judge_effect(matrix, "higher", 0.5).verdict == CLOSE
    found = judge_effect(matrix, "higher", 0.5, by_set=False)
    assert found.verdict == SUPPORTED
    assert math.isnan(found.sign_share)
    assert math.isnan(found.estimate.sets_low)


def test_the_share_of_sets_is_that_with_the_claimed_sign():
    matrix = effect([2.0] * 9 + [-1.0] * 3)
    assert judge_effect(matrix, "higher", 0.5).sign_share == 0.75
    assert judge_effect(matrix, "lower", 0.5).sign_share == 0.25


def test_no_number_gives_no_verdict():
    assert judge_effect(np.full((12, 8), np.nan), "higher", 0.5).verdict == NO_VERDICT


def test_more_luck_never_makes_a_claim_supported():
    for sets in ([1.0] * 12, [-1.0] * 12, [2.0] * 6 + [-1.0] * 6):
        wide = judge_effect(effect(sets, luck=9.0), "higher", 0.5)
        assert wide.verdict == CLOSE
        assert wide.verdict in VERDICTS
