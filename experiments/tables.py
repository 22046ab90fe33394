"""The tables of a comparison, made from its blocks on disk: rows in one order, bytes that never differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.block import REALISED, Block
from experiments.design import Design
from experiments.files import whole_file
from experiments.folder import ResultsFolder
from experiments.quantiles import QUANTILES, spreads
from simulation.outcomes import OUTCOMES
from simulation.paths import PATHS

KEPT_REPLICATES = 4
GROUP_COLUMNS = ("councils", "inadequate_months", "mean_quality", "days_given", "days_received")

Floats = npt.NDArray[np.float64]
_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True)
class Gathered:
    """All runs of a comparison but their months, a row for each label of the design.

    Attributes:
        where: which run of a block each label shows, shape (labels, sets, replicates).
        outcomes: shape (labels, sets, replicates, outcomes).
        realised: shape (labels, sets, replicates, 3).
        errors: shape (labels, sets, replicates).
        groups: shape (labels, sets, replicates, groups, 5).
        names: kind and name of each group, shape (groups, 2).
        failed: distinct runs that failed.
    """

    where: npt.NDArray[np.int64]
    outcomes: Floats
    realised: Floats
    errors: npt.NDArray[np.object_]
    groups: Floats
    names: npt.NDArray[np.str_]
    failed: int


def gather(design: Design, folder: ResultsFolder) -> Gathered:
    """Return the runs of every label from the blocks on disk."""
    blocks = [folder.read_block(*key) for key in design.blocks]
    names = max((block.names for block in blocks), key=len)

    def grid(parts: Iterable[npt.NDArray[_Kind]]) -> npt.NDArray[_Kind]:
        stacked = np.stack(list(parts))
        shaped = stacked.reshape(len(design.sets), design.replicates, *stacked.shape[1:])
        return np.moveaxis(shaped, 2, 0)

    return Gathered(
        where=grid(block.where for block in blocks),
        outcomes=grid(block.outcomes[block.where] for block in blocks),
        realised=grid(block.realised[block.where] for block in blocks),
        errors=grid(block.errors[block.where].astype(object) for block in blocks),
        groups=grid(_groups(block, len(names))[block.where] for block in blocks),
        names=names,
        failed=sum(block.failed for block in blocks),
    )


def runs_table(design: Design, found: Gathered) -> pd.DataFrame:
    """Return a row a run: parity, regime, set, replicate, outcomes, realised quantities, error."""
    columns = dict(_keys(design))
    columns |= {name: found.outcomes[..., place].ravel() for place, name in enumerate(OUTCOMES)}
    columns |= {f"realised_{name}": found.realised[..., place].ravel() for place, name in enumerate(REALISED)}
    return pd.DataFrame(columns | {"error": found.errors.ravel()})


def sets_table(design: Design) -> pd.DataFrame:
    """Return a row a parameter set: its number, every parameter, and the quantiles of the levers."""
    table = pd.DataFrame([chosen.as_dict() for chosen in design.sets], dtype=np.float64)
    table.insert(0, "set", np.arange(len(table), dtype=np.int64))
    return table


def groups_table(design: Design, found: Gathered) -> pd.DataFrame:
    """Return a row a run and group of councils: its size, and its totals (of quality the mean)."""
    groups = len(found.names)
    columns = {name: np.repeat(values, groups) for name, values in _keys(design).items()}
    runs = found.errors.size
    columns |= {"kind": np.tile(found.names[:, 0], runs), "group": np.tile(found.names[:, 1], runs)}
    columns |= {name: found.groups[..., place].ravel() for place, name in enumerate(GROUP_COLUMNS)}
    return pd.DataFrame(columns)


def months_tables(design: Design, folder: ResultsFolder, found: Gathered) -> Iterator[pd.DataFrame]:
    """Yield, for each label, a row a run and month of the first replicates of each set."""
    kept = min(KEPT_REPLICATES, design.replicates)
    sets = np.arange(len(design.sets))
    for place, label in enumerate(design.labels):
        paths = _paths_of(design, folder, found.where[place], kept)
        rows = len(sets) * kept * design.months
        columns = {
            "parity": np.full(rows, label.parity, dtype=object),
            "regime": np.full(rows, label.regime, dtype=object),
            "set": np.repeat(sets, kept * design.months),
            "replicate": np.tile(np.repeat(np.arange(kept), design.months), len(sets)),
            "month": np.tile(np.arange(design.months), len(sets) * kept),
        }
        yield pd.DataFrame(columns | {name: paths[..., at].ravel() for at, name in enumerate(PATHS)})


def paths_tables(design: Design, folder: ResultsFolder, found: Gathered) -> Iterator[pd.DataFrame]:
    """Yield, for each label, the quantiles of every path over all runs: path, month, and kind, luck or sets."""
    for place, label in enumerate(design.labels):
        values = spreads(_paths_of(design, folder, found.where[place], design.replicates))
        rows = len(PATHS) * design.months * 2
        columns = {
            "parity": np.full(rows, label.parity, dtype=object),
            "regime": np.full(rows, label.regime, dtype=object),
            "path": np.repeat(np.array(list(PATHS), dtype=object), design.months * 2),
            "month": np.tile(np.repeat(np.arange(design.months), 2), len(PATHS)),
            "kind": np.tile(np.array(["luck", "sets"], dtype=object), len(PATHS) * design.months),
        }
        flat = values.transpose(3, 2, 1, 0).reshape(rows, len(QUANTILES))
        yield pd.DataFrame(columns | {f"q{100 * at:02.0f}": flat[:, i] for i, at in enumerate(QUANTILES)})


def write_parquet(path: Path, tables: Iterable[pd.DataFrame]) -> None:
    """Write tables of the same columns as one Parquet file, a row group each, with nothing in it that varies."""
    with whole_file(path) as file:
        writer: pq.ParquetWriter | None = None
        for table in tables:
            rows = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
            if writer is None:
                writer = pq.ParquetWriter(file, rows.schema, compression="zstd", version="2.6")
            writer.write_table(rows)
        if writer is not None:
            writer.close()


def _keys(design: Design) -> dict[str, npt.NDArray[np.generic]]:
    """Return parity, regime, set and replicate of every run, in the order of the tables."""
    sets, replicates = len(design.sets), design.replicates
    each = sets * replicates
    return {
        "parity": np.repeat(np.array([label.parity for label in design.labels], dtype=object), each),
        "regime": np.repeat(np.array([label.regime for label in design.labels], dtype=object), each),
        "set": np.tile(np.repeat(np.arange(sets), replicates), len(design.labels)),
        "replicate": np.tile(np.arange(replicates), sets * len(design.labels)),
    }


def _paths_of(design: Design, folder: ResultsFolder, where: npt.NDArray[np.int64], replicates: int) -> Floats:
    """Return the paths of one label, shape (sets, replicates, months, paths)."""
    values = np.empty((len(design.sets), replicates, design.months, len(PATHS)))
    for number in range(len(design.sets)):
        for replicate in range(replicates):
            values[number, replicate] = folder.read_months(number, replicate)[where[number, replicate]]
    return values


def _groups(block: Block, groups: int) -> Floats:
    """Return the block's groups, NaN where all of its runs failed before their groups were known."""
    if len(block.names) == groups:
        return block.groups
    return np.full((len(block.errors), groups, len(GROUP_COLUMNS)), np.nan)
