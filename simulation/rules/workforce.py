"""E5: how much of the work do agency social workers do?"""

from __future__ import annotations

from simulation.coefficients import Coefficients
from simulation.rules.leadership import NATIONAL_AGENCY_SHARE
from simulation.rules.marker import rule
from simulation.state import CouncilState

LEAST_AGENCY, MOST_AGENCY = 0.02, 0.60
ADJUSTMENT_RATE = 1.0 / 6.0


@rule("E5")
def felt_stigma(council: CouncilState, c: Coefficients) -> float:
    """Return the stigma that staff and candidates see: the council's own, and that of being labelled a receiver."""
    if council.labelled_receiver == 1:
        return min(1.0, council.stigma + c.label_stigma)
    return council.stigma


@rule("E5")
def resting_agency(council: CouncilState, c: Coefficients) -> float:
    """Return the agency share towards which the council's workforce moves. Source: DfE workforce by grade."""
    share = NATIONAL_AGENCY_SHARE + c.stigma_agency_effect * felt_stigma(council, c)
    share -= c.quality_agency_effect * council.quality
    if council.labelled_giver == 1:
        share -= c.label_prestige
    return share


@rule("E5")
def within_bounds(share: float) -> float:
    """Return the agency share, kept within what is seen in England."""
    return min(MOST_AGENCY, max(LEAST_AGENCY, share))


@rule("E5")
def update_agency(council: CouncilState, c: Coefficients) -> None:
    """Move the council's agency share a month towards where it rests."""
    distance = resting_agency(council, c) - council.agency_share
    council.agency_share = within_bounds(council.agency_share + distance * ADJUSTMENT_RATE)
