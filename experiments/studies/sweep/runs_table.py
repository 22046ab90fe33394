"""The tidy table of a sweep: a row a run, its inputs and its outcomes beside each other, written part by part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from experiments.design.points import POINT
from experiments.files.whole import whole_file
from experiments.results.tables import write_parquet
from experiments.running.crossed import CrossedRuns
from experiments.statistics.paired import known_means
from experiments.studies.sweep.design import SweepDesign
from simulation.arrays import Floats

MOST_CSV_ROWS = 100_000
"""Rows up to which the CSV file has a row a run; beyond, it has the means over the replicates."""
_ROWS = 1 << 16
"""Rows of one part, about."""
_LARGEST = float(np.iinfo(np.int32).max)


def write_runs(folder: Path, design: SweepDesign, runs: CrossedRuns) -> bool:
    """Write `sweep.parquet` and `sweep.csv`, and return whether the latter holds means over replicates.

    Raises:
        OSError: they cannot be written, or the disk is full.
    """
    write_parquet(folder / "sweep.parquet", run_tables(design, runs))
    means = runs.crossing.rows > MOST_CSV_ROWS
    tables = mean_tables(design, runs) if means else (one.to_pandas() for one in run_tables(design, runs))
    with whole_file(folder / "sweep.csv") as file:
        for place, table in enumerate(tables):
            file.write(table.to_csv(index=False, header=place == 0, lineterminator="\n").encode())
    return means


def run_tables(design: SweepDesign, runs: CrossedRuns) -> Iterator[pa.Table]:
    """Yield a row a run, some points at a time: point, its columns, parity, regime, set, replicate, outcomes, error."""
    _, sets, labels, replicates = runs.crossing.shape
    kinds = {name: _kind(runs, at) for at, name in enumerate(design.kept)}
    for points in _parts(runs, sets * labels * replicates):
        columns = _point_columns(design, points, sets * labels * replicates)
        columns |= _label_columns(design, len(points), sets * replicates)
        columns["set"] = _tiled(np.repeat(np.arange(sets), replicates), len(points) * labels)
        columns["replicate"] = _tiled(np.arange(replicates), len(points) * labels * sets)
        part = runs.numbers[points.start : points.stop].swapaxes(1, 2)
        for at, name in enumerate(design.kept):
            columns[name] = pa.array(part[..., at].ravel(), kinds[name], from_pandas=True)
        yield pa.table(columns | {"error": pa.array(_errors(runs, points), pa.string())})


def mean_tables(design: SweepDesign, runs: CrossedRuns) -> Iterator[pd.DataFrame]:
    """Yield the means over the replicates, some points at a time: as `run_tables`, without replicate and error."""
    _, sets, labels, replicates = runs.crossing.shape
    for points in _parts(runs, sets * labels * replicates):
        columns = _point_columns(design, points, sets * labels)
        columns |= _label_columns(design, len(points), sets)
        columns["set"] = _tiled(np.arange(sets), len(points) * labels)
        table = pa.table(columns).to_pandas()
        part = runs.numbers[points.start : points.stop].swapaxes(1, 2)
        for at, name in enumerate(design.kept):
            table[name] = known_means(part[..., at], axis=3).ravel()
        yield table.assign(replicates=replicates)


def _parts(runs: CrossedRuns, rows_a_point: int) -> Iterator[range]:
    number, span = len(runs.crossing.points), max(1, _ROWS // rows_a_point)
    return (range(first, min(first + span, number)) for first in range(0, number, span))


def _point_columns(design: SweepDesign, points: range, rows: int) -> dict[str, pa.Array]:
    table = design.crossing.points
    columns = {POINT: pa.array(np.repeat(np.arange(points.start, points.stop, dtype=np.int32), rows))}
    for name, values in zip(table.names, table.values, strict=True):
        columns[name] = _repeated(values[points.start : points.stop], rows)
    return columns


def _repeated(values: npt.NDArray[np.generic], rows: int) -> pa.Array:
    if values.dtype == object:
        return pa.array(np.repeat(np.array([f"{one}" for one in values.tolist()], dtype=object), rows), pa.string())
    return pa.array(np.repeat(values, rows))


def _label_columns(design: SweepDesign, points: int, rows: int) -> dict[str, pa.Array]:
    labels = design.crossing.labels
    which = pa.array(np.tile(np.repeat(np.arange(len(labels)), rows), points))
    return {
        name: pa.array([getattr(label, name) for label in labels], pa.string()).take(which)
        for name in ("parity", "regime")
    }


def _tiled(values: npt.NDArray[np.int64], times: int) -> pa.Array:
    return pa.array(np.tile(values.astype(np.int32), times))


def _kind(runs: CrossedRuns, at: int) -> pa.DataType:
    """Return whole numbers where an outcome has no others, else numbers in double precision."""
    whole = all(_is_whole(runs.numbers[points.start : points.stop, ..., at]) for points in _parts(runs, 1 << 10))
    return pa.int32() if whole else pa.float64()


def _is_whole(values: Floats) -> bool:
    known = values[np.isfinite(values)]
    return bool((known == np.rint(known)).all() and (np.abs(known) <= _LARGEST).all())


def _errors(runs: CrossedRuns, points: range) -> list[str]:
    _, sets, labels, replicates = runs.crossing.shape
    errors = [""] * (len(points) * labels * sets * replicates)
    for (point, number, label, replicate), reason in runs.errors.items():
        if point in points:
            errors[(((point - points.start) * labels + label) * sets + number) * replicates + replicate] = reason
    return errors
