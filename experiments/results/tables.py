"""The tables of single runs, made part by part from blocks on disk: rows in one order, bytes that never differ.

A run has one number and its rows once, however many parities show it; `labels.parquet` says which run is whose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.design.design import Design, Extent
from experiments.files.whole import whole_file
from experiments.results.blocks import BlockFolder
from experiments.results.gathered import Gathered, Part, parts
from experiments.results.group_totals import COUNCIL_COLUMNS, GROUP_COLUMNS, Groups
from experiments.results.number_types import NumberColumns
from experiments.results.numbers import COUNCILS_ARRAY, GROUPS_ARRAY, MONTHS_ARRAY
from experiments.results.run_index import RunIndex
from experiments.statistics.spreads import AnyFloats
from simulation.arrays import Numbers
from simulation.outcomes.paths import PATHS

_DOUBLE = 8
_ROWS = 1 << 15
"""Rows of a row group, about."""
_RISING = ("run",)
"""Columns that rise by ones: their steps are stored."""
SMALL_FILE, QUICK_FILE = 15, 3
"""Levels of compression: for what every folder holds, and for what is large and seldom asked for."""


def labels_tables(design: Design, index: RunIndex) -> Iterator[pa.Table]:
    """Yield, for each regime under a parity, the number of its run in each set and replicate, and of its paths."""
    sets, replicates = len(design.sets), design.replicates
    for place, label in enumerate(design.labels):
        rows = sets * replicates
        yield pa.table(
            {
                "parity": pa.repeat(label.parity, rows),
                "regime": pa.repeat(label.regime, rows),
                "set": _count(np.repeat(np.arange(sets), replicates)),
                "replicate": _count(np.tile(np.arange(replicates), sets)),
                "run": _count(index.numbers(place)),
                "history": _count(np.full(rows, index.histories[place])),
            }
        )


def runs_tables(design: Design, gathered: Gathered, index: RunIndex) -> Iterator[pa.Table]:
    """Yield a row a run: its number, set, replicate, outcomes, and the error if it failed."""
    outcomes = NumberColumns.of(list(design.outcomes))
    for of_label in gathered.outcomes:
        outcomes.look(of_label)
    errors: dict[int, list[tuple[int, int, str]]] = {}
    for (place, number, replicate), reason in gathered.errors.items():
        errors.setdefault(place, []).append((number, replicate, reason))
    for place in range(len(design.labels)):
        sets = np.flatnonzero(index.own[place])
        reasons = np.full((len(design.sets), design.replicates), "", dtype=object)
        for number, replicate, reason in errors.get(place, ()):
            reasons[number, replicate] = reason
        yield pa.table(
            {
                "run": _count(index.numbers(place)[sets]),
                "set": _count(np.repeat(sets, design.replicates)),
                "replicate": _count(np.tile(np.arange(design.replicates), len(sets))),
                **outcomes.arrays(gathered.outcomes[place, sets]),
                "error": pa.array(reasons[sets].ravel().tolist(), pa.string()),
            }
        )


def sets_table(design: Design) -> pa.Table:
    """Return a row a parameter set: its number, its weight, every parameter, and the quantiles of the levers."""
    rows = [chosen.as_dict() for chosen in design.sets]
    columns = {"set": _count(np.arange(len(rows)))}
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table(columns | {name: _input_column([row.get(name) for row in rows]) for name in names})


def groups_tables(
    design: Design, blocks: BlockFolder, extents: Sequence[Extent], index: RunIndex
) -> Iterator[pa.Table]:
    """Yield a row a run and group of councils: its size, and its totals (of quality the mean)."""
    groups = Groups(design.councils)
    words = {name: pa.array(groups.names[:, at].tolist(), pa.string()) for at, name in enumerate(("kind", "group"))}
    table = _Table(design, index, words, GROUP_COLUMNS, lambda extent: blocks.array(extent.name, GROUPS_ARRAY))
    return table.parts(extents, design.replicates)


def councils_tables(
    design: Design, blocks: BlockFolder, extents: Sequence[Extent], index: RunIndex
) -> Iterator[pa.Table]:
    """Yield a row a run and council: what it is for a part of the councils to be looked at later."""
    who = {"council": design.councils.code, "region": design.councils.region}
    words = {name: pa.array([str(one) for one in names], pa.string()) for name, names in who.items()}
    table = _Table(design, index, words, COUNCIL_COLUMNS, lambda extent: blocks.array(extent.name, COUNCILS_ARRAY))
    return table.parts(extents, design.replicates)


def months_tables(
    design: Design, blocks: BlockFolder, extents: Sequence[Extent], index: RunIndex
) -> Iterator[pa.Table]:
    """Yield a row a run and month of the replicates whose months are kept."""

    def read(extent: Extent) -> AnyFloats:
        shape = (design.months, int(design.sizes[extent.first : extent.after].sum()), len(PATHS))
        path = blocks.raw_file(extent.name, MONTHS_ARRAY)
        return np.memmap(path, np.float64, "r", shape=shape).transpose(1, 0, 2)

    keys = {"month": pa.array(np.arange(design.months, dtype=np.int16))}
    kept = design.kept_replicates
    table = _Table(design, index, keys, tuple(PATHS), read)
    return table.parts([extent for extent in extents if extent.replicate < kept], kept)


@dataclass(frozen=True)
class _Table:
    """A table of so many rows a run, the same for each.

    Attributes:
        design: what was run.
        index: the runs' numbers.
        keys: what tells the rows of a run apart, by name.
        names: of the measures.
        read: gives the numbers of a block, shape (runs, rows of a run, measures).
    """

    design: Design
    index: RunIndex
    keys: dict[str, pa.Array]
    names: tuple[str, ...]
    read: Callable[[Extent], AnyFloats]

    @property
    def rows(self) -> int:
        """Rows of a run."""
        return len(next(iter(self.keys.values())))

    def parts(self, extents: Sequence[Extent], replicates: int) -> Iterator[pa.Table]:
        """Yield the rows, a row group each: all numbers are looked at first, for their types are one throughout."""
        columns = NumberColumns.of(self.names)
        kind: npt.DTypeLike = np.float32
        for extent in extents:
            values = self.read(extent)
            columns.look(values)
            kind = np.promote_types(kind, values.dtype)
        labels, sets = len(self.design.labels), len(self.design.sets)
        bytes_a_set = replicates * self.rows * len(self.names) * _DOUBLE
        for part in parts(labels, sets, bytes_a_set):
            values = self._values(part, extents, replicates, kind)
            for at, place in enumerate(part.labels):
                shown = [number for number in part.sets if self.index.own[place, number]]
                span = max(1, _ROWS // (self.rows * replicates))
                for first in range(0, len(shown), span):
                    some = np.array(shown[first : first + span])
                    numbers = self.index.numbers(place)[some, :replicates]
                    yield self._row_group(numbers, columns.arrays(values[at, some - part.sets.start]))

    def _values(self, part: Part, extents: Sequence[Extent], replicates: int, kind: npt.DTypeLike) -> AnyFloats:
        """Return the numbers of a part, shape (labels, sets, replicates, rows of a run, measures)."""
        shape = (len(part.labels), len(part.sets), replicates, self.rows, len(self.names))
        values = np.full(shape, np.nan, dtype=kind)
        for extent in part.extents(extents):
            sets, rows = part.rows(self.design, extent)
            values[:, sets, extent.replicate] = self.read(extent)[rows].swapaxes(0, 1)
        return values

    def _row_group(self, numbers: Numbers, measures: dict[str, pa.Array]) -> pa.Table:
        each = np.tile(np.arange(self.rows), numbers.size)
        keys = {name: values.take(pa.array(each)) for name, values in self.keys.items()}
        return pa.table({"run": _count(np.repeat(numbers.ravel(), self.rows)), **keys, **measures})


def write_parquet(path: Path, tables: Iterable[pa.Table], *, level: int = SMALL_FILE) -> None:
    """Write tables of the same columns as one Parquet file, a row group each, with nothing in it that varies.

    Args:
        path: the file.
        tables: its rows.
        level: of compression, `SMALL_FILE` or `QUICK_FILE`: how small against how quick.

    Raises:
        OSError: it cannot be written, or the disk is full.
    """
    with whole_file(path) as file:
        writer: pq.ParquetWriter | None = None
        for table in tables:
            writer = writer or _writer(file, table.schema, level)
            if len(table):
                writer.write_table(table)
        if writer is not None:
            writer.close()


def _input_column(values: Sequence[Any]) -> pa.Array:
    """Return what sets say of one thing as a column: numbers, or words where some are words."""
    if all(value is None or type(value) in {int, float} for value in values):
        return pa.array(values, pa.float64())
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def _writer(file: IO[bytes], schema: pa.Schema, level: int) -> pq.ParquetWriter:
    words = [field.name for field in schema if not pa.types.is_floating(field.type)]
    rising = [name for name in _RISING if name in words]
    measures = [name for name in schema.names if name not in words]
    encoding = dict.fromkeys(rising, "DELTA_BINARY_PACKED") | dict.fromkeys(measures, "BYTE_STREAM_SPLIT")
    return pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        compression_level=level,
        version="2.6",
        use_dictionary=[name for name in words if name not in rising],
        column_encoding=encoding,
        write_statistics=words,
    )


def _count(values: npt.NDArray[Any]) -> pa.Array:
    """Return whole numbers as a column of 32 bits: no study has more sets, replicates or runs."""
    return pa.array(np.ascontiguousarray(values, dtype=np.int32).ravel())
