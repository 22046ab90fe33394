"""England's councils as rows of the table that a user may hand in, and that table as text."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

from simulation.dates import FIRST_MONTH, month_number, month_of, month_text
from simulation.errors import InputError, nearest, shown
from simulation.evidence import read_rows
from simulation.evidence.cells import guarded
from simulation.evidence.makeup import Judged, councils_of
from simulation.evidence.own import COUNCIL_FILE_COLUMNS, ENGLISH
from simulation.evidence.reader import Row
from simulation.evidence.schema import REGIONS, WORST_GRADE

LAST_MONTH = "2026-04"
"""The last month in which a run of England's councils may start: the tables cover the judgements before it."""

_PAUSED = "2020-07"
"""The month after the last judgement before the pause of inspections."""


def england_rows(start: str, *, real_months: bool | None = None, folder: str | Path | None = None) -> list[Row]:
    """Return a row a council of England with the columns of ``COUNCIL_FILE_COLUMNS``, as it stood before ``start``.

    Args:
        start: calendar month of month 0 (YYYY-MM), from April 2018 to April 2026.
        real_months: whether first judgements fall in the months in which they were published from the start on. That
            was not known at the start, so it is for validation alone. None: from April 2018 those published to June
            2020 do, as the model was fitted; from any other month none does.
        folder: where the tables of facts lie; the package's own where None.

    Raises:
        InputError: the start is no such month, or the tables of a ``folder`` are not valid.
    """
    begin = month_number(start, "start")
    if not month_number(FIRST_MONTH, "start") <= begin <= month_number(LAST_MONTH, "start"):
        covered = f"a month from {FIRST_MONTH} to {LAST_MONTH}, which the judgements of England's councils cover"
        raise InputError(f"start: expected {covered}, got {shown(start)}")
    known_to = _known_to(begin, real_months=real_months)
    tables = {name: read_rows(name, folder) for name in ("councils", "council_changes")}
    judged = [*read_rows("judgements", folder), *read_rows("later_judgements", folder)]
    councils = councils_of(begin, tables["councils"], tables["council_changes"], judged)
    return [Row(number, _cells(council, begin, known_to)) for number, council in enumerate(councils, 2)]


def _known_to(begin: int, *, real_months: bool | None) -> int:
    """Return the month up to which, and not in it, first judgements fall in their real months."""
    if real_months is None and begin == month_number(FIRST_MONTH, "start"):
        return month_number(_PAUSED, "month")
    return month_number(LAST_MONTH, "month") if real_months else begin


def _cells(council: Judged, begin: int, known_to: int) -> dict[str, Any]:
    """Return a council's cells: the grade held in the month ``begin``, and the first judgement before ``known_to``."""
    before = [judgement for judgement in council.judgements if month_of(judgement["published"]) < begin]
    after = [one for one in council.judgements[len(before) :] if month_of(one["published"]) < known_to]
    failed = council.failed_before or any(judgement["grade"] == WORST_GRADE for judgement in before)
    return {
        "code": council.code,
        "name": council.name,
        "region": council.region,
        "grade": before[-1]["grade"],
        "judged_on": before[-1]["published"],
        "framework": before[-1]["framework"],
        "next_judgement": month_of(after[0]["published"]) if after else None,
        "next_framework": after[0]["framework"] if after else None,
        "ever_inadequate": int(failed),
        "deprivation_score": council.deprivation_score,
        "children_in_need": council.children_in_need,
        "inspections": ENGLISH,
        "start": begin,
    }


def council_table(region: str | None = None, start: str | None = None, *, real_months: bool | None = None) -> str:
    """Return England's councils as a CSV table that `load_councils` reads: the same councils, to the last bit.

    Args:
        region: one of England's nine regions; all of them where None.
        start: calendar month of month 0 (YYYY-MM), from April 2018 to April 2026; April 2018 where None.
        real_months: as in `england_rows`.

    Raises:
        InputError: there is no such region, or the start is no such month.
    """
    if region is not None and region not in REGIONS:
        raise InputError(f"region: expected {', '.join(REGIONS)}, got {shown(region)}{nearest(region, REGIONS)}")
    begin = FIRST_MONTH if start is None else start
    every = england_rows(begin, real_months=real_months)
    rows = [row.cells for row in every if region in {None, row.cells["region"]}]
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
