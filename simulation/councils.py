"""Councils: who they are and how they stood when the simulation starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from simulation.dates import FIRST_MONTH, month_number, month_of, month_text
from simulation.errors import InputError, is_number, shown
from simulation.evidence.england import council_table, england_rows
from simulation.evidence.own import (
    AVERAGE_CHILDREN,
    COUNCIL_FILE_COLUMNS,
    ENGLISH,
    INSPECTION_CYCLE,
    OWN_COUNCILS,
    council_template,
)
from simulation.evidence.reader import Row, fault, read_file
from simulation.evidence.schema import GRADES, ILACS_FRAMEWORK, SIF_REINSPECTION
from simulation.premises import CouncilFacts
from simulation.scenario import Scenario
from simulation.state import ILACS, SIF

__all__ = [
    "COUNCIL_FILE_COLUMNS",
    "GRADES",
    "Councils",
    "council_table",
    "council_template",
    "load_councils",
    "same_start",
]

MOST_CHILDREN = 1e8
"""The most children in need of one council: with 5,000 such, a month's pence still fit 64 bits."""


@dataclass(frozen=True)
class Councils:
    """The councils at the start: each field but the last two holds one entry a council, by code.

    Attributes:
        code, name, region: who the council is.
        deprivation_score: higher is poorer; only its ranks count.
        children_in_need: weight of the council (children).
        grade: number of the grade held at the start (0 inadequate to 3 outstanding: its place in ``GRADES``).
        months_since_judgement: calendar months from the month of its publication to month 0, at least 1
            (published in March 2018 is 1 month before April 2018).
        framework: whose cuts gave that grade: 1 the SIF's (and all before April 2018), 0 those of ILACS.
        recovered: 1 if ever inadequate since 2009, the grade held at the start included.
        first_month: month of the first judgement from month 0 on where it is known, else -1.
        first_framework: 1 if that judgement is a SIF re-inspection (unshifted cuts), else 0.
        start: calendar month of month 0, as YYYY-MM.
        own: whether inspections are those of councils of the user's own, and not those of England, whole or in part.

    Raises:
        InputError: the fields differ in length, codes are not in rising order, or a council's children cannot be.
    """

    code: tuple[str, ...]
    name: tuple[str, ...]
    region: tuple[str, ...]
    deprivation_score: tuple[float, ...]
    children_in_need: tuple[float, ...]
    grade: tuple[int, ...]
    months_since_judgement: tuple[int, ...]
    framework: tuple[int, ...]
    recovered: tuple[int, ...]
    first_month: tuple[int, ...]
    first_framework: tuple[int, ...]
    start: str
    own: bool

    def __post_init__(self) -> None:
        """Refuse fields that do not describe the same councils."""
        for field in fields(self)[:-2]:
            entries = len(getattr(self, field.name))
            if entries != self.n:
                raise InputError(f"councils: expected {self.n} entries of {field.name}, got {entries}")
        if list(self.code) != sorted(set(self.code)):
            raise InputError("councils: expected codes in rising order, each once, got another order")
        for children in self.children_in_need:
            if not is_number(children) or not 0 < children <= MOST_CHILDREN:
                expected = f"children_in_need above 0 and up to {MOST_CHILDREN:,.0f}"
                raise InputError(f"councils: expected {expected}, got {shown(children)}")

    @property
    def n(self) -> int:
        """How many councils there are."""
        return len(self.code)

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions' names in alphabetical order."""
        return tuple(sorted(set(self.region)))

    @cached_property
    def region_index(self) -> tuple[int, ...]:
        """Each council's place in ``regions``."""
        place = {name: index for index, name in enumerate(self.regions)}
        return tuple(place[name] for name in self.region)

    @cached_property
    def deprivation(self) -> tuple[float, ...]:
        """Normal scores of deprivation (SD, + is poorer): Phi^-1((average rank - 0.5)/N), one a council."""
        from simulation.rules.maths import normal_score

        return tuple(normal_score((rank - 0.5) / self.n) for rank in _average_ranks(self.deprivation_score))

    @cached_property
    def facts(self) -> tuple[CouncilFacts, ...]:
        """What rules read of each council at the start, as numbers."""
        columns = (
            self.region_index,
            self.deprivation,
            self.children_in_need,
            self.grade,
            self.months_since_judgement,
            self.framework,
            self.recovered,
            self.first_month,
            self.first_framework,
        )
        return tuple(CouncilFacts(*entries) for entries in zip(*columns, strict=True))


def _average_ranks(scores: Sequence[float]) -> list[float]:
    """Return the rank of each score from 1 (lowest); equal scores share the mean of their ranks."""
    places: dict[float, list[int]] = {}
    for rank, score in enumerate(sorted(scores), 1):
        places.setdefault(score, []).append(rank)
    return [(places[score][0] + places[score][-1]) / 2 for score in scores]


class _Council(NamedTuple):
    """One council's entries, in the order of the fields of ``Councils``."""

    code: str
    name: str
    region: str
    deprivation_score: float
    children_in_need: float
    grade: int
    months_since_judgement: int
    framework: int
    recovered: int
    first_month: int
    first_framework: int


