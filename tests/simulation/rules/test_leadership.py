"""E1 to E3: pressure, direction and leadership, against values worked out by hand."""

import math

import pytest

from simulation.rules.leadership import (
    SETTLING,
    attention_push,
    direction,
    interim_leadership,
    overload,
    permanent_leadership,
    settling,
    shared_leadership,
    update_leadership,
)
from simulation.rules.pressure import pressure, update_pressure
from simulation.state import INTERIM, UNFILLED, DirectorState

DIP = 0.2
"""The default succession dip (SD)."""


def settled(ability):
    return DirectorState(ability=ability, months_in_post=600, months_as_director=600)


def test_e2_a_newcomers_dip_fades_alike_within_the_table_and_beyond_it():
    for months in (0, 1, 12, len(SETTLING) - 1, len(SETTLING), 12_000):
        assert settling(months) == math.exp(-(1.0 / 12.0) * months)


def test_e1_pressure_is_the_national_gap_for_a_chief_of_usual_attention(c):
    assert pressure(0.23, 1.5, 0.2, in_trust=False, c=c) == pytest.approx(0.23)


def test_e1_the_gap_weighs_more_in_poorer_councils_where_it_is_tilted(coefficients):
    tilted = coefficients(poverty_tilt=2.0)
    assert pressure(0.2, 1.0, 0.2, in_trust=False, c=tilted) == pytest.approx(0.2 * 1.5)
    assert pressure(0.2, -1.0, 0.2, in_trust=False, c=tilted) == pytest.approx(0.2 * 0.5)
    assert pressure(0.2, -3.0, 0.2, in_trust=False, c=tilted) == 0.0


def test_e1_a_chiefs_attention_keeps_some_of_it_away_except_under_a_trust(coefficients):
    strong = coefficients(corporate_protection=2.0)
    assert pressure(0.2, 0.0, 0.3, in_trust=False, c=strong) == pytest.approx(0.2 * 0.8)
    assert pressure(0.2, 0.0, 0.1, in_trust=False, c=strong) == pytest.approx(0.2 * 1.2)
    assert pressure(0.2, 0.0, 0.9, in_trust=False, c=strong) == 0.0
    assert pressure(0.2, 0.0, 0.3, in_trust=True, c=strong) == pytest.approx(0.2)


def test_e1_the_councils_own_state_is_read(c, council):
    one = council(attention=0.4, deprivation=1.0)
    update_pressure(one, 0.2, c)
    assert one.pressure == pytest.approx(0.2 * (1 - 0.5 * 0.2))
    one.trust_months = 3
    update_pressure(one, 0.2, c)
    assert one.pressure == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("months_in_post", "months_as_director", "novelty"),
    [(0, 0, 1.0), (0, 5, 1.0), (0, 6, 0.5), (24, 29, 1.0), (24, 30, 0.5)],
)
def test_e2_a_new_director_costs_something_at_first_and_half_if_experienced(
    c, months_in_post, months_as_director, novelty
):
    director = DirectorState(ability=0.8, months_in_post=months_in_post, months_as_director=months_as_director)
    expected = 0.25 * 0.8 - DIP * novelty * math.exp(-months_in_post / 12)
    assert permanent_leadership(director, c) == pytest.approx(expected)


def test_e2_an_interim_costs_the_penalty(c):
    assert interim_leadership(0.4, c) == pytest.approx(0.25 * 0.4 - 0.25)


def test_e2_a_partnership_shares_the_partners_director(c):
    assert shared_leadership(2.0, c) == pytest.approx(0.7 * 0.25 * 2.0 - 0.3 * 0.25)


def test_e2_who_directs_the_council(c, council):
    own, partners = settled(1.0), settled(2.0)
    partner, vacant = council(index=5, seat=5), council(index=5, seat=INTERIM)
    permanent = council(seat=0)
    interim = council(seat=INTERIM, interim_ability=-0.5)
    assert direction(permanent, own, permanent, own, c) == pytest.approx(0.25)
    assert direction(interim, own, interim, own, c) == pytest.approx(0.25 * -0.5 - 0.25)
    assert direction(council(seat=UNFILLED), own, interim, own, c) == pytest.approx(-0.25)
    shared = 0.7 * 0.25 * 2.0 - 0.3 * 0.25
    assert direction(council(seat=0, partner=5), own, partner, partners, c) == pytest.approx(shared)
    assert direction(council(seat=INTERIM, partner=5), own, partner, partners, c) == pytest.approx(shared)
    assert direction(council(seat=0, partner=5), own, vacant, partners, c) == pytest.approx(0.25)


def test_e2_the_partner_pays_half_the_penalty_while_it_lasts(c, council):
    lender = council(seat=0, partner_of=3)
    assert direction(lender, settled(1.0), lender, settled(1.0), c) == pytest.approx(0.25 - 0.5 * 0.25)


@pytest.mark.parametrize(("months", "dip"), [(0, 0.30), (12, 0.15), (24, 0.075), (36, 0.0375)])
def test_e2_a_trust_costs_something_that_halves_every_year(c, council, months, dip):
    trust = council(seat=0, trust_months=months)
    assert direction(trust, settled(1.0), trust, settled(1.0), c) == pytest.approx(0.25 - dip)


def test_e3_attention_is_counted_from_the_usual(coefficients):
    assert attention_push(0.35, coefficients()) == pytest.approx(0.15)
    assert attention_push(0.05, coefficients()) == pytest.approx(-0.15)
    inverted = coefficients(switches={"attention_shape": "inverted_u"})
    assert attention_push(0.35, inverted) == pytest.approx(0.15 * 0.5)
    assert attention_push(0.50, inverted) == pytest.approx(0.0, abs=1e-15)
    assert attention_push(0.05, inverted) == pytest.approx(-0.15 * 1.5)


def test_e3_giving_costs_beyond_safe_release_only(c):
    assert overload(15.0, c) == 0.0
    assert overload(3.0, c) == 0.0
    assert overload(24.0, c) == pytest.approx(0.2 * 0.9)


def test_e3_leadership_adds_direction_attention_agency_staff_and_overload(coefficients, council):
    c = coefficients(attention_effect=0.6, agency_effect=2.0)
    one = council(attention=0.3, seat=0, agency_share=0.255, days_given=25.0)
    update_leadership(one, settled(1.0), one, settled(1.0), c)
    assert one.leadership == pytest.approx(0.25 + 0.6 * 0.1 - 2.0 * 0.1 - 0.2 * 1.0)


def test_e3_a_trusts_department_is_out_of_the_chiefs_reach(c, council):
    one = council(attention=0.6, seat=0, agency_share=0.155, trust_months=12)
    update_leadership(one, settled(1.0), one, settled(1.0), c)
    assert one.leadership == pytest.approx(0.25 - 0.15)
