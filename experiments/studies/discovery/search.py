"""The search for boxes, one after another: each in the worlds that those before it leave."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from experiments.design.design import Label
from experiments.results.folder_runs import FolderRuns
from experiments.statistics.boxes import FEWEST_TO_PEEL, FoundBox, find_box
from experiments.statistics.paired import Matrix, known_means
from experiments.statistics.worlds import Share, Worlds, measure_worlds
from experiments.studies.discovery.question import Question
from experiments.text.verdicts import LOWER
from simulation.arrays import Flags, Floats
from simulation.errors import InputError
from simulation.outcomes.outcomes import OUTCOMES


@dataclass(frozen=True, eq=False)
class LossWorlds:
    """The worlds in which two regimes can be compared, and where one of them lost.

    Attributes:
        places: of the worlds among the parameter sets, shape (worlds,).
        numbers: every uncertain number by name, shape (worlds,).
        differences: regime less baseline, shape (worlds, replicates).
        lost: 1 where the regime did worse, 0 where better, one half where even; NaN where a run failed.
        weights: how many times each world counts, shape (worlds,).
        way: 1 where a higher difference is a loss, -1 where a lower one is.
        left_out: share of the sets that missed the parity or have no run.
    """

    places: Floats
    numbers: Mapping[str, Floats]
    differences: Matrix
    lost: Matrix
    weights: Floats
    way: float
    left_out: float

    @property
    def shares(self) -> Floats:
        """The share of replicates that were lost, shape (worlds,)."""
        return known_means(self.lost, axis=1)


@dataclass(frozen=True, eq=False)
class Discovered:
    """A box with what it says of the regime; worlds are places among those of `LossWorlds`.

    Attributes:
        found: the box, searched for in the worlds that were left.
        searched: which worlds those were, shape (worlds,).
        coverage: share of all losses that are in it, of worlds held out.
        worlds_lost: share of the worlds held out in it in which the regime does worse, luck taken out.
        worlds_lost_all: the same of all worlds that were searched.
        difference: mean difference in it, of worlds held out.
        difference_all: mean difference in all worlds that were searched.
    """

    found: FoundBox
    searched: Flags
    coverage: float
    worlds_lost: Share
    worlds_lost_all: Share
    difference: float
    difference_all: float


def loss_worlds(runs: FolderRuns, question: Question, numbers: Mapping[str, Floats]) -> LossWorlds:
    """Return the worlds in which the question's regimes met the parity and have runs.

    Args:
        runs: of the comparison.
        question: which regimes, outcome and parity.
        numbers: name -> value in each set, shape (sets,).

    Raises:
        InputError: they are too few for a box, or no number varies.
    """
    one, other = (Label(question.parity, name) for name in (question.regime, question.baseline))
    differences = runs.outcome(one, question.outcome) - runs.outcome(other, question.outcome)
    met = [flags for flags in map(runs.counts, (one, other)) if flags is not None]
    there: Flags = np.logical_and.reduce([np.isfinite(differences).any(axis=1), *met])
    if there.sum() < FEWEST_TO_PEEL:
        raise InputError(
            f"expected at least {FEWEST_TO_PEEL} worlds in which {question.regime} and {question.baseline} can be "
            f"compared at parity {question.parity}, got {int(there.sum())} of {len(there)}: run more parameter sets"
        )
    varying = {name: values[there] for name, values in numbers.items() if np.ptp(values[there]) > 0}
    if not varying:
        raise InputError("expected parameter sets that differ in some number, got none")
    weights = np.ones(len(there)) if runs.weights is None else runs.weights
    way = 1.0 if OUTCOMES[question.outcome].better == LOWER else -1.0
    part = differences[there]
    lost = np.where(np.isfinite(part), 0.5 + 0.5 * np.sign(way * part), np.nan)
    left_out = 1.0 - float(weights[there].sum() / weights.sum())
    return LossWorlds(np.flatnonzero(there).astype(float), varying, part, lost, weights[there], way, left_out)


def find_boxes(worlds: LossWorlds, most: int, seed: int) -> list[Discovered]:
    """Return the boxes, best first: those that are better than none, or else the one that is not.

    Args:
        worlds: from `loss_worlds`.
        most: boxes that are looked for.
        seed: of samples and folds.
    """
    columns = np.column_stack(list(worlds.numbers.values()))
    searched = np.ones(len(columns), dtype=np.bool_)
    boxes: list[Discovered] = []
    while len(boxes) < most and (not boxes or searched.sum() >= FEWEST_TO_PEEL):
        found = find_box(columns[searched], worlds.lost[searched], worlds.weights[searched], seed + len(boxes))
        if boxes and not found.better:
            break
        boxes.append(_discovered(worlds, found, searched))
        if not found.better:
            break
        searched = searched.copy()
        searched[np.flatnonzero(searched)[found.inside]] = False
    return boxes


def _discovered(worlds: LossWorlds, found: FoundBox, searched: Flags) -> Discovered:
    inside = np.zeros(len(searched), dtype=np.bool_)
    inside[np.flatnonzero(searched)[found.outside_found]] = True
    all_here = _measured(worlds, searched)
    here = _measured(worlds, inside) if inside.any() else None
    losses = worlds.weights * worlds.shares
    return Discovered(
        found=found,
        searched=searched,
        coverage=float(losses[inside].sum() / losses.sum()) if losses.sum() else math.nan,
        worlds_lost=Share(math.nan, math.nan) if here is None else here.share(worlds.way),
        worlds_lost_all=all_here.share(worlds.way),
        difference=math.nan if here is None else here.mean,
        difference_all=all_here.mean,
    )


def _measured(worlds: LossWorlds, some: Flags) -> Worlds:
    return measure_worlds(worlds.differences[some], weights=worlds.weights[some])