def load_councils(
    path: str | Path | None = None, *, start: str | None = None, real_months: bool | None = None
) -> Councils:
    """Return England's councils, or those of the user's own CSV file, at the start of the simulation.

    Args:
        path: a CSV file with the columns of ``COUNCIL_FILE_COLUMNS`` and 3 to 5,000 councils; None for England's.
        start: calendar month of month 0 (YYYY-MM). England's: April 2018 when None, April 2026 at most; councils and
            grades are those of then. The user's, when None: that of the file, else the month after the last
            ``judged_on``, or April 2018 if no council has a date.
        real_months: whether England's first judgements fall in the months in which they were published from the start
            on: knowledge of later, for validation alone. None: from April 2018 those published to June 2020 do, from
            any other month none.

    Raises:
        InputError: the file or the start is not valid (the sentence names file, row and column), or ``real_months`` is
            asked for of a file, whose column ``next_judgement`` says it.

    >>> england = load_councils()
    >>> england.n, england.regions[2], england.grade.count(0)
    (152, 'London', 23)
    """
    if path is None:
        return _england(FIRST_MONTH if start is None else start, real_months)
    if real_months is not None:
        raise InputError("real_months: expected England's councils, got a file, whose next_judgement says the months")
    return _own(read_file(path, OWN_COUNCILS), str(path), start)


def same_start(councils: Councils | None, scenario: Scenario | None) -> tuple[Councils, Scenario]:
    """Return both, a default in place of None, in one and the same first month.

    Raises:
        InputError: the scenario starts in another month than the councils.
    """
    table = councils or load_councils(start=scenario.start if scenario else None)
    if scenario and scenario.start != table.start:
        raise InputError(
            f"start: expected a scenario from {table.start}, the month of the councils, got {scenario.start}; "
            f'load_councils(start="{scenario.start}") gives the councils of that month'
        )
    return table, scenario or Scenario(start=table.start)


@lru_cache(maxsize=8)
def _england(start: str, real_months: bool | None) -> Councils:  # noqa: FBT001  a cache tells arguments by place
    return _own(england_rows(start, real_months=real_months), "England's councils", start)


def _own(rows: list[Row], file: str, start: str | None) -> Councils:
    rows = sorted(rows, key=lambda row: str(row.cells["code"]))
    dates = [row.cells["judged_on"] for row in rows if row.cells.get("judged_on") is not None]
    if start is not None:
        begin = month_number(start, "start")
    elif (stated := rows[0].cells.get("start")) is not None:
        begin = stated
    else:
        begin = month_of(max(dates)) + 1 if dates else month_number(FIRST_MONTH, "start")
    undated = [row.number for row in rows if row.cells.get("judged_on") is None]
    spread = {number: 1 + INSPECTION_CYCLE * place // len(undated) for place, number in enumerate(undated)}
    councils = [_council(row, file, begin, spread) for row in rows]
    columns = dict(zip(_Council._fields, zip(*councils, strict=True), strict=True))
    own = rows[0].cells.get("inspections") != ENGLISH
    return Councils(**columns, start=month_text(begin), own=own)


def _council(row: Row, file: str, begin: int, spread: Mapping[int, int]) -> _Council:
    cells: dict[str, Any] = {column.name: row.cells.get(column.name) for column in COUNCIL_FILE_COLUMNS}
    grade = GRADES.index(cells["grade"])
    ever = int(grade == 0) if cells["ever_inadequate"] is None else cells["ever_inadequate"]
    if grade == 0 and ever == 0:
        raise fault(file, row.number, "ever_inadequate", "1 for a council that is inadequate now", "0")
    if (cells["children_in_need"] or 0.0) > MOST_CHILDREN:
        expected = f"a number up to {MOST_CHILDREN:,.0f}, so that the ledger can hold it"
        raise fault(file, row.number, "children_in_need", expected, f"{cells['children_in_need']:g}")
    if cells["next_framework"] is not None and cells["next_judgement"] is None:
        expected = "nothing where next_judgement is blank"
        raise fault(file, row.number, "next_framework", expected, cells["next_framework"])
    months = spread.get(row.number) or _months_since(cells["judged_on"], row, file, begin)
    return _Council(
        code=cells["code"],
        name=cells["name"] or cells["code"],
        region=cells["region"],
        deprivation_score=cells["deprivation_score"] or 0.0,
        children_in_need=cells["children_in_need"] or AVERAGE_CHILDREN,
        grade=grade,
        months_since_judgement=months,
        framework=_framework(cells, begin - months),
        recovered=ever,
        first_month=_months_until(cells["next_judgement"], row, file, begin),
        first_framework=int(cells["next_framework"] == SIF_REINSPECTION),
    )


def _framework(cells: Mapping[str, Any], judged_in: int) -> int:
    """Return whose cuts gave the grade; those of ILACS are lower from April 2018 on, so an earlier one had the old."""
    early = judged_in < month_number(FIRST_MONTH, "start")
    if cells["framework"] is None or (early and cells["judged_on"] is not None):
        return SIF if early else ILACS
    return ILACS if cells["framework"] == ILACS_FRAMEWORK else SIF


def _months_since(judged_on: date, row: Row, file: str, begin: int) -> int:
    if month_of(judged_on) >= begin:
        expected = f"a date before the month of the start, {month_text(begin)}"
        raise fault(file, row.number, "judged_on", expected, str(judged_on))
    return begin - month_of(judged_on)


def _months_until(judgement: int | None, row: Row, file: str, begin: int) -> int:
    if judgement is None:
        return -1
    if judgement < begin:
        expected = f"a month from the start on, {month_text(begin)}"
        raise fault(file, row.number, "next_judgement", expected, month_text(judgement))
    return judgement - begin
