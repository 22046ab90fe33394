"""Regret: what is lost by a choice, by hand and against worlds whose truth is known."""

import math

import numpy as np
import pytest

from experiments.statistics.regret import regrets


def without_luck(*choices):
    return np.repeat(np.array(choices, dtype=float)[:, :, None], 5, axis=2)


def test_the_loss_in_each_world_is_against_the_best_there():
    # Nothing, a small sure gain, a large wide one; the last loses 30 in one world of four.
    stack = without_luck([0, 0, 0, 0], [-20, -21, -19, -20], [-100, -80, -90, 10])
    nothing, sure, wide = regrets(stack, lower_is_better=True, counts=np.ones(4, dtype=bool))
    assert nothing.mean == pytest.approx((100 + 80 + 90 + 20) / 4)
    assert sure.mean == pytest.approx((80 + 59 + 71 + 0) / 4)
    assert wide.mean == pytest.approx(30 / 4)
    assert (wide.worst_tenth, wide.worlds) == (pytest.approx(30.0), 4)
    losses = np.array([0.0, 0.0, 0.0, 30.0])
    assert wide.mean_error == pytest.approx(losses.std(ddof=1) / 2)
    turned = regrets(-stack, lower_is_better=False, counts=np.ones(4, dtype=bool))
    assert [one.mean for one in turned] == pytest.approx([nothing.mean, sure.mean, wide.mean])


def test_the_worst_tenth_is_that_of_the_weight():
    losses = np.arange(20.0)
    stack = without_luck(np.zeros(20), losses)
    counts = np.ones(20, dtype=bool)
    assert regrets(stack, lower_is_better=True, counts=counts)[1].worst_tenth == pytest.approx(18.5)
    weights = np.ones(20)
    weights[-1] = 11.0
    heavy = regrets(stack, lower_is_better=True, counts=counts, weights=weights)[1]
    assert heavy.worst_tenth == pytest.approx(19.0)


def test_only_worlds_in_which_all_can_be_compared_count():
    stack = without_luck([0, 0, 0, 0], [1, 2, 3, 400])
    stack[1, 2] = np.nan
    counts = np.array([True, True, True, False])
    found = regrets(stack, lower_is_better=True, counts=counts)[1]
    assert (found.mean, found.worlds) == (pytest.approx(1.5), 2)
    empty = regrets(stack, lower_is_better=True, counts=np.zeros(4, dtype=bool))[0]
    assert math.isnan(empty.mean)
    assert empty.worlds == 0


def test_luck_does_not_make_a_regret_where_there_is_none():
    stream = np.random.default_rng(3)
    true = stream.normal(-100, 60, (1, 256, 1)) + np.array([0.0, 30.0, 60.0])[:, None, None]
    noisy = true + stream.normal(0, 89, (3, 256, 8))
    stack = np.concatenate([np.zeros((1, 256, 8)), noisy])
    found = regrets(stack, lower_is_better=True, counts=np.ones(256, dtype=bool))
    best = np.minimum(true.min(axis=0), 0.0)[:, 0]
    truth = [(choice[:, 0] - best).mean() for choice in true]
    raw = stack.mean(axis=2)
    naive = (raw - raw.min(axis=0)).mean(axis=1)[1:]
    assert abs(found[1].mean - truth[0]) < abs(naive[0] - truth[0])
    assert [one.mean for one in found[1:]] == pytest.approx(truth, abs=8)
    assert found[1].mean < found[2].mean < found[3].mean < found[0].mean
