"""What is said of a sweep: how large it is, and what it is too small for."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from experiments.running.crossing_plan import CrossingPlan, cost_lines
from experiments.statistics.verdicts import MIN_REPLICATES, MIN_SETS
from experiments.studies.sweep.design import SweepDesign
from experiments.studies.sweep.pictures import moving
from experiments.text.numbers import digits, percent, several, span, with_sign
from experiments.text.verdicts import NO_VERDICT, PARITY_NOT_MET
from simulation.arrays import Floats

_FIRM_SETS = 256
_SHOWN, _COLUMNS = 12, 3


def plan_lines(design: SweepDesign, plan: CrossingPlan, workers: int, out: str) -> Iterator[str]:
    """Yield what a sweep takes, to print before it starts.

    Args:
        design: of the sweep.
        plan: what was measured.
        workers: threads.
        out: the folder.
    """
    crossing = design.crossing
    points, sets, _, replicates = crossing.shape
    parts = (
        several(points, "point"),
        several(sets, "parameter set"),
        several(replicates, "replicate"),
        several(len(crossing.regimes), "regime"),
        *([several(len(crossing.parities), "parities")] if len(crossing.parities) > 1 else []),
    )
    once = f" ({plan.rows:,} rows: runs that are the same are made once)" if plan.runs < plan.rows else ""
    yield f"{' x '.join(parts)}: {plan.runs:,} runs{once}"
    yield from cost_lines(plan, workers, out)


def enough_words(design: SweepDesign) -> str:
    """Return what so many sets and replicates are enough for."""
    sets, replicates = len(design.crossing.sets), design.crossing.replicates
    if sets == 1:
        return (
            "With one parameter set at each point nothing is said of what is not known: there is no range of sets, and "
            "no verdict. --sets 16 or more gives both."
        )
    if sets < MIN_SETS or replicates < MIN_REPLICATES:
        return (
            f"Too few for a verdict, which takes {MIN_SETS} sets and {MIN_REPLICATES} replicates; the shape of a line "
            "can be told, and luck's interval is honest about the rest."
        )
    if sets < _FIRM_SETS:
        return (
            f"{sets} sets and {replicates} replicates are enough for the shape and for clear verdicts, and too few for "
            f"close ones or for the tails of the range of sets: --sets {_FIRM_SETS} is enough for those."
        )
    return f"{sets} sets and {replicates} replicates: what is too close to call now will mostly stay so with more."


def found_lines(design: SweepDesign, points: pd.DataFrame) -> Iterator[str]:
    """Yield what was found of the first outcome and pair, a line a point, and where the sign changes."""
    if not design.pairs:
        return
    label, other = design.pairs[0]
    name = design.outcomes[0]
    rows = points[
        (points["outcome"] == name)
        & (points["parity"] == label.parity)
        & (points["regime"] == label.regime)
        & (points["baseline"] == other.regime)
    ]
    yield f"{name}, {label.regime} less {other.regime}, parity {label.parity}:"
    if len(design.crossing.points.columns) > _COLUMNS:
        yield _over_points(rows["mean"].to_numpy(dtype=float))
        return
    yield from _aligned([_cells(design, row) for row in rows.head(_SHOWN).to_dict("records")])
    if (rows["verdict"] == PARITY_NOT_MET).any():
        yield "parity not met: both realised the same within a tenth in under half of the sets, so there is no verdict"
    if len(rows) > _SHOWN:
        yield f"  and {len(rows) - _SHOWN:,} more points"
    yield from _turn_lines(design, rows)


def _over_points(means: Floats) -> str:
    """Return how a difference spreads over points of so many columns that a line a point says nothing."""
    low, middle, high = np.nanquantile(means, (0.05, 0.5, 0.95)).tolist()
    places = digits(low, high)
    less = percent(float(np.mean(means < 0)))
    most = f"{span(low, high, places)} at nine in ten of them, {with_sign(middle, places)} in the middle"
    return f"  over the points: {most}, below nought at {less}"


def _cells(design: SweepDesign, row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    """Return what is printed of a point: its values, the mean, luck's interval, the range of sets, and the verdict."""
    at = ", ".join(f"{column.name} {_short(row[column.name])}" for column in design.crossing.points.columns[:_COLUMNS])
    low, high = float(row["luck_low"]), float(row["luck_high"])
    places = digits(float(row["mean"]), high - low)
    verdict = row["verdict"] if isinstance(row["verdict"], str) and row["verdict"] != NO_VERDICT else ""
    sets = span(float(row["sets_low"]), float(row["sets_high"]), places)
    return at, with_sign(float(row["mean"]), places), f"luck {span(low, high, places)}", f"sets {sets}", verdict


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        at, mean, *rest = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {'   '.join([at, mean.strip().rjust(widths[1]), *rest])}".rstrip()


def _turn_lines(design: SweepDesign, rows: pd.DataFrame) -> Iterator[str]:
    """Yield between which values of the one thing varied the sign of the mean difference changes."""
    columns = moving(design)
    if len(columns) != 1 or not pd.api.types.is_numeric_dtype(rows[columns[0].name]):
        return
    ordered = rows.sort_values(columns[0].name, kind="stable")
    values, means = ordered[columns[0].name].tolist(), ordered["mean"].tolist()
    turns = [
        f"{_short(low)} and {_short(high)}"
        for low, high, before, after in zip(values, values[1:], means, means[1:], strict=False)
        if before * after < 0
    ]
    if turns:
        yield f"the sign of the mean changes between {columns[0].name} {'; '.join(turns)}"
    else:
        yield "the sign of the mean does not change over these values"


def _short(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
