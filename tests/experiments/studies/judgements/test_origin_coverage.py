"""Coverage, reliability and ranks, by hand."""

import numpy as np
import pytest

from experiments.studies.judgements.known import Judgements, councils_at, grades_held
from experiments.studies.judgements.origin_coverage import (
    coverage_table,
    leads_known,
    rank_shares,
    rank_table,
    reliability_table,
)
from experiments.studies.judgements.origin_runs import SimulatedOrigin, region_counts
from experiments.studies.judgements.origin_scores import MODEL, OriginForecast
from simulation.state import GOOD

ORIGIN = 12
ENGLAND = councils_at(ORIGIN)
TRUTH = np.array([region_counts(grades_held(ENGLAND, ORIGIN, ORIGIN + lead), ENGLAND) for lead in (12, 24)])
WEIGHTS = np.full(20, 0.05)


def _simulated(shifts, luck=(0,)):
    runs = [TRUTH.astype(float) for _ in shifts]
    for run, shift in zip(runs, shifts, strict=True):
        run[:, 0, GOOD] += shift
    alone = [TRUTH.astype(float) for _ in luck]
    for run, shift in zip(alone, luck, strict=True):
        run[:, 0, GOOD] += shift
    return SimulatedOrigin(np.empty((1, 0, 4)), np.array(runs), np.array(alone))


def test_regions_hold_every_council():
    assert TRUTH.sum(axis=(1, 2)).tolist() == [ENGLAND.n] * 2


def test_bands_hold_the_national_count_and_say_how_wide_they_are():
    table = coverage_table(ORIGIN, ENGLAND, _simulated(range(-10, 11), (0, 2)), np.full(21, 1 / 21), "as shipped")
    assert len(table) == 8
    assert table["observed"].tolist() == TRUTH.sum(axis=1).ravel().tolist()
    good = table[table["grade"] == "good"]
    assert good["inside_50"].all()
    assert good["width_50"].tolist() == [10.0, 10.0]
    assert (good["width_90"] > good["width_50"]).all()
    assert good["luck_width_90"].tolist() == [2.0, 2.0]
    others = table[table["grade"] != "good"]
    assert (others["width_90"] == 0).all()
    far = coverage_table(ORIGIN, ENGLAND, _simulated(range(1, 21), (3,)), WEIGHTS, "as shipped")
    assert not far[far["grade"] == "good"]["inside_90"].any()
    assert not far[far["grade"] == "good"]["luck_inside_90"].any()


def test_leads_beyond_what_is_known_are_left_out():
    assert leads_known(72) == (12, 24)
    assert leads_known(73) == (12,)
    assert leads_known(90) == ()


@pytest.mark.parametrize(("shifts", "where"), [(range(1, 21), 0), (range(-20, 0), 9), (range(-10, 10), 5)])
def test_ranks_say_where_the_observed_number_lies(shifts, where):
    shares = rank_shares(ORIGIN, ENGLAND, _simulated(shifts), WEIGHTS)
    # Regions that every run gets right are spread over all bins.
    assert shares.sum(axis=1).tolist() == pytest.approx([9.0, 9.0])
    assert shares[0].argmax() == where
    assert shares[0].max() - shares[0].min() > 0.4
    assert rank_table(shares, "as shipped")["points"].sum() == pytest.approx(18.0)


def test_chances_are_relied_on_as_often_as_they_came():
    zero = np.zeros(10, int)
    judgements = Judgements(zero, zero + ORIGIN, zero, np.array([1] * 7 + [2] * 3), zero, zero)
    chances = np.tile([0.0, 0.75, 0.25, 0.0], (10, 1))
    one = OriginForecast(ORIGIN, "nothing", 1, ENGLAND, judgements, {MODEL: chances}, chances[None])
    table = reliability_table([one], [MODEL], "as shipped").set_index("low")
    assert table["chances"].to_dict() == {0.0: 20, 0.2: 10, 0.7: 10}
    assert table["came"].to_dict() == pytest.approx({0.0: 0.0, 0.2: 0.3, 0.7: 0.7})
    assert table["mean_chance"].to_dict() == pytest.approx({0.0: 0.0, 0.2: 0.25, 0.7: 0.75})
