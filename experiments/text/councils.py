"""England's councils in a month as text: which there are, the grade each holds, and when its next judgement is due."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.councils import GRADES, Councils, load_councils
from simulation.dates import FIRST_MONTH, month_number, month_text
from simulation.errors import InputError, nearest, shown
from simulation.evidence.schema import REGIONS

_HINTS = (
    "`sli councils --start YYYY-MM` lists the councils of any month that the evidence covers\n"
    "`sli councils --template` prints an empty table for your own, with every column explained\n"
    "`sli councils --export` prints these as such a table: of one region with --region, later with --start"
)
_HEADING = ("code", "name", "region", "grade held", "judged", "next judgement")


def councils_text() -> str:
    """Return how England's councils stood in April 2018, in short."""
    return f"{_summary(load_councils())}\n{_HINTS}"


def councils_of_month_text(start: str, region: str | None = None) -> str:
    """Return England's councils of a month, a line each: the grade held, when it was given, when the next is due.

    Args:
        start: the month (YYYY-MM), from April 2018 to April 2026.
        region: one of England's nine regions; all of them where None.

    Raises:
        InputError: the evidence does not cover the month, or there is no such region.
    """
    if region is not None and region not in REGIONS:
        raise InputError(f"--region: expected {', '.join(REGIONS)}, got {shown(region)}{nearest(region, REGIONS)}")
    table = load_councils(start=start)
    lines = [_cells(table, i) for i in range(table.n) if region in {None, table.region[i]}]
    return f"{_summary(table)}\n{_due_words(table)}\n\n{_columns([_HEADING, *lines])}"


def _summary(table: Councils) -> str:
    grades = ", ".join(f"{table.grade.count(number)} {name}" for number, name in enumerate(GRADES))
    regions = ", ".join(f"{table.region.count(name)} in {name}" for name in table.regions)
    return f"{table.n} councils at {table.start}\nby grade: {grades}\nby region: {regions}"


def _due_words(table: Councils) -> str:
    if table.start == FIRST_MONTH:
        return "next judgement: its real month to June 2020; the others come in the two years after the pause"
    return (
        "next judgement: the middle of the year in which it is due, by the grade and its age, pauses aside; a run "
        "draws the month, and spreads the overdue over the first year"
    )


def _cells(table: Councils, i: int) -> tuple[str, ...]:
    begin = month_number(table.start, "start")
    judged = begin - table.months_since_judgement[i]
    return (
        table.code[i],
        table.name[i],
        table.region[i],
        GRADES[table.grade[i]],
        month_text(judged),
        _next(table, i, begin, judged),
    )


def _next(table: Councils, i: int, begin: int, judged: int) -> str:
    from simulation.rules.inspection import months_to_next

    if table.first_month[i] >= 0:
        return month_text(begin + table.first_month[i])
    if table.start == FIRST_MONTH:
        return "after the pause"
    due = judged + months_to_next(table.grade[i], 0.5)
    return month_text(due) if due >= begin else f"{month_text(due)}, overdue"


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines)
