"""O1: what is seen of a month, against counts by hand and independent formulas."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kurtosis, skew

from simulation.rules import record
from simulation.rules.record import (
    add_to_history,
    clear_month,
    follow_spell,
    record_panel,
    record_sector,
)
from simulation.rules.totals import bimodality, deviation, mean_leadership, mean_press, mean_quality, regional_gaps
from simulation.state import (
    INTERIM,
    NOBODY,
    POOL,
    UNFILLED,
    ChiefState,
    CouncilState,
    DirectorState,
    MonthState,
    PanelState,
    SectorState,
)

QUALITIES = st.lists(st.floats(-5, 5), min_size=4, max_size=40)


def quality_of(councils):
    """Return what is recorded of the councils' quality."""
    row = MonthState()
    seen, mean = record.NO_QUALITIES, mean_quality(councils)
    for council in councils:
        seen = record.add_quality(seen, council, mean)
    record.write_quality(row, seen, mean, len(councils))
    return row


@given(QUALITIES)
def test_mean_and_spread_of_quality(qualities):
    councils = [CouncilState(quality=q, days_given=float(i % 3)) for i, q in enumerate(qualities)]
    row = quality_of(councils)
    assert row.mean_quality == mean_quality(councils) == pytest.approx(statistics.fmean(qualities), abs=1e-12)
    # Taken in one pass, a spread of nothing is the root of a rounding error.
    assert row.quality_spread == pytest.approx(statistics.pstdev(qualities), abs=1e-6)
    not_giving = [q for i, q in enumerate(qualities) if i % 3 == 0]
    assert row.quality_spread_not_giving == pytest.approx(statistics.pstdev(not_giving), abs=1e-6)


def test_fewer_than_two_have_no_spread(council):
    one_gives = quality_of([council(quality=1.0), council(quality=3.0, days_given=2.0)])
    assert (one_gives.quality_spread, one_gives.quality_spread_not_giving) == (1.0, 0.0)
    alone = quality_of([council(quality=3.0, days_given=2.0)])
    assert (alone.quality_spread, alone.quality_spread_not_giving) == (0.0, 0.0)


@given(QUALITIES)
def test_sarles_coefficient_is_that_of_corrected_skewness_and_kurtosis(qualities):
    councils = [CouncilState(quality=q) for q in qualities]
    if statistics.pstdev(qualities) < 1e-3:
        return
    n = len(qualities)
    skewness, excess = skew(qualities, bias=False), kurtosis(qualities, bias=False)
    expected = (skewness**2 + 1) / (excess + 3 * (n - 1) ** 2 / ((n - 2) * (n - 3)))
    assert quality_of(councils).bimodality == pytest.approx(expected, rel=1e-6)


def test_sarles_coefficient_tells_one_hump_from_two(council):
    normal = [council(quality=statistics.NormalDist().inv_cdf((k + 0.5) / 1000)) for k in range(1000)]
    uniform = [council(quality=k / 1000) for k in range(1000)]
    two = [council(quality=k % 2) for k in range(1000)]
    assert quality_of(normal).bimodality == pytest.approx(1 / 3, abs=0.01)
    assert quality_of(uniform).bimodality == pytest.approx(5 / 9, abs=0.01)
    assert quality_of(two).bimodality == pytest.approx(1.0, abs=0.01)
    assert quality_of(uniform[:3]).bimodality == quality_of([council(quality=0.5)] * 9).bimodality == 0.0


def test_spread_and_humps_by_sums():
    assert deviation(3, 0.0, 6.0) == math.sqrt(2.0)
    assert deviation(4, 4.0, 12.0) == math.sqrt(2.0)
    assert deviation(1, 1.0, 1.0) == 0.0
    assert bimodality(3, 1.0, 0.0, 1.0) == bimodality(9, 0.0, 0.0, 0.0) == 0.0
    assert bimodality(10**6, 1.0, 0.0, 1.0) == pytest.approx(1.0, abs=1e-4)
    assert bimodality(10**6, 1.0, 0.0, 3.0) == pytest.approx(1 / 3, abs=1e-4)


