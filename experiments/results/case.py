"""What a comparison is about: its rows and the few facts that every figure and sentence needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from experiments.design.own_science import own_names
from experiments.design.plausible import WEIGHT
from experiments.results.headline import headline
from experiments.results.rows import MAIN, ComparisonRow, comparison_rows
from experiments.text.dates import period_words
from experiments.text.names import NOTHING, PARTNERS, inside, parity_words
from experiments.text.verdicts import PARITY_NOT_MET
from simulation.outcomes.outcomes import OUTCOMES
from simulation.regimes import PARITIES


@dataclass(frozen=True)
class Case:
    """The comparison in short.

    Attributes:
        rows: every row of the comparison.
        parities: in the order in which they are shown.
        regimes: in the order in which they are shown, both baselines first.
        titles: name of a regime -> what it is called.
        councils: how many councils.
        months: months in a run.
        sets: parameter sets.
        replicates: replicates of each set.
        seed: what all luck was drawn from.
        start: calendar month of month 0, ``YYYY-MM``.
        levers: ``drawn`` or ``fixed``.
        failed: runs that ended in an error.
        origin: where the parameter sets come from, a kind of `Origin`; empty where it is not known.
        weighted: whether some set counts more or less than once.
        england: whether the councils are England's, all or some, and not the user's own.
        own: what of the science is the user's own, in words; empty where nothing is.
        own_outcomes: outcomes of the user's own: name -> how it is defined.
        part: the part of them that is reported on, to stand after ``of``; empty for all of them.
    """

    rows: tuple[ComparisonRow, ...]
    parities: tuple[str, ...]
    regimes: tuple[str, ...]
    titles: Mapping[str, str]
    councils: int
    months: int
    sets: int
    replicates: int
    seed: int
    start: str
    levers: str
    failed: int
    origin: str = ""
    weighted: bool = False
    england: bool = True
    own: str = ""
    own_outcomes: Mapping[str, str] = field(default_factory=dict)
    part: str = ""

    @property
    def whose(self) -> str:
        """Whose judgements are counted."""
        return f"children's services of {self.part}" if self.part else "children's services"

    @cached_property
    def parity(self) -> str:
        """The main parity: the first at which the two regimes of the answer can be compared fairly, else the first."""
        pairs = ((one, self.row(str(self.focus), self.rival, one)) for one in self.parities)
        return next((one for one, row in pairs if row and row.verdict != PARITY_NOT_MET), self.parities[0])

    @property
    def other_parities(self) -> tuple[str, ...]:
        """The parities but the main one, in their order."""
        return tuple(one for one in self.parities if one != self.parity)

    @property
    def unfair_parities(self) -> tuple[str, ...]:
        """The parities before the main one: those at which the two regimes cannot be compared fairly."""
        return self.parities[: self.parities.index(self.parity)]

    @property
    def total(self) -> int:
        """Council-months in a run: the most that could be inadequate."""
        return self.councils * self.months

    @property
    def period(self) -> str:
        """Which months a run has, to stand after ``from``: April 2018 to March 2028."""
        return period_words(self.start, self.months)

    @property
    def focus(self) -> str | None:
        """The regime that the answer is about, as `experiments.results.headline.headline` has it."""
        pair = headline(self.regimes)
        return None if pair is None else pair[0]

    @property
    def rival(self) -> str:
        """What the focus is set against: the partners, or nothing where the partners are the focus."""
        return NOTHING if self.focus == PARTNERS else PARTNERS

    @property
    def illustration(self) -> bool:
        """Whether one parameter set was run, so that nothing may be concluded."""
        return self.sets == 1

    @property
    def fitted(self) -> bool:
        """Whether the parameter sets are of the plausible ones."""
        return self.origin == "plausible"

    def title(self, regime: str) -> str:
        """Return a regime's name as a label or a heading has it."""
        return self.titles.get(regime) or regime.replace("_", " ").capitalize()

    def words(self, regime: str) -> str:
        """Return a regime's name as it stands inside a sentence."""
        return inside(self.title(regime))

    def meaning(self, outcome: str) -> str:
        """Return how an outcome is defined."""
        return self.own_outcomes[outcome] if outcome in self.own_outcomes else OUTCOMES[outcome].meaning

    def row(self, regime: str, baseline: str, parity: str | None = None, outcome: str = MAIN) -> ComparisonRow | None:
        """Return the row of a regime against a baseline, or None where the comparison has none."""
        return self._by_key.get((outcome, parity or self.parity, regime, baseline))

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, str, str], ComparisonRow]:
        return {(row.outcome, row.parity, row.regime, row.baseline): row for row in reversed(self.rows)}

    def against(self, baseline: str, parity: str | None = None, outcome: str = MAIN) -> list[ComparisonRow]:
        """Return the rows of all other regimes against ``baseline``, in the order of the regimes."""
        rows = (self.row(name, baseline, parity, outcome) for name in self.regimes if name != baseline)
        return [row for row in rows if row is not None]

    def note(self, parity: str | None = None) -> str:
        """Return what stands under each figure: how many runs it shows, the seed, and what it is not."""
        runs = len(self.regimes) * self.sets * self.replicates
        sets = "one parameter set" if self.sets == 1 else f"{self.sets} parameter sets"
        replicates = "one replicate" if self.replicates == 1 else f"{self.replicates} replicates"
        return (
            f"{len(self.regimes)} regimes, {sets}, {replicates}: {runs:,} runs at "
            f"{parity_words(parity or self.parity)}, {self.period}; seed {self.seed}. "
            "An exploration of a model, not a forecast."
        )


def read_case(manifest: Mapping[str, Any], comparison: pd.DataFrame, sets: pd.DataFrame) -> Case:
    """Return a comparison in short.

    Args:
        manifest: of its folder.
        comparison: as `experiments.results.store.Results.comparison`.
        sets: as `experiments.results.store.Results.sets`.
    """
    design = manifest["design"]
    return Case(
        rows=tuple(comparison_rows(comparison)),
        parities=tuple(sorted(design["parities"], key=PARITIES.index)),
        regimes=tuple(design["regimes"]),
        titles={name: str(regime.get("title", "")) for name, regime in design["regimes"].items()},
        councils=int(design["councils"]["number"]),
        months=int(design["months"]),
        sets=len(sets),
        replicates=int(design["replicates"]),
        seed=int(design["seed"]),
        start=str(design["scenario"]["start"]),
        levers=str(manifest["levers"]),
        failed=int(manifest["failed"]),
        origin=str(design.get("origin", {}).get("kind", "")),
        weighted=WEIGHT in sets and bool((sets[WEIGHT] != 1.0).any()),
        england=not manifest.get("own_councils", False),
        own=own_names(design) if "own" in design else "",
        own_outcomes={name: str(cells["meaning"]) for name, cells in design.get("outcomes", {}).items()},
    )
