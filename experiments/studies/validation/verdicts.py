"""What histories say of each pattern: the model's value, how far luck and ignorance spread it, and the verdict.

Luck and ignorance are kept apart. *Luck* is how single histories differ from the mean of their own parameter set, put
round the value: how far one history may lie from the mean by chance alone. *Sets* is how the sets' means differ.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from experiments.observed import TOLERANCE, Pattern, fit_patterns, further_patterns
from experiments.statistics.quantiles import NINE_TENTHS, step_quantiles
from experiments.studies.validation.histories import Histories
from simulation.arrays import Floats

FIT, NEAR, FURTHER, GIVEN = "fit", "near", "further", "by construction"
PATTERN_GROUPS = MappingProxyType(
    {
        FIT: "fit patterns, to which parameter sets are fitted",
        FURTHER: "further patterns, apart from those that are fitted to",
        NEAR: "further patterns near a fit pattern, whose councils or years they share",
        GIVEN: "set by construction, so that meeting them tests nothing",
    }
)
"""What the groups of patterns are, in words."""

REPRODUCED, MISSED = "reproduced", "missed"


@dataclass(frozen=True)
class Spread:
    """Where values lie.

    Attributes:
        value: weighted mean over sets of each set's mean over replicates.
        chance_low: 5% quantile of single histories, by luck alone, but not below 0; NaN with one replicate.
        chance_high: 95% quantile.
        sets_low: 5% quantile of the sets' means; NaN with one set.
        sets_high: 95% quantile.
        below: share of single histories, by luck alone, below what was observed; those equal to it count half.
    """

    value: float
    chance_low: float
    chance_high: float
    sets_low: float
    sets_high: float
    below: float


def spread(values: Floats, weights: Floats, target: float = math.nan) -> Spread:
    """Return where values lie.

    Args:
        values: shape (sets, replicates); NaN where there is none.
        weights: of the sets, shape (sets,).
        target: what to find the place of among single histories.
    """
    known = np.isfinite(values)
    number = known.sum(axis=1)
    some = number > 0
    if not some.any():
        return Spread(*[math.nan] * 6)
    means = np.where(known, values, 0.0).sum(axis=1)[some] / number[some]
    weights = weights[some] / weights[some].sum()
    value = float(weights @ means)
    sets = step_quantiles(means, weights, NINE_TENTHS) if len(means) > 1 else [math.nan, math.nan]
    luck, share = _luck(values[some], means, weights)
    if not len(luck):
        return Spread(value, math.nan, math.nan, sets[0], sets[1], math.nan)
    below = math.nan
    if math.isfinite(target):
        below = float(share @ ((value + luck < target) + 0.5 * (value + luck == target)))
    low, high = step_quantiles(value + luck, share, NINE_TENTHS)
    return Spread(value, max(low, 0.0), high, sets[0], sets[1], below)


def pattern_table(histories: Histories) -> pd.DataFrame:
    """Return a row a pattern: what was observed, what the model gives, and whether it is reproduced."""
    groups = [(pattern, FIT) for pattern in fit_patterns()]
    groups += [(pattern, _kind(pattern)) for pattern in further_patterns()]
    rows = []
    for place, (pattern, group) in enumerate(groups):
        values = histories.patterns[:, :, place]
        where = spread(values, histories.weights, pattern.target)
        within = sets_within(pattern, values, histories.weights)
        verdict = pattern_verdict(pattern, where.value)
        cells = _pattern_cells(pattern) | asdict(where)
        rows.append({"group": group, **cells, "sets_within": within, "verdict": verdict})
    return pd.DataFrame(rows)


def pattern_verdict(pattern: Pattern, value: float) -> str:
    """Return whether the model's value lies within `TOLERANCE` errors of the target."""
    return REPRODUCED if abs(value - pattern.target) <= TOLERANCE * pattern.sd else MISSED


def sets_within(pattern: Pattern, values: Floats, weights: Floats) -> float:
    """Return the share of the parameter sets whose own mean is within the tolerance; those without one count as out."""
    means = [spread(row[None], np.ones(1)).value for row in values]
    return float(weights @ [pattern_verdict(pattern, mean) == REPRODUCED for mean in means] / weights.sum())


def counts(table: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Return how many patterns of each group are reproduced, of how many."""
    tally = {}
    for group in PATTERN_GROUPS:
        rows = table[table["group"] == group]
        tally[group] = (int((rows["verdict"] == REPRODUCED).sum()), len(rows))
    return tally


def fans(values: Floats, weights: Floats) -> pd.DataFrame:
    """Return the spread at each place of a path, a row a place; ``values`` has shape (sets, replicates, places)."""
    return pd.DataFrame([asdict(spread(values[:, :, place], weights)) for place in range(values.shape[2])])


def between(low: float, high: float) -> str:
    """Return a range in words: not known with one replicate, or one set."""
    return f"{low:.3g} to {high:.3g}" if math.isfinite(low) else "not known"


def _kind(pattern: Pattern) -> str:
    if pattern.given:
        return GIVEN
    return NEAR if pattern.near else FURTHER


def _pattern_cells(pattern: Pattern) -> dict[str, str | float]:
    cells = asdict(pattern)
    return {name: cells[name] for name in _COLUMNS} | {"tolerance": TOLERANCE * pattern.sd}


_COLUMNS: Sequence[str] = ("name", "meaning", "unit", "target", "sd", "source", "basis", "given")


def _luck(values: Floats, means: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return how far single histories lie from their set's mean, widened for that mean lies among them, and weights."""
    known = np.isfinite(values)
    number = known.sum(axis=1)
    known &= (number > 1)[:, None]
    widening = np.sqrt(number / np.maximum(number - 1, 1))
    share = np.broadcast_to((weights / number)[:, None], values.shape)[known]
    luck = ((values - means[:, None]) * widening[:, None])[known]
    return luck, share / share.sum() if len(share) else share
