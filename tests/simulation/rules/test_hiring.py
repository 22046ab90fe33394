"""E9 and E10: supply and appointments of directors, against values worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.rules.hiring import (
    FIRST_TIME,
    MOVER,
    RETURNER,
    find_vacancies,
    first_time_ability,
    kind_of_appointment,
    market_factor,
    may_come,
    may_move,
    pick_director,
    seat_is_filled,
    supply,
    take_post,
    tire,
    update_candidates,
    update_press_climate,
    wait_month,
)
from simulation.state import INTERIM, LEFT, NOBODY, PERMANENT, POOL, RESTING, UNFILLED, DirectorState, SectorState


def test_e9_the_climate_follows_the_press_by_a_twelfth():
    sector = SectorState(press_climate=0.03)
    update_press_climate(sector, 0.27)
    assert sector.press_climate == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("climate", "elasticity", "factor"),
    [(0.03, 1.0, 1.0), (0.06, 1.0, math.exp(-0.25)), (0.0, 1.0, math.exp(0.25)), (0.09, 4.0, math.exp(-2.0))],
)
def test_e9_bad_press_thins_the_supply_of_candidates(coefficients, climate, elasticity, factor):
    sector = SectorState(press_climate=climate, candidates=3.0)
    update_candidates(sector, coefficients(press_supply_elasticity=elasticity))
    assert sector.candidates == pytest.approx(3.0 + 21 / 12 * factor)


def test_e9_candidates_are_at_most_forty_and_follow_the_size_of_the_sector(coefficients):
    england, half = coefficients(), coefficients(councils=76)
    sector = SectorState(press_climate=0.03, candidates=39.5)
    update_candidates(sector, england)
    assert sector.candidates == 40.0
    assert (england.candidates_start, half.candidates_start) == (12.0, 6.0)
    sector = SectorState(press_climate=0.03, candidates=19.5)
    update_candidates(sector, half)
    assert sector.candidates == 20.0
    assert half.candidates_inflow == pytest.approx(21 / 24)


def test_e9_the_pool_loses_so_many_a_year(coefficients, chance_of):
    def leaves(luck):
        director = DirectorState(status=POOL)
        sector = SectorState(pool=4)
        tire(director, sector, luck, coefficients(pool_exit_rate=0.25))
        assert (director.status == LEFT) == (sector.pool == 4)
        return director.status == LEFT

    assert (1 - chance_of(leaves)) ** 12 == pytest.approx(0.75)


def test_e10_who_could_be_appointed():
    assert supply(4.0, 3) == 5.5


@pytest.mark.parametrize(
    ("available", "vacancies", "factor"),
    [(5.0, 0, 1.25), (0.0, 0, 1.25), (40.0, 1, 1.25), (6.5, 7, 1.0), (0.0, 3, 0.0), (5.0, 10, 0.5 / 0.65)],
)
def test_e10_the_market_speeds_or_slows_appointments(available, vacancies, factor):
    assert market_factor(available, vacancies) == pytest.approx(factor)


def test_e10_an_interims_seat_is_filled_so_often(coefficients, council, chance_of):
    c = coefficients(hiring_time=8.0, label_stigma=0.2)
    monthly = 1 - math.exp(-1 / 8)
    for attributes, factor, expected in [
        ({}, 1.0, monthly),
        ({}, 0.5, monthly * 0.5),
        ({"stigma": 1.0}, 1.0, monthly * 0.7),
        ({"stigma": 0.5, "labelled_receiver": 1}, 1.0, monthly * (1 - 0.3 * 0.7)),
    ]:
        one = council(seat=INTERIM, **attributes)
        assert chance_of(lambda luck, k=one, f=factor: seat_is_filled(k, f, luck, c)) == pytest.approx(expected)


def test_e10_a_direct_seat_is_filled_at_once(c, council):
    assert seat_is_filled(council(seat=UNFILLED, stigma=1.0), 0.0, 0.999999, c)


def test_e10_what_kind_of_director_is_sought(chance_of):
    assert chance_of(lambda luck: kind_of_appointment(luck) == MOVER) == pytest.approx(0.30)
    assert chance_of(lambda luck: kind_of_appointment(luck) in (MOVER, RETURNER)) == pytest.approx(0.365)
    assert kind_of_appointment(0.9) == FIRST_TIME


def test_e10_who_may_come():
    def permanent(months):
        return DirectorState(status=PERMANENT, months_in_post=months)

    assert [may_move(permanent(months)) for months in (23, 24, 90)] == [False, True, True]
    assert not may_move(DirectorState(status=POOL, months_in_post=90))
    assert may_come(permanent(24), MOVER)
    assert not may_come(permanent(24), RETURNER)
    assert may_come(DirectorState(status=POOL), RETURNER)
    assert not may_come(DirectorState(status=RESTING), RETURNER)


@given(st.lists(st.sampled_from([PERMANENT, POOL, RESTING, LEFT]), max_size=12), st.floats(0, 1, exclude_max=True))
def test_e10_the_pick_is_uniform_among_those_available(statuses, luck):
    directors = [DirectorState(status=status, months_in_post=30) for status in statuses]
    for kind, wanted in ((MOVER, PERMANENT), (RETURNER, POOL)):
        available = [k for k, status in enumerate(statuses) if status == wanted]
        expected = available[int(luck * len(available))] if available else NOBODY
        assert pick_director(directors, len(directors), kind, luck) == expected


def test_e10_first_time_directors_are_less_able_where_few_compete():
    assert first_time_ability(10.0, 5, 0.3) == 0.3
    assert first_time_ability(2.0, 8, 0.3) == pytest.approx(0.3 - 0.5 * 0.75)
    assert first_time_ability(0.0, 0, 0.3) == pytest.approx(-0.2)


def test_e10_vacant_seats_are_those_without_a_permanent_director(council):
    councils, places = [council(index=i, seat=seat) for i, seat in enumerate((0, INTERIM, 3, UNFILLED))], [9] * 4
    assert find_vacancies(councils, places) == 2
    assert places[:2] == [1, 3]


def test_e10_an_appointment_is_a_change_and_ends_the_interims_spell(council):
    one = council(index=4, seat=INTERIM, months_interim=7, months_vacant=9, interim_ability=0.4, director_changes=1)
    director = DirectorState(ability=0.6, months_in_post=50, months_as_director=80, status=POOL)
    sector = SectorState(pool=3)
    take_post(director, one, sector, 11)
    assert sector.pool == 2
    assert (one.seat, one.months_interim, one.months_vacant, one.interim_ability) == (11, 0, 0, 0.0)
    assert (director.status, director.council) == (PERMANENT, 4)
    assert (director.months_in_post, director.months_as_director) == (0, 80)
    assert (sector.interim_spells, sector.interim_spell_months) == (1, 7)
    assert (sector.filled, sector.vacancy_months, sector.appointed_ability_sum) == (1, 9, 0.6)
    assert (one.director_changes, sector.director_changes) == (2, 1)


def test_e10_a_direct_appointment_ends_no_interims_spell(council):
    sector = SectorState()
    take_post(DirectorState(), council(seat=UNFILLED), sector, 0)
    assert (sector.interim_spells, sector.interim_spell_months, sector.filled) == (0, 0, 1)


def test_e10_a_vacancy_waits(council):
    for seat, expected in ((3, (0, 0)), (UNFILLED, (1, 0)), (INTERIM, (1, 1))):
        one = council(seat=seat)
        wait_month(one)
        assert (one.months_vacant, one.months_interim) == expected
