"""The search: boxes one after another, losses by the outcome's direction, and worlds that met the parity."""

from types import SimpleNamespace

import numpy as np
import pytest

from experiments.studies.discovery.question import Question
from experiments.studies.discovery.search import find_boxes, loss_worlds
from experiments.studies.discovery.tables import (
    BOX_COLUMNS,
    LIMIT_COLUMNS,
    boxes_table,
    limits_table,
    worlds_table,
)
from simulation.errors import InputError

SETS, REPLICATES = 240, 6
QUESTION = Question(
    regime="peer_support", baseline="partners_in_practice", outcome="inadequate_months", parity="pounds"
)
NAMES = ("transfer_rate", "best_gap", "hiring_time", "giver_quantile", "overload_cost")


@pytest.fixture(scope="module")
def drawn():
    random = np.random.default_rng(2)
    return {name: random.random(SETS) for name in NAMES} | {"held": np.ones(SETS)}


def runs(drawn, counts=None, weights=None, sign=1.0):
    """Runs in which peers lose where best_gap is above 0.7, and where hiring_time is below 0.2."""
    loses = (drawn["best_gap"] > 0.7) | (drawn["hiring_time"] < 0.2)
    effect = sign * np.where(loses, 60.0, -60.0)
    luck = np.random.default_rng(3).normal(0.0, 60.0, (SETS, REPLICATES))

    def outcome(label, _):
        return effect[:, None] + luck if label.regime == "peer_support" else np.zeros((SETS, REPLICATES))

    return SimpleNamespace(outcome=outcome, counts=lambda _: counts, weights=weights)


@pytest.fixture(scope="module")
def found(drawn):
    worlds = loss_worlds(runs(drawn), QUESTION, drawn)
    return worlds, find_boxes(worlds, 3, 2018)


def test_two_boxes_are_found_one_after_the_other(found):
    worlds, boxes = found
    table, limits = boxes_table(QUESTION, worlds, boxes), limits_table(worlds, boxes)
    assert tuple(table.columns) == BOX_COLUMNS
    assert tuple(limits.columns) == LIMIT_COLUMNS
    assert table["better_than_none"].all()
    assert list(table["box"]) == [1, 2]
    by_box = limits.set_index(["box", "number"])
    assert by_box.loc[(1, "best_gap"), "low"] == pytest.approx(0.7, abs=0.05)
    assert by_box.loc[(2, "hiring_time"), "high"] == pytest.approx(0.2, abs=0.05)
    assert by_box.loc[(2, "hiring_time"), "unit"] == "months"
    # Of all losses, each of which is in one box.
    assert 0.6 < table["coverage"].sum() < 1.0
    assert table.loc[0, "mass"] == pytest.approx(0.3, abs=0.05)
    assert table.loc[1, "mass"] == pytest.approx(0.7 * 0.2, abs=0.08)
    assert (table["worlds_lost"] > 0.8).all()
    assert (table["difference"] > 0).all()


def test_every_world_says_how_much_it_lost_and_in_which_box_it_is(found):
    worlds, boxes = found
    table = worlds_table(worlds, boxes)
    assert list(table["set"]) == list(range(SETS))
    assert set(table["box"]) == {0, 1, 2}
    assert ((table["best_gap"] > 0.7) == (table["box"] == 1)).mean() > 0.95
    assert table["lost"].between(0, 1).all()
    assert "held" not in table


def test_where_more_is_better_a_lower_number_is_a_loss(drawn):
    question = Question(**(vars(QUESTION) | {"outcome": "mean_quality"}))
    better, worse = (loss_worlds(runs(drawn, sign=sign), question, drawn) for sign in (1.0, -1.0))
    loses = (drawn["best_gap"] > 0.7) | (drawn["hiring_time"] < 0.2)
    assert worse.shares[loses].mean() > 0.7
    assert better.shares[loses].mean() < 0.3


def test_worlds_that_missed_the_parity_are_left_out_and_a_tie_is_half_a_loss(drawn):
    counts = np.arange(SETS) % 3 != 0
    worlds = loss_worlds(runs(drawn, counts, np.full(SETS, 2.0)), QUESTION, drawn)
    assert len(worlds.weights) == counts.sum()
    assert worlds.left_out == pytest.approx(1 / 3)
    assert (worlds.places % 3 != 0).all()
    even = SimpleNamespace(outcome=lambda *_: np.zeros((SETS, REPLICATES)), counts=lambda _: None, weights=None)
    assert (loss_worlds(even, QUESTION, drawn).shares == 0.5).all()


def test_few_worlds_and_sets_that_are_all_alike_are_refused(drawn):
    few = np.arange(SETS) < 50
    with pytest.raises(InputError, match=r"at least 60 worlds in which peer_support .* got 50 of 240: run more"):
        loss_worlds(runs(drawn, few), QUESTION, drawn)
    with pytest.raises(InputError, match="expected parameter sets that differ in some number, got none"):
        loss_worlds(runs(drawn), QUESTION, {"held": np.ones(SETS)})
