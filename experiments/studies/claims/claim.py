"""A claim of the sector, and the effects by which the model answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from experiments.design.world import Condition
from experiments.results.realised import MADE_EQUAL
from experiments.statistics.paired import Matrix
from experiments.statistics.verdicts import PARITY_TOLERANCE
from experiments.statistics.weights import Weights
from experiments.statistics.worlds import worlds_within
from experiments.studies.claims.contrast import Contrast, Values
from experiments.studies.claims.judge import Finding, judge_effect, too_few_compared
from experiments.text.verdicts import BY_CONSTRUCTION, CANNOT_TELL, CLOSE, NOT_SUPPORTED, SUPPORTED
from simulation.arrays import Flags
from simulation.outcomes.outcomes import MATTERS_MONTHS, OUTCOMES

Assumption = Literal["no", "direction", "yes"]
"""Whether the model tests an effect, assumes which way it goes, or assumes all of it."""

SHARE_OF_SETS = "share of sets"
A_FIFTH = 0.2


@dataclass(frozen=True, kw_only=True)
class Observable:
    """One effect that a claim would show in.

    Attributes:
        contrast: what is compared with what, in words.
        of: how it is worked out.
        outcome: of `OUTCOMES`.
        claimed: the sign that the claim gives it.
        assumed: whether the model tests it.
        why_assumed: why not, where it does not.
        matters: the smallest effect that matters; that of the outcome where None.
        unit: of the effect; that of the outcome where empty.
        equal: conditions that must realise the same of what their parity makes equal as the first of them: worlds in
            which one is more than a tenth off are left out.
        no_worse: the claim is only that there is no loss that matters.
    """

    contrast: str
    of: Contrast
    outcome: str
    claimed: Literal["higher", "lower"]
    assumed: Assumption = "no"
    why_assumed: str = ""
    matters: float | None = None
    unit: str = ""
    equal: tuple[tuple[Condition, ...], ...] = ()
    no_worse: bool = False

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What has to be run."""
        return (*self.of.conditions, *(condition for alike in self.equal for condition in alike))

    @property
    def outcomes(self) -> set[str]:
        """What has to be kept of each run."""
        equal = {MADE_EQUAL[condition.parity] for alike in self.equal for condition in alike}
        return {self.outcome, *self.of.outcomes} | equal

    def smallest(self, matters: Mapping[str, float] | None = None, months: int = MATTERS_MONTHS) -> float:
        """Return the smallest effect that matters over so many months; ``matters`` says otherwise by outcome."""
        if self.matters is not None:
            return self.matters
        return (matters or {}).get(self.outcome, OUTCOMES[self.outcome].smallest(months))

    def effect_unit(self) -> str:
        """Return the unit of the effect."""
        return self.unit or OUTCOMES[self.outcome].unit

    def matrix(self, values: Values, weights: Weights = None) -> Matrix:
        """Return the effect, shape (sets, replicates): NaN in the worlds that missed the parity."""
        if not self.equal:
            return self.of.matrix(values, self.outcome, weights)
        counts = self._counts(values)[:, None]

        def fair_values(condition: Condition, name: str) -> Matrix:
            return np.where(counts, values(condition, name), np.nan)

        return self.of.matrix(fair_values, self.outcome, weights)

    def find(self, matrix: Matrix, matters: float, weights: Weights = None) -> Finding:
        """Return what an effect says, with its verdict: none where under half of the worlds could be compared.

        Args:
            matrix: the effect, shape (sets, replicates).
            matters: the smallest effect that matters, in its unit.
            weights: how many times each set counts; once where None.
        """
        finding = judge_effect(
            matrix, self.claimed, matters, no_worse=self.no_worse, by_set=self.of.by_set, weights=weights
        )
        return finding.without_parity() if self.equal and too_few_compared(finding) else finding

    def _counts(self, values: Values) -> Flags:
        """Return which worlds met the parity, shape (sets,)."""
        matches = [
            worlds_within(
                values(one, MADE_EQUAL[first.parity]), values(first, MADE_EQUAL[first.parity]), PARITY_TOLERANCE
            )
            for first, *rest in self.equal
            for one in rest
        ]
        return np.asarray(np.all(matches, axis=0))


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A claim, put so that it can fail.

    Attributes:
        number: 1 to 12, as in the exercises.
        title: the claim in the sector's words.
        source: who made it, when and where.
        short: the same as a label.
        mechanism: what it rests on.
        refuted_if: what would refute it in this model.
        says: the effect in a sentence's words, ``{size}`` in the place of the number: where it is above zero, and
            where it is below.
        observables: the first decides the verdict; the others are shown beside it.
        together: how many of the first observables must all go against the claim before it is refuted.
        late: what was chosen after a first look at results; empty where nothing was.
        built_in: why it holds nearly by construction, to stand after ``for``; empty where it does not.
    """

    number: int
    title: str
    source: str
    short: str
    mechanism: str
    refuted_if: str
    says: tuple[str, str]
    observables: tuple[Observable, ...]
    together: int = 1
    late: str = ""
    built_in: str = ""

    @property
    def primary(self) -> Observable:
        """The effect that decides."""
        return self.observables[0]

    @property
    def assumed(self) -> Assumption:
        """Whether the model tests the claim, assumes its direction, or assumes all of it."""
        return self.primary.assumed

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What has to be run, each once."""
        return tuple(dict.fromkeys(condition for one in self.observables for condition in one.conditions))

    @property
    def switches(self) -> tuple[str, ...]:
        """Mechanisms that are switched off somewhere, in alphabetical order: each must be on elsewhere."""
        return tuple(sorted({name for condition in self.conditions for name in condition.off}))

    def verdict(self, findings: tuple[Finding, ...]) -> tuple[str, str]:
        """Return the verdict on the claim and its reason, from the findings in the order of the observables."""
        first = findings[0]
        if self.built_in and first.verdict == SUPPORTED:
            return BY_CONSTRUCTION, "built_in"
        if self.together == 1 or first.verdict != NOT_SUPPORTED:
            return first.verdict, first.reason
        others = {finding.verdict for finding in findings[1 : self.together]}
        if CANNOT_TELL in others:
            return CANNOT_TELL, "more"
        return (NOT_SUPPORTED, first.reason) if others == {NOT_SUPPORTED} else (CLOSE, "trade")
