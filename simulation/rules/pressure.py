"""E1: how far does the money fall short?"""

from __future__ import annotations

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.state import NOBODY, CouncilState

DEPRIVATION_WEIGHT = 0.25


@rule("E1")
def pressure(gap: float, deprivation: float, attention: float, in_trust: bool, c: Coefficients) -> float:
    """Return a council's shortfall of funding, as a share of 2017/18 spending.

    The national ``gap`` weighs more in poorer councils if the scenario tilts it; a chief's attention above the usual
    keeps some of it away, except under a trust. Source: LGA projections; the protection is an assumption.
    """
    tilted = gap * max(0.0, 1.0 + DEPRIVATION_WEIGHT * deprivation * c.poverty_tilt)
    if in_trust:
        return tilted
    return tilted * max(0.0, 1.0 - c.corporate_protection * (attention - c.attention_base))


@rule("E1")
def update_pressure(council: CouncilState, gap: float, c: Coefficients) -> None:
    """Write the council's pressure for the month."""
    council.pressure = pressure(gap, council.deprivation, council.chief.attention, council.trust_months != NOBODY, c)
