"""Regret over the sets where levers are varied: what is lost by one choice of them in place of the best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from experiments.design.design import Label
from experiments.design.points import POINT
from experiments.running.crossed import CrossedRuns, parity_met
from experiments.statistics.regret import regrets
from experiments.statistics.verdicts import MIN_REPLICATES, MIN_SETS, MOST_LEFT_OUT
from experiments.studies.sweep.design import SweepDesign
from experiments.text.verdicts import LOWER, NEITHER
from simulation.arrays import Flags
from simulation.outcomes.outcomes import OUTCOMES

MOST_CHOICES = 400
"""The most choices that are held against each other."""
COLUMNS = ("outcome", "unit", "parity", "regime", POINT, "mean", "mean_error", "worst_tenth", "least", "worlds")


def choices_regret(design: SweepDesign, runs: CrossedRuns) -> pd.DataFrame:
    """Return a row an outcome, parity, regime and point: the mean and the worst tenth of its regret over the sets.

    Points that differ in what nobody chooses (a parameter, the funding) are held against each other never: each value
    of these has choices of its own. ``least`` marks the choice of least mean regret where sets and replicates are
    enough for a verdict. A choice that missed the parity in over half of the sets is left out. No rows where no lever
    is varied, where a group has more than 400 choices, or where neither direction of the outcome is better.
    """
    points = design.crossing.points
    rows: list[dict[str, object]] = []
    if any(column.is_choice for column in points.columns):
        for members in _alike(design):
            for name in design.outcomes:
                for parity in design.crossing.parities if OUTCOMES[name].better != NEITHER else ():
                    rows += _rows(design, runs, name, _choices(design, runs, parity, members))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    inputs = points.table().iloc[table[POINT].astype(int)].reset_index(drop=True)
    at = COLUMNS.index(POINT) + 1
    return pd.concat([table.iloc[:, :at], inputs, table.iloc[:, at:]], axis=1)


Choice = tuple[Label, int, Flags | None]
"""A regime under a parity, at a point, and the sets in which it met the parity."""


def _alike(design: SweepDesign) -> Iterator[list[int]]:
    """Yield the points that differ in choices alone."""
    points = design.crossing.points
    others = [
        values.tolist() for column, values in zip(points.columns, points.values, strict=True) if not column.is_choice
    ]
    groups: dict[tuple[object, ...], list[int]] = {}
    for point in range(len(points)):
        groups.setdefault(tuple(values[point] for values in others), []).append(point)
    yield from groups.values()


def _choices(design: SweepDesign, runs: CrossedRuns, parity: str, members: Sequence[int]) -> list[Choice]:
    """Return what can be chosen at these points: a regime without a lever that is varied stands there once."""
    crossing, last = design.crossing, Label(parity, design.crossing.regimes[-1].name)
    choices: list[Choice] = []
    for regime in crossing.regimes:
        label = Label(parity, regime.name)
        moved = any(column.is_choice and column.lever(0.0).is_of(regime) for column in crossing.points.columns)
        for point in members if moved else members[:1]:
            met = None if label == last else parity_met(runs, (label, last), point)
            if met is None or met.mean() >= 1 - MOST_LEFT_OUT:
                choices.append((label, point, met))
    return choices if 1 < len(choices) <= MOST_CHOICES else []


def _rows(design: SweepDesign, runs: CrossedRuns, name: str, choices: Sequence[Choice]) -> Iterator[dict[str, object]]:
    if not choices:
        return
    crossing = design.crossing
    values = np.stack([runs.of(label, name)[point] for label, point, _ in choices])
    met = [counts for _, _, counts in choices if counts is not None]
    together = np.logical_and.reduce(met) if met else np.ones(len(crossing.sets), dtype=np.bool_)
    lower = OUTCOMES[name].better == LOWER
    found = regrets(values - values[-1], lower_is_better=lower, counts=together, weights=crossing.weights)
    enough = found[0].worlds >= MIN_SETS and crossing.replicates >= MIN_REPLICATES
    least = min(range(len(found)), key=lambda at: found[at].mean) if enough else -1
    for at, ((label, point, _), regret) in enumerate(zip(choices, found, strict=True)):
        yield {
            "outcome": name,
            "unit": OUTCOMES[name].unit,
            "parity": label.parity,
            "regime": label.regime,
            POINT: point,
            "least": at == least,
            **vars(regret),
        }
