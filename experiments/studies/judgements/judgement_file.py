"""What was observed: the judgements of a file within a window, and the grades held from month to month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments.observed.spells import grades_before
from experiments.studies.judgements.window import Window
from simulation.arrays import Floats, Numbers
from simulation.councils import GRADES, load_councils
from simulation.dates import history_month
from simulation.errors import InputError, nearest
from simulation.evidence import TABLES
from simulation.evidence.reader import Row, fault, read_file
from simulation.state import ILACS, SIF


@dataclass(frozen=True)
class Judgements:
    """Judgements in the order of council and date, each field of shape (judgements,).

    Attributes:
        council: number of the council, by code.
        month: of its publication, from April 2018.
        framework: whose cuts hold, `simulation.state.ILACS` or ``SIF``.
        grade: the grade given.
        before: the grade held before it.
        count: which judgement of this council it is in the window, from 1.
    """

    council: Numbers
    month: Numbers
    framework: Numbers
    grade: Numbers
    before: Numbers
    count: Numbers

    def __len__(self) -> int:
        return len(self.council)


@dataclass(frozen=True)
class ObservedWindow:
    """What a file of judgements shows in a window.

    Attributes:
        judgements: its judgements in the window.
        before: grade that each council held before the window, from the package's own judgements, shape (councils,).
        grades: grade held at the end of each month of the window, shape (months, councils).
        outside: judgements of the file that lie outside the window.
    """

    judgements: Judgements
    before: Numbers
    grades: Numbers
    outside: int


def read_observed(path: str | Path, window: Window) -> ObservedWindow:
    """Return what a file of judgements, with the columns of the evidence's own, shows in the window.

    Raises:
        InputError: the file breaks the schema, names a council that is not England's, or holds none in the window.
    """
    rows = read_file(path, TABLES["judgements"])
    places = {code: place for place, code in enumerate(load_councils().code)}
    for row in rows:
        if row.cells["code"] not in places:
            code = row.cells["code"]
            expectation = f"the code of one of England's {len(places)} councils of March 2018"
            raise InputError(f"{fault(str(path), row.number, 'code', expectation, code)}{nearest(code, places)}")
    inside = [row for row in rows if window.holds(history_month(row.cells["published"]))]
    if not inside:
        raise InputError(f"{path}: expected judgements published from {window}, got none")
    before = grades_before(window.first)
    judgements = _judgements(inside, places, before)
    return ObservedWindow(judgements, before, _path(judgements, before, window), len(rows) - len(inside))


def transition_counts(before: Numbers, after: Numbers) -> Floats:
    """Return how many judgements went from which grade to which, shape (grade held, grade given)."""
    kinds = len(GRADES)
    counts = np.bincount(before * kinds + after, minlength=kinds * kinds)
    return counts.reshape(kinds, kinds).astype(np.float64)


def _judgements(rows: Sequence[Row], places: dict[str, int], before: Numbers) -> Judgements:
    grades, counts = before.copy(), np.zeros(len(before), np.int64)
    entries = []
    for row in rows:
        council, grade = places[row.cells["code"]], GRADES.index(row.cells["grade"])
        counts[council] += 1
        framework = ILACS if row.cells["framework"] == "ilacs" else SIF
        entries.append(
            (council, history_month(row.cells["published"]), framework, grade, grades[council], counts[council])
        )
        grades[council] = grade
    return Judgements(*np.array(entries, np.int64).T)


def _path(judgements: Judgements, before: Numbers, window: Window) -> Numbers:
    path = np.tile(before, (window.months, 1))
    for council, month, grade in zip(judgements.council, judgements.month, judgements.grade, strict=True):
        path[month - window.first :, council] = grade
    return path
