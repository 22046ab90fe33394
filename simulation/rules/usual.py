"""E4': what leadership is to be expected at a council?"""

from __future__ import annotations

from simulation.coefficients import Coefficients
from simulation.rules.leadership import NATIONAL_AGENCY_SHARE, attention_push, settling
from simulation.rules.marker import rule
from simulation.rules.maths import exp
from simulation.rules.shared import CHIEFS_DIFFER, INTERIM_CHANCE
from simulation.rules.start import EARLIER_CHANCE
from simulation.rules.workforce import within_bounds
from simulation.state import GOOD, CouncilState

USUAL_DIP = 1.0 - 0.5 * EARLIER_CHANCE
"""The mean novelty of a director in month 0: those with earlier service are half as new."""
MONTHS_BELOW_GOOD, MONTHS_GOOD = 24, 36
"""Median months in post, as in S6: below good (inadequate ones too, whose new directors soon settle), and from good."""


@rule("E4'")
def usual_attention(c: Coefficients) -> float:
    """Return the mean share of attention that chiefs begin with, nothing pressing (share)."""
    return c.attention_base * exp(0.5 * CHIEFS_DIFFER * CHIEFS_DIFFER)


@rule("E4'")
def usual_leadership(council: CouncilState, c: Coefficients) -> float:
    """Return what leadership is to be expected in month 0 of a council at its structural level (SD).

    Nobody's ability is known and the last judgement has left nothing: a director with the usual months in post, or
    sometimes an interim; a chief's usual attention; and the agency staff that go with the structural level.
    """
    months = MONTHS_GOOD if council.grade >= GOOD else MONTHS_BELOW_GOOD
    in_post = -c.succession_dip * USUAL_DIP * settling(months)
    directed = (1.0 - INTERIM_CHANCE) * in_post - INTERIM_CHANCE * c.interim_penalty
    agency = within_bounds(NATIONAL_AGENCY_SHARE - c.quality_agency_effect * council.structural_level)
    attention = c.attention_effect * attention_push(usual_attention(c), c)
    return directed + attention - c.agency_effect * (agency - NATIONAL_AGENCY_SHARE)
