"""E4 to E6: quality, collapse, agency staff and what fades, against values worked out by hand."""

from dataclasses import replace

import pytest

from simulation.rules.practice import collapse, drift, fade, rise_since_start, target, update_quality
from simulation.rules.workforce import felt_stigma, resting_agency, update_agency, within_bounds
from simulation.state import GOOD, INADEQUATE, REQUIRES_IMPROVEMENT


def test_e4_national_practice_rises_for_three_years(coefficients):
    c = coefficients(national_drift=0.12)
    assert [drift(month, c) for month in (0, 12, 36, 37, 120)] == pytest.approx([0.0, 0.12, 0.36, 0.36, 0.36])
    on = coefficients(national_drift=0.12, switches={"drift": "continues"})
    assert [drift(month, on) for month in (36, 120)] == pytest.approx([0.36, 1.2])


@pytest.mark.parametrize("choice", ["stops", "continues"])
def test_e4_a_later_start_goes_on_with_the_rise_where_it_stands(coefficients, choice):
    c = coefficients(national_drift=0.12, switches={"drift": choice})
    for start in (0, 12, 30, 96):
        later = replace(c, drift_from=start)
        for month in (0, 5, 40):
            rise = drift(start + month, c) - drift(start, c)
            assert rise_since_start(month, later) == pytest.approx(rise)
    assert rise_since_start(40, replace(c, drift_from=30)) == pytest.approx(0.06 if choice == "stops" else 0.4)


def test_e4_practice_may_fall_nationally(coefficients):
    assert drift(12, coefficients(national_drift=-0.1)) == pytest.approx(-0.1)


def test_e4_leadership_counts_beside_the_sectors_or_beside_what_is_usual_at_the_council(coefficients, council):
    for choice, usual in (("off", 0.05), ("on", 0.2)):
        c = coefficients(switches={"own_leadership": choice}, practice_adjustment_time=10.0)
        one = council(leadership=0.3, usual_leadership=0.2)
        update_quality(one, 0.0, 0.0, 0.05, 0.0, c)
        assert one.quality == pytest.approx((0.3 - usual) / 10), choice


def test_e4_the_target_adds_what_holds_pushes_and_pulls(coefficients, council):
    c = coefficients(pressure_effect=0.5, regional_spillover=0.4)
    one = council(
        structural_level=0.3, pressure=0.3, pressure_start=0.1, leadership=0.25, borrowed_practice=0.07, alarm=0.5
    )
    expected = 0.3 + 0.1 - 0.5 * (0.3 - 0.1) + (0.25 - 0.05) + 0.07 + 0.5 + 0.4 * -0.2
    assert target(one, 0.1, -0.2, 0.05, c) == pytest.approx(expected)


def test_e4_quality_moves_a_part_of_the_way_and_is_shocked(coefficients, council):
    c = coefficients(practice_adjustment_time=20.0, practice_shock=0.15)
    one = council(quality=1.0, structural_level=2.0)
    update_quality(one, 0.0, 0.0, 0.0, -2.0, c)
    assert one.quality == pytest.approx(1.0 + 1.0 / 20 - 0.15 * 2.0)


def test_e4_quality_at_its_target_stays_but_for_the_shock(c, council):
    one = council(quality=0.5, structural_level=0.5)
    update_quality(one, 0.0, 0.0, 0.0, 0.0, c)
    assert one.quality == 0.5


def test_e4_practice_collapses_once_in_so_many_years(coefficients, council, chance_of):
    c = coefficients(collapse_rate=0.05)

    def collapses(luck):
        one = council(grade=GOOD, quality=1.0)
        collapse(one, luck, 0.0, c)
        return one.quality < 1.0

    monthly = chance_of(collapses)
    assert (1 - monthly) ** 12 == pytest.approx(0.95)


def test_e4_a_collapse_is_deep_never_a_rise_and_spares_the_inadequate(c, council):
    for grade, depth, fall in [
        (REQUIRES_IMPROVEMENT, 0.0, 1.4),
        (GOOD, 1.0, 1.8),
        (GOOD, -4.0, 0.0),
        (INADEQUATE, 0.0, 0.0),
    ]:
        one = council(grade=grade, quality=1.0)
        collapse(one, 0.0, depth, c)
        assert one.quality == pytest.approx(1.0 - fall), (grade, depth)


def test_e5_labels_are_felt_as_stigma_and_the_stock_stays(coefficients, council):
    c = coefficients(label_stigma=0.3)
    assert felt_stigma(council(stigma=0.5), c) == 0.5
    labelled = council(stigma=0.5, labelled_receiver=1)
    assert felt_stigma(labelled, c) == pytest.approx(0.8)
    assert labelled.stigma == 0.5
    assert felt_stigma(council(stigma=0.9, labelled_receiver=1), c) == 1.0


def test_e5_where_the_agency_share_rests(coefficients, council):
    c = coefficients(label_stigma=0.3, label_prestige=0.02, stigma_agency_effect=0.16, quality_agency_effect=0.055)
    assert resting_agency(council(), c) == pytest.approx(0.155)
    assert resting_agency(council(stigma=0.5, quality=2.0), c) == pytest.approx(0.155 + 0.16 * 0.5 - 0.055 * 2.0)
    assert resting_agency(council(labelled_receiver=1), c) == pytest.approx(0.155 + 0.16 * 0.3)
    assert resting_agency(council(labelled_giver=1), c) == pytest.approx(0.155 - 0.02)


def test_e5_the_agency_share_moves_a_sixth_of_the_way_and_is_held(c, council):
    one = council(agency_share=0.215)
    update_agency(one, c)
    assert one.agency_share == pytest.approx(0.215 - 0.06 / 6)
    assert (within_bounds(0.01), within_bounds(0.3), within_bounds(0.7)) == (0.02, 0.3, 0.60)
    strong = council(agency_share=0.03, quality=30.0)
    update_agency(strong, c)
    assert strong.agency_share == 0.02


def test_e6_half_lives(coefficients, council):
    c = coefficients(borrowed_decay=0.1)
    one = council(stigma=0.8, alarm=1.2, press=0.6, borrowed_practice=1.0)
    for _ in range(6):
        fade(one, c)
    assert one.press == pytest.approx(0.3)
    assert one.borrowed_practice == pytest.approx(0.9**6)
    for _ in range(12):
        fade(one, c)
    assert one.alarm == pytest.approx(0.6)
    for _ in range(6):
        fade(one, c)
    assert one.stigma == pytest.approx(0.4)


def test_the_rise_goes_on_from_the_start_and_stops_where_it_stops_for_all(coefficients):
    for choice in ("stops", "continues"):
        whole = coefficients(national_drift=0.12, switches={"drift": choice})
        later = coefficients(national_drift=0.12, drift_from=20, switches={"drift": choice})
        assert [rise_since_start(month, whole) for month in range(60)] == [drift(month, whole) for month in range(60)]
        for month in (0, 10, 16, 17, 50):
            expected = drift(20 + month, whole) - drift(20, whole)
            assert rise_since_start(month, later) == pytest.approx(expected)
