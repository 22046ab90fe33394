"""S1, E4': how far do councils lie apart, and what keeps them so?"""

from __future__ import annotations

import math
from typing import Any

from simulation.rules.marker import rule
from simulation.rules.maths import LN2, exp
from simulation.rules.shared import CHIEFS_DIFFER, COLLAPSE_MEAN, COLLAPSE_SD, FAILURE_HALVES, INTERIM_CHANCE

MAY_COLLAPSE = 129.0 / 152.0
"""Councils that were not inadequate in March 2018, of all."""
INADEQUATE_SHARE, FALLEN, FALLEN_VARIANCE = 23.0 / 152.0, -1.553, 0.19
"""Councils that were inadequate in March 2018, of all, and mean and variance of a standard normal below their share."""
MONTHS_BETWEEN_FAILURES = 20.0
"""Months in which as many are judged inadequate as stand below the cut: half the usual gap between judgements, for
collapses bring more below it. Set so that the spread of quality stays where it begins."""
LEADERSHIP_MONTHS = 60.0
"""Time in which leadership forgets where it began, in months: about as long as directors and chiefs stay."""


@rule("S1")
def variances(c: Any) -> tuple[float, float, float]:
    """Return the variances (SD^2) of quality within region and deprivation, of inspection noise, and of structure."""
    within = 1.0 - c.deprivation_effect * c.deprivation_effect - c.region_sd * c.region_sd
    noise = c.inspection_noise * c.inspection_noise
    structure = min(c.structural_sd * c.structural_sd, 0.95 * within)
    if c.tied_shock == 1:
        structure = c.structural_share * within
    return within, noise, structure


@rule("S5")
def alarm_gain(months: float, c: Any) -> float:
    """Return the quality (SD) that the alarm after an inadequate judgement has brought in so many ``months``."""
    push: float = c.alarm_push
    adjusting: float = 1.0 / c.practice_adjustment_time
    fading = LN2 / 18.0
    if abs(adjusting - fading) < 1e-6:
        return push * adjusting * months * exp(-adjusting * months)
    gained = exp(-fading * months) - exp(-adjusting * months)
    return push * adjusting / (adjusting - fading) * gained


@rule("E4'")
def collapse_variance(c: Any) -> float:
    """Return the variance a month that collapses bring to quality (SD^2)."""
    chance: float = c.collapse_chance * MAY_COLLAPSE
    mean = chance * COLLAPSE_MEAN
    return chance * (COLLAPSE_MEAN * COLLAPSE_MEAN + COLLAPSE_SD * COLLAPSE_SD) - mean * mean


@rule("E4'")
def mended_variance(c: Any) -> float:
    """Return the variance a month that alarm and intervention take from quality (SD^2).

    Those who fail stand where councils below the cut of inadequate stand on average. Each is lifted by what the alarm
    brings until half of it is gone, and by all that intervention brings.
    """
    noise: float = c.inspection_noise * c.inspection_noise
    fallen = FALLEN / math.sqrt(1.0 + noise)
    spread = (FALLEN_VARIANCE + noise) / (1.0 + noise)
    left = exp(-c.intervention_pull / 12.0 * FAILURE_HALVES / LN2)
    mended: float = c.intervention_level + (fallen - c.intervention_level) * left + alarm_gain(FAILURE_HALVES, c)
    gain = fallen * fallen - mended * mended + spread * (1.0 - left * left)
    return max(0.0, INADEQUATE_SHARE / MONTHS_BETWEEN_FAILURES * gain)


@rule("E4'")
def leadership_variance(step: float, keep: float, c: Any) -> float:
    """Return the variance a month that leadership brings to quality (SD^2): directors, interims and chiefs.

    ``step`` is the part of the distance to its target that quality goes in a month, ``keep`` what it keeps of its own.
    """
    chief = c.attention_effect * c.attention_base * CHIEFS_DIFFER
    interims = INTERIM_CHANCE * (1.0 - INTERIM_CHANCE) * c.interim_penalty * c.interim_penalty
    between: float = c.director_effect * c.director_effect + interims + chief * chief
    lasting = (1.0 - 1.0 / LEADERSHIP_MONTHS) * keep
    return between * step * step * (1.0 + lasting) / (1.0 - lasting)


@rule("E4'")
def tied_shock(c: Any) -> float:
    """Return the monthly shock (SD) with which the part of quality that moves keeps its variance.

    It is what that needs, less what leadership and collapses bring of their own, with what alarm and intervention take.
    Agency staff follow quality, and so slow its return.
    """
    within, _, structure = variances(c)
    keep = 1.0 - c.quality_step * max(0.0, 1.0 - c.agency_effect * c.quality_agency_effect)
    needed = (within - structure) * (1.0 - keep * keep)
    brought = leadership_variance(c.quality_step, keep, c) + collapse_variance(c)
    return math.sqrt(max(0.0, needed - brought + mended_variance(c)))
