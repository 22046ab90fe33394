"""The pictures of a sweep, from its table of points: lines where one thing is varied, maps where two are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from experiments.design.columns import VariedColumn
from experiments.design.design import Label
from experiments.studies.sweep.design import SweepDesign
from experiments.studies.sweep.points_table import LEVEL_COLUMNS
from experiments.text.dates import period_words
from experiments.text.names import inside, parity_words
from experiments.text.verdicts import HIGHER, LOWER
from simulation.outcomes.outcomes import OUTCOMES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LINE, _MAP = 1, 2
MOST_PANELS = 8
"""The most outcomes that one picture shows."""


def sweep_pictures(design: SweepDesign, table: pd.DataFrame) -> Iterator[tuple[str, Figure]]:
    """Yield the pictures by the name of their file: of each parity, and of each pair of regimes.

    None where more than two things are varied, or where the points of two are no whole grid.

    Args:
        design: of the sweep.
        table: of its points, as `sweep_points` gives it.
    """
    columns = moving(design)
    for parity in design.crossing.parities:
        pairs = [pair for pair in design.pairs if pair[0].parity == parity]
        if len(columns) == _LINE:
            yield _levels(design, table, columns[0], parity)
            for pair in pairs:
                yield _difference(design, table, columns[0], pair)
        if len(columns) == _MAP and is_grid(design, columns):
            for pair in pairs:
                yield _map(design, table, columns, pair)


def moving(design: SweepDesign) -> list[VariedColumn]:
    """Return the columns that have more than one value."""
    points = design.crossing.points
    return [column for column in points.columns if len(points.levels(column)) > 1]


def is_grid(design: SweepDesign, columns: Sequence[VariedColumn]) -> bool:
    """Return whether the points are every combination of two columns' values, each once."""
    points = design.crossing.points
    across, up = (points.levels(column) for column in columns)
    cells = set(zip(*(points.of(column).tolist() for column in columns), strict=True))
    return len(cells) == len(points) == len(across) * len(up)


def sweep_note(design: SweepDesign) -> str:
    """Return what stands under each picture: how many runs it shows, the seed, and what it is not."""
    crossing = design.crossing
    world = crossing.world
    sets = "one parameter set" if len(crossing.sets) == 1 else f"{len(crossing.sets)} parameter sets"
    replicates = "one replicate" if crossing.replicates == 1 else f"{crossing.replicates} replicates"
    return (
        f"{len(crossing.points):,} points, {sets}, {replicates}: {crossing.runs:,} runs, "
        f"{period_words(world.councils.start, world.months)}; seed {world.seed}. "
        "An exploration of a model, not a forecast."
    )


def scale_words(column: VariedColumn) -> str:
    """Return what is varied, with its unit, as the name of a scale."""
    return f"{column.name} ({column.unit})" if column.unit else column.name


def _levels(design: SweepDesign, table: pd.DataFrame, column: VariedColumn, parity: str) -> tuple[str, Figure]:
    from experiments.figures.sweep_lines import sweep_figure

    own = table[(table["parity"] == parity) & (table["baseline"] == "")]
    panels = {
        f"{_outcome_words(name)}: {regime.title or regime.name}": _panel(
            own[(own["outcome"] == name) & (own["regime"] == regime.name)], column
        )
        for name in design.outcomes[: MOST_PANELS // len(design.crossing.regimes) or 1]
        for regime in design.crossing.regimes
    }
    figure = sweep_figure(
        panels,
        title=f"Outcomes as {column.name} is varied, at {parity_words(parity)}",
        across=scale_words(column),
        axis="mean over a run",
        note=sweep_note(design),
        zero=False,
    )
    return f"levels_{parity}", figure


def _difference(
    design: SweepDesign, table: pd.DataFrame, column: VariedColumn, pair: tuple[Label, Label]
) -> tuple[str, Figure]:
    from experiments.figures.sweep_lines import sweep_figure

    own = _of_pair(table, pair)
    panels = {
        f"{_outcome_words(name)} ({_better(name)})": _panel(own[own["outcome"] == name], column)
        for name in design.outcomes[:MOST_PANELS]
    }
    figure = sweep_figure(
        panels,
        title=f"{pair_words(design, pair)} as {column.name} is varied, at {parity_words(pair[0].parity)}",
        across=scale_words(column),
        axis="paired difference",
        note=sweep_note(design),
        zero=True,
    )
    return f"difference_{pair[0].regime}_{pair[0].parity}", figure


def _map(
    design: SweepDesign, table: pd.DataFrame, columns: Sequence[VariedColumn], pair: tuple[Label, Label]
) -> tuple[str, Figure]:
    from experiments.figures.sweep_maps import sign_map

    own = _of_pair(table, pair)
    across, up = columns
    panels = {}
    for name in design.outcomes[:MOST_PANELS]:
        rows = own[own["outcome"] == name]
        panels[f"{_outcome_words(name)} ({_better(name)})"] = pd.DataFrame(
            {"across": rows[across.name].to_numpy(), "up": rows[up.name].to_numpy()}
        ).assign(**{one: rows[one].to_numpy() for one in LEVEL_COLUMNS})
    titles = _titles(design)
    first = inside(titles[pair[0].regime])
    figure = sign_map(
        panels,
        title=f"{pair_words(design, pair)}, at {parity_words(pair[0].parity)}",
        across=scale_words(across),
        up=scale_words(up),
        note=sweep_note(design),
        below=f"less under {first}",
        above=f"more under {first}",
    )
    return f"map_{pair[0].regime}_{pair[0].parity}", figure


def _panel(rows: pd.DataFrame, column: VariedColumn) -> pd.DataFrame:
    return rows[list(LEVEL_COLUMNS)].assign(value=rows[column.name].to_numpy()).reset_index(drop=True)


def _of_pair(table: pd.DataFrame, pair: tuple[Label, Label]) -> pd.DataFrame:
    label, other = pair
    return table[
        (table["parity"] == label.parity) & (table["regime"] == label.regime) & (table["baseline"] == other.regime)
    ]


def pair_words(design: SweepDesign, pair: tuple[Label, Label]) -> str:
    """Return what a paired difference is of: one regime less the other."""
    titles = _titles(design)
    return f"{titles[pair[0].regime]} less {inside(titles[pair[1].regime])}"


def _titles(design: SweepDesign) -> Mapping[str, str]:
    return {regime.name: regime.title or regime.name for regime in design.crossing.regimes}


def _outcome_words(name: str) -> str:
    return f"{name}, {OUTCOMES[name].unit}"


def _better(name: str) -> str:
    return {LOWER: "less is better", HIGHER: "more is better"}.get(OUTCOMES[name].better, "neither is better")
