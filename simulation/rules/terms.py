"""R1: when is support matched, what does being matched make of a council, and when does a partnership end?"""

from __future__ import annotations

from collections.abc import Sequence

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.state import NOBODY, ArmTerms, CouncilState

MATCHING_MONTHS = 3
SOON, LATE = 24, 36


@rule("R1")
def is_active(arm: ArmTerms, month: int) -> bool:
    """Return whether the arm is in force in this ``month``."""
    return arm.first_month <= month <= arm.last_month


@rule("R1")
def any_active(arms: Sequence[ArmTerms], month: int) -> bool:
    """Return whether any arm is in force in this ``month``."""
    for arm in arms:
        if is_active(arm, month):
            return True
    return False


@rule("R1")
def matches_now(arms: Sequence[ArmTerms], month: int, first_month: int) -> bool:
    """Return whether support is matched now: every third month from the regime's first, and as arms begin or end."""
    if month < first_month:
        return False
    for arm in arms:
        if month in (arm.first_month, arm.last_month + 1):
            return True
    return (month - first_month) % MATCHING_MONTHS == 0


@rule("R1")
def clear_match(council: CouncilState) -> None:
    """Undo the council's links before a new matching."""
    council.gives = NOBODY
    council.receives = NOBODY
    council.helping = NOBODY


@rule("R1")
def mark(council: CouncilState, arms: Sequence[ArmTerms], c: Coefficients) -> None:
    """Write what being matched makes of a council until the next matching: labels, and the shift of attention.

    Where a council is in two arms, the first sets its shift.
    """
    gives, receives = council.gives, council.receives
    council.labelled_giver = 1 if gives != NOBODY and arms[gives].labels else 0
    council.labelled_receiver = 1 if receives != NOBODY and arms[receives].labels else 0
    first = gives if receives == NOBODY or NOBODY < gives < receives else receives
    council.attention_shift = 0.0
    if first != NOBODY and c.attention_shifts == 1:
        council.attention_shift = arms[first].attention_shift


@rule("R1")
def partnership_ends(receiver: CouncilState, in_force: bool) -> bool:
    """Return whether a partnership ends: after 36 months, 24 if the receiver's grade improved, or with its arm."""
    if receiver.partner == NOBODY:
        return False
    improved = receiver.grade > receiver.partnership_grade
    return not in_force or receiver.partnership_months >= (SOON if improved else LATE)


@rule("R1")
def end_partnership(receiver: CouncilState, partner: CouncilState) -> None:
    """Part receiver and partner."""
    receiver.partner = NOBODY
    receiver.partnership_months = 0
    partner.partner_of = NOBODY
