"""O3: what follows from the parameters once a run, before any month."""

from __future__ import annotations

import math
from typing import Any

from simulation.rules.marker import rule
from simulation.rules.maths import LN2, exp, log
from simulation.rules.shared import FAILURE_HALVES
from simulation.rules.spread import tied_shock

ENGLAND = 152
"""Councils in England: numbers of givers, days, pounds and candidates are stated for so many."""

# The March 2018 mix of grades as cuts of a standard normal: 23, 72, 54 and 3 of 152.
INADEQUATE_SHARE_CUT, GOOD_SHARE_CUT, OUTSTANDING_SHARE_CUT = -1.0316, 0.3189, 2.0597

STIGMA_HALVES, PRESS_HALVES = 24.0, 6.0
CRISES_A_YEAR, NEW_CHIEFS_A_YEAR = 0.4, 0.21
CANDIDATES_A_YEAR, CANDIDATES_START, CANDIDATES_MOST = 21.0, 12.0, 40.0
LEAST_KEPT = 0.02


@rule("O3")
def monthly(yearly: float) -> float:
    """Return the chance a month of what has the chance ``yearly`` a year."""
    return 1.0 if yearly == 1.0 else 1.0 - exp(log(1.0 - yearly) / 12.0)


@rule("O3")
def half_life(months: float) -> float:
    """Return the factor a month of what halves in so many ``months``."""
    return exp(-LN2 / months)


@rule("O3")
def size_of_sector(councils: int) -> float:
    """Return how large a sector of so many ``councils`` is beside England's 152.

    England had one council less or one more in other years and no less and no more support: 151 and 153 count as 152.
    """
    return 1.0 if abs(councils - ENGLAND) <= 1 else councils / ENGLAND


@rule("E8")
def dismissal_scale(probability: float) -> float:
    """Return E8's scale: a director two years in post at the judgement is dismissed within a year so often."""
    weight = 0.0
    for m in range(1, 13):
        weight += exp(-LN2 / 6.0 * m) * (1.0 - exp(-(m + 25) / 12.0))
    return -log(max(LEAST_KEPT, 1.0 - probability)) / weight


@rule("O3")
def write_chances(c: Any) -> None:
    """Write the chances a month and the factors by which what happened fades; decays are factors a month."""
    c.quality_step = min(1.0, 1.0 / c.practice_adjustment_time)
    c.collapse_chance = monthly(c.collapse_rate)
    c.stigma_keep = half_life(STIGMA_HALVES)
    c.alarm_keep = half_life(FAILURE_HALVES)
    c.press_keep = half_life(PRESS_HALVES)
    c.borrowed_keep = 1.0 - c.borrowed_decay
    c.crisis_chance = CRISES_A_YEAR / 12.0
    c.new_chief_chance = monthly(NEW_CHIEFS_A_YEAR)
    c.dismissal_scale = dismissal_scale(c.dismissal_probability)
    c.dismissal_bound = c.dismissal_scale * exp(c.attention_shield * c.attention_base)
    c.exit_chance = monthly(c.voluntary_exit_rate)
    c.exit_bound = c.exit_chance * exp(2.0 * c.exit_quality_slope)
    c.pool_exit_chance = monthly(c.pool_exit_rate)
    c.hiring_chance = 1.0 - exp(-1.0 / c.hiring_time)


@rule("O3")
def write_constants(c: Any, councils: int) -> None:
    """Write what follows from the parameters that ``c`` holds, in a sector of so many ``councils``."""
    write_chances(c)
    scale = size_of_sector(councils)
    c.candidates_inflow = CANDIDATES_A_YEAR / 12.0 * scale
    c.candidates_start = CANDIDATES_START * scale
    c.candidates_most = max(1.0, CANDIDATES_MOST * scale)
    width = math.sqrt(1.0 + c.inspection_noise * c.inspection_noise)
    c.inadequate_cut = width * INADEQUATE_SHARE_CUT
    c.sif_good_cut = width * GOOD_SHARE_CUT
    c.sif_outstanding_cut = width * OUTSTANDING_SHARE_CUT
    c.good_cut = c.sif_good_cut - c.good_cut_shift
    c.outstanding_cut = c.sif_outstanding_cut - c.outstanding_cut_shift
    c.intervention_level = 0.5 * (c.inadequate_cut + c.good_cut)
    c.shock = tied_shock(c) if c.tied_shock == 1 else c.practice_shock
