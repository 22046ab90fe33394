"""What a simulated history shows of each pattern: the panel of councils, reduced to the numbers that were observed."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from simulation.councils import GRADES
from simulation.outcomes.paths import PATHS
from simulation.outcomes.run import Run

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Grades = npt.NDArray[np.int64]
Measure = Callable[["History"], float]

REGIME = "historical"
"""The regime that was in force: the one that patterns were observed under."""

YEAR = 12
JUDGED_UNTIL = 36
CHANGES_SEEN_FOR = 72
CHANGES_GRADED_AT = 60
MONTHS = 72
"""How long a history must be for every fit pattern to be seen."""

_PATH = MappingProxyType({name: place for place, name in enumerate(PATHS)})


class History:
    """A simulated history under the regime that was in force, with its panel.

    Attributes:
        grades: grade held at the end of each month, shape (months, councils).
        held: grade held before each month's judgement, same shape.
        judged: whether a judgement was published in the month, same shape.
    """

    def __init__(self, run: Run) -> None:
        if run.panel is None:
            raise ValueError("expected a run with its panel")
        self.run = run
        self.panel = run.panel
        self.grades: Grades = run.panel["grade"]
        self.held: Grades = np.vstack([np.array(run.table.grade), self.grades[:-1]])
        self.judged = judged(run)

    def path(self, name: str) -> Floats:
        """Return a monthly path."""
        column: Floats = self.run.month_values[:, _PATH[name]]
        return column

    @property
    def changes(self) -> npt.NDArray[np.int64]:
        """Changes of director in each month, shape (months, councils)."""
        return np.diff(self.panel["director_changes"], axis=0, prepend=0)


def judged(run: Run) -> Flags:
    """Return where a judgement was published, shape (months, councils): the one set for a month was due in it."""
    if run.panel is None:
        raise ValueError("expected a run with its panel")
    following = run.panel["next_judgement"]
    due = np.vstack([np.where(np.array(run.table.first_month) == 0, 0, -1), following[:-1]])
    found: Flags = due == np.arange(len(following))[:, None]
    return found


def grade_mix(history: History, month: int) -> Floats:
    """Return the share of councils that hold each grade at the end of ``month``."""
    return _shares(history.grades[month])


def first_judgements(history: History, held: int) -> Floats:
    """Return the shares of each grade at the first judgement of councils that held ``held`` before month 0."""
    judged_first = history.judged[:JUDGED_UNTIL]
    some = judged_first.any(axis=0) & (np.array(history.run.table.grade) == held)
    given = history.grades[judged_first.argmax(axis=0), np.arange(len(some))][some]
    return _shares(given)


def changed_share(history: History, first: int, years: int) -> float:
    """Return the share of councils with a change of director in a year from month ``first``, over so many years."""
    some = [history.changes[start : start + YEAR].any(axis=0).mean() for start in _years(first, years)]
    return float(np.mean(some))


def changes_by_grade(history: History, grade: int) -> float:
    """Return changes of director to month 71 of councils that hold ``grade`` at month 60, over the mean of all."""
    changes = history.panel["director_changes"][CHANGES_SEEN_FOR - 1]
    graded = changes[history.grades[CHANGES_GRADED_AT] == grade]
    return float(graded.mean() / changes.mean()) if len(graded) and changes.any() else math.nan


def agency_by_grade(history: History, grade: int, *months: int) -> float:
    """Return the mean agency share of councils that hold ``grade``, council-months pooled."""
    chosen = list(months)
    shares = history.panel["agency_share"][chosen][history.grades[chosen] == grade]
    return float(shares.mean()) if len(shares) else math.nan


def interim_share(history: History, *months: int) -> float:
    """Return the share of councils under an interim, mean over ``months``, or over the first three years."""
    chosen = list(months) or list(range(JUDGED_UNTIL))
    return float(history.panel["interim"][chosen].mean())


def spell_months(history: History) -> float:
    """Return the mean length of interims' spells that ended before month 72, months."""
    spells = history.path("interim_spells")[:CHANGES_SEEN_FOR].sum()
    return float(history.path("interim_spell_months")[:CHANGES_SEEN_FOR].sum() / spells) if spells else math.nan


def posts_by_grade(history: History, month: int) -> Floats:
    """Return mean months in post of permanent directors by grade held at the end of ``month``; NaN where none."""
    posts, grades = history.panel["months_in_post"][month], history.grades[month]
    of_grade = [posts[(posts >= 0) & (grades == grade)] for grade in range(len(GRADES))]
    return np.array([chosen.mean() if len(chosen) else math.nan for chosen in of_grade])


def _shares(grades: Grades) -> Floats:
    if not len(grades):
        return np.full(len(GRADES), math.nan)
    shares: Floats = np.bincount(grades, minlength=len(GRADES)) / len(grades)
    return shares


def _years(first: int, years: int) -> range:
    return range(first, first + YEAR * years, YEAR)
