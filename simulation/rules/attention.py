"""E7: where does the chief executive look?"""

from __future__ import annotations

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.rules.maths import exp
from simulation.rules.shared import CHIEFS_DIFFER
from simulation.state import ADULT_CARE, CHILDREN, FINANCE, NOBODY, PLACE, ChiefState, CouncilState

RETURN_RATE = 1.0 / 12.0
CRISIS_SALIENCE = 0.4
LEAST_BASE = 0.01
MOST_BASE = 0.6
ADULT_CARE_PART, FINANCE_PART, PLACE_PART = 0.545, 0.195, 0.26


@rule("E7")
def update_attention(chief: ChiefState) -> None:
    """Write the share of the chief's attention that children's services get: what one service gains, others lose."""
    salience = chief.salience
    total = salience[CHILDREN] + salience[ADULT_CARE] + salience[FINANCE] + salience[PLACE]
    chief.attention = salience[CHILDREN] / total


@rule("E7")
def set_base(chief: ChiefState, outlook: float, c: Coefficients) -> None:
    """Write what a chief thinks matters; ``outlook`` (standard normal) is how this one differs from the usual."""
    children = min(MOST_BASE, c.attention_base * exp(CHIEFS_DIFFER * outlook))
    rest = 1.0 - children
    chief.base_salience[CHILDREN] = children
    chief.base_salience[ADULT_CARE] = rest * ADULT_CARE_PART
    chief.base_salience[FINANCE] = rest * FINANCE_PART
    chief.base_salience[PLACE] = rest * PLACE_PART


@rule("E7")
def settle_salience(chief: ChiefState) -> None:
    """Set every service's salience to the chief's own base."""
    chief.salience[CHILDREN] = chief.base_salience[CHILDREN]
    chief.salience[ADULT_CARE] = chief.base_salience[ADULT_CARE]
    chief.salience[FINANCE] = chief.base_salience[FINANCE]
    chief.salience[PLACE] = chief.base_salience[PLACE]


@rule("E7")
def update_salience(council: CouncilState) -> None:
    """Move each salience a month towards its base; a regime in force at the council shifts the base of children's."""
    chief = council.chief
    shift = council.attention_shift
    if council.trust_months != NOBODY:
        shift *= 0.5
    children = chief.base_salience[CHILDREN]
    if shift != 0.0:
        children = max(LEAST_BASE, children + shift)
    salience = chief.salience
    base = chief.base_salience
    salience[CHILDREN] += (children - salience[CHILDREN]) * RETURN_RATE
    salience[ADULT_CARE] += (base[ADULT_CARE] - salience[ADULT_CARE]) * RETURN_RATE
    salience[FINANCE] += (base[FINANCE] - salience[FINANCE]) * RETURN_RATE
    salience[PLACE] += (base[PLACE] - salience[PLACE]) * RETURN_RATE


@rule("E7")
def meet_crisis(chief: ChiefState, luck: float, which: float, c: Coefficients) -> None:
    """Let a crisis elsewhere draw the chief's attention; both draws are uniform."""
    if luck < c.crisis_chance:
        chief.salience[ADULT_CARE + int(3.0 * which)] += CRISIS_SALIENCE


@rule("E7")
def change_chief(chief: ChiefState, luck: float, outlook: float, c: Coefficients) -> None:
    """Let a new chief come, with an outlook of their own (``luck`` uniform, ``outlook`` standard normal)."""
    if luck < c.new_chief_chance:
        set_base(chief, outlook, c)
        settle_salience(chief)
