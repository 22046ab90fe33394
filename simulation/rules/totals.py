"""O1: sums over councils, always in order of code, so that every engine rounds alike."""

from __future__ import annotations

import math
from collections.abc import MutableSequence, Sequence

from simulation.rules.marker import rule
from simulation.state import CouncilSequence


@rule("O1")
def mean_quality(councils: CouncilSequence) -> float:
    """Return the mean quality of the councils (SD)."""
    total = 0.0
    for council in councils:
        total += council.quality
    return total / len(councils)


@rule("O1")
def mean_leadership(councils: CouncilSequence) -> float:
    """Return the mean of what leadership adds to the councils' targets (SD)."""
    total = 0.0
    for council in councils:
        total += council.leadership
    return total / len(councils)


@rule("O1")
def mean_press(councils: CouncilSequence) -> float:
    """Return the mean press of the councils (0-1)."""
    total = 0.0
    for council in councils:
        total += council.press
    return total / len(councils)


@rule("O1")
def regional_gaps(
    councils: CouncilSequence, gaps: MutableSequence[float], counts: MutableSequence[int], relative: int
) -> None:
    """Write each region's mean quality less the nation's into ``gaps``, its councils into ``counts``.

    Where ``relative`` is 1, quality is taken less the council's structural level.
    """
    for region in range(len(gaps)):
        gaps[region] = 0.0
        counts[region] = 0
    total = 0.0
    for council in councils:
        quality = council.quality - relative * council.structural_level
        total += quality
        gaps[council.region] += quality
        counts[council.region] += 1
    for region in range(len(gaps)):
        gaps[region] = gaps[region] / counts[region] - total / len(councils)


@rule("O1")
def deviation(count: int, total: float, squares: float) -> float:
    """Return the standard deviation of so many numbers, by their sum and their squares' (0 if fewer than two)."""
    if count < 2:
        return 0.0
    own_mean = total / count
    return math.sqrt(max(0.0, squares / count - own_mean * own_mean))


@rule("O1")
def bimodality(n: int, second: float, third: float, fourth: float) -> float:
    """Return Sarle's bimodality coefficient: 1/3 for a normal, 5/9 for a uniform, 1 for two points.

    It is that of ``n`` numbers with these mean powers of their distance from their mean. The sample form, corrected for
    size (needs four numbers, else 0; 0 also without any spread).
    """
    if n < 4 or second * second <= 0.0:
        return 0.0
    skewness = third / (second * math.sqrt(second)) * math.sqrt(n * (n - 1.0)) / (n - 2.0)
    excess = (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * (fourth / (second * second) - 3.0) + 6.0)
    return (skewness * skewness + 1.0) / (excess + 3.0 * (n - 1.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0)))


@rule("E16")
def total_budget(councils: CouncilSequence) -> float:
    """Return the sum of the councils' monthly budgets (pounds)."""
    total = 0.0
    for council in councils:
        total += council.monthly_budget
    return total


@rule("O1")
def column_total(rows: Sequence[Sequence[float]], column: int) -> float:
    """Return the sum of a column over all ``rows``, in their order."""
    total = 0.0
    for k in range(len(rows)):
        total += rows[k][column]
    return total


@rule("O1")
def restricted_mean(at_risk: Sequence[int], mended: Sequence[int]) -> float:
    """Return the mean months to good within the months followed: the area under the Kaplan-Meier curve.

    ``at_risk`` counts spells under way by months since their start, ``mended`` those of them that ended in good. NaN if
    no spell was followed from its first month on.
    """
    if len(at_risk) == 0 or at_risk[0] == 0:
        return math.nan
    surviving, area = 1.0, 0.0
    for month in range(len(at_risk)):
        if at_risk[month] > 0:
            surviving *= 1.0 - mended[month] / at_risk[month]
        area += surviving
    return area
