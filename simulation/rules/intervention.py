"""E4': how far does intervention pull a failing council up?"""

from __future__ import annotations

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.rules.maths import LN2, exp
from simulation.rules.shared import FAILURE_HALVES
from simulation.state import NOBODY, CouncilState

PULL_LEFT = tuple(exp(-LN2 / FAILURE_HALVES * months) for months in range(256))
"""What is left of the pull so many months after an inadequate judgement: looked up, for it is asked every month."""


@rule("E4'")
def pull_left(months: int) -> float:
    """Return what is left of the pull so many ``months`` after an inadequate judgement."""
    if months < len(PULL_LEFT):
        return PULL_LEFT[months]
    return exp(-LN2 / FAILURE_HALVES * months)


@rule("E4'")
def intervention(council: CouncilState, c: Coefficients) -> float:
    """Return what intervention adds to the council's quality in a month (SD); none without an inadequate judgement.

    It pulls to the middle between the cut of inadequate and ILACS's of good, from below and from above. Source: of the
    councils judged again after inadequate, 8% were inadequate again.
    """
    months = council.months_since_inadequate
    pull = c.intervention_pull * pull_left(max(0, months)) / 12.0
    change = pull * (c.intervention_level - council.quality)
    return change if months != NOBODY and c.intervention_pull != 0.0 else 0.0
