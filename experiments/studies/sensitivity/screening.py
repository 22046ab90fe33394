"""The screening: which columns move something by more than luck does, and which of them have indices of their own.

A column counts for an outcome or a difference where the 95% interval of its mean absolute effect lies above what luck
alone would give. Of those, the largest are kept, each by its best: its effect as a share of the largest effect on the
same outcome or difference, luck taken out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.design.points import PointTable
from experiments.running.crossed import CrossedRuns
from experiments.statistics.indices import MorrisEffects, morris_effects
from experiments.studies.sensitivity.design import SensitivityDesign
from experiments.studies.sensitivity.measures import MEASURE_COLUMNS, WON, StudyMeasure, all_measures
from simulation.arrays import Flags, Floats

SCREENING_COLUMNS = (
    *MEASURE_COLUMNS,
    "name",
    "kept",
    "effect",
    "size",
    "size_low",
    "size_high",
    "spread",
    "luck",
    "trajectories",
    "left_out",
)


@dataclass(frozen=True, eq=False)
class Screening:
    """What a screening found.

    Attributes:
        table: a row a measure and column.
        kept: names of the columns that have indices of their own, in the design's order.
    """

    table: pd.DataFrame
    kept: tuple[str, ...]


def screen(design: SensitivityDesign, runs: CrossedRuns) -> Screening:
    """Return which columns a screening keeps, and the effects from which it does.

    Raises:
        InputError: fewer than two trajectories have no failed run.
    """
    places = shares_of_range(design, runs.crossing.points)
    found = [(one, morris_effects(places, one.numbers(runs), design.names)) for one in all_measures(design)]
    order = _order([effects for measure, effects in found if measure.of != WON])
    kept = tuple(name for at, name in enumerate(design.names) if at in set(order[: design.most]))
    rows = [row for measure, effects in found for row in _rows(measure, effects, kept)]
    return Screening(pd.DataFrame(rows, columns=list(SCREENING_COLUMNS)), kept)


def shares_of_range(design: SensitivityDesign, points: PointTable) -> Floats:
    """Return the points with every column as a share of its range, shape (points, columns)."""
    scaled = [
        (points.of(column).astype(np.float64) - low) / (high - low) for column, (low, high) in design.bounds.items()
    ]
    return np.column_stack(scaled)


def _order(found: list[MorrisEffects]) -> list[int]:
    """Return the places of the columns that count, the largest first; of the largest alone where none counts."""
    shares = [_shares(effects) for effects in found]
    best = np.max([share for share, _ in shares], axis=0)
    counts = np.any([counting for _, counting in shares], axis=0)
    order = np.argsort(-best, kind="stable").tolist()
    return [place for place in order if counts[place]] or order[:1]


def _shares(effects: MorrisEffects) -> tuple[Floats, Flags]:
    """Return each effect as a share of the largest, luck taken out, and where it is above luck."""
    luck = np.nan_to_num(effects.luck)
    own = np.sqrt(np.maximum(effects.sizes**2 - luck**2, 0.0))
    largest = own.max()
    counts: Flags = np.asarray((effects.size_lows > luck) & (own > 0))
    return np.asarray(own / largest if largest > 0 else own), counts


def _rows(measure: StudyMeasure, effects: MorrisEffects, kept: tuple[str, ...]) -> list[dict[str, object]]:
    return [
        {
            **measure.cells,
            "name": name,
            "kept": name in kept,
            "effect": effects.means[at],
            "size": effects.sizes[at],
            "size_low": effects.size_lows[at],
            "size_high": effects.size_highs[at],
            "spread": effects.spreads[at],
            "luck": effects.luck[at],
            "trajectories": effects.trajectories,
            "left_out": effects.left_out,
        }
        for at, name in enumerate(effects.names)
    ]
