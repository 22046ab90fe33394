"""The verdict on a claim, from an effect over worlds: the rule stands here, once.

It asks three things of the worlds (parameter sets with luck averaged out), by the words of
`experiments.statistics.verdicts`: whether the effect is *likely* as claimed (in 66% of the worlds or more), whether its
mean is at least as large as what matters, and whether it is likely too small to matter. Each is answered yes or no only
where twice its standard error leaves it no doubt, so that fewer runs never say the contrary of more: they cannot tell.

- *Supported*: likely as claimed, and large enough to matter.
- *Not supported*: too small to matter (the mean is, and so it is likely to be; or it is likely as claimed and the mean
  is less than matters), or likely the other way.
- *Too close to call*: none of these, and known well enough to say so: worlds differ.
- *Cannot tell*: it would take more worlds or replicates; or the parity was not met.

A claim that one thing is *no worse* than another is supported where no loss that matters is likely, and not supported
where such a loss is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from experiments.statistics.paired import Matrix
from experiments.statistics.verdicts import LIKELY_SHARE, MIN_REPLICATES, MIN_SETS, MOST_LEFT_OUT
from experiments.statistics.weights import Weights
from experiments.statistics.worlds import Share, Worlds, measure_worlds
from experiments.text.verdicts import CANNOT_TELL, CLOSE, HIGHER, NOT_SUPPORTED, SUPPORTED

_DOUBT = 2.0
"""Standard errors that leave no doubt."""


@dataclass(frozen=True)
class Finding:
    """What was found of one effect, in its own unit and sign; NaN where it cannot be known.

    Attributes:
        effect: the mean over the worlds that could be compared.
        error: its standard error, over sets and replicates together.
        share: share of the worlds in which it has the claimed sign, luck taken out; NaN where no world has an effect of
            its own.
        share_error: its standard error.
        worlds_low: 5% quantile of the worlds, luck taken out.
        worlds_high: 95% quantile.
        worlds: how many could be compared.
        worlds_run: how many were run.
        replicates: replicates with at least one effect.
        verdict: one of `experiments.text.verdicts.CLAIM_VERDICTS`.
        reason: why, in a word: ``shown``, ``small``, ``opposite``, ``sets``, ``size``, ``more``, ``few`` or ``parity``.
    """

    effect: float
    error: float
    share: float
    share_error: float
    worlds_low: float
    worlds_high: float
    worlds: int
    worlds_run: int
    replicates: int
    verdict: str
    reason: str

    def without_parity(self) -> Finding:
        """Return the same where too few worlds came near enough to equal to be compared."""
        return replace(self, verdict=CANNOT_TELL, reason="parity")


def judge_effect(
    matrix: Matrix,
    direction: str,
    matters: float,
    *,
    no_worse: bool = False,
    by_set: bool = True,
    weights: Weights = None,
) -> Finding:
    """Return what an effect says about a claim.

    Args:
        matrix: the effect, shape (sets, replicates).
        direction: ``higher`` or ``lower``: the sign that the claim gives it.
        matters: the smallest effect that matters, in its unit.
        no_worse: the claim is only that the effect does not go against ``direction`` by as much as matters.
        by_set: whether each set has an effect of its own; else only the mean over them says something.
        weights: how many times each set counts; once where None.
    """
    way = 1.0 if direction == HIGHER else -1.0
    toward = measure_worlds(way * matrix, weights=weights)
    share = toward.share(1.0) if by_set else Share(math.nan, math.nan)
    ends = [way * end for end in toward.interval()] if by_set else [math.nan, math.nan]
    verdict, reason = _verdict(_Evidence(toward, matters, by_set=by_set), no_worse=no_worse)
    return Finding(
        effect=way * toward.mean,
        error=toward.mean_error,
        share=share.value,
        share_error=share.error,
        worlds_low=min(ends),
        worlds_high=max(ends),
        worlds=toward.number,
        worlds_run=len(matrix),
        replicates=toward.replicates,
        verdict=verdict,
        reason=reason,
    )


class _Evidence:
    """What the worlds say of an effect turned so that what is claimed is above zero: True, False, or None for doubt."""

    def __init__(self, toward: Worlds, matters: float, *, by_set: bool) -> None:
        self.toward, self.matters, self._by_set = toward, matters, by_set

    def mean_is_at_least(self, value: float) -> bool | None:
        """Return whether the mean is ``value`` or more."""
        doubt = _DOUBT * (0.0 if self.toward.alike else self.toward.mean_error)
        if math.isnan(doubt) or abs(self.toward.mean - value) < doubt:
            return None
        return self.toward.mean >= value

    def is_likely(self, way: float, value: float) -> bool | None:
        """Return whether the effect is above ``value`` (``way`` 1), or below it (-1), in 66% of the worlds or more."""
        if not self._by_set:
            above = self.mean_is_at_least(value)
            return above if way > 0 or above is None else not above
        return _likely(self.toward.share(way, value))

    def is_likely_small(self) -> bool | None:
        """Return whether the effect is less than matters either way in 66% of the worlds or more."""
        if not self._by_set:
            above, below = self.mean_is_at_least(self.matters), self.mean_is_at_least(-self.matters)
            return None if above is None or below is None else below and not above
        beyond = [self.toward.share(way, way * self.matters) for way in (1.0, -1.0)]
        error = max(one.error for one in beyond)
        return _likely(Share(1.0 - sum(one.value for one in beyond), error))


def _likely(share: Share) -> bool | None:
    if math.isnan(share.value) or abs(share.value - LIKELY_SHARE) < _DOUBT * share.error:
        return None
    return share.value >= LIKELY_SHARE


def _verdict(evidence: _Evidence, *, no_worse: bool) -> tuple[str, str]:
    worlds = evidence.toward
    if worlds.replicates < MIN_REPLICATES or worlds.number < MIN_SETS:
        return CANNOT_TELL, "few"
    return _of_loss(evidence) if no_worse else _of_gain(evidence)


def _of_gain(evidence: _Evidence) -> tuple[str, str]:
    claimed, large = evidence.is_likely(1.0, 0.0), evidence.mean_is_at_least(evidence.matters)
    small, opposite = evidence.is_likely_small(), evidence.is_likely(-1.0, 0.0)
    if claimed and large:
        return SUPPORTED, "shown"
    if large is False and (small or claimed):
        return NOT_SUPPORTED, "small"
    if opposite:
        return NOT_SUPPORTED, "opposite"
    if claimed and large is None:
        return CANNOT_TELL, "size"
    if None in (claimed, large, small, opposite):
        return CANNOT_TELL, "more"
    return CLOSE, "sets"


def _of_loss(evidence: _Evidence) -> tuple[str, str]:
    kept, lost = (evidence.is_likely(way, -evidence.matters) for way in (1.0, -1.0))
    if kept:
        return SUPPORTED, "shown"
    if lost:
        return NOT_SUPPORTED, "opposite"
    return (CANNOT_TELL, "more") if None in (kept, lost) else (CLOSE, "sets")


def too_few_compared(finding: Finding) -> bool:
    """Return whether more worlds missed the parity than a verdict allows."""
    return finding.worlds < (1.0 - MOST_LEFT_OUT) * finding.worlds_run
