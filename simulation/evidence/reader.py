"""Reader: a CSV file against its schema, with one clear sentence for whatever is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from simulation.dates import month_text
from simulation.errors import InputError, nearest, shown
from simulation.evidence.cells import CELL_KINDS, CellValue, UnfitError
from simulation.evidence.schema import Column, Schema
from simulation.text_files import decoded, read_bytes


class Row(NamedTuple):
    """One row: its number as a spreadsheet shows it, and its values by column (None: blank)."""

    number: int
    cells: dict[str, Any]


def fault(file: str, row: int, column: str, expected: str, value: object) -> InputError:
    """Return the error for one cell: file, row, column, what was expected and what came."""
    came = "nothing" if value in ("", None) else shown(value) if isinstance(value, str) else str(value)
    return InputError(f"{file}, row {row}, column {column!r}: expected {expected}, got {came}")


def read_file(path: str | Path, table: Schema) -> list[Row]:
    """Return the rows of ``table`` from a CSV file: the one way in for every table that is handed in.

    Raises:
        InputError: the file cannot be read, is too large, or is no such table.
    """
    return parse_table(read_bytes(path, "CSV file"), str(path), table)


def parse_table(data: bytes, file: str, table: Schema) -> list[Row]:
    """Return the rows of ``table`` from the bytes of a file named ``file``.

    Rows whose first cell starts with ``#`` are comments and, like blank rows, are passed over.

    Raises:
        InputError: the bytes are not such a table; the message names file, row and column.
    """
    records = _records(decoded(data, file, "CSV file"), file)
    number, header = next(records, (0, []))
    if not header:
        raise InputError(f"{file}: expected a heading and rows, got an empty file")
    headings = _headings(header, number, file, table)
    rows = [_row(cells, number, file, headings) for number, cells in records]
    if not table.least_rows <= len(rows) <= table.most_rows:
        bounds = (
            f"{table.least_rows:,}"
            if table.least_rows == table.most_rows
            else f"{table.least_rows:,} to {table.most_rows:,}"
        )
        plural = "" if bounds == "1" else "s"
        raise InputError(f"{file}: expected {bounds} {table.noun}{plural}, got {len(rows):,}")
    for column in headings:
        _check_unique(rows, file, column)
        _check_together(rows, file, column)
        _check_alike(rows, file, column)
    _check_rising(rows, file, table)
    return rows


def _records(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is neither blank nor a comment, with its number."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            cells = [cell.strip() for cell in record]
            while cells and not cells[-1]:
                cells.pop()
            if cells and not cells[0].startswith("#"):
                yield number, cells
    except csv.Error as error:
        raise InputError(
            f"{file}, row {number + 1}: expected well-formed CSV, got a row that cannot be read ({error})"
        ) from None


def _headings(header: list[str], number: int, file: str, table: Schema) -> list[Column]:
    known = {column.name: column for column in table.columns}
    for name in header:
        if name not in known:
            expected = table.listed or f"one of the columns {', '.join(known)}"
            place = f", which is {table.places[name]}" if name in table.places else nearest(name, known)
            hint = f"{place}{table.help}"
            raise InputError(f"{file}, row {number}: expected {expected}, got {shown(name)}{hint}")
        if header.count(name) > 1:
            raise InputError(
                f"{file}, row {number}: expected each column once, got {name!r} {header.count(name)} times"
            )
    for column in table.columns:
        if column.name not in header and (column.required or not table.open_ended):
            came = f"{', '.join(header)}{table.help}"
            raise InputError(f"{file}, row {number}: expected the column {column.name!r}, got {came}")
    return [known[name] for name in header]


def _row(cells: list[str], number: int, file: str, columns: list[Column]) -> Row:
    if len(cells) > len(columns):
        raise InputError(f"{file}, row {number}: expected {len(columns)} cells, got {len(cells)}")
    padded = cells + [""] * (len(columns) - len(cells))
    return Row(
        number,
        {column.name: _value(text, number, file, column) for text, column in zip(padded, columns, strict=True)},
    )


def _value(text: str, number: int, file: str, column: Column) -> CellValue:
    if not text:
        if column.required:
            raise fault(file, number, column.name, expected_of(column), text)
        return None
    try:
        value = CELL_KINDS[column.kind].parse(text)
    except UnfitError as unfit:
        raise fault(file, number, column.name, str(unfit), text) from None
    except ValueError:
        raise fault(file, number, column.name, expected_of(column), text) from None
    if column.choices and value not in column.choices:
        error = fault(file, number, column.name, expected_of(column), text)
        raise InputError(f"{error}{nearest(text, column.choices)}")
    if isinstance(value, int | float) and not _within(value, column):
        raise fault(file, number, column.name, expected_of(column), text)
    return value


def _within(value: float, column: Column) -> bool:
    low_enough = column.high is None or value <= column.high
    high_enough = column.low is None or value >= column.low
    return low_enough and high_enough and (column.above is None or value > column.above)


def expected_of(column: Column) -> str:
    """Return what a cell of the column must be, in words."""
    if column.choices:
        return f"one of {', '.join(column.choices)}"
    expected = CELL_KINDS[column.kind].expected
    if column.low is not None and column.high is not None:
        return f"{expected} from {column.low:g} to {column.high:g}"
    if column.low is not None:
        return f"{expected}, {column.low:g} or more"
    return f"{expected} above {column.above:g}" if column.above is not None else expected


def _check_unique(rows: list[Row], file: str, column: Column) -> None:
    seen: dict[Any, int] = {}
    for row in rows if column.unique else ():
        value = row.cells[column.name]
        if value is not None and value in seen:
            expected = f"a {column.name} that comes once (it stands in row {seen[value]} too)"
            raise fault(file, row.number, column.name, expected, value)
        seen[value] = row.number


def _check_together(rows: list[Row], file: str, column: Column) -> None:
    filled = [row.cells[column.name] is not None for row in rows]
    if column.together and any(filled) and not all(filled):
        row = rows[filled.index(False)]
        raise fault(
            file,
            row.number,
            column.name,
            f"{expected_of(column)}, as in the other rows (or no cell filled at all)",
            None,
        )


def _check_alike(rows: list[Row], file: str, column: Column) -> None:
    if not column.alike:
        return
    first = rows[0].cells[column.name]
    for row in rows:
        value = row.cells[column.name]
        if value != first:
            expected = f"{_written(first, column)}, as in row {rows[0].number}: the same in every row"
            raise fault(file, row.number, column.name, expected, None if value is None else _written(value, column))


def _written(value: CellValue, column: Column) -> str:
    """Return a value as the file has it."""
    if value is None:
        return "nothing"
    return month_text(value) if column.kind == "month" and isinstance(value, int) else str(value)


def _check_rising(rows: list[Row], file: str, table: Schema) -> None:
    if not table.rising:
        return
    columns = {column.name: column for column in table.columns}
    keys = [tuple(row.cells[name] for name in table.rising) for row in rows]
    for row, before, key in zip(rows[1:], keys, keys[1:], strict=False):
        if key <= before:
            at = next((place for place, name in enumerate(table.rising) if key[place] != before[place]), -1)
            name = table.rising[at]
            last, came = (_written(one[at], columns[name]) for one in (before, key))
            raise fault(file, row.number, name, f"a {name} after {last} (rows in rising order)", came)
