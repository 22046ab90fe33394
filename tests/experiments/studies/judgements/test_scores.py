"""Scores are those of a hand's reckoning, and skill is nought for what knows no more than the best simple forecast."""

import math

import numpy as np
import pytest

from experiments.studies.judgements.scores import FLOOR, log_score, model_skill, ranked_probability_score

EVEN = np.full((1, 4), 0.25)


@pytest.mark.parametrize(
    ("chances", "grade", "expected"),
    [
        ((0.25, 0.25, 0.25, 0.25), 0, (0.75**2 + 0.5**2 + 0.25**2) / 3),
        ((0.25, 0.25, 0.25, 0.25), 2, (0.25**2 + 0.5**2 + 0.25**2) / 3),
        ((0.1, 0.6, 0.2, 0.1), 1, (0.1**2 + 0.3**2 + 0.1**2) / 3),
        ((0, 0, 1, 0), 2, 0),
        ((1, 0, 0, 0), 3, 1),
        ((1, 0, 0, 0), 1, 1 / 3),
    ],
)
def test_the_ranked_probability_score_is_the_distance_of_cumulative_chances(chances, grade, expected):
    found = ranked_probability_score(np.array([chances], float), np.array([grade]))
    assert found == pytest.approx([expected])


def test_the_log_score_is_that_of_the_chance_given_to_what_came_with_a_floor():
    chances = np.array([[0.1, 0.6, 0.2, 0.1], [1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]])
    found = log_score(chances, np.array([1, 2, 1]))
    assert found == pytest.approx([-math.log(0.6), -math.log(FLOOR), 0.0])
    assert math.copysign(1.0, found[2]) == 1.0


GRADES = np.array([0, 1, 2, 3, 1, 2, 1, 2])
COUNCILS = np.array([0, 0, 1, 2, 3, 3, 4, 5])
SIMPLE = {"even": np.tile(EVEN, (8, 1)), "worse": np.tile([0.97, 0.01, 0.01, 0.01], (8, 1))}


def test_a_perfect_forecast_has_full_skill_and_a_hopeless_one_less_than_none():
    perfect = np.eye(4)[GRADES]
    for skill in model_skill(perfect, SIMPLE, GRADES, COUNCILS, 1):
        assert (skill.means["model"], skill.skill, skill.low, skill.high) == (0.0, 1.0, 1.0, 1.0)
        assert skill.best == "even"
    hopeless = np.eye(4)[np.where(GRADES >= 2, 0, 3)]
    rps, log = model_skill(hopeless, SIMPLE, GRADES, COUNCILS, 1)
    assert rps.skill < -1
    assert log.means["model"] == pytest.approx(-math.log(FLOOR))
    assert log.skill == pytest.approx(1 - math.log(FLOOR) / math.log(0.25))
    assert log.high < 0


def test_a_model_that_repeats_the_best_simple_forecast_has_no_skill():
    for skill in model_skill(SIMPLE["even"], SIMPLE, GRADES, COUNCILS, 1):
        assert skill.skill == 0.0
        # Drawn again, another simple forecast may be the best: the model is never better than both.
        assert skill.high == 0.0


def test_the_interval_draws_councils_and_not_judgements():
    chances = np.tile([0.1, 0.4, 0.4, 0.1], (8, 1))
    apart = model_skill(chances, {"even": SIMPLE["even"]}, GRADES, np.arange(8), 1)[0]
    together = model_skill(chances, {"even": SIMPLE["even"]}, GRADES, np.arange(8) // 4, 1)[0]
    one = model_skill(chances, {"even": SIMPLE["even"]}, GRADES, np.zeros(8, int), 1)[0]
    assert apart.skill == together.skill == one.skill
    assert (apart.low, apart.high) != (together.low, together.high)
    assert math.isnan(one.low)
    assert apart.low < apart.skill < apart.high


def test_relabelled_councils_have_the_same_scores():
    stream = np.random.default_rng(1)
    chances = stream.dirichlet(np.ones(4), 8)
    order, names = stream.permutation(8), stream.permutation(6)
    before = model_skill(chances, SIMPLE, GRADES, COUNCILS, 1)
    simple = {name: forecast[order] for name, forecast in SIMPLE.items()}
    after = model_skill(chances[order], simple, GRADES[order], names[COUNCILS[order]], 1)
    for one, other in zip(before, after, strict=True):
        assert one.means == pytest.approx(other.means)
        assert one.skill == pytest.approx(other.skill)
        assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=0.1)
