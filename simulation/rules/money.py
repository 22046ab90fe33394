"""E16: what does it cost?

All money is in whole pence; monthly budgets are in pounds.
"""

from __future__ import annotations

import math

from simulation.coefficients import Coefficients
from simulation.rules.marker import rule
from simulation.state import NOBODY, CouncilState, SectorState

BUDGET_PER_CHILD = 21_250.0
FAILURE_MONTHS = 48
FAILURE_SHARES = (0.047, 0.121, 0.102, 0.122)
"""Extra spending in each of four years after an inadequate judgement, as a share of the budget."""
TRUST_SETUP = 300_000_000
TRUST_MONTH = 2_500_000


@rule("E16")
def pence(pounds: float) -> int:
    """Return ``pounds`` in whole pence."""
    return math.floor(pounds * 100.0 + 0.5)


@rule("E16")
def monthly_budget(children_in_need: float) -> float:
    """Return a council's monthly budget for children's services in pounds."""
    return BUDGET_PER_CHILD * children_in_need / 12.0


@rule("E16")
def failure_share(months_since: int) -> float:
    """Return the extra spending so many months after an inadequate judgement, as a share of the budget.

    Source: section 251 outturn to 2018/19 of 33 councils; descriptive.
    """
    share = FAILURE_SHARES[min(max(0, months_since), FAILURE_MONTHS - 1) // 12]
    return share if NOBODY < months_since < FAILURE_MONTHS else 0.0


@rule("E16")
def failure_cost(council: CouncilState) -> int:
    """Return the month's cost of failure at the council, in pence: a new judgement restarts it, never adds to it."""
    return pence(failure_share(council.months_since_inadequate) * council.monthly_budget)


@rule("E16")
def bill_failure(council: CouncilState, sector: SectorState) -> None:
    """Enter the council's cost of failure in the ledger."""
    sector.failure_cost += failure_cost(council)


@rule("E16")
def bill_gap(sector: SectorState) -> None:
    """Enter the month's national shortfall in the ledger: the gap times the sum of the councils' budgets."""
    sector.funding_gap = pence(sector.gap * sector.monthly_budget)


@rule("E16")
def bill_trust(council: CouncilState, sector: SectorState, month: int, c: Coefficients) -> None:
    """Enter what a trust costs this ``month``: its set-up when decided, then its commissioner and running."""
    if council.trust_from == NOBODY:
        return
    cost = TRUST_MONTH * c.trust_price
    if council.trust_from == month + c.trust_delay:
        cost += TRUST_SETUP * c.trust_price
    sector.trust_cost += cost
    sector.spent_on_trusts += cost
    sector.spent += cost


@rule("E16")
def is_over_budget(sector: SectorState, budget: float, first_month: int) -> bool:
    """Return whether trusts alone have cost more than ``budget`` (pounds a month) since ``first_month``: infeasible."""
    return sector.spent_on_trusts > 0 and sector.spent_on_trusts / 100.0 > budget * (sector.month + 1 - first_month)
