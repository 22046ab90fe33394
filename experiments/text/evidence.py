"""Evidence as text: what the model rests on, as ``sli evidence`` prints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from textwrap import fill
from typing import Any

from simulation.evidence import Source, describe_tables, licence_terms, not_found, read_rows

_WIDTH = 100


def evidence_text() -> str:
    """Return what the model rests on: tables and their sources, single facts, and what was not found."""
    tables = "\n\n".join(_table_text(source) for source in describe_tables())
    missing = "\n".join(_wrap(f"{missing.what}: {missing.instead}", 1) for missing in not_found())
    licences = "\n".join(_wrap(f"{name}: {terms}", 1) for name, terms in licence_terms().items())
    parts = (
        ("What the model rests on", tables),
        ("Single facts", _facts("facts", "topic")),
        ("Programmes of support", _facts("programmes", "programme")),
        ("Looked for and not found", missing),
        ("Licences", licences),
    )
    return "\n\n".join(f"{title}\n{'-' * len(title)}\n{text}" for title, text in parts) + "\n"


def _table_text(source: Source) -> str:
    about = (
        ("publisher", source.publisher),
        ("source", source.source),
        ("licence", source.licence),
        ("period", source.period),
        ("note", source.note),
    )
    title = f"{source.table} ({source.rows} rows): {source.meaning}"
    return "\n".join([_wrap(title, 0), *(_wrap(f"{name}: {text}", 1) for name, text in about)])


def _facts(table: str, group: str) -> str:
    rows = [row.cells for row in read_rows(table)]
    return "\n".join(_by_group(rows, group))


def _by_group(rows: list[dict[str, Any]], group: str) -> Iterator[str]:
    places = list(dict.fromkeys(row[group] for row in rows))
    for name, members in groupby(sorted(rows, key=lambda row: places.index(row[group])), lambda row: row[group]):
        yield str(name)
        for row in members:
            yield _wrap(fact_text(row), 1)


def fact_text(row: Mapping[str, Any]) -> str:
    """Return a row of ``facts`` or ``programmes`` in words: figure, unit, period, source, licence, caveat."""
    when = "; ".join(row[name] for name in ("period", "basis") if row.get(name))
    figure = " ".join(part for part in (_figure(row), row["unit"], f"({when})" if when else "") if part)
    caveat = f" Caveat: {row['caveat']}." if row["caveat"] else ""
    return f"{row['fact']}: {figure}. Source: {row['source']} ({row['licence']}).{caveat}"


def _figure(row: Mapping[str, Any]) -> str:
    if row["value"] is None and row["low"] is None:
        return str(row["words"])
    bounds = "" if row["low"] is None else f"{row['low']:g} to {row['high']:g}"
    if row["value"] is None:
        return bounds
    return f"{row['value']:g} [{bounds}]" if bounds else f"{row['value']:g}"


def _wrap(text: str, depth: int) -> str:
    indent = "  " * depth
    return fill(text, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)
