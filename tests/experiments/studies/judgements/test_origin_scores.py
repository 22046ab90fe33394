"""Scores of rolling origins, by hand."""

import math

import numpy as np
import pytest

from experiments.studies.judgements.known import Judgements, councils_at
from experiments.studies.judgements.origin_scores import (
    CHAIN,
    JUDGED_AFTER,
    JUDGED_NEAR,
    MODEL,
    OriginForecast,
    groups_left_out,
    jackknife_error,
    origin_scores,
)
from experiments.studies.judgements.scores import ranked_probability_score

SURE = np.eye(4)
EVEN = np.full(4, 0.25)


def _forecast(origin, month, grade, model, without=None):
    zero = np.zeros(len(month), int)
    judgements = Judgements(np.arange(len(month)), np.array(month), zero, np.array(grade), zero, zero + 1)
    chances = np.array(model)
    groups = np.array([chances, chances]) if without is None else np.array(without)
    simple = np.tile(EVEN, (len(month), 1))
    return OriginForecast(origin, "nothing", 10, councils_at(0), judgements, {MODEL: chances, CHAIN: simple}, groups)


def _rows(table, **which):
    for name, value in which.items():
        table = table[table[name] == value]
    return table


def test_judgements_within_24_months_are_apart_from_later_ones():
    first = _forecast(12, [13, 35, 36], [1, 2, 3], [SURE[1], SURE[2], SURE[0]])
    second = _forecast(24, [36], [3], [SURE[3]])
    table = _rows(origin_scores([first, second], "as shipped", 1), score="ranked_probability_score", forecast=MODEL)
    means = {(row.cut, row.origin, row.judged): (row.judgements, row.mean) for row in table.itertuples()}
    assert means == {
        ("all origins", "all", JUDGED_NEAR): (3, 0.0),
        ("all origins", "all", JUDGED_AFTER): (1, 1.0),
        ("origin", "2019-04", JUDGED_NEAR): (2, 0.0),
        ("origin", "2019-04", JUDGED_AFTER): (1, 1.0),
        ("origin", "2020-04", JUDGED_NEAR): (1, 0.0),
    }


def test_windows_are_forecast_from_their_own_first_month_alone():
    early, own = _forecast(24, [40], [1], [SURE[1]]), _forecast(36, [36, 71, 72], [1, 1, 1], [SURE[1]] * 3)
    table = _rows(origin_scores([early, own], "as shipped", 1), cut="window", forecast=MODEL)
    assert set(table["judged"]) == {"2021-04 to 2024-03"}
    assert (table["origin"] == "2021-04").all()
    assert table["judgements"].tolist() == [2, 2]


def test_the_difference_is_the_model_s_mean_less_the_other_s():
    table = origin_scores([_forecast(12, [13, 14, 15], [1, 2, 3], [SURE[1], EVEN, EVEN])], "as shipped", 1)
    model, chain = (_rows(table, cut="origin", forecast=name).set_index("score") for name in (MODEL, CHAIN))
    assert np.allclose(chain["difference"], model["mean"] - chain["mean"])
    assert chain["difference_high"].tolist() == pytest.approx([0.0, 0.0])
    assert (chain["difference_low"] < chain["difference"]).all()
    assert model["difference"].isna().all()
    even = ranked_probability_score(np.tile(EVEN, (3, 1)), np.array([1, 2, 3])).mean()
    assert chain["mean"]["ranked_probability_score"] == pytest.approx(even)
    assert chain["mean"]["log_score"] == pytest.approx(math.log(4))


def test_council_s_judgements_are_drawn_again_together():
    # All of one council: there is nothing else to draw, whatever its scores.
    one = _forecast(12, [13, 14], [1, 1], [SURE[1], SURE[3]])
    one.judgements.council[:] = 5
    row = _rows(origin_scores([one], "as shipped", 1), cut="origin", forecast=MODEL).iloc[0]
    assert row["councils"] == 1
    assert row["low"] == row["high"] == row["mean"] > 0


def test_the_monte_carlo_error_is_that_of_a_mean():
    stream = np.random.default_rng(1)
    values = stream.normal(size=20)
    without = (values.sum() - values) / 19
    assert jackknife_error(without) == pytest.approx(values.std(ddof=1) / math.sqrt(20))
    assert math.isnan(jackknife_error(without[:1]))
    apart = [[SURE[1]], [EVEN]]
    table = origin_scores([_forecast(12, [13], [1], [SURE[1]], apart)], "as shipped", 1)
    errors = _rows(table, cut="origin", score="ranked_probability_score").set_index("forecast")["monte_carlo_error"]
    even = ranked_probability_score(EVEN[None], np.array([1]))[0]
    assert errors[MODEL] == pytest.approx(even / 2)
    assert errors[CHAIN] == 0.0


def test_groups_of_sets_are_left_out_with_their_weight():
    chances = np.array([[SURE[0]], [SURE[1]], [SURE[2]]])
    left = groups_left_out(chances, np.array([0.5, 0.25, 0.25]))
    assert left[:, 0] == pytest.approx(np.array([[0, 0.5, 0.5, 0], [2 / 3, 0, 1 / 3, 0], [2 / 3, 1 / 3, 0, 0]]))
    assert groups_left_out(chances[:1], np.ones(1)).shape == (0, 1, 4)
    many = np.tile(EVEN, (45, 1, 1))
    assert groups_left_out(many, np.full(45, 1 / 45)).shape == (20, 1, 4)


def test_a_council_made_later_counts_as_its_first_predecessor():
    northants, west = councils_at(0), "E10000021"
    place = northants.code.index(west)
    one, other = _forecast(12, [13], [1], [SURE[1]]), _forecast(24, [25], [1], [SURE[3]])
    one.judgements.council[:] = other.judgements.council[:] = place
    row = _rows(origin_scores([one, other], "as shipped", 1), cut="all origins", forecast=MODEL).iloc[0]
    assert (row["judgements"], row["councils"]) == (2, 1)
