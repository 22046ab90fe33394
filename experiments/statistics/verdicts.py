"""The one rule by which a paired difference gets its verdict.

How likely is said by the scale of the IPCC, over worlds (parameter sets with luck averaged out), conditional on the
model and its ranges. *Very likely* is 90% of the worlds or more, *likely* 66% or more; between is *too close to call*
(about as likely as not). A share counts less its standard error, so that where the error could change the word, the
word is the milder one. Nothing is called better or worse without its size: where the mean is smaller than what
matters, the verdict says so. These are shares of worlds and no tests.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from experiments.statistics.paired import Matrix
from experiments.statistics.weights import Weights
from experiments.statistics.worlds import Share, Worlds, measure_worlds
from experiments.text.verdicts import (
    BETTER,
    CLOSE,
    HIGHER,
    LIKELY,
    LOWER,
    NEITHER,
    NO_VERDICT,
    PARITY_NOT_MET,
    SAME,
    SMALL,
    VERY_LIKELY,
    WORSE,
)
from simulation.arrays import Flags

VERY_LIKELY_SHARE, LIKELY_SHARE = 0.9, 0.66
"""Shares of worlds from which a direction is called very likely, and likely."""
MIN_REPLICATES, MIN_SETS = 5, 10
"""Fewest replicates of a set, and fewest worlds, from which a verdict is given."""
MOST_LEFT_OUT = 0.5
"""Share of worlds that may be left out before the parity counts as not met."""
PARITY_TOLERANCE = 0.1
"""How far from the reference a world may realise what the parity makes equal, as a share of it."""


@dataclass(frozen=True)
class PairedEffect:
    """A paired difference over worlds, in the unit of the outcome; NaN where it cannot be known.

    Attributes:
        difference: the mean over the worlds that count.
        difference_error: its standard error over sets and replicates together.
        share: of worlds, in which the regime does better; higher where neither direction is better.
        share_error: its standard error.
        worlds_low: 5% quantile of the worlds, luck taken out.
        worlds_high: 95% quantile.
        gains: share of worlds, better by more than matters; higher where neither direction is better.
        losses: share of worlds, worse by more than matters; lower where neither direction is better.
        within: share of worlds in which it is no more than matters either way.
        matters: the smallest difference worth a decision.
        worlds: how many count.
        left_out: share of the worlds that do not: they missed the parity, or have no run.
        replicates: replicates with at least one difference.
        verdict: one of `experiments.text.verdicts.VERDICTS`.
    """

    difference: float
    difference_error: float
    share: float
    share_error: float
    worlds_low: float
    worlds_high: float
    gains: float
    losses: float
    within: float
    matters: float
    worlds: int
    left_out: float
    replicates: int
    verdict: str


def paired_effect(
    differences: Matrix, better: str, matters: float, counts: Flags | None = None, weights: Weights = None
) -> PairedEffect:
    """Return what paired differences say, with their verdict.

    Args:
        differences: regime less baseline, shape (sets, replicates); NaN where a run failed.
        better: ``lower``, ``higher`` or ``neither``.
        matters: the smallest difference worth a decision, in their unit.
        counts: which sets met the parity, shape (sets,); None where there is none to be met.
        weights: how many times each set counts; once where None.
    """
    worlds = measure_worlds(differences, counts, weights)
    low, high = worlds.interval()
    way = -1.0 if better == LOWER else 1.0
    share = worlds.share(way)
    gains, losses = worlds.share_beyond(way * matters, way), worlds.share_beyond(-way * matters, -way)
    return PairedEffect(
        difference=worlds.mean,
        difference_error=worlds.mean_error,
        share=share.value,
        share_error=share.error,
        worlds_low=low,
        worlds_high=high,
        gains=gains,
        losses=losses,
        within=max(1.0 - gains - losses, 0.0) if math.isfinite(gains + losses) else math.nan,
        matters=matters,
        worlds=worlds.number,
        left_out=worlds.left_out,
        replicates=worlds.replicates,
        verdict=_verdict(worlds, better, matters, share, parity=counts is not None),
    )


def likely_word(share: Share) -> str:
    """Return how likely a share of worlds is by the scale: ``very likely``, ``likely`` or empty.

    >>> likely_word(Share(0.93, 0.02)), likely_word(Share(0.91, 0.02)), likely_word(Share(0.67, 0.02))
    ('very likely', 'likely', '')
    """
    sure = share.value - share.error
    return VERY_LIKELY if sure >= VERY_LIKELY_SHARE else LIKELY if sure >= LIKELY_SHARE else ""


def _verdict(worlds: Worlds, better: str, matters: float, toward: Share, *, parity: bool) -> str:
    if parity and worlds.left_out > MOST_LEFT_OUT:
        return PARITY_NOT_MET
    if worlds.replicates < MIN_REPLICATES or worlds.number < MIN_SETS:
        return NO_VERDICT
    if worlds.alike:
        return SAME
    size = SMALL if abs(worlds.mean) < matters else ""
    ways = (HIGHER, LOWER) if better == NEITHER else (BETTER, WORSE)
    against = Share(1.0 - toward.value - worlds.same_share, toward.error)
    for way, share in zip(ways, (toward, against), strict=True):
        degree = likely_word(share)
        if degree:
            return f"{degree} {way}{size}"
    return CLOSE
