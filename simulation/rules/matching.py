"""R1: who may help, who needs it, and how well do two councils suit each other?"""

from __future__ import annotations

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.state import (
    GOOD,
    INADEQUATE,
    NEAR_GOOD_TOO,
    ONLY_INADEQUATE,
    OUTSTANDING,
    REQUIRES_IMPROVEMENT,
    WITH_CUSP,
    CouncilState,
)

ESTIMATE_NOISE = 0.4
CUSP = 0.2
NEAR_GOOD = 0.4
OUTSTANDING_RANK = 2.0

NOT_HELPED = 3


@rule("R1")
def estimated_quality(quality: float, noise: float) -> float:
    """Return what the sector believes a council's quality to be (SD; ``noise`` standard normal)."""
    return quality + ESTIMATE_NOISE * noise


@rule("R1")
def estimate_quality(council: CouncilState, noise: float) -> None:
    """Write what the sector believes the council's quality to be (``noise`` standard normal)."""
    council.estimate = estimated_quality(council.quality, noise)


@rule("R1")
def may_give(grade: int, estimate: float, giver_rule: int, c: Coefficients) -> bool:
    """Return whether a council may give: good or better; where so ruled also one just below good."""
    if grade >= GOOD:
        return True
    return giver_rule == NEAR_GOOD_TOO and grade == REQUIRES_IMPROVEMENT and estimate > c.good_cut - NEAR_GOOD


@rule("R1")
def giver_rank(council: CouncilState, estimate: float, gold_preference: float) -> float:
    """Return how soon a council is asked to give (highest first)."""
    rank = estimate + gold_preference * council.recovered
    if council.grade == OUTSTANDING:
        rank += OUTSTANDING_RANK
    return rank


@rule("R1")
def need_class(grade: int, estimate: float, receiver_rule: int, c: Coefficients) -> int:
    """Return how soon a council is helped: 0 inadequate, 1 requires improvement, 2 on the cusp, `NOT_HELPED`."""
    if grade == INADEQUATE:
        return 0
    if receiver_rule == ONLY_INADEQUATE:
        return NOT_HELPED
    if grade == REQUIRES_IMPROVEMENT:
        return 1
    if receiver_rule == WITH_CUSP and grade == GOOD and estimate < c.good_cut + CUSP:
        return 2
    return NOT_HELPED


@rule("R1")
def link_score(
    gap: float, same_region: bool, recovered: int, region_preference: float, gold_preference: float, c: Coefficients
) -> float:
    """Return how well an estimated ``gap`` (SD), region and history suit a link."""
    value = -abs(gap - c.best_gap) + 0.5 * gold_preference * recovered
    return value + region_preference if same_region else value
