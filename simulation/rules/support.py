"""E13, E14, E15: what does a day of support deliver, teach and cost those who give it?"""

from __future__ import annotations

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.rules.maths import exp
from simulation.rules.money import pence
from simulation.state import GOOD, NOBODY, ArmTerms, CouncilState, DirectorState, SectorState

OFFER_BELOW_GOOD, OFFER_GOOD = 0.6, 0.3
NEW_IN_POST = 6


@rule("E13")
def universal_offer(grade: int) -> float:
    """Return the days a month that every council gets in every regime: what regions and the LGA offer to all."""
    return OFFER_GOOD if grade >= GOOD else OFFER_BELOW_GOOD


@rule("E13")
def fit(gap: float, c: Coefficients) -> float:
    """Return how well a giver so much better (``gap``, SD) teaches: an inverted U, or one that saturates."""
    if gap <= 0.0:
        return 0.0
    ratio = gap / c.best_gap
    if c.saturating_gap == 1:
        return min(1.0, ratio)
    return ratio * exp(1.0 - ratio)


@rule("E13")
def teaching(receiver: CouncilState, giver: CouncilState, days: float, c: Coefficients) -> float:
    """Return the effective days in so many delivered ``days`` of the giver's."""
    return days * fit(giver.quality - receiver.quality, c) * (1.0 + c.gold_dust_premium * giver.recovered)


@rule("E13")
def months_led(council: CouncilState, director: DirectorState) -> int:
    """Return the months in post of the council's own director, 0 without one (``director`` is then not read)."""
    return director.months_in_post if council.seat >= 0 else 0


@rule("E13")
def absorption(council: CouncilState, months: int, c: Coefficients) -> float:
    """Return the share of effective days that the council can take up: half under an interim or a newcomer."""
    settled = 1.0 if months >= NEW_IN_POST else 0.5
    if council.trust_months != NOBODY:
        return settled
    return settled * max(0.1, 1.0 + c.attention_absorption * (council.chief.attention - c.attention_base))


@rule("E13")
def dose_response(days: float, c: Coefficients) -> float:
    """Return the power of so many days a month: little below the half dose."""
    if c.half_dose == 0.0:
        return 1.0
    return days * days / (days * days + c.half_dose * c.half_dose)


@rule("E13")
def learn(council: CouncilState, months: int, c: Coefficients) -> None:
    """Add to what the council has borrowed, from its inflow of effective days and the dose.

    ``months`` is how long its own director has been in post (0 without one).
    """
    offer = universal_offer(council.grade)
    dose = dose_response(council.days_received + offer, c)
    uptake = (council.inflow + offer) * absorption(council, months, c) * dose
    council.borrowed_practice += c.transfer_rate / 100.0 * uptake


@rule("E14")
def learn_by_giving(giver: CouncilState, days: float, c: Coefficients) -> None:
    """Add to what the giver has borrowed: teaching teaches."""
    giver.borrowed_practice += c.giver_learning * (c.transfer_rate / 100.0) * days


@rule("E15")
def delivered(pledged: float, paid: bool, pressure: float, c: Coefficients) -> float:
    """Return the days delivered of those ``pledged`` by a giver under so much ``pressure``; a surplus adds none."""
    kept = pledged * min(1.0, max(0.0, 1.0 - c.pressure_on_giving * pressure))
    return kept if paid else kept * c.unpaid_delivery


@rule("E15")
def deliver(giver: CouncilState, pledged: float, paid: bool, c: Coefficients) -> float:
    """Return the days that the giver delivers of those that it ``pledged``."""
    return delivered(pledged, paid, giver.pressure, c)


@rule("E15")
def clear_support(council: CouncilState) -> None:
    """Start a month's account of support."""
    council.days_given = 0.0
    council.director_days_given = 0.0
    council.days_received = 0.0
    council.inflow = 0.0


@rule("E15")
def exchange(receiver: CouncilState, giver: CouncilState, days: float, director_share: float, c: Coefficients) -> None:
    """Enter so many delivered ``days`` in the accounts of giver and receiver."""
    giver.days_given += days
    giver.director_days_given += days * director_share
    receiver.days_received += days
    receiver.inflow += teaching(receiver, giver, days, c)


@rule("E15")
def enter_ledger(sector: SectorState, arm: ArmTerms, pledged: float, days: float) -> None:
    """Enter a link's month in the ledger: days pledged and delivered, cash and the worth of unpaid days."""
    cash = pence(arm.cash_per_day * days)
    sector.days_pledged += pledged
    sector.days_delivered += days
    sector.director_days += days * arm.director_share
    sector.programme_cash += cash
    sector.programme_shadow += pence(arm.shadow_price_per_day * days)
    sector.spent += cash
