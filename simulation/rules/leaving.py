"""E8: who leaves the director's post, and why?"""

from __future__ import annotations

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.rules.maths import exp
from simulation.state import (
    INTERIM,
    LEFT,
    NOBODY,
    POOL,
    RESTING,
    UNFILLED,
    CouncilState,
    DirectorState,
    SectorState,
)

DISMISSED, BY_CHOICE = 0, 1
"""Why a director leaves."""
INTERIM_ROUTE = 0.72
INTERIM_SPREAD = 0.5
REST_MONTHS = 6
WORKING_MONTH = 20.0


@rule("E8")
def serve_month(director: DirectorState) -> None:
    """Add a month in post and as a director."""
    director.months_in_post += 1
    director.months_as_director += 1


@rule("E8")
def is_dismissed(director: DirectorState, council: CouncilState, luck: float, c: Coefficients) -> bool:
    """Return whether bad press forces the director out this month (``luck`` uniform).

    Newcomers are spared, and a chief's attention shields. Source: football manager syndrome, as the sector put it.
    """
    if luck >= c.dismissal_bound * council.press:
        return False
    blame = 1.0 - exp(-(director.months_in_post + 1) / 12.0)
    shield = exp(-c.attention_shield * (council.chief.attention - c.attention_base))
    return luck < 1.0 - exp(-c.dismissal_scale * council.press * blame * shield)


@rule("E8")
def leaves_by_choice(
    director: DirectorState, council: CouncilState, mean_quality: float, luck: float, c: Coefficients
) -> bool:
    """Return whether the director leaves by choice this month (``luck`` uniform): likelier if overloaded or failing."""
    strain = 1.0 + c.overload_exit * council.director_days_given / WORKING_MONTH
    if luck >= c.exit_bound * strain:
        return False
    standing = min(2.0, max(-2.0, council.quality - mean_quality))
    return luck < c.exit_chance * strain * exp(-c.exit_quality_slope * standing)


@rule("E8")
def leave_post(director: DirectorState, lost: float, fate: float) -> None:
    """Send a director out of the sector with the chance ``lost``, else to rest (``fate`` uniform)."""
    director.council = NOBODY
    director.months_resting = 0
    director.status = LEFT if fate < lost else RESTING


@rule("E8")
def rest(director: DirectorState) -> None:
    """Let a resting director rest a month, and join the pool after six."""
    director.months_resting += 1
    if director.months_resting >= REST_MONTHS:
        director.status = POOL


@rule("E8")
def lose_director(council: CouncilState, c: Coefficients) -> None:
    """Take from the council what an exit of its director takes: part of what it borrowed."""
    council.borrowed_practice *= 1.0 - c.borrowed_loss_on_exit
    council.exits += 1
    council.months_vacant = 0


@rule("E8")
def interim_comes(route: float) -> bool:
    """Return whether an interim takes the empty seat, which else waits (``route`` uniform)."""
    return route < INTERIM_ROUTE


@rule("E8")
def seat_interim(council: CouncilState, sector: SectorState, ability: float) -> None:
    """Put an interim in charge of the council (``ability`` standard normal): a change of director."""
    council.seat = INTERIM
    council.interim_ability = INTERIM_SPREAD * ability
    council.months_interim = 0
    council.director_changes += 1
    sector.director_changes += 1


@rule("E8")
def vacate_seat(council: CouncilState) -> None:
    """Leave the empty seat for a direct appointment."""
    council.seat = UNFILLED
    council.interim_ability = 0.0


@rule("E8")
def lost_share(why: int, c: Coefficients) -> float:
    """Return the share of directors leaving for this reason who are lost to the sector."""
    return c.lost_after_dismissal if why == DISMISSED else c.lost_after_choice


@rule("E8")
def count_exit(sector: SectorState, why: int) -> None:
    """Count an exit by its reason."""
    if why == DISMISSED:
        sector.dismissals += 1
    else:
        sector.voluntary_exits += 1
