"""E9, E10: where do new directors come from?"""

from __future__ import annotations

from collections.abc import MutableSequence

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.rules.maths import exp
from simulation.rules.workforce import felt_stigma
from simulation.state import (
    INTERIM,
    LEFT,
    NOBODY,
    PERMANENT,
    POOL,
    CouncilSequence,
    CouncilState,
    DirectorSequence,
    DirectorState,
    SectorState,
)

MOVER, RETURNER, FIRST_TIME = 0, 1, 2
MOVER_CHANCE, RETURNER_CHANCE = 0.30, 0.065
MONTHS_BEFORE_MOVING = 24
USUAL_PRESS = 0.03
USUAL_MARKET, BEST_MARKET = 0.65, 1.25
CLIMATE_MONTHS = 12.0


@rule("E9")
def update_press_climate(sector: SectorState, mean_press: float) -> None:
    """Move the sector's climate a month towards the mean press of its councils."""
    sector.press_climate += (mean_press - sector.press_climate) / CLIMATE_MONTHS


@rule("E9")
def update_candidates(sector: SectorState, c: Coefficients) -> None:
    """Add the month's ready first-time candidates: fewer when the press is bad."""
    deterrent = 0.25 * c.press_supply_elasticity * (sector.press_climate / USUAL_PRESS - 1.0)
    sector.candidates = min(c.candidates_most, sector.candidates + c.candidates_inflow * exp(-deterrent))


@rule("E9")
def tire(director: DirectorState, sector: SectorState, luck: float, c: Coefficients) -> None:
    """Let a director in the pool leave the sector, sometimes (``luck`` uniform), and count who stays."""
    if luck < c.pool_exit_chance:
        director.status = LEFT
    else:
        sector.pool += 1


@rule("E10")
def supply(candidates: float, pool: int) -> float:
    """Return how many could be appointed: candidates, and half the pool."""
    return candidates + 0.5 * pool


@rule("E10")
def market_factor(available: float, vacancies: int) -> float:
    """Return how the market speeds (above 1) or slows appointments."""
    if vacancies == 0:
        return BEST_MARKET
    return min(BEST_MARKET, (available / (available + 0.5 * vacancies)) / USUAL_MARKET)


@rule("E10")
def seat_is_filled(council: CouncilState, factor: float, luck: float, c: Coefficients) -> bool:
    """Return whether the vacant seat is filled this month (``luck`` uniform): a direct one at once."""
    if council.seat != INTERIM:
        return True
    return luck < c.hiring_chance * factor * (1.0 - 0.3 * felt_stigma(council, c))


@rule("E10")
def kind_of_appointment(luck: float) -> int:
    """Return whether a mover, a returner or a first-time director is sought (``luck`` uniform)."""
    if luck < MOVER_CHANCE:
        return MOVER
    if luck < MOVER_CHANCE + RETURNER_CHANCE:
        return RETURNER
    return FIRST_TIME


@rule("E10")
def may_move(director: DirectorState) -> bool:
    """Return whether a director has been long enough in post to move."""
    months = director.months_in_post
    return director.status == PERMANENT and months >= MONTHS_BEFORE_MOVING


@rule("E10")
def may_come(director: DirectorState, kind: int) -> bool:
    """Return whether the director is available for an appointment of this kind."""
    if kind == MOVER:
        return may_move(director)
    return director.status == POOL


@rule("E10")
def pick_director(directors: DirectorSequence, count: int, kind: int, luck: float) -> int:
    """Return which of the first ``count`` directors comes, uniform among those available, or `NOBODY`."""
    available = 0
    for k in range(count):
        available += 1 if may_come(directors[k], kind) else 0
    if available == 0:
        return NOBODY
    place = int(luck * available)
    for k in range(count):
        place -= 1 if may_come(directors[k], kind) else 0
        if place < 0:
            return k
    return NOBODY


@rule("E10")
def first_time_ability(available: float, vacancies: int, ability: float) -> float:
    """Return the ability (SD) of a first-time director: lower when few compete (``ability`` standard normal)."""
    return ability - 0.5 * max(0.0, 1.0 - available / max(1, vacancies))


@rule("E10")
def find_vacancies(councils: CouncilSequence, places: MutableSequence[int]) -> int:
    """Write the councils without a permanent director into ``places``, in order of code; return how many there are.

    ``places`` has room for all councils; what it holds beyond the vacancies means nothing.
    """
    vacancies = 0
    for council in councils:
        places[vacancies] = council.index
        vacancies += 1 if council.seat < 0 else 0
    return vacancies


@rule("E10")
def take_post(director: DirectorState, council: CouncilState, sector: SectorState, seat: int) -> None:
    """Seat the director, who is number ``seat``, in the council: a change of director and a vacancy filled."""
    if council.seat == INTERIM:
        sector.interim_spells += 1
        sector.interim_spell_months += council.months_interim
    sector.filled += 1
    sector.vacancy_months += council.months_vacant
    sector.appointed_ability_sum += director.ability
    sector.director_changes += 1
    council.director_changes += 1
    council.seat = seat
    council.interim_ability = 0.0
    council.months_interim = 0
    council.months_vacant = 0
    sector.pool -= 1 if director.status == POOL else 0
    director.status = PERMANENT
    director.council = council.index
    director.months_in_post = 0


@rule("E10")
def wait_month(council: CouncilState) -> None:
    """Count a month of the vacancy, and of the interim if one is in charge."""
    if council.seat < 0:
        council.months_vacant += 1
        if council.seat == INTERIM:
            council.months_interim += 1
