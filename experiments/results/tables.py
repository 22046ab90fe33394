"""The tables of a comparison, made part by part from its blocks on disk: rows in one order, bytes that never differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.design.design import Design, Extent, Label
from experiments.files.whole import whole_file
from experiments.results.blocks import BlockFolder
from experiments.results.gathered import Gathered, Part, parts
from experiments.results.group_totals import COUNCIL_COLUMNS, GROUP_COLUMNS, Groups
from experiments.results.numbers import MONTHS_ARRAY
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.regimes import QUANTITIES

_DOUBLE = 8
_ROWS = 1 << 15
"""Rows of a row group, about."""


def runs_tables(design: Design, gathered: Gathered) -> Iterator[pa.Table]:
    """Yield, for each label, a row a run: parity, regime, set, replicate, outcomes, realised quantities, error."""
    sets, replicates = len(design.sets), design.replicates
    for place, label in enumerate(design.labels):
        columns = _keys(label, range(sets), replicates)
        columns |= {name: _numbers(gathered.outcomes[place, ..., at]) for at, name in enumerate(OUTCOMES)}
        columns |= {
            f"realised_{name}": _numbers(gathered.realised[place, ..., at]) for at, name in enumerate(QUANTITIES)
        }
        errors = [""] * (sets * replicates)
        for (at, number, replicate), reason in gathered.errors.items():
            if at == place:
                errors[number * replicates + replicate] = reason
        yield pa.table(columns | {"error": pa.array(errors, pa.string())})


def sets_table(design: Design) -> pa.Table:
    """Return a row a parameter set: its number, its weight, every parameter, and the quantiles of the levers."""
    rows = [chosen.as_dict() for chosen in design.sets]
    columns = {"set": pa.array(np.arange(len(rows), dtype=np.int64))}
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table(columns | {name: _input_column([row.get(name) for row in rows]) for name in names})


def groups_tables(design: Design, blocks: BlockFolder, extents: Sequence[Extent]) -> Iterator[pa.Table]:
    """Yield a row a run and group of councils: its size, and its totals (of quality the mean)."""
    groups = Groups(design.councils)
    runs = _ROWS // len(groups)
    for part in parts(len(design.labels), len(design.sets), design.replicates * len(groups) * 5 * _DOUBLE):
        values = np.full((len(part.labels), len(part.sets), design.replicates, len(groups), len(GROUP_COLUMNS)), np.nan)
        for extent in part.extents(extents):
            sets, rows = part.rows(design, extent)
            values[:, sets, extent.replicate] = blocks.arrays(extent.name)["groups"][rows].swapaxes(0, 1)
        for label, numbers, shown in _row_groups(design, part, values, runs // design.replicates):
            number = len(shown) * design.replicates
            columns = _keys(label, shown, design.replicates, each=len(groups))
            for column, name in enumerate(("kind", "group")):
                names = pa.array(groups.names[:, column].tolist(), pa.string())
                columns[name] = names.take(pa.array(np.tile(np.arange(len(groups)), number)))
            yield pa.table(columns | {name: _numbers(numbers[..., at]) for at, name in enumerate(GROUP_COLUMNS)})


def councils_tables(design: Design, blocks: BlockFolder, extents: Sequence[Extent]) -> Iterator[pa.Table]:
    """Yield a row a run and council: what it is for a part of the councils to be looked at later."""
    councils = design.councils.n
    codes, regions = (
        pa.array([str(one) for one in names], pa.string()) for names in (design.councils.code, design.councils.region)
    )
    bytes_a_set = design.replicates * councils * len(COUNCIL_COLUMNS) * _DOUBLE
    for part in parts(len(design.labels), len(design.sets), bytes_a_set):
        shape = (len(part.labels), len(part.sets), design.replicates, councils, len(COUNCIL_COLUMNS))
        values = np.full(shape, np.nan, dtype=np.float32)
        for extent in part.extents(extents):
            sets, rows = part.rows(design, extent)
            values[:, sets, extent.replicate] = blocks.arrays(extent.name)["councils"][rows].swapaxes(0, 1)
        for label, numbers, shown in _row_groups(design, part, values, _ROWS // (design.replicates * councils)):
            columns = _keys(label, shown, design.replicates, each=councils)
            which = pa.array(np.tile(np.arange(councils), len(shown) * design.replicates))
            columns |= {"council": codes.take(which), "region": regions.take(which)}
            yield pa.table(columns | {name: _numbers(numbers[..., at]) for at, name in enumerate(COUNCIL_COLUMNS)})


def months_tables(design: Design, blocks: BlockFolder, extents: Sequence[Extent]) -> Iterator[pa.Table]:
    """Yield a row a run and month of the replicates whose months are kept."""
    kept, months = design.kept_replicates, design.months
    for part in parts(len(design.labels), len(design.sets), kept * months * len(PATHS) * _DOUBLE):
        values = np.full((len(part.labels), len(part.sets), kept, months, len(PATHS)), np.nan)
        for extent in part.extents([extent for extent in extents if extent.replicate < kept]):
            sets, rows = part.rows(design, extent)
            shape = (months, int(design.sizes[extent.first : extent.after].sum()), len(PATHS))
            kept_months = np.memmap(blocks.raw_file(extent.name, MONTHS_ARRAY), np.float64, "r", shape=shape)
            values[:, sets, extent.replicate] = kept_months[:, rows].transpose(2, 1, 0, 3)
        for label, numbers, shown in _row_groups(design, part, values, _ROWS // (kept * months)):
            columns = _keys(label, shown, kept, each=months)
            columns["month"] = pa.array(np.tile(np.arange(months), len(shown) * kept))
            yield pa.table(columns | {name: _numbers(numbers[..., at]) for at, name in enumerate(PATHS)})


def write_parquet(path: Path, tables: Iterable[pa.Table]) -> None:
    """Write tables of the same columns as one Parquet file, a row group each, with nothing in it that varies."""
    with whole_file(path) as file:
        writer: pq.ParquetWriter | None = None
        for table in tables:
            if writer is None:
                words = [field.name for field in table.schema if not pa.types.is_floating(field.type)]
                writer = pq.ParquetWriter(
                    file, table.schema, compression="zstd", version="2.6", use_dictionary=words, write_statistics=words
                )
            writer.write_table(table)
        if writer is not None:
            writer.close()


def _row_groups(
    design: Design, part: Part, values: npt.NDArray[Any], span: int
) -> Iterator[tuple[Label, npt.NDArray[Any], range]]:
    """Yield the label, the numbers and the sets of each row group of a part."""
    span = max(1, span)
    for at, place in enumerate(part.labels):
        for first in range(0, len(part.sets), span):
            yield design.labels[place], values[at, first : first + span], part.sets[first : first + span]


def _keys(label: Label, sets: range, replicates: int, each: int = 1) -> dict[str, pa.Array]:
    """Return parity, regime, set and replicate of a label's runs, ``each`` rows a run, in the order of the tables."""
    rows = len(sets) * replicates * each
    return {
        "parity": pa.repeat(label.parity, rows),
        "regime": pa.repeat(label.regime, rows),
        "set": pa.array(np.repeat(np.asarray(sets, dtype=np.int64), replicates * each)),
        "replicate": pa.array(np.tile(np.repeat(np.arange(replicates), each), len(sets))),
    }


def _input_column(values: Sequence[Any]) -> pa.Array:
    """Return what sets say of one thing as a column: numbers, or words where some are words."""
    if all(value is None or type(value) in {int, float} for value in values):
        return pa.array(values, pa.float64())
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def _numbers(values: npt.NDArray[np.floating]) -> pa.Array:
    """Return numbers as a column, a missing one as null."""
    return pa.array(values.ravel(), from_pandas=True)
