"""One history: a run of the regime that was in force, as it is held against what was observed."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from simulation.arrays import Flags, Floats, Numbers
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import Run

REGIME = "historical"
"""The regime that was in force: the one that patterns were observed under."""


_PATH = MappingProxyType({name: place for place, name in enumerate(PATHS)})


class History:
    """A simulated history under the regime that was in force, with its panel.

    Attributes:
        grades: grade held at the end of each month, shape (months, councils).
        grades_before: grade held before each month's judgement, same shape.
        judgements: whether a judgement was published in the month, same shape.
    """

    def __init__(self, run: Run) -> None:
        if run.panel is None:
            raise ValueError("expected a run with its panel")
        self.run = run
        self.panel = run.panel
        self.grades: Numbers = run.panel["grade"]
        self.grades_before: Numbers = np.vstack([np.array(run.table.grade), self.grades[:-1]])
        self.judgements = judgement_flags(run)

    def path(self, name: str) -> Floats:
        """Return a monthly path."""
        column: Floats = self.run.month_values[:, _PATH[name]]
        return column

    @property
    def changes(self) -> Numbers:
        """Changes of director in each month, shape (months, councils)."""
        return np.diff(self.panel["director_changes"], axis=0, prepend=0)


def judgement_flags(run: Run) -> Flags:
    """Return where a judgement was published, shape (months, councils): the one set for a month was due in it."""
    if run.panel is None:
        raise ValueError("expected a run with its panel")
    following = run.panel["next_judgement"]
    due = np.vstack([np.where(np.array(run.table.first_month) == 0, 0, -1), following[:-1]])
    flags: Flags = due == np.arange(len(following))[:, None]
    return flags
