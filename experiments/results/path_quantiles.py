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
from experiments.results.numbers import MONTHS_ARRAY, months_type
from experiments.statistics.spreads import PATH_QUANTILES, spreads
from simulation.arrays import Floats
from simulation.outcomes.paths import PATHS

Singles = npt.NDArray[np.float32]
SPREAD_KINDS = ("luck", "sets")


def paths_tables(
    design: Design, blocks: BlockFolder, extents: Sequence[Extent], workers: int = 1
) -> Iterator[pa.Table]:
    """Yield, for each label, the quantiles of every path over all runs: path, month, and kind, luck or sets."""
    shown, which = np.unique(design.places, axis=1, return_inverse=True)
    by_column = _all_spreads(design, blocks, extents, shown, workers)
    names, months = list(PATHS), design.months
    rows = len(names) * months * len(SPREAD_KINDS)
    for place, label in enumerate(design.labels):
        flat = by_column[which[place]].transpose(3, 2, 1, 0).reshape(rows, len(PATH_QUANTILES))
        path = pa.array(names, pa.string()).take(pa.array(np.repeat(np.arange(len(names)), months * len(SPREAD_KINDS))))
        kind = pa.array(SPREAD_KINDS, pa.string()).take(
            pa.array(np.tile(np.arange(len(SPREAD_KINDS)), len(names) * months))
        )
        columns = {
            "parity": pa.repeat(label.parity, rows),
            "regime": pa.repeat(label.regime, rows),
            "path": path,
            "month": pa.array(np.tile(np.repeat(np.arange(months), len(SPREAD_KINDS)), len(names))),
            "kind": kind,
        }
        quantiles = {
            f"q{100 * at:02.0f}": pa.array(np.ascontiguousarray(flat[:, i]), from_pandas=True)
            for i, at in enumerate(PATH_QUANTILES)
        }
        yield pa.table(columns | quantiles)


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
