"""The pictures of a sensitivity study: of each outcome, difference and win, its indices and luck's share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from experiments.studies.sensitivity.design import ALL_OTHERS, SensitivityDesign
from experiments.studies.sensitivity.measures import LEVEL, MEASURE_COLUMNS, WON, StudyMeasure, all_measures
from experiments.text.dates import period_words
from experiments.text.names import inside, parity_words
from simulation.outcomes.outcomes import OUTCOMES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_BARS = 20
"""The most columns of one picture, those with the largest total indices."""


def sensitivity_pictures(design: SensitivityDesign, table: pd.DataFrame) -> Iterator[tuple[str, Figure]]:
    """Yield the pictures by the name of their file, differences first.

    Args:
        design: of the study.
        table: of its indices.
    """
    from experiments.figures.index_bars import index_figure

    for measure in all_measures(design):
        rows = of_measure(table, measure)
        figure = index_figure(
            pd.concat([rows[rows["name"] != ALL_OTHERS].head(MOST_BARS), rows[rows["name"] == ALL_OTHERS]]),
            float(rows["luck"].iloc[0]),
            title=f"What decides {measure_words(design, measure)}",
            note=study_note(design, rows),
        )
        yield measure.name, figure


def of_measure(table: pd.DataFrame, measure: StudyMeasure) -> pd.DataFrame:
    """Return the rows of a measure, the largest total index first, and what was left out last."""
    mine = (table[list(MEASURE_COLUMNS)].astype(object).fillna("") == pd.Series(measure.cells)).all(axis=1)
    order = (
        table[mine]
        .assign(last=table["name"] == ALL_OTHERS)
        .sort_values(["last", "total"], ascending=[True, False], kind="stable")
    )
    return order.drop(columns="last")


def measure_words(design: SensitivityDesign, measure: StudyMeasure) -> str:
    """Return what a measure is, in words, to stand inside a sentence."""
    outcome, at = OUTCOMES[measure.outcome].meaning, parity_words(measure.label.parity)
    first = inside(design.titles[measure.label.regime])
    if measure.of == LEVEL or measure.other is None:
        return f"{outcome} under {first}, at {at}"
    second = inside(design.titles[measure.other.regime])
    if measure.of == WON:
        return f"whether {first} beats {second} on {outcome}, at {at}"
    return f"the difference in {outcome}: {first} less {second}, at {at}"


def study_note(design: SensitivityDesign, rows: pd.DataFrame) -> str:
    """Return what stands under each picture: how large the sample is, the seed, and what it is not."""
    world = design.world
    return (
        f"{int(rows['base_points'].iloc[0]):,} base points, {design.replicates} replicates; "
        f"{period_words(world.councils.start, world.months)}; seed {world.seed}. "
        "An exploration of a model, not a forecast."
    )
