"""How the outcomes of a run are worked out from what is recorded of its months and its councils.

What writes outcomes runs as plain Python and compiled: tables are rows of numbers, columns in the order of `PATHS` and
of `COUNCIL_MEASURES`, and outcomes stand in the order of `OUTCOMES`.
"""

from __future__ import annotations

import math
from collections.abc import MutableSequence, Sequence

from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import COUNCIL_MEASURES
from simulation.rules.marker import uncounted
from simulation.rules.totals import column_total, restricted_mean

Rows = Sequence[Sequence[float]]

_HOW = ("sum", "mean", "ratio")
SUM, MEAN, RATIO = range(len(_HOW))

_PATHS, _OUTCOMES = list(PATHS), list(OUTCOMES)
RECIPES = tuple(
    (place, _HOW.index(outcome.how), _PATHS.index(outcome.paths[0]), _PATHS.index(outcome.paths[-1]))
    for place, outcome in enumerate(OUTCOMES.values())
    if outcome.how in _HOW
)
"""The outcomes made of paths: where each stands, how it is made, and of which columns, the first and the last."""

MONTHS_TO_GOOD, STUCK_SHARE, PROGRAMME_COST = map(_OUTCOMES.index, ("months_to_good", "stuck_share", "programme_cost"))
PROGRAMME_CASH, PROGRAMME_SHADOW, TRUST_COST = map(
    _OUTCOMES.index, ("programme_cash", "programme_shadow", "trust_cost")
)
NOT_GIVING_SPREAD_CHANGE, GIVERS_QUALITY_CHANGE, GIVERS_EXITS_CHANGE = map(
    _OUTCOMES.index, ("not_giving_spread_change", "givers_quality_change", "givers_exits_change")
)
STUCK = _PATHS.index("stuck")
MEAN_QUALITY, MONTHS_GIVING, EXITS = map(COUNCIL_MEASURES.index, ("mean_quality", "months_giving", "exits"))


@uncounted
def write_outcomes(
    months: Rows, councils: int, at_risk: Sequence[int], mended: Sequence[int], values: MutableSequence[float]
) -> None:
    """Write the outcomes of a run into ``values``; a ratio of nothing stays as it is, and so does what needs `none`.

    Args:
        months: what was recorded, shape (months, paths).
        councils: how many there are.
        at_risk: spells of failure under way, by months since the judgement.
        mended: those of them that ended in good.
        values: shape (outcomes,), not-a-number so far.
    """
    for place, how, first, second in RECIPES:
        total = column_total(months, first)
        if how == SUM:
            values[place] = total
        elif how == MEAN:
            values[place] = total / len(months)
        else:
            whole = column_total(months, second)
            if whole != 0.0:
                values[place] = total / whole
    values[MONTHS_TO_GOOD] = restricted_mean(at_risk, mended)
    values[STUCK_SHARE] = months[len(months) - 1][STUCK] / councils
    values[PROGRAMME_COST] = values[PROGRAMME_CASH] + values[PROGRAMME_SHADOW] + values[TRUST_COST]


@uncounted
def write_paired_outcomes(councils: Rows, none: Rows, months: int, values: MutableSequence[float]) -> None:
    """Write the outcomes that compare a run's ``councils`` with themselves in the same run under `none`.

    Givers are chosen when they are high. So regression to the mean alone makes them fall, and to leave them out alone
    narrows the spread: only the same councils under the same luck say what support does. What is said of givers is NaN
    if nobody gave, what is said of the others NaN if everybody always did.
    """
    spread = others_spread(councils, councils, months)
    values[NOT_GIVING_SPREAD_CHANGE] = spread - others_spread(none, councils, months)
    values[GIVERS_QUALITY_CHANGE] = givers_change(councils, none, MEAN_QUALITY)
    values[GIVERS_EXITS_CHANGE] = givers_change(councils, none, EXITS)


@uncounted
def givers_change(councils: Rows, none: Rows, column: int) -> float:
    """Return the mean of a column less the same column under `none`, weighted by months of giving."""
    total, weights = 0.0, 0.0
    for i in range(len(councils)):
        weight = councils[i][MONTHS_GIVING]
        total += (councils[i][column] - none[i][column]) * weight
        weights += weight
    return total / weights if weights > 0.0 else math.nan


@uncounted
def others_spread(table: Rows, councils: Rows, months: int) -> float:
    """Return the spread of councils' mean quality in ``table``, weighted by their months of not giving."""
    total, squares, weights = 0.0, 0.0, 0.0
    for i in range(len(councils)):
        weight = months - councils[i][MONTHS_GIVING]
        total += table[i][MEAN_QUALITY] * weight
        weights += weight
    if weights == 0.0:
        return math.nan
    for i in range(len(councils)):
        distance = table[i][MEAN_QUALITY] - total / weights
        squares += distance * distance * (months - councils[i][MONTHS_GIVING])
    return math.sqrt(squares / weights)
