"""E8: who leaves the director's post, against values worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.rules import leaving
from simulation.rules.leaving import (
    count_exit,
    interim_comes,
    is_dismissed,
    leave_post,
    leaves_by_choice,
    lose_director,
    lost_share,
    rest,
    seat_interim,
    serve_month,
    vacate_seat,
)
from simulation.state import (
    INTERIM,
    LEFT,
    POOL,
    RESTING,
    UNFILLED,
    ChiefState,
    CouncilState,
    DirectorState,
    SectorState,
)


def scale(probability):
    """E8's c, from its definition."""
    total = sum(2 ** (-m / 6) * (1 - math.exp(-(m + 25) / 12)) for m in range(1, 13))
    return -math.log(max(0.02, 1 - probability)) / total


def test_a_month_of_service_counts_in_post_and_as_director():
    director = DirectorState(months_in_post=3, months_as_director=40)
    serve_month(director)
    assert (director.months_in_post, director.months_as_director) == (4, 41)


@pytest.mark.parametrize(
    ("press", "months", "attention", "probability"),
    [(1.0, 24, 0.2, 0.4), (0.3, 24, 0.2, 0.4), (1.0, 1, 0.2, 0.4), (1.0, 24, 0.5, 0.4), (1.0, 24, 0.0, 0.8)],
)
def test_the_chance_of_dismissal(coefficients, council, chance_of, press, months, attention, probability):
    c = coefficients(dismissal_probability=probability, attention_shield=2.0)
    director, one = DirectorState(months_in_post=months), council(press=press, attention=attention)
    blame, shield = 1 - math.exp(-(months + 1) / 12), math.exp(-2.0 * (attention - 0.2))
    hazard = scale(probability) * press * blame * shield
    assert chance_of(lambda luck: is_dismissed(director, one, luck, c)) == pytest.approx(1 - math.exp(-hazard))


@pytest.mark.parametrize("probability", [0.0, 0.25, 0.4, 0.8, 0.98, 1.0])
def test_a_director_two_years_in_post_is_forced_out_in_the_year_so_often(coefficients, council, chance_of, probability):
    c = coefficients(dismissal_probability=probability)
    stays = 1.0
    for month in range(1, 13):
        director, one = DirectorState(months_in_post=24 + month), council(press=2 ** (-month / 6))
        stays *= 1 - chance_of(lambda luck, d=director, k=one: is_dismissed(d, k, luck, c))
    assert 1 - stays == pytest.approx(min(0.98, probability))


def test_nobody_is_dismissed_without_press(c, council):
    assert not is_dismissed(DirectorState(months_in_post=60), council(press=0.0), 0.0, c)


@pytest.mark.parametrize(
    ("days", "quality", "slope", "factor"),
    [
        (0.0, 0.0, 0.25, 1.0),
        (8.0, 0.0, 0.25, 1 + 2.5 * 8 / 20),
        (0.0, 1.0, 0.25, math.exp(-0.25)),
        (0.0, -1.0, 0.25, math.exp(0.25)),
        (0.0, -5.0, 0.5, math.exp(1.0)),
        (0.0, 5.0, 0.5, math.exp(-1.0)),
        (4.0, -1.0, 0.25, 1.5 * math.exp(0.25)),
    ],
)
def test_the_chance_of_leaving_by_choice(coefficients, council, chance_of, days, quality, slope, factor):
    c = coefficients(voluntary_exit_rate=0.13, exit_quality_slope=slope, overload_exit=2.5)
    one = council(quality=quality + 0.7, director_days_given=days)
    monthly = 1 - (1 - 0.13) ** (1 / 12)
    found = chance_of(lambda luck: leaves_by_choice(DirectorState(), one, 0.7, luck, c))
    assert found == pytest.approx(monthly * factor)


@given(st.floats(0, 1), st.integers(0, 144), st.floats(0, 1), st.floats(0, 1, exclude_max=True), st.floats(0, 100))
def test_the_quick_bounds_never_change_an_answer(coefficients, press, months, attention, luck, days):
    c = coefficients(attention_shield=3.0, exit_quality_slope=0.6)
    director = DirectorState(months_in_post=months)
    one = CouncilState(press=press, director_days_given=days, quality=attention, chief=ChiefState(attention=attention))
    blame = 1 - math.exp(-(months + 1) / 12)
    hazard = c.dismissal_scale * press * blame * math.exp(-3.0 * (attention - 0.2))
    if abs(luck - (1 - math.exp(-hazard))) > 1e-12:
        assert is_dismissed(director, one, luck, c) == (luck < 1 - math.exp(-hazard))
    chance = c.exit_chance * (1 + 2.5 * days / 20) * math.exp(-0.6 * min(2, max(-2, attention - 0.4)))
    if abs(luck - chance) > 1e-12:
        assert leaves_by_choice(director, one, 0.4, luck, c) == (luck < chance)


def test_who_is_lost_to_the_sector(c, chance_of):
    assert lost_share(leaving.DISMISSED, c) == 0.6
    assert lost_share(leaving.BY_CHOICE, c) == 0.8

    def lost(fate):
        director = DirectorState(council=7)
        leave_post(director, 0.6, fate)
        assert director.council == -1
        return director.status == LEFT

    assert chance_of(lost) == pytest.approx(0.6)


def test_who_is_not_lost_rests_six_months_and_joins_the_pool():
    director = DirectorState(months_resting=4)
    leave_post(director, 0.6, 0.7)
    for _ in range(5):
        rest(director)
        assert director.status == RESTING
    rest(director)
    assert director.status == POOL


def test_an_exit_takes_part_of_what_was_borrowed(coefficients, council):
    one = council(borrowed_practice=0.5, exits=2, months_vacant=9)
    lose_director(one, coefficients(borrowed_loss_on_exit=0.3))
    assert (one.borrowed_practice, one.exits, one.months_vacant) == (pytest.approx(0.35), 3, 0)


def test_the_seat_goes_to_an_interim_so_often(chance_of):
    assert interim_comes(0.5)
    assert chance_of(interim_comes) == pytest.approx(0.72)


def test_else_the_seat_waits_and_that_is_no_change_of_director(council):
    one = council(seat=4, interim_ability=0.3)
    vacate_seat(one)
    assert (one.seat, one.interim_ability, one.director_changes) == (UNFILLED, 0.0, 0)


def test_an_interim_is_a_change_of_director(council):
    one, sector = council(seat=UNFILLED, months_interim=5), SectorState()
    seat_interim(one, sector, 2.0)
    assert (one.seat, one.interim_ability, one.months_interim) == (INTERIM, 1.0, 0)
    assert (one.director_changes, sector.director_changes) == (1, 1)


def test_exits_are_counted_by_their_reason():
    sector = SectorState()
    for why in (leaving.DISMISSED, leaving.BY_CHOICE, leaving.BY_CHOICE):
        count_exit(sector, why)
    assert (sector.dismissals, sector.voluntary_exits) == (1, 2)
