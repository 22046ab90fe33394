"""How the outcomes of a run are worked out from what is recorded of its months and its councils."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from simulation.arrays import Floats
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS

if TYPE_CHECKING:
    from simulation.outcomes.run import Run


_COLUMN: Mapping[str, int] = MappingProxyType({name: column for column, name in enumerate(PATHS)})
_PLACE: Mapping[str, int] = MappingProxyType({name: place for place, name in enumerate(OUTCOMES)})
_MADE = [
    (place, outcome.how, _COLUMN[outcome.paths[0]], _COLUMN[outcome.paths[-1]])
    for place, outcome in enumerate(OUTCOMES.values())
    if outcome.how in ("sum", "mean", "ratio")
]
"""The outcomes made of paths: where each stands, how it is made, and of which columns, the first and the last."""


def run_outcomes(months: Floats, councils: int, at_risk: Sequence[int], mended: Sequence[int]) -> Floats:
    """Return every outcome of a run, in the order of `OUTCOMES`.

    Those that need the run under `none` beside it are NaN.

    Args:
        months: what was recorded, shape (months, paths), columns in the order of `PATHS`.
        councils: how many there are.
        at_risk: spells of failure under way, by months since the judgement.
        mended: those of them that ended in good.
    """
    sums = np.add.reduce(months, axis=0).tolist()
    values = [math.nan] * len(OUTCOMES)
    for place, how, first, second in _MADE:
        if how == "sum":
            values[place] = sums[first]
        elif how == "mean":
            values[place] = sums[first] / len(months)
        elif sums[second]:
            values[place] = sums[first] / sums[second]
    values[_PLACE["months_to_good"]] = restricted_mean(at_risk, mended)
    values[_PLACE["stuck_share"]] = float(months[-1, _COLUMN["stuck"]]) / councils
    money = ("programme_cash", "programme_shadow", "trust_cost")
    values[_PLACE["programme_cost"]] = sum(values[_PLACE[name]] for name in money)
    return np.array(values)


def restricted_mean(at_risk: Sequence[int], mended: Sequence[int]) -> float:
    """Return the mean months to good within the months followed: the area under the Kaplan-Meier curve.

    NaN if no spell was followed from its first month on.

    >>> restricted_mean([2, 2, 1], [0, 1, 0])
    2.0
    """
    if len(at_risk) == 0 or at_risk[0] == 0:
        return math.nan
    surviving, area = 1.0, 0.0
    for exposed, ended in zip(at_risk, mended, strict=True):
        if exposed:
            surviving *= 1.0 - float(ended) / float(exposed)
        area += surviving
    return area


def paired_outcomes(run: Run, none: Run) -> dict[str, float]:
    """Return the outcomes that compare a run's councils with themselves in the same run under `none`.

    Givers are chosen when they are high. So regression to the mean alone makes them fall, and to leave them out alone
    narrows the spread: only the same councils under the same luck say what support does. What is said of givers is NaN
    if nobody gave, what is said of the others NaN if everybody always did.
    """
    giving = run.council_column("months_giving")
    not_giving = len(run.month_values) - giving
    quality, without = run.council_column("mean_quality"), none.council_column("mean_quality")
    exits = run.council_column("exits") - none.council_column("exits")
    return {
        "not_giving_spread_change": _spread(quality, not_giving) - _spread(without, not_giving),
        "givers_quality_change": _mean(quality - without, giving),
        "givers_exits_change": _mean(exits, giving),
    }


def _mean(values: Floats, weights: Floats) -> float:
    """Return a weighted mean; NaN if all weights are nought."""
    total = float(weights.sum())
    return float((values * weights).sum() / total) if total else math.nan


def _spread(values: Floats, weights: Floats) -> float:
    """Return a weighted standard deviation; NaN if all weights are nought."""
    return math.sqrt(_mean((values - _mean(values, weights)) ** 2, weights))
