"""Which run each label shows: the runs of a comparison by number, one that several parities show counted once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.design.design import Design
from simulation.arrays import Flags, Numbers


@dataclass(frozen=True)
class RunIndex:
    """The numbers of the runs, from 0, in the order in which the labels first show them, set by set.

    Attributes:
        starts: number of the run of replicate 0 that each label shows, shape (labels, sets); the others follow it.
        own: whether the label is the first that shows it, shape (labels, sets).
        histories: which rows of the table of paths hold for each label, from 0, shape (labels,).
        replicates: of each set.
    """

    starts: Numbers
    own: Flags
    histories: Numbers
    replicates: int

    def numbers(self, label: int) -> Numbers:
        """Return the runs that a label shows, shape (sets, replicates)."""
        shown: Numbers = self.starts[label][:, None] + np.arange(self.replicates)
        return shown


def index_runs(design: Design) -> RunIndex:
    """Return the numbers of a design's runs: labels that deploy the same support in a set share its run."""
    places = design.places
    first = np.stack([np.argmax(places == places[:, [label]], axis=1) for label in range(places.shape[1])])
    own = first == np.arange(len(first))[:, None]
    order = (np.cumsum(own.ravel()) - 1).reshape(own.shape)
    starts = np.take_along_axis(order, first, axis=0) * design.replicates
    known: dict[bytes, int] = {}
    histories = [known.setdefault(row.tobytes(), len(known)) for row in starts]
    return RunIndex(starts, own, np.array(histories, dtype=np.int64), design.replicates)
