"""What a simulated history shows of each pattern: the panel of councils, reduced to the numbers that were observed."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from experiments.observed.history import History
from simulation.arrays import Floats, Numbers
from simulation.councils import GRADES

HistoryMeasure = Callable[["History"], float]


YEAR = 12
JUDGED_UNTIL = 36
CHANGES_SEEN_FOR = 72
CHANGES_GRADED_AT = 60
HISTORY_MONTHS = 72
"""How long a history must be for every fit pattern to be seen."""


def grade_mix(history: History, month: int) -> Floats:
    """Return the share of councils that hold each grade at the end of ``month``."""
    return _shares(history.grades[month])


def first_judgement_shares(history: History, before: int) -> Floats:
    """Return the shares of each grade at the first judgement of councils that held ``before`` before month 0."""
    judged_first = history.judgements[:JUDGED_UNTIL]
    some = judged_first.any(axis=0) & (np.array(history.run.table.grade) == before)
    grades = history.grades[judged_first.argmax(axis=0), np.arange(len(some))][some]
    return _shares(grades)


def changed_share(history: History, first: int, years: int) -> float:
    """Return the share of councils with a change of director in a year from month ``first``, over so many years."""
    some = [history.changes[start : start + YEAR].any(axis=0).mean() for start in _years(first, years)]
    return float(np.mean(some))


def changes_by_grade(history: History, grade: int) -> float:
    """Return changes of director to month 71 of councils that hold ``grade`` at month 60, over the mean of all."""
    changes = history.panel["director_changes"][CHANGES_SEEN_FOR - 1]
    of_grade = changes[history.grades[CHANGES_GRADED_AT] == grade]
    return float(of_grade.mean() / changes.mean()) if len(of_grade) and changes.any() else math.nan


def agency_by_grade(history: History, grade: int, *months: int) -> float:
    """Return the mean agency share of councils that hold ``grade``, council-months pooled."""
    rows = list(months)
    shares = history.panel["agency_share"][rows][history.grades[rows] == grade]
    return float(shares.mean()) if len(shares) else math.nan


def interim_share(history: History, *months: int) -> float:
    """Return the share of councils under an interim, mean over ``months``, or over the first three years."""
    rows = list(months) or list(range(JUDGED_UNTIL))
    return float(history.panel["interim"][rows].mean())


def spell_months(history: History) -> float:
    """Return the mean length of interims' spells that ended before month 72, months."""
    spells = history.path("interim_spells")[:CHANGES_SEEN_FOR].sum()
    return float(history.path("interim_spell_months")[:CHANGES_SEEN_FOR].sum() / spells) if spells else math.nan


def posts_by_grade(history: History, month: int) -> Floats:
    """Return mean months in post of permanent directors by grade held at the end of ``month``; NaN where none."""
    posts, grades = history.panel["months_in_post"][month], history.grades[month]
    of_grade = [posts[(posts >= 0) & (grades == grade)] for grade in range(len(GRADES))]
    return np.array([group.mean() if len(group) else math.nan for group in of_grade])


def _shares(grades: Numbers) -> Floats:
    if not len(grades):
        return np.full(len(GRADES), math.nan)
    shares: Floats = np.bincount(grades, minlength=len(GRADES)) / len(grades)
    return shares


def _years(first: int, years: int) -> range:
    return range(first, first + YEAR * years, YEAR)
