"""R2: when is a council's department removed to a trust?"""

from __future__ import annotations

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.state import INADEQUATE, NOBODY, ArmTerms, CouncilState, DirectorState

FAR_BELOW = 1.0
TRUST_LEADER = 0.4
TRUST_SERVICE = 30


@rule("R2")
def decides_trust(council: CouncilState, before: int, grade: int, seen: float, c: Coefficients) -> bool:
    """Return whether a judgement removes the department to a trust.

    So decided on an inadequate judgement far below the cut, or on a second in a row; a council has one trust at most.
    """
    if grade != INADEQUATE or council.trust_from != NOBODY:
        return False
    return before == INADEQUATE or seen < c.inadequate_cut - FAR_BELOW


@rule("R2")
def start_trust(council: CouncilState, c: Coefficients) -> None:
    """Start the trust: it stays to the end."""
    council.trust_months = 0
    council.alarm = max(council.alarm, c.trust_alarm)


@rule("R2")
def lead_trust(director: DirectorState, ability: float) -> None:
    """Make the director a trust's leader, with earlier service (``ability`` standard normal)."""
    director.ability = TRUST_LEADER + ability
    director.months_as_director = TRUST_SERVICE


@rule("R2")
def money_left(arm: ArmTerms, budget: float, months_elapsed: int, spent: int) -> float:
    """Return the days a month that a quarter's arm can pledge from what trusts have left (``budget`` pounds a month).

    ``spent`` is all that trusts and support have cost so far, in pence.
    """
    left = budget * (months_elapsed + 3) - spent / 100.0
    return min(arm.budget, max(0.0, left) / (3.0 * arm.cash_per_day))
