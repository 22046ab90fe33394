"""What was observed: the judgements of a file within a window, and the grades held from month to month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from experiments.studies.judgements.known import Judgements, collect, councils_at, grades_held, known_places
from experiments.studies.judgements.window import Window
from simulation.arrays import Floats, Numbers
from simulation.councils import GRADES, Councils, load_councils
from simulation.dates import history_month
from simulation.errors import InputError, nearest
from simulation.evidence import TABLES
from simulation.evidence.reader import Row, fault, read_file
from simulation.evidence.schema import Column

JUDGEMENT_FILE = replace(
    TABLES["judgements"],
    columns=(
        *TABLES["judgements"].columns,
        Column("source", "text", "where the judgement was published", required=False, default="not stated"),
    ),
    open_ended=True,
)
"""A file of judgements: the columns of the evidence's own, and a source if it has one."""


@dataclass(frozen=True)
class ObservedWindow:
    """What a file of judgements shows in a window.

    Attributes:
        judgements: its judgements in the window.
        councils: those of the start.
        before: grade that each council held before the window, from the package's own judgements, shape (councils,).
        grades: grade held at the end of each month of the window, shape (months, councils).
        outside: judgements of the file that lie outside the window.
    """

    judgements: Judgements
    councils: Councils
    before: Numbers
    grades: Numbers
    outside: int


def read_observed(path: str | Path, window: Window) -> ObservedWindow:
    """Return what a file of judgements, with the columns of the evidence's own, shows in a window.

    Raises:
        InputError: the file breaks the schema, names a council that is not England's, or holds none in the window.
    """
    councils = councils_at(window.start)
    rows = read_judgements(path, councils)
    places = known_places(councils)
    inside = [row for row in rows if window.holds(history_month(row.cells["published"]))]
    inside.sort(key=lambda row: (places[row.cells["code"]][0], row.cells["published"]))
    if not inside:
        raise InputError(f"{path}: expected judgements published from {window}, got none")
    before = grades_held(councils, window.start, window.first)
    judgements = collect(inside, councils, before)
    return ObservedWindow(judgements, councils, before, grade_path(judgements, before, window), len(rows) - len(inside))


def check_judgements(path: str | Path) -> None:
    """Refuse what is no file of judgements, whatever councils it names.

    Raises:
        InputError: the file cannot be read or breaks the schema.
    """
    read_file(path, JUDGEMENT_FILE)


def read_judgements(path: str | Path, councils: Councils) -> list[Row]:
    """Return the rows of a file of judgements, each of a council that the tables know, in order of code and date.

    Raises:
        InputError: the file breaks the schema, or names a council that is not England's.
    """
    rows, places = read_file(path, JUDGEMENT_FILE), known_places(councils)
    for row in rows:
        code = row.cells["code"]
        if code not in places:
            expectation = f"the code of one of England's {len(load_councils().code)} councils of March 2018"
            expectation += " or of one made since"
            raise InputError(f"{fault(str(path), row.number, 'code', expectation, code)}{nearest(code, places)}")
    return rows


def transition_counts(before: Numbers, after: Numbers) -> Floats:
    """Return how many judgements went from which grade to which, shape (grade held, grade given)."""
    kinds = len(GRADES)
    counts = np.bincount(before * kinds + after, minlength=kinds * kinds)
    return counts.reshape(kinds, kinds).astype(np.float64)


def grade_path(judgements: Judgements, before: Numbers, window: Window) -> Numbers:
    """Return the grade that each council held at the end of each month of a window, shape (months, councils).

    Args:
        judgements: those of the window.
        before: grade held before it, shape (councils,).
        window: the months.
    """
    path = np.tile(before, (window.months, 1))
    for council, month, grade in zip(judgements.council, judgements.month, judgements.grade, strict=True):
        path[month - window.first :, council] = grade
    return path
