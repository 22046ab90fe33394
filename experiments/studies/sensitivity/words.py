"""What is said of a sensitivity study: how large it is, what was found, and what it is too small for."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from experiments.results.worth_rows import GROUP
from experiments.running.crossing_plan import CrossingPlan, cost_lines
from experiments.statistics.indices import LARGEST_SIZE
from experiments.statistics.knowing import FEWEST_TO_KNOW
from experiments.studies.sensitivity.design import ALL_OTHERS, SensitivityDesign
from experiments.studies.sensitivity.measures import all_measures
from experiments.studies.sensitivity.pictures import measure_words, of_measure
from experiments.text.names import sentence
from experiments.text.numbers import percent, plain, pounds, several

CANNOT_BE_TOLD = "cannot be told"
FIRM_SIZE = 1024
"""Base points from which most indices that matter can be told."""
_SHOWN, _WORTHS = 8, 3


def study_plan_lines(design: SensitivityDesign, plan: CrossingPlan, workers: int, out: str) -> Iterator[str]:
    """Yield what a study takes, to print before it starts.

    Args:
        design: of the study.
        plan: what was measured.
        workers: threads.
        out: the folder.
    """
    each = f"{several(design.replicates, 'replicate')} x {several(len(design.regimes), 'regime')}"
    columns = len(design.bounds)
    if design.is_screened:
        points = design.trajectories * (columns + 1)
        yield f"screening of {columns} columns: {design.trajectories} trajectories, {points:,} points x {each}"
    parts = design.most + 1 if design.is_screened else columns
    most = "at most " if design.is_screened else ""
    yield f"indices: {design.size:,} base points, {most}{design.size * (parts + 2):,} points x {each}"
    yield f"{most}{plan.runs:,} runs in all"
    yield from cost_lines(plan, workers, out)


def index_words(value: float, low: float, high: float, size: int, *, told: bool) -> str:
    """Return an index with its interval, or that it cannot be told and the base points that would do.

    >>> index_words(0.4, 0.31, 0.5, 64, told=True)
    '0.40 (0.31 to 0.50)'
    >>> index_words(0.1, -0.2, 0.4, 4096, told=False)
    'cannot be told; --size 4096 would do'
    >>> index_words(-0.1, -0.2, 0.1, 0, told=False)
    'cannot be told from nought'
    """
    if told:
        return f"{plain(value, 2)} ({plain(low, 2)} to {plain(high, 2)})"
    if size:
        return f"{CANNOT_BE_TOLD}; --size {size} would do"
    return f"{CANNOT_BE_TOLD}; {LARGEST_SIZE:,} would not do" if value > 0 else f"{CANNOT_BE_TOLD} from nought"


def row_words(row: Mapping[Hashable, Any], kind: str) -> str:
    """Return the first or the total index of a row of the table of indices."""
    number = {part: float(row[f"{kind}{part}"]) for part in ("", "_low", "_high")}
    size, told = int(row[f"{kind}_size"]), bool(row[f"{kind}_told"])
    return index_words(number[""], number["_low"], number["_high"], size, told=told)


def index_lines(design: SensitivityDesign, table: pd.DataFrame, knowing: pd.DataFrame) -> Iterator[str]:
    """Yield what was found of the first difference, or of the first outcome where one regime is run."""
    measure = all_measures(design)[0]
    rows = of_measure(table, measure)
    yield f"what decides {measure_words(design, measure)}:"
    own = rows[rows["name"] != ALL_OTHERS].head(_SHOWN)
    cells = [(str(row["name"]), row_words(row, "first"), row_words(row, "total")) for row in own.to_dict("records")]
    widths = [max(len(row[at]) for row in cells) for at in range(2)]
    yield from (
        f"  {name.ljust(widths[0])}   alone {first.ljust(widths[1])}   in all {total}" for name, first, total in cells
    )
    if len(rows) - len(own) > (rows["name"] == ALL_OTHERS).sum():
        yield f"  indices.csv has all {len(rows):,}"
    yield from left_out_lines(design, rows)
    yield luck_words(design, rows)
    yield from knowing_lines(knowing)


def left_out_lines(design: SensitivityDesign, rows: pd.DataFrame) -> Iterator[str]:
    """Yield how many columns the screening left out, and what they hold together."""
    others = rows[rows["name"] == ALL_OTHERS]
    if len(others):
        (row,) = others.to_dict("records")
        number = len(design.bounds) - (len(rows) - 1)
        high = float(row["total_high"])
        most = (
            f"; at most {plain(min(high, 1.0), 2)} by its interval"
            if math.isfinite(high) and not row["total_told"]
            else ""
        )
        yield (
            f"the screening left out {several(number, 'column')}, varied all the same: together, in all "
            f"{row_words(row, 'total')}{most}"
        )


def luck_words(design: SensitivityDesign, rows: pd.DataFrame) -> str:
    """Return luck's share in a sentence."""
    luck = float(rows["luck"].iloc[0])
    if not math.isfinite(luck):
        if design.replicates > 1:
            return "nothing varies here: there is neither luck nor an index"
        return "luck cannot be told apart with one replicate: the indices hold it"
    return f"luck, apart from these: {percent(luck)} of the variance of a single run"


def knowing_lines(knowing: pd.DataFrame) -> Iterator[str]:
    """Yield what is worth most to know: groups and single numbers of the first pair and outcome."""
    if not len(knowing):
        yield f"what is worth knowing takes {FEWEST_TO_KNOW} worlds that met the parity: there were fewer"
        return
    first = knowing.iloc[0]
    keys = ["outcome", "parity", "regime", "baseline"]
    own = knowing[(knowing[keys] == first[keys]).all(axis=1)]
    yield f"worth knowing before choosing, in {first['unit']} (from {first['worlds']:,} worlds):"
    for kind, rows in own.groupby("kind", sort=False):
        most = _WORTHS + (kind == GROUP)
        yield f"  {kind}s: {', '.join(worth_words(row) for row in rows.head(most).to_dict('records'))}"


def worth_words(row: Mapping[Hashable, Any]) -> str:
    """Return a name with what it is worth to know it."""
    money = f", {pounds(float(row['pounds']))}" if math.isfinite(float(row["pounds"])) else ""
    return f"{row['name']} {plain(float(row['worth']), 1)} ±{plain(float(row['worth_error']), 1)}{money}"


def base_points_words(design: SensitivityDesign, table: pd.DataFrame) -> str:
    """Return what so many base points are enough for, and which size would do for more."""
    rows = of_measure(table, all_measures(design)[0])
    told = int(rows["total_told"].sum())
    sizes = sorted({int(size) for size, is_told in zip(rows["total_size"], rows["total_told"], strict=True)
                    if size and not is_told})  # fmt: skip
    more = f"; the next can be told from --size {sizes[0]}" if sizes else ""
    few = (
        f" {sentence(several(design.size, 'base point'))} are a first answer: enough for what decides most, too few "
        f"for what acts together with others. --size {FIRM_SIZE} --replicates 16 is for a page that others rely on."
        if design.size < FIRM_SIZE
        else ""
    )
    return f"{told} of {len(rows)} total indices can be told{more}.{few}"
