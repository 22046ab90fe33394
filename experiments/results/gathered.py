"""What is held of every run in memory: its outcomes, as compact arrays; and what is read back from the blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.design.design import Design
from experiments.results.blocks import REALISED, Block, Key
from simulation.arrays import Floats
from simulation.outcomes.outcomes import OUTCOMES

CHUNK = 1 << 25
"""Bytes that a table holds in memory while it is written, about."""


@dataclass
class Gathered:
    """All runs of a comparison but their months and groups, a row for each label of the design.

    Attributes:
        outcomes: shape (labels, sets, replicates, outcomes); NaN where a run failed or was not made.
        realised: shape (labels, sets, replicates, 3).
        errors: why a run failed, by label, set and replicate.
        failed: distinct runs that failed.
    """

    outcomes: Floats
    realised: Floats
    errors: dict[tuple[int, int, int], str]
    failed: int = 0

    @classmethod
    def empty(cls, design: Design) -> Gathered:
        """Return the arrays of a design of which nothing has been run."""
        shape = (len(design.labels), len(design.sets), design.replicates)
        return cls(np.full((*shape, len(OUTCOMES)), np.nan), np.full((*shape, len(REALISED)), np.nan), {})

    def add(self, design: Design, key: Key, block: Block | Mapping[str, npt.NDArray[Any]]) -> None:
        """Take in the runs of a block."""
        held = block if isinstance(block, Mapping) else vars(block)
        rows = block_rows(design, key)
        sets = slice(key.first, key.after)
        self.outcomes[:, sets, key.replicate] = held["outcomes"][rows].swapaxes(0, 1)
        self.realised[:, sets, key.replicate] = held["realised"][rows].swapaxes(0, 1)
        broken = held["errors"] != ""
        self.failed += int(broken.sum())
        for within, label in np.argwhere(broken[rows]).tolist():
            reason = str(held["errors"][rows[within, label]])
            self.errors[label, key.first + within, key.replicate] = reason

    def first(self, replicates: int) -> Gathered:
        """Return the same for the first replicates alone, as views."""
        errors = {place: reason for place, reason in self.errors.items() if place[2] < replicates}
        return Gathered(self.outcomes[:, :, :replicates], self.realised[:, :, :replicates], errors, self.failed)


def block_rows(design: Design, key: Key, places: npt.NDArray[np.int32] | None = None) -> npt.NDArray[np.int64]:
    """Return which run of a block each of its sets and each label shows, shape (sets of the block, labels).

    ``places`` are those of the design where None, shape (sets, labels).
    """
    sizes = design.sizes[key.first : key.after]
    starts = np.cumsum(sizes) - sizes
    return (design.places if places is None else places)[key.first : key.after] + starts[:, None]


@dataclass(frozen=True)
class Piece:
    """A part of a table that fits in memory: some labels, and some parameter sets of each."""

    labels: range
    sets: range

    def keys(self, keys: Sequence[Key]) -> list[Key]:
        """Return the blocks that hold runs of these sets."""
        return [key for key in keys if key.first < self.sets.stop and key.after > self.sets.start]

    def rows(self, design: Design, key: Key) -> tuple[slice, npt.NDArray[np.int64]]:
        """Return which of these sets a block holds, and which of its runs each of them and each label shows."""
        first, after = max(key.first, self.sets.start), min(key.after, self.sets.stop)
        rows = block_rows(design, key)[first - key.first : after - key.first, self.labels.start : self.labels.stop]
        return slice(first - self.sets.start, after - self.sets.start), rows


def pieces(labels: int, sets: int, bytes_a_set: int, most: int = CHUNK) -> Iterator[Piece]:
    """Yield the parts of a table in its order, label by label and set by set.

    Args:
        labels: how many.
        sets: parameter sets of each.
        bytes_a_set: of one label and set.
        most: bytes of one part, unless a single set takes more.
    """
    together = max(1, most // max(1, bytes_a_set * sets))
    span = sets if bytes_a_set * sets <= most else max(1, most // bytes_a_set)
    for label in range(0, labels, together):
        for first in range(0, sets, span):
            yield Piece(range(label, min(label + together, labels)), range(first, min(first + span, sets)))
