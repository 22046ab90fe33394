"""England's councils as rows of the table that a user may hand in, and that table as text."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from simulation.dates import FIRST_MONTH, month_number, month_of, month_text
from simulation.errors import InputError, nearest, shown
from simulation.evidence import read_rows
from simulation.evidence.cells import guarded
from simulation.evidence.own import COUNCIL_FILE_COLUMNS, ENGLISH
from simulation.evidence.reader import Row
from simulation.evidence.schema import REGIONS, WORST_GRADE

LAST_MONTH = "2021-03"
"""The last month in which a run of England's councils may start."""


def england_rows(start: str) -> list[Row]:
    """Return a row a council of England with the columns of ``COUNCIL_FILE_COLUMNS``, as it stood before ``start``.

    Args:
        start: calendar month of month 0 (YYYY-MM), from April 2018 to March 2021.

    Raises:
        InputError: the start is no such month.
    """
    begin = month_number(start, "start")
    if not month_number(FIRST_MONTH, "start") <= begin <= month_number(LAST_MONTH, "start"):
        covered = f"a month from {FIRST_MONTH} to {LAST_MONTH}, which the judgements of England's councils cover"
        raise InputError(f"start: expected {covered}, got {shown(start)}")
    judgements: dict[str, list[Row]] = {}
    for row in read_rows("judgements"):
        judgements.setdefault(row.cells["code"], []).append(row)
    return [Row(row.number, _cells(row.cells, judgements[row.cells["code"]], begin)) for row in read_rows("councils")]


def _cells(council: dict[str, Any], judgements: list[Row], begin: int) -> dict[str, Any]:
    """Return a council's cells: the grade held in the month ``begin`` and the first judgement from then on."""
    before = [judgement.cells for judgement in judgements if month_of(judgement.cells["published"]) < begin]
    after = [judgement.cells for judgement in judgements[len(before) :]]
    was_inadequate = any(judgement["grade"] == WORST_GRADE for judgement in before)
    return {
        "code": council["code"],
        "name": council["name"],
        "region": council["region"],
        "grade": before[-1]["grade"],
        "judged_on": before[-1]["published"],
        "next_judgement": month_of(after[0]["published"]) if after else None,
        "next_framework": after[0]["framework"] if after else None,
        "ever_inadequate": int(was_inadequate or council["ever_inadequate_2009_2018"] == 1),
        "deprivation_score": council["deprivation_score"],
        "children_in_need": float(council["children_in_need"]),
        "inspections": ENGLISH,
        "start": begin,
    }


def council_table(region: str | None = None, start: str | None = None) -> str:
    """Return England's councils as a CSV table that `load_councils` reads: the same councils, to the last bit.

    Args:
        region: one of England's nine regions; all of them where None.
        start: calendar month of month 0 (YYYY-MM), from April 2018 to March 2021; April 2018 where None.

    Raises:
        InputError: there is no such region, or the start is no such month.
    """
    if region is not None and region not in REGIONS:
        raise InputError(f"region: expected {', '.join(REGIONS)}, got {shown(region)}{nearest(region, REGIONS)}")
    begin = FIRST_MONTH if start is None else start
    rows = [row.cells for row in england_rows(begin) if region in {None, row.cells["region"]}]
    text = io.StringIO(newline="")
    text.write(f"# {region or 'England'}: {len(rows)} councils as they stood before {begin}.\n")
    text.write("# `sli councils --template` explains every column. This line and the one above may stay.\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in COUNCIL_FILE_COLUMNS])
    writer.writerows([_text(cells[column.name], column.kind) for column in COUNCIL_FILE_COLUMNS] for cells in rows)
    return text.getvalue()


def _text(value: str | float | date | None, kind: str) -> str:
    """Return a cell as the file has it: numbers with as many digits as give them back."""
    if value is None:
        return ""
    if kind == "month" and isinstance(value, int):
        return month_text(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return guarded(str(value))
