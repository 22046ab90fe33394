"""What the tables know: every judgement published, on the councils that stand at a start.

Councils were made and ended after March 2018. What was judged under a name that a start does not have counts for the
council that it became, and what is judged under a name that it does not have yet for the first of its predecessors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from experiments.observed.spells import FIRST_JUDGED, UNJUDGED, later_starts, no_spells
from experiments.studies.judgements.window import Window
from simulation.arrays import Numbers
from simulation.councils import GRADES, Councils, load_councils
from simulation.dates import FIRST_MONTH, history_month, month_number, month_text
from simulation.evidence import read_rows
from simulation.evidence.england import LAST_MONTH
from simulation.evidence.makeup import predecessors
from simulation.evidence.reader import Row
from simulation.state import ILACS, SIF

Places = Mapping[str, tuple[int, ...]]
"""For every code that the tables know: the numbers of the councils of a start that it stands for."""

_TABLES = ("judgements", "later_judgements")
_FIRST = month_number(FIRST_MONTH, "start")


@dataclass(frozen=True)
class Judgements:
    """Judgements, each field of shape (judgements,).

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


def latest_start(first: int) -> int:
    """Return the month from April 2018 in which a forecast from ``first`` on may begin: then, or the last there is."""
    return min(first, month_number(LAST_MONTH, "start") - _FIRST)


def councils_at(month: int) -> Councils:
    """Return England's councils as they stood before ``month``, counted from April 2018.

    Raises:
        InputError: a run cannot start in that month.
    """
    return load_councils(start=month_text(month + _FIRST))


def known_rows() -> list[Row]:
    """Return every judgement of the tables, in order of publication."""
    rows = [row for name in _TABLES for row in read_rows(name)]
    return sorted(rows, key=lambda row: (row.cells["published"], row.cells["code"]))


@lru_cache(maxsize=16)
def known_places(councils: Councils) -> Places:
    """Return which councils of a start stand for each code that the tables know, that of an ended council too."""
    here = {code: (place,) for place, code in enumerate(councils.code)}
    before = _predecessors()
    after = {code: [heir for heir, olds in before.items() if code in olds] for olds in before.values() for code in olds}
    codes = {*load_councils().code, *before, *after, *here}
    found = {code: _place(code, here, before) or _heirs(code, here, after) for code in sorted(codes)}
    return {code: place for code, place in found.items() if place}


def root_code(code: str) -> str:
    """Return the code of March 2018 that a council's first predecessor had: its own where it was there."""
    before = _predecessors()
    while code in before:
        code = before[code][0]
    return code


def collect(rows: Iterable[Row], councils: Councils, before: Numbers) -> Judgements:
    """Return judgements in the order of their rows, each of one council of a start.

    Args:
        rows: with code, framework, published and grade; each council's in order of publication.
        councils: those of the start, to which every code is brought.
        before: grade held by each before the first row, shape (councils,).
    """
    places, grades, counts = known_places(councils), before.copy(), np.zeros(len(before), np.int64)
    entries = []
    for row in rows:
        council, grade = places[row.cells["code"]][0], GRADES.index(row.cells["grade"])
        counts[council] += 1
        framework = ILACS if row.cells["framework"] == "ilacs" else SIF
        entries.append(
            (council, history_month(row.cells["published"]), framework, grade, grades[council], counts[council])
        )
        grades[council] = grade
    return Judgements(*np.array(entries, np.int64).reshape(-1, 6).T)


def known_judgements(councils: Councils, window: Window) -> Judgements:
    """Return the judgements of the tables that were published in a window, in order of publication."""
    rows = [row for row in known_rows() if window.holds(history_month(row.cells["published"]))]
    return collect(rows, councils, grades_held(councils, window.start, window.first))


def grades_held(councils: Councils, start: int, month: int) -> Numbers:
    """Return the grade that each council of a start held before ``month``, by what the tables know by then."""
    grades = np.array(councils.grade)
    places = known_places(councils)
    for row in known_rows():
        if start <= history_month(row.cells["published"]) < month:
            grades[places[row.cells["code"]][0]] = GRADES.index(row.cells["grade"])
    return grades


@lru_cache(maxsize=16)
def spells_under_way(councils: Councils, month: int, end: int) -> Numbers:
    """Return when each council's spell of failure under way before ``month`` began, as of `later_starts`.

    Args:
        councils: those of a start; what an ended council began goes on in its heirs.
        month: from April 2018.
        end: the lowest grade with which a spell ends.
    """
    path = np.full((month - FIRST_JUDGED, councils.n), UNJUDGED)
    places = known_places(councils)
    for row in known_rows():
        if (published := history_month(row.cells["published"])) < month:
            path[published - FIRST_JUDGED :, places[row.cells["code"]]] = GRADES.index(row.cells["grade"])
    return later_starts(path, no_spells(councils.n), FIRST_JUDGED, end=end)


@lru_cache(maxsize=1)
def _predecessors() -> dict[str, tuple[str, ...]]:
    """Return the predecessors of every council that was made later, the first of them first."""
    rows = [row.cells for row in read_rows("council_changes")]
    return {row["code"]: tuple(olds) for row in rows if (olds := predecessors(row))}


def _place(code: str, here: Places, before: Mapping[str, tuple[str, ...]]) -> tuple[int, ...]:
    """Return the council itself, or the first of its predecessors that stands at the start."""
    if code in here:
        return here[code]
    return next((place for old in before.get(code, ()) if (place := _place(old, here, before))), ())


def _heirs(code: str, here: Places, after: Mapping[str, list[str]]) -> tuple[int, ...]:
    """Return the councils that an ended one became."""
    return tuple(place for heir in after.get(code, ()) for place in here.get(heir, ()))
