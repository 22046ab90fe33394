"""E11 and E12: judgements and what they do, against values worked out by hand."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.rules.inspection import (
    after_pause,
    anchored_band,
    band,
    chance_of_grade,
    count_judgement,
    cuts_met,
    english_first_month,
    grade_at_inspection,
    headline_left,
    months_to_next,
    own_first_month,
    score,
    see_quality,
    set_next_judgement,
    share_below,
    take_judgement,
)
from simulation.rules.maths import normal_score
from simulation.state import GOOD, ILACS, INADEQUATE, OUTSTANDING, REQUIRES_IMPROVEMENT, SIF, ChiefState, SectorState

WIDTH = math.sqrt(1 + 0.33**2)
SIF_CUTS = (-1.0316 * WIDTH, 0.3189 * WIDTH, 2.0597 * WIDTH)
ILACS_CUTS = (SIF_CUTS[0], SIF_CUTS[1] - 0.37, SIF_CUTS[2] - 1.3)


def test_e11_an_inspection_sees_quality_and_noise(c):
    assert score(0.5, -2.0, c) == pytest.approx(0.5 - 0.66)


def test_e11_an_inspection_sees_the_councils_own_quality(c, council):
    assert see_quality(council(quality=0.5), -2.0, c) == pytest.approx(0.5 - 0.66)


@pytest.mark.parametrize(("framework", "cuts"), [(SIF, SIF_CUTS), (ILACS, ILACS_CUTS)])
def test_e11_grades_are_bands_between_the_cuts(coefficients, framework, cuts):
    c = coefficients(good_cut_shift=0.37, outstanding_cut_shift=1.3)
    for grade, cut in enumerate(cuts):
        assert band(cut - 1e-9, framework, c) == grade
        assert band(cut + 1e-9, framework, c) == grade + 1


def anchored(coefficients):
    return coefficients(switches={"anchors": "on"}, anchor_good=0.2, anchor_outstanding=0.5)


@pytest.mark.parametrize("framework", [SIF, ILACS])
@pytest.mark.parametrize(
    ("held", "good", "outstanding"),
    [(INADEQUATE, 0.0, 0.0), (REQUIRES_IMPROVEMENT, 0.0, 0.0), (GOOD, 0.2, 0.0), (OUTSTANDING, 0.2, 0.5)],
)
def test_e11_anchors_lower_the_cuts_of_what_is_held(coefficients, framework, held, good, outstanding):
    c = anchored(coefficients)
    cuts = (c.inadequate_cut, c.good_cut - good, c.outstanding_cut - outstanding)
    if framework == SIF:
        cuts = (c.inadequate_cut, c.sif_good_cut - good, c.sif_outstanding_cut - outstanding)
    for grade, cut in enumerate(cuts):
        assert anchored_band(cut - 1e-9, held, framework, c) == grade
        assert anchored_band(cut + 1e-9, held, framework, c) == grade + 1
        assert grade_at_inspection(cut + 1e-9, held, framework, 0.0, c) == grade + 1


@given(st.floats(-5, 5), st.sampled_from([SIF, ILACS]))
def test_e11_who_holds_more_is_never_graded_lower(coefficients, seen, framework):
    c = anchored(coefficients)
    grades = [anchored_band(seen, held, framework, c) for held in (INADEQUATE, REQUIRES_IMPROVEMENT, GOOD, OUTSTANDING)]
    assert grades == sorted(grades)
    assert grades[0] == grades[1] == band(seen, framework, c)


@given(st.floats(-5, 5), st.sampled_from([SIF, ILACS]))
def test_e11_without_anchors_what_is_held_says_nothing(coefficients, seen, framework):
    c = coefficients(switches={"anchors": "off"}, anchor_good=0.2, anchor_outstanding=0.5)
    assert {anchored_band(seen, held, framework, c) for held in range(4)} == {band(seen, framework, c)}


def test_e11_the_cuts_of_the_sif_give_the_mix_of_march_2018():
    below = [0.5 * math.erfc(-cut / WIDTH / math.sqrt(2)) for cut in SIF_CUTS]
    assert [152 * share for share in below] == pytest.approx([23, 95, 149], abs=0.05)


def test_e11_few_leap_from_below_good_to_outstanding(coefficients, chance_of):
    c = coefficients(leap_to_outstanding=0.1)
    for held in (INADEQUATE, REQUIRES_IMPROVEMENT):
        assert chance_of(
            lambda luck, h=held: grade_at_inspection(9.0, h, ILACS, luck, c) == OUTSTANDING
        ) == pytest.approx(0.1)
        assert grade_at_inspection(9.0, held, ILACS, 0.5, c) == GOOD
    for held in (GOOD, OUTSTANDING):
        assert grade_at_inspection(9.0, held, ILACS, 0.999, c) == OUTSTANDING
    assert grade_at_inspection(0.5, INADEQUATE, ILACS, 0.999, c) == GOOD
    assert grade_at_inspection(-9.0, OUTSTANDING, ILACS, 0.0, c) == INADEQUATE


def test_e11_no_leap_is_barred_when_all_may(coefficients):
    assert (
        grade_at_inspection(9.0, INADEQUATE, ILACS, math.nextafter(1, 0), coefficients(leap_to_outstanding=1.0))
        == OUTSTANDING
    )


@pytest.mark.parametrize(
    ("grade", "usual"), [(INADEQUATE, 33), (REQUIRES_IMPROVEMENT, 38), (GOOD, 41), (OUTSTANDING, 40)]
)
def test_e11_months_to_the_next_judgement(grade, usual):
    assert months_to_next(grade, 0.5) == usual
    assert months_to_next(grade, 0.0) == usual - 6
    assert months_to_next(grade, 0.999999) == usual + 5
    assert {months_to_next(grade, luck / 240) for luck in range(240)} == set(range(usual - 6, usual + 6))


@pytest.mark.parametrize(
    ("month", "due", "then"),
    [
        (0, 20, 20),
        (0, 24, 41),
        (0, 25, 42),
        (0, 40, 57),
        (23, 60, 77),
        (24, 30, 41),
        (30, 40, 41),
        (30, 41, 41),
        (30, 60, 60),
        (50, 90, 90),
    ],
)
def test_e11_the_pause_puts_back_what_was_set_before_it(month, due, then):
    assert after_pause(month, due, 24, 41) == then


@given(st.integers(0, 200), st.integers(1, 60))
def test_e11_nothing_set_falls_into_the_pause_and_without_a_pause_nothing_moves(month, gap):
    assert not 24 <= after_pause(month, month + gap, 24, 41) < 41
    assert after_pause(month, month + gap, 0, 0) == month + gap


def test_e12_inadequate(coefficients, council):
    c = coefficients(alarm_push=1.1)
    one = council(grade=GOOD, stigma=0.2, press=0.1, alarm=0.3)
    one.chief = ChiefState(salience=[0.2, 0.4, 0.2, 0.2])
    take_judgement(one, INADEQUATE, 1.0, c)
    assert (one.grade, one.press, one.stigma, one.alarm, one.recovered) == (INADEQUATE, 1.0, 1.0, 1.1, 1)
    assert one.chief.salience == pytest.approx([0.7, 0.4, 0.2, 0.2])
    assert (one.months_since_inadequate, one.months_failing) == (0, 0)


def test_e12_inadequate_again_restarts_the_cost_but_not_the_spell(c, council):
    one = council(grade=INADEQUATE, months_since_inadequate=30, months_failing=30)
    take_judgement(one, INADEQUATE, 1.0, c)
    assert (one.months_since_inadequate, one.months_failing) == (0, 30)


@pytest.mark.parametrize(
    ("before", "press", "then"),
    [(GOOD, 0.1, 0.3), (OUTSTANDING, 0.5, 0.5), (INADEQUATE, 0.1, 0.1), (REQUIRES_IMPROVEMENT, 0.0, 0.0)],
)
def test_e12_requires_improvement(c, council, before, press, then):
    one = council(grade=before, stigma=0.8, press=press, alarm=0.4)
    one.chief = ChiefState(salience=[0.2, 0.4, 0.2, 0.2])
    take_judgement(one, REQUIRES_IMPROVEMENT, 1.0, c)
    assert (one.grade, one.stigma, one.press, one.alarm) == (REQUIRES_IMPROVEMENT, 0.1, then, 0.4)
    assert one.chief.salience == pytest.approx([0.325, 0.4, 0.2, 0.2])
    assert (one.recovered, one.months_since_inadequate) == (0, -1)


@pytest.mark.parametrize("grade", [GOOD, OUTSTANDING])
def test_e12_good_or_better_ends_the_stigma_and_nothing_else(c, council, grade):
    one = council(grade=INADEQUATE, stigma=0.8, press=0.6, alarm=0.4, recovered=1)
    one.chief = ChiefState(salience=[0.2, 0.4, 0.2, 0.2])
    take_judgement(one, grade, 1.0, c)
    assert (one.grade, one.stigma, one.press, one.alarm, one.recovered) == (grade, 0.0, 0.6, 0.4, 1)
    assert one.chief.salience == [0.2, 0.4, 0.2, 0.2]


def test_e12_a_judgement_is_louder_with_an_overall_grade(coefficients):
    c = replace(coefficients(headline_removed=0.3), headline_until=96)
    assert [headline_left(month, c) for month in (0, 95, 96, 200)] == [1.0, 1.0, 0.3, 0.3]
    assert headline_left(999_999, coefficients(headline_removed=0.3)) == 1.0


def test_e12_without_an_overall_grade_press_and_stigma_are_less_and_all_else_is_the_same(coefficients, council):
    c = coefficients(alarm_push=1.1)
    one = council(grade=GOOD, press=0.05)
    take_judgement(one, INADEQUATE, 0.3, c)
    assert (one.grade, one.press, one.stigma, one.alarm, one.recovered) == (INADEQUATE, 0.3, 0.3, 1.1, 1)
    assert (one.months_since_inadequate, one.chief.salience[0]) == (0, 0.5)
    fallen = council(grade=GOOD, press=0.05)
    take_judgement(fallen, REQUIRES_IMPROVEMENT, 0.3, c)
    assert (fallen.press, fallen.stigma) == pytest.approx((0.09, 0.03))


def test_e12_the_next_judgement_is_set_under_ilacs(council):
    one = council(grade=INADEQUATE, next_judgement=10, next_framework=SIF)
    set_next_judgement(one, 10, 0.5, 24, 41)
    assert (one.next_judgement, one.next_framework) == (10 + 33 + 17, ILACS)
    set_next_judgement(one, 10, 0.5, 0, 0)
    assert one.next_judgement == 43


def test_e12_judgements_and_falls_are_counted():
    sector = SectorState()
    for before, grade in ((GOOD, INADEQUATE), (GOOD, GOOD), (INADEQUATE, GOOD), (OUTSTANDING, GOOD)):
        count_judgement(sector, before, grade)
    assert (sector.judgements, sector.falls) == (4, 2)


def test_e11_englands_unknown_first_judgements_are_spread_over_two_years_after_the_pause():
    assert [english_first_month(3, place, 4, 24, 41) for place in range(4)] == [41, 47, 53, 59]
    assert [english_first_month(due, 0, 4, 0, 0) for due in (-5, 24, 30)] == [24, 24, 30]


def test_e11_a_users_councils_come_when_due_and_the_overdue_within_a_year():
    assert [own_first_month(-7, place, 3, 0, 0) for place in range(3)] == [0, 4, 8]
    assert [own_first_month(due, 3, 3, 0, 0) for due in (0, 12, 30)] == [0, 12, 30]
    assert [own_first_month(due, 0, 0, 24, 41) for due in (23, 24, 25)] == [23, 41, 42]


@given(
    st.floats(-4, 4),
    st.integers(0, 3),
    st.integers(0, 1),
    st.floats(0.05, 0.8),
    st.floats(0, 1),
    st.sampled_from(["on", "off"]),
)
def test_chances_of_grades_are_those_of_the_score(coefficients, quality, before, framework, noise, leap, anchors):
    c = coefficients(inspection_noise=noise, leap_to_outstanding=leap, switches={"anchors": anchors})
    chances = [chance_of_grade(grade, quality, before, framework, c) for grade in range(4)]
    assert sum(chances) == pytest.approx(1, abs=1e-12)
    assert min(chances) >= 0
    steps = 400
    counted = [0.0] * 4
    for k in range(steps):
        seen = score(quality, normal_score((k + 0.5) / steps), c)
        counted[grade_at_inspection(seen, before, framework, 0.0, c)] += 1 / steps
    if before >= GOOD:
        assert chances == pytest.approx(counted, abs=1.01 / steps)
    else:
        assert chances[OUTSTANDING] == pytest.approx(leap * counted[OUTSTANDING], abs=1.01 / steps)


@pytest.mark.parametrize(("held", "good", "outstanding"), [(0, 0, 0), (1, 0, 0), (2, 0.3, 0), (3, 0.3, 0.5)])
@pytest.mark.parametrize("framework", [ILACS, SIF])
def test_e11_a_holder_meets_cuts_that_are_lower(coefficients, held, good, outstanding, framework):
    c = coefficients(anchor_good=0.3, anchor_outstanding=0.5, switches={"anchors": "on"})
    cuts = (c.good_cut, c.outstanding_cut) if framework == ILACS else (c.sif_good_cut, c.sif_outstanding_cut)
    assert cuts_met(held, framework, c) == pytest.approx((cuts[0] - good, cuts[1] - outstanding))


def test_e11_a_score_lies_below_a_cut_as_often_as_noise_says(coefficients):
    c = coefficients(inspection_noise=0.5)
    assert share_below(0.7, 0.7, c) == pytest.approx(0.5)
    assert share_below(0.7 + 0.5 * 1.6448536269514722, 0.7, c) == pytest.approx(0.95)
