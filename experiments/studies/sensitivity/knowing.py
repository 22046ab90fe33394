"""What is worth knowing, of every uncertain number and of groups, from the base points of the indices.

Both base points of each row are independent draws from the ranges, so they are worlds as those of a comparison are.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from experiments.design.columns import LEVER
from experiments.results.rows import MAIN
from experiments.results.worth_rows import KNOWING_COLUMNS, worth_rows
from experiments.running.crossed import CrossedRuns, parity_met
from experiments.statistics.knowing import FEWEST_TO_KNOW, Choices
from experiments.studies.sensitivity.design import SensitivityDesign
from experiments.text.verdicts import HIGHER, LOWER
from simulation.arrays import Floats, Numbers
from simulation.outcomes.outcomes import OUTCOMES

MOST_WORLDS = 512
"""Worlds that are used at most: with more, the regressions would take longer than they would gain."""


def worth_table(design: SensitivityDesign, runs: CrossedRuns, parts: int) -> pd.DataFrame:
    """Return a row a pair of regimes, outcome and number or group: what it is worth to know it before choosing.

    Of worlds that met the parity; no rows with fewer than `FEWEST_TO_KNOW` of them.

    Args:
        design: of the study.
        runs: of its indices.
        parts: how many indices there are.
    """
    rows: list[dict[str, object]] = []
    worlds = base_rows(len(runs.crossing.points), parts)[:MOST_WORLDS]
    numbers = _numbers(runs, worlds)
    for pair in design.pairs:
        met = parity_met(runs, pair, (worlds, 0))
        for outcome in design.outcomes:
            better = OUTCOMES[outcome].better
            if better not in {LOWER, HIGHER}:
                continue
            ours, theirs = (runs.of(label, outcome)[worlds, 0] for label in pair)
            choices = Choices(((theirs - ours) if better == LOWER else (ours - theirs))[None], met)
            if choices.worlds < FEWEST_TO_KNOW:
                continue
            price = math.nan if design.price is None or outcome != MAIN else design.price
            shared: dict[str, object] = {"outcome": outcome, "unit": OUTCOMES[outcome].unit, "parity": pair[0].parity}
            shared |= {"regime": pair[0].regime, "baseline": pair[1].regime, "price": price}
            rows += [shared | row for row in worth_rows(choices, numbers, price)]
    return pd.DataFrame(rows, columns=list(KNOWING_COLUMNS))


def share_of_parity(design: SensitivityDesign, runs: CrossedRuns, parts: int) -> dict[str, float]:
    """Return the share of base points at which each pair met the parity, by ``regime/parity``; NaN if none is asked."""
    worlds = base_rows(len(runs.crossing.points), parts)
    met = {f"{pair[0].regime}/{pair[0].parity}": parity_met(runs, pair, (worlds, 0)) for pair in design.pairs}
    return {name: math.nan if flags is None else float(flags.mean()) for name, flags in met.items()}


def base_rows(points: int, parts: int) -> Numbers:
    """Return the points that are base points themselves, rising: the first and the last of every ``parts`` + 2."""
    firsts = np.arange(0, points, parts + 2)
    return np.column_stack([firsts, firsts + parts + 1]).ravel()


def _numbers(runs: CrossedRuns, worlds: Numbers) -> dict[str, Floats]:
    """Return what is unknown, by name, shape (worlds,): levers are chosen and not found out."""
    points = runs.crossing.points
    return {
        column.name: points.of(column)[worlds].astype(np.float64) for column in points.columns if column.kind != LEVER
    }
