"""The verdict on a claim, from an effect and its two uncertainties: the rule stands here, once.

- *Supported*: the effect has the claimed sign, its chance interval does not reach zero, at most a fifth of the
  parameter sets dissent, and it is at least as large as the smallest difference that matters.
- *Not supported*: it is shown to be too small to matter (the chance interval and four fifths of the sets lie within
  that difference on either side of zero), or to go the other way (the interval and four fifths of the sets).
- *Too close to call*: everything else.

A claim that one thing is *no worse* than another is supported where a loss that matters is ruled out, by luck and in
four fifths of the sets, and not supported where such a loss is shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from experiments.statistics.paired import (
    CLOSE,
    DISSENT,
    HIGHER,
    LOWER,
    MIN_REPLICATES,
    MIN_SETS,
    NO_VERDICT,
    NOT_SUPPORTED,
    SUPPORTED,
    Estimate,
    Matrix,
    estimate,
    win_share,
)
from experiments.statistics.weights import Weights

VERDICTS = (SUPPORTED, NOT_SUPPORTED, CLOSE, NO_VERDICT)


@dataclass(frozen=True)
class Finding:
    """What was found of one effect, in its own unit and sign.

    Attributes:
        estimate: the effect, its chance interval and the range over sets (NaN where no set has an effect of its own).
        sign_share: share of the sets in which it has the claimed sign; NaN likewise.
        verdict: one of `VERDICTS`.
        reason: why, in a word: ``shown``, ``small``, ``opposite``, ``luck``, ``sets``, ``size``, ``few`` or ``parity``.
        sets_run: parameter sets that were run, of which ``estimate.sets`` could be used.
    """

    estimate: Estimate
    sign_share: float
    verdict: str
    reason: str
    sets_run: int

    def without_parity(self) -> Finding:
        """Return the same without a verdict, where too few sets came near enough to equal to be compared."""
        return replace(self, verdict=NO_VERDICT, reason="parity")


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
        by_set: whether each set has an effect of its own; else nothing is asked of the sets.
        weights: how many times each set counts; once where None.
    """
    effect = estimate(matrix, direction, weights=weights)
    toward = matrix if direction == HIGHER else -matrix
    verdict, reason = _verdict(_Toward(toward, weights, by_set=by_set), matters, no_worse=no_worse)
    share = effect.win_share
    if not by_set:
        effect, share = replace(effect, sets_low=math.nan, sets_high=math.nan, win_share=math.nan), math.nan
    return Finding(effect, share, verdict, reason, len(matrix))


class _Toward:
    """An effect turned so that what is claimed is above zero."""

    def __init__(self, matrix: Matrix, weights: Weights, *, by_set: bool) -> None:
        self._matrix, self._weights, self._by_set = matrix, weights, by_set
        self.effect = estimate(matrix, HIGHER, weights=weights)
        self.low, self.high = self.effect.chance_low, self.effect.chance_high

    def most_above(self, value: float) -> bool:
        """Whether at most a fifth of the sets are not above ``value``."""
        return not self._by_set or self._share(self._matrix - value, HIGHER) >= 1 - DISSENT

    def most_below(self, value: float) -> bool:
        """Whether at most a fifth of the sets are not below ``value``."""
        return not self._by_set or self._share(self._matrix - value, LOWER) >= 1 - DISSENT

    def most_within(self, value: float) -> bool:
        """Whether at most a fifth of the sets are ``value`` or more away from zero."""
        if not self._by_set:
            return True
        above = self._share(self._matrix - value, LOWER)
        below = self._share(self._matrix + value, HIGHER)
        return above + below - 1 >= 1 - DISSENT

    def _share(self, matrix: Matrix, direction: str) -> float:
        return win_share(matrix, direction, weights=self._weights)


def _verdict(effect: _Toward, matters: float, *, no_worse: bool) -> tuple[str, str]:
    if effect.effect.replicates < MIN_REPLICATES or effect.effect.sets < MIN_SETS:
        return NO_VERDICT, "few"
    return _of_loss(effect, matters) if no_worse else _of_gain(effect, matters)


def _of_gain(effect: _Toward, matters: float) -> tuple[str, str]:
    if effect.low > 0 and effect.effect.difference >= matters and effect.most_above(0.0):
        return SUPPORTED, "shown"
    if effect.low > -matters and effect.high < matters and effect.most_within(matters):
        return NOT_SUPPORTED, "small"
    if effect.high < 0 and effect.most_below(0.0):
        return NOT_SUPPORTED, "opposite"
    return CLOSE, _doubt(effect)


def _of_loss(effect: _Toward, matters: float) -> tuple[str, str]:
    if effect.low > -matters and effect.most_above(-matters):
        return SUPPORTED, "shown"
    if effect.high < -matters and effect.most_below(-matters):
        return NOT_SUPPORTED, "opposite"
    return CLOSE, "luck" if effect.low <= -matters <= effect.high else "sets"


def _doubt(effect: _Toward) -> str:
    """Return what leaves it open: luck, the sets' signs, or whether it is large enough."""
    if effect.low <= 0 <= effect.high:
        return "luck"
    if effect.most_above(0.0) or effect.most_below(0.0):
        return "size"
    return "sets"
