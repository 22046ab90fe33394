"""E13 to E15: what a day of support delivers and teaches, against values worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.rules.support import (
    absorption,
    clear_support,
    deliver,
    delivered,
    dose_response,
    enter_ledger,
    exchange,
    fit,
    learn,
    learn_by_giving,
    months_led,
    teaching,
    universal_offer,
)
from simulation.state import GOOD, INADEQUATE, INTERIM, REQUIRES_IMPROVEMENT, DirectorState, SectorState


def test_e13_every_council_gets_the_universal_offer():
    assert [universal_offer(grade) for grade in range(4)] == [0.6, 0.6, 0.3, 0.3]


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(1.25, 1.0), (2.5, 2 * math.exp(-1)), (0.625, 0.5 * math.exp(0.5)), (0.0, 0.0), (-1.0, 0.0)],
)
def test_e13_learning_is_an_inverted_u_of_distance(c, gap, expected):
    assert fit(gap, c) == pytest.approx(expected)


def test_e13_or_it_saturates(coefficients):
    c = coefficients(switches={"gap_shape": "saturating"})
    assert [fit(gap, c) for gap in (-1.0, 0.0, 0.625, 1.25, 5.0)] == [0.0, 0.0, 0.5, 1.0, 1.0]


@given(st.floats(-10, 10))
def test_e13_no_gap_teaches_better_than_the_best(c, gap):
    assert 0 <= fit(gap, c) <= 1


def test_e13_those_who_came_up_from_inadequate_teach_more(coefficients, council):
    c = coefficients(gold_dust_premium=0.3)
    receiver = council(quality=-1.0)
    assert teaching(receiver, council(quality=0.25), 8.0, c) == pytest.approx(8.0)
    assert teaching(receiver, council(quality=0.25, recovered=1), 8.0, c) == pytest.approx(8.0 * 1.3)
    assert teaching(receiver, council(quality=-2.0, recovered=1), 8.0, c) == 0.0


@pytest.mark.parametrize(("half_dose", "days", "power"), [(5.0, 5.0, 0.5), (5.0, 10.0, 0.8), (5.0, 0.6, 0.36 / 25.36)])
def test_e13_little_support_has_little_power(coefficients, half_dose, days, power):
    assert dose_response(days, coefficients(half_dose=half_dose)) == pytest.approx(power)


def test_e13_without_a_half_dose_every_day_counts(coefficients):
    c = coefficients(half_dose=0.0)
    assert dose_response(0.3, c) == dose_response(0.0, c) == 1.0


@pytest.mark.parametrize(
    ("months", "attention", "trust", "expected"),
    [
        (6, 0.2, -1, 1.0),
        (5, 0.2, -1, 0.5),
        (0, 0.4, -1, 0.5 * 1.3),
        (30, 0.4, -1, 1.3),
        (30, 0.1, -1, 0.85),
        (30, 0.4, 5, 1.0),
        (2, 0.4, 5, 0.5),
    ],
)
def test_e13_newcomers_take_up_half_and_the_chiefs_attention_helps(c, council, months, attention, trust, expected):
    assert absorption(council(attention=attention, trust_months=trust), months, c) == pytest.approx(expected)


def test_e13_some_support_is_always_taken_up(coefficients, council):
    assert absorption(council(attention=0.0), 30, coefficients(attention_absorption=100.0)) == pytest.approx(0.1)


def test_e13_whose_months_in_post_count(council):
    director = DirectorState(months_in_post=40)
    assert months_led(council(seat=0), director) == 40
    assert months_led(council(seat=INTERIM), director) == 0


def test_e13_what_is_borrowed_in_a_month(coefficients, council):
    c = coefficients(half_dose=4.5, transfer_rate=0.4)
    one = council(grade=REQUIRES_IMPROVEMENT, inflow=9.0, days_received=10.0, borrowed_practice=0.2)
    learn(one, 24, c)
    dose = 10.6**2 / (10.6**2 + 4.5**2)
    assert one.borrowed_practice == pytest.approx(0.2 + 0.4 / 100 * 9.6 * dose)


def test_e13_without_a_programme_the_universal_offer_alone_teaches(coefficients, council):
    c = coefficients(half_dose=4.5, transfer_rate=0.4)
    for grade, offer in ((INADEQUATE, 0.6), (GOOD, 0.3)):
        one = council(grade=grade)
        learn(one, 24, c)
        assert one.borrowed_practice == pytest.approx(0.004 * offer * offer**2 / (offer**2 + 4.5**2))


def test_e14_a_giver_gains_by_every_day_with_no_threshold(coefficients, council):
    c = coefficients(giver_learning=0.2, transfer_rate=0.4)
    one = council(borrowed_practice=0.1)
    learn_by_giving(one, 12.0, c)
    assert one.borrowed_practice == pytest.approx(0.1 + 0.2 * 0.004 * 12.0)


@pytest.mark.parametrize(
    ("paid", "pressure", "expected"),
    [
        (True, 0.0, 10.0),
        (True, 0.3, 8.5),
        (False, 0.0, 7.0),
        (False, 0.3, 5.95),
        (True, 2.5, 0.0),
        (False, 1.9, 0.35),
        (True, -0.4, 10.0),
        (False, -0.4, 7.0),
    ],
)
def test_e15_what_is_delivered_of_ten_days(coefficients, paid, pressure, expected):
    c = coefficients(pressure_on_giving=0.5, unpaid_delivery=0.7)
    assert delivered(10.0, paid, pressure, c) == pytest.approx(expected)


@pytest.mark.parametrize(("paid", "expected"), [(True, 8.0), (False, 6.4)])
def test_e15_a_giver_delivers_as_its_own_pressure_lets_it(coefficients, council, paid, expected):
    c = coefficients(pressure_on_giving=0.5, unpaid_delivery=0.8)
    assert deliver(council(pressure=0.4), 10.0, paid, c) == pytest.approx(expected)


def test_e15_days_are_entered_for_giver_and_receiver(c, council):
    giver, receiver = council(quality=0.25), council(quality=-1.0)
    exchange(receiver, giver, 8.0, 0.25, c)
    exchange(receiver, giver, 4.0, 0.25, c)
    assert (giver.days_given, giver.director_days_given, giver.days_received) == (12.0, 3.0, 0.0)
    assert (receiver.days_received, receiver.inflow, receiver.days_given) == (12.0, pytest.approx(12.0), 0.0)
    clear_support(receiver)
    clear_support(giver)
    assert (receiver.days_received, receiver.inflow, giver.days_given, giver.director_days_given) == (0, 0, 0, 0)


def test_e16_a_links_month_in_the_ledger(arm):
    sector = SectorState()
    unpaid = arm(cash_per_day=150.0, shadow_price_per_day=600.0, director_share=0.25)
    enter_ledger(sector, unpaid, 3.0, 2.00005)
    enter_ledger(sector, unpaid, 1.0, 1.0)
    assert (sector.days_pledged, sector.days_delivered) == (4.0, pytest.approx(3.00005))
    assert sector.director_days == pytest.approx(0.25 * 3.00005)
    assert (sector.programme_cash, sector.programme_shadow) == (30001 + 15000, 120003 + 60000)
    assert sector.spent == 45001
