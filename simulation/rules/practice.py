"""E4, E6: how does practice move?"""

from __future__ import annotations

from simulation.coefficients import Coefficients
from simulation.rules.intervention import intervention
from simulation.rules.marker import rule
from simulation.rules.shared import COLLAPSE_MEAN, COLLAPSE_SD
from simulation.state import INADEQUATE, CouncilState


@rule("E4")
def drift(month: int, c: Coefficients) -> float:
    """Return the national rise of practice (SD) so many months after April 2018; it may stop after 36."""
    return c.national_drift * min(month, c.drift_months) / 12.0


@rule("E4")
def rise_since_start(month: int, c: Coefficients) -> float:
    """Return the national rise of practice since the start (SD), in a month of the run."""
    return drift(c.drift_from + month, c) - drift(c.drift_from, c)


@rule("E4")
def target(
    council: CouncilState, national_rise: float, regional_gap: float, leadership_start: float, c: Coefficients
) -> float:
    """Return the quality towards which the council's practice moves (SD).

    ``regional_gap`` is the region's mean quality less the nation's, or both less their structural levels: zero-sum
    across regions.
    """
    return (
        council.structural_level
        + national_rise
        - c.pressure_effect * (council.pressure - council.pressure_start)
        + (council.leadership - leadership_start)
        + council.borrowed_practice
        + council.alarm
        + c.regional_spillover * regional_gap
    )


@rule("E4")
def update_quality(
    council: CouncilState,
    national_rise: float,
    regional_gap: float,
    leadership_start: float,
    shock: float,
    c: Coefficients,
) -> None:
    """Move the council's quality a month towards its target, with a shock (standard normal).

    ``leadership_start`` is the sector's mean leadership in month 0.
    """
    usual = council.usual_leadership if c.own_leadership == 1 else leadership_start
    distance = target(council, national_rise, regional_gap, usual, c) - council.quality
    council.quality += distance * c.quality_step + intervention(council, c) + c.shock * shock


@rule("E4")
def collapse(council: CouncilState, luck: float, depth: float, c: Coefficients) -> None:
    """Let practice fall at once, rarely, unless the council is inadequate already.

    ``luck`` is uniform, ``depth`` standard normal.
    """
    if luck < c.collapse_chance and council.grade != INADEQUATE:
        council.quality -= max(0.0, COLLAPSE_MEAN + COLLAPSE_SD * depth)


@rule("E6")
def fade(council: CouncilState, c: Coefficients) -> None:
    """Let stigma, alarm, press and what was borrowed fade by a month."""
    council.stigma *= c.stigma_keep
    council.alarm *= c.alarm_keep
    council.press *= c.press_keep
    council.borrowed_practice *= c.borrowed_keep
