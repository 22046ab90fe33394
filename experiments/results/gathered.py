"""What is held of every run in memory: its outcomes, as compact arrays; and what is read back from the blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from experiments.design.design import Design, Extent
from experiments.results.blocks import Block
from simulation.arrays import Floats, Numbers
from simulation.regimes import QUANTITIES

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
        return cls(np.full((*shape, len(design.outcomes)), np.nan), np.full((*shape, len(QUANTITIES)), np.nan), {})

    def add(self, design: Design, extent: Extent, block: Block) -> None:
        """Take in the runs of a block."""
        rows = block_rows(design, extent)
        sets = slice(extent.first, extent.after)
        self.outcomes[:, sets, extent.replicate] = block.arrays["outcomes"][rows].swapaxes(0, 1)
        self.realised[:, sets, extent.replicate] = block.arrays["realised"][rows].swapaxes(0, 1)
        broken = block.errors != ""
        self.failed += int(broken.sum())
        for within, label in np.argwhere(broken[rows]).tolist():
            reason = str(block.errors[rows[within, label]])
            self.errors[label, extent.first + within, extent.replicate] = reason

    def first(self, sets: int) -> Gathered:
        """Return the same for the first parameter sets alone, as views."""
        errors = {place: reason for place, reason in self.errors.items() if place[1] < sets}
        return Gathered(self.outcomes[:, :sets], self.realised[:, :sets], errors, self.failed)


def block_rows(design: Design, extent: Extent, places: npt.NDArray[np.int32] | None = None) -> Numbers:
    """Return which run of a block each of its sets and each label shows, shape (sets of the block, labels).

    ``places`` are those of the design where None, shape (sets, labels).
    """
    sizes = design.sizes[extent.first : extent.after]
    starts = np.cumsum(sizes) - sizes
    return (design.places if places is None else places)[extent.first : extent.after] + starts[:, None]


@dataclass(frozen=True)
class Part:
    """A part of a table that fits in memory: some labels, and some parameter sets of each."""

    labels: range
    sets: range

    def extents(self, extents: Sequence[Extent]) -> list[Extent]:
        """Return the blocks that hold runs of these sets."""
        return [extent for extent in extents if extent.first < self.sets.stop and extent.after > self.sets.start]

    def rows(self, design: Design, extent: Extent) -> tuple[slice, Numbers]:
        """Return which of these sets a block holds, and which of its runs each of them and each label shows."""
        first, after = max(extent.first, self.sets.start), min(extent.after, self.sets.stop)
        rows = block_rows(design, extent)[
            first - extent.first : after - extent.first, self.labels.start : self.labels.stop
        ]
        return slice(first - self.sets.start, after - self.sets.start), rows


def parts(labels: int, sets: int, bytes_a_set: int, most: int = CHUNK) -> Iterator[Part]:
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
            yield Part(range(label, min(label + together, labels)), range(first, min(first + span, sets)))
