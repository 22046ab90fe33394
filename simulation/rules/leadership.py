"""E2, E3: how well is the department led?"""

from __future__ import annotations

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.rules.maths import LN2, exp
from simulation.state import NOBODY, CouncilState, DirectorState

NATIONAL_AGENCY_SHARE = 0.155
EXPERIENCED_MONTHS = 6
SETTLING_RATE = 1.0 / 12.0
PARTNER_WEIGHT = 0.7
PARTNERSHIP_COST = 0.3
PARTNER_COST = 0.5
TRUST_DIP = 0.30
TRUST_DIP_RATE = LN2 / 12.0
ATTENTION_WIDTH = 0.30
SETTLING = tuple(exp(-SETTLING_RATE * months) for months in range(256))
"""What is left of a new director's dip after so many months: looked up, for every director asks every month."""


@rule("E2")
def settling(months_in_post: int) -> float:
    """Return what is left of a new director's dip after so many months."""
    if months_in_post < len(SETTLING):
        return SETTLING[months_in_post]
    return exp(-SETTLING_RATE * months_in_post)


@rule("E2")
def permanent_leadership(director: DirectorState, c: Coefficients) -> float:
    """Return what a permanent director adds to the target of quality (SD).

    A new director costs something at first: half as much if experienced elsewhere. Source: heads of schools.
    """
    novelty = 1.0 if director.months_as_director - director.months_in_post < EXPERIENCED_MONTHS else 0.5
    return c.director_effect * director.ability - c.succession_dip * novelty * settling(director.months_in_post)


@rule("E2")
def interim_leadership(ability: float, c: Coefficients) -> float:
    """Return what an interim adds to the target of quality (SD)."""
    return c.director_effect * ability - c.interim_penalty


@rule("E2")
def shared_leadership(partner_ability: float, c: Coefficients) -> float:
    """Return what a partnership's shared director adds to the receiver's target of quality (SD)."""
    return PARTNER_WEIGHT * c.director_effect * partner_ability - PARTNERSHIP_COST * c.interim_penalty


@rule("E2")
def direction(
    council: CouncilState,
    director: DirectorState,
    partner: CouncilState,
    partner_director: DirectorState,
    c: Coefficients,
) -> float:
    """Return what whoever directs the council adds to its target of quality (SD).

    ``director``, ``partner`` and ``partner_director`` are read only if the council's seat, its partnership and the
    partner's seat are filled.
    """
    if council.partner != NOBODY and partner.seat >= 0:
        value = shared_leadership(partner_director.ability, c)
    elif council.seat >= 0:
        value = permanent_leadership(director, c)
    else:
        value = interim_leadership(council.interim_ability, c)
    if council.partner_of != NOBODY:
        value -= PARTNER_COST * c.interim_penalty
    if council.trust_months != NOBODY:
        value -= TRUST_DIP * exp(-TRUST_DIP_RATE * council.trust_months)
    return value


@rule("E3")
def attention_push(attention: float, c: Coefficients) -> float:
    """Return attention above the usual, or its inverted U if so switched (share of attention)."""
    excess = attention - c.attention_base
    if c.inverted_attention == 1:
        return excess * (1.0 - excess / ATTENTION_WIDTH)
    return excess


@rule("E3")
def overload(days_given: float, c: Coefficients) -> float:
    """Return the quality target that giving beyond safe release costs (SD)."""
    if days_given <= c.safe_release:
        return 0.0
    return c.overload_cost * (days_given - c.safe_release) / 10.0


@rule("E3")
def update_leadership(
    council: CouncilState,
    director: DirectorState,
    partner: CouncilState,
    partner_director: DirectorState,
    c: Coefficients,
) -> None:
    """Write what leadership adds to the council's target of quality (SD): direction, attention, agency staff, overload.

    Read ``director``, ``partner`` and ``partner_director`` as `direction` does.
    """
    value = direction(council, director, partner, partner_director, c)
    if council.trust_months == NOBODY:
        value += c.attention_effect * attention_push(council.chief.attention, c)
    value -= c.agency_effect * (council.agency_share - NATIONAL_AGENCY_SHARE)
    council.leadership = value - overload(council.days_given, c)