def test_means_over_councils(council):
    councils = [council(leadership=0.1, press=0.5), council(leadership=-0.3, press=0.0)]
    assert mean_leadership(councils) == pytest.approx(-0.1)
    assert mean_press(councils) == pytest.approx(0.25)


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(-5, 5), st.floats(-2, 2)), min_size=1), st.integers(0, 1))
def test_regional_gaps_are_zero_sum_over_councils(triples, relative):
    triples = [*triples, (0, 0.5, 0.1), (1, -0.5, 0.0), (2, 1.0, 0.4)]
    councils = [CouncilState(region=at, quality=quality, structural_level=level) for at, quality, level in triples]
    gaps, counts = [9.0] * 3, [9] * 3
    regional_gaps(councils, gaps, counts, relative)
    means = [statistics.fmean(k.quality - relative * k.structural_level for k in councils if k.region in regions)
             for regions in ({0}, {1}, {2}, {0, 1, 2})]  # fmt: skip
    assert counts == [sum(k.region == region for k in councils) for region in range(3)]
    assert gaps == pytest.approx([mean - means[3] for mean in means[:3]], abs=1e-12)
    assert math.fsum(gaps[k.region] for k in councils) == pytest.approx(0.0, abs=1e-9)


def test_grades_are_counted_and_inadequate_ones_weighted_by_children(c, council):
    grades = [0, 0, 1, 2, 2, 2, 3]
    councils = [
        council(grade=grade, children_in_need=100.0 * (i + 1), quality=-2.0 + i / 2, months_below_good=70 + i)
        for i, grade in enumerate(grades)
    ]
    row = MonthState()
    seen = record.NO_GRADES
    for one in councils:
        seen = record.count_grade(seen, one, 72, c)
    record.write_grades(row, seen, len(councils))
    assert (row.inadequate, row.requires_improvement, row.good, row.outstanding) == (2, 1, 3, 1)
    assert row.inadequate_children == 300.0
    assert row.good_or_better == pytest.approx(4 / 7)
    assert row.below_cut == sum(council.quality < c.inadequate_cut for council in councils) == 2
    assert row.stuck == 5


def test_quality_is_recorded(council):
    row = quality_of([council(quality=q, days_given=g) for q, g in ((0.0, 0.0), (2.0, 0.0), (4.0, 1.0), (6.0, 0.0))])
    assert row.mean_quality == 3.0
    assert row.quality_spread == pytest.approx(math.sqrt(5))
    assert row.quality_spread_not_giving == pytest.approx(statistics.pstdev([0.0, 2.0, 6.0]))


def test_who_is_in_post(council):
    directors = [DirectorState(months_in_post=10), DirectorState(status=POOL, months_in_post=99)]
    directors += [DirectorState(months_in_post=31), DirectorState(status=POOL)]
    councils = [council(seat=0), council(seat=INTERIM), council(seat=2), council(seat=UNFILLED), council(seat=INTERIM)]
    row = MonthState()
    seen = record.NO_POSTS
    for one in councils:
        seen = record.count_post(seen, one, directors[max(0, one.seat)])
    record.write_posts(row, seen, 2)
    assert (row.interims, row.months_in_post, row.pool) == (2, 20.5, 2)


def test_attention_is_recorded_as_shares_that_sum_to_one(council):
    councils = [council(agency_share=0.1), council(agency_share=0.3)]
    councils[0].chief = ChiefState(salience=[1.0, 1.0, 1.0, 1.0])
    councils[1].chief = ChiefState(salience=[0.5, 0.2, 0.2, 0.1])
    row = MonthState()
    seen = record.NO_ATTENTIONS
    for one in councils:
        seen = record.add_attention(seen, one)
    record.write_attention(row, seen, len(councils))
    shares = [row.attention, row.attention_adult_care, row.attention_finance, row.attention_place]
    assert shares == pytest.approx([0.375, 0.225, 0.225, 0.175])
    assert row.agency_share == pytest.approx(0.2)


def support_of(councils, c):
    """Return what is recorded of the councils' support."""
    row, seen = MonthState(), record.NO_SUPPORTS
    for council in councils:
        seen = record.count_support(seen, council, c)
    record.write_support(row, seen)
    return row


