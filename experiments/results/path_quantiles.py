"""The quantiles of every path over all runs, month by month: all runs of some months are in memory, never all months.

Months that are not kept lie on disk in single precision while the runs go on, seven digits, and every quantile is
taken from numbers of that precision, whatever is kept. A run counts as often as its parameter set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from experiments.design.design import Design, Extent
from experiments.results.blocks import BlockFolder
from experiments.results.gathered import CHUNK, block_rows
from experiments.results.number_types import NumberColumns
from experiments.results.numbers import MONTHS_ARRAY, months_type
from experiments.results.run_index import RunIndex
from experiments.statistics.spreads import PATH_QUANTILES, spreads
from simulation.arrays import Floats
from simulation.outcomes.paths import PATHS

Singles = npt.NDArray[np.float32]
SPREAD_KINDS = ("luck", "sets")
QUANTILE_COLUMNS = tuple(f"q{100 * share:02.0f}" for share in PATH_QUANTILES)


def paths_tables(
    design: Design, blocks: BlockFolder, extents: Sequence[Extent], index: RunIndex, workers: int = 1
) -> Iterator[pa.Table]:
    """Yield the quantiles of every path over all runs by path, month, and kind, luck or sets.

    Labels of the same runs share theirs.
    """
    _, labels = np.unique(index.histories, return_index=True)
    by_column = _all_spreads(design, blocks, extents, design.places[:, labels], workers)
    names, months = list(PATHS), design.months
    rows = len(names) * months * len(SPREAD_KINDS)
    types = NumberColumns.of(QUANTILE_COLUMNS)
    types.look(by_column.transpose(0, 2, 3, 4, 1))
    for history, values in enumerate(by_column):
        flat = values.transpose(3, 2, 1, 0).reshape(rows, len(PATH_QUANTILES))
        path = pa.array(names, pa.string()).take(pa.array(np.repeat(np.arange(len(names)), months * len(SPREAD_KINDS))))
        kind = pa.array(SPREAD_KINDS, pa.string()).take(
            pa.array(np.tile(np.arange(len(SPREAD_KINDS)), len(names) * months))
        )
        month = np.tile(np.repeat(np.arange(months, dtype=np.int16), len(SPREAD_KINDS)), len(names))
        keys = {"history": pa.array(np.full(rows, history, dtype=np.int32)), "path": path, "month": pa.array(month)}
        yield pa.table({**keys, "kind": kind, **types.arrays(flat)})


def _all_spreads(
    design: Design, blocks: BlockFolder, extents: Sequence[Extent], shown: npt.NDArray[np.int32], workers: int
) -> Floats:
    """Return the spreads of every different column of places, shape (columns, quantiles, 2, months, paths)."""
    columns = shown.shape[1]
    by_column = np.empty((columns, len(PATH_QUANTILES), len(SPREAD_KINDS), design.months, len(PATHS)))
    bytes_a_month = columns * len(design.sets) * design.replicates * len(PATHS) * 4
    span = max(1, CHUNK // bytes_a_month)
    with ThreadPoolExecutor(workers) as pool:
        for first in range(0, design.months, span):
            months = range(first, min(first + span, design.months))
            values = _read(design, blocks, extents, shown, months)
            for column, part in enumerate(pool.map(partial(spreads, weights=design.weights), values)):
                by_column[column, :, :, months.start : months.stop] = part
    return by_column


def _read(
    design: Design, blocks: BlockFolder, extents: Sequence[Extent], shown: npt.NDArray[np.int32], months: range
) -> Singles:
    """Return some months of all runs, shape (columns, sets, replicates, months, paths)."""
    values = np.empty((shown.shape[1], len(design.sets), design.replicates, len(months), len(PATHS)), dtype=np.float32)
    for extent in extents:
        kind = np.dtype(months_type(design.kept_replicates, extent.replicate))
        runs = int(design.sizes[extent.first : extent.after].sum())
        begin = months.start * runs * len(PATHS) * kind.itemsize
        numbers = np.fromfile(
            blocks.raw_file(extent.name, MONTHS_ARRAY), kind, len(months) * runs * len(PATHS), offset=begin
        )
        rows = block_rows(design, extent, shown)
        shown_runs = numbers.reshape(len(months), runs, len(PATHS))[:, rows]
        values[:, extent.first : extent.after, extent.replicate] = shown_runs.transpose(2, 1, 0, 3)
    return values