def test_support_given_received_needed_and_missed(c, council):
    councils = [
        council(grade=3, days_given=15.5),
        council(grade=2, days_given=15.0, trust_months=0),
        council(grade=1, days_received=10.9, partner=0),
        council(grade=0, days_received=4.0, days_given=2.0),
        council(grade=1),
    ]
    row = support_of(councils, c)
    assert (row.givers, row.receivers, row.over_release, row.waiting) == (3, 2, 1, 1)
    assert (row.partnerships, row.trusts) == (1, 1)
    assert row.need_days == pytest.approx(3 * 10.9)
    assert row.unmet_days == pytest.approx(6.9 + 10.9)


def test_more_than_is_needed_does_not_make_up_for_others(c, council):
    row = support_of([council(grade=0, days_received=30.0), council(grade=0)], c)
    assert row.unmet_days == pytest.approx(10.9)


def test_the_months_counts_are_recorded_money_in_pounds_and_cleared():
    counts = ("director_changes", "dismissals", "voluntary_exits", "moves", "filled", "vacancy_months", "judgements")
    counts += ("falls", "interim_spells", "interim_spell_months", "appointed_ability_sum", "days_pledged")
    counts += ("days_delivered", "director_days")
    money = ("programme_cash", "programme_shadow", "trust_cost", "failure_cost", "funding_gap")
    sector = SectorState(month=7, candidates=3.5, press_climate=0.1, spent=77)
    for number, name in enumerate(counts + money):
        setattr(sector, name, number + 1)
    row = MonthState()
    record_sector(row, sector)
    assert [getattr(row, name) for name in counts] == list(range(1, len(counts) + 1))
    assert [getattr(row, name) for name in money] == [(len(counts) + k + 1) / 100 for k in range(len(money))]
    assert (row.candidates, row.press_climate) == (3.5, 0.1)
    clear_month(sector)
    assert {getattr(sector, name) for name in counts + money} == {0}
    assert (sector.month, sector.candidates, sector.press_climate, sector.spent) == (7, 3.5, 0.1, 77)


def test_a_councils_history(council):
    one = council(quality=0.5, months_since_inadequate=3)
    for grade, gave, received in ((0, 0.0, 4.0), (1, 2.0, 0.0), (2, 3.0, 0.0), (1, 0.0, 1.0)):
        one.grade, one.days_given, one.days_received = grade, gave, received
        add_to_history(one)
    assert (one.months_inadequate, one.months_below_good, one.months_giving) == (1, 1, 2)
    assert (one.quality_sum, one.days_given_sum, one.days_received_sum) == (2.0, 5.0, 5.0)
    assert one.months_since_inadequate == 7
    never = council(grade=2)
    add_to_history(never)
    assert never.months_since_inadequate == -1


def test_a_spell_is_followed_from_its_judgement_to_good(council):
    at_risk, mended = [0] * 4, [0] * 4
    one = council(months_failing=0)
    for grade in (0, 1, 2, 2):
        one.grade = grade
        follow_spell(one, at_risk, mended)
    assert (at_risk, mended, one.months_failing) == ([1, 1, 1, 0], [0, 0, 1, 0], -1)
    late = council(grade=0, months_failing=3)
    for _ in range(3):
        follow_spell(late, at_risk, mended)
    assert (at_risk, mended, late.months_failing) == ([1, 1, 1, 1], [0, 0, 1, 0], 6)
    late.grade = 3
    follow_spell(late, at_risk, mended)
    assert (at_risk, mended, late.months_failing) == ([1, 1, 1, 1], [0, 0, 1, 0], -1)


def test_the_panel_shows_each_council_and_its_director_and_nothing_where_it_is_empty():
    directors = [DirectorState(months_in_post=7), DirectorState(months_in_post=31)]
    councils = [
        CouncilState(grade=2, next_judgement=9, quality=0.25, agency_share=0.125, director_changes=3, seat=1),
        CouncilState(grade=0, seat=INTERIM),
        CouncilState(seat=UNFILLED),
    ]
    panel = [PanelState(), PanelState(), PanelState(months_in_post=5)]
    record_panel(panel, councils, directors)
    assert vars(panel[0]) == {
        "grade": 2, "next_judgement": 9, "quality": 0.25, "agency_share": 0.125, "director_changes": 3,
        "interim": 0, "months_in_post": 31,
    }  # fmt: skip
    assert [(seen.interim, seen.months_in_post) for seen in panel[1:]] == [(1, NOBODY), (0, NOBODY)]
    record_panel([], councils, directors)
