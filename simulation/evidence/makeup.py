"""Which councils England has in a month, and what a new council takes over from those before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from simulation.evidence.reader import Row

RowCells = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """A council with its judgements.

    Attributes:
        code, name, region: who it is.
        children_in_need: children in need at 31 March 2018 (children).
        deprivation_score: English indices of deprivation 2015, average score.
        failed_before: whether it, or a council before it, was judged inadequate from 2009 to March 2018.
        judgements: cells of its judgements by date; those of the councils before it come first.
    """

    code: str
    name: str
    region: str
    children_in_need: float
    deprivation_score: float
    failed_before: bool
    judgements: tuple[RowCells, ...]


def councils_of(begin: int, councils: Sequence[Row], changes: Sequence[Row], judgements: Iterable[Row]) -> list[Judged]:
    """Return England's councils of a month, in order of code.

    A council made after March 2018 has no figures of its own. Its children in need are those of the councils before
    it, a council that was split giving an equal part to each of those that followed it. Its deprivation is their mean,
    weighted by children. Until it is judged itself, the last judgement of the councils before it is its own.

    Args:
        begin: number of the month, as `simulation.dates.month_number` counts.
        councils: rows of the table ``councils``.
        changes: rows of ``council_changes``.
        judgements: rows of ``judgements`` and ``later_judgements``.
    """
    by_code: dict[str, list[RowCells]] = {}
    for row in judgements:
        by_code.setdefault(row.cells["code"], []).append(row.cells)
    ended = {row.cells["code"]: row.cells["last_month"] for row in changes if row.cells["last_month"] is not None}
    old = {row.cells["code"]: _first(row.cells, by_code) for row in councils}
    there = [council for code, council in old.items() if ended.get(code, begin) >= begin]
    new = [row.cells for row in changes if row.cells["first_month"] is not None]
    there += [_follower(cells, old, new, by_code) for cells in new if cells["first_month"] <= begin]
    return sorted(there, key=lambda council: council.code)


def _first(cells: RowCells, judgements: dict[str, list[RowCells]]) -> Judged:
    """Return a council of March 2018."""
    return Judged(
        code=cells["code"],
        name=cells["name"],
        region=cells["region"],
        children_in_need=float(cells["children_in_need"]),
        deprivation_score=cells["deprivation_score"],
        failed_before=cells["ever_inadequate_2009_2018"] == 1,
        judgements=tuple(judgements.get(cells["code"], ())),
    )


def _follower(
    cells: RowCells, old: dict[str, Judged], new: Sequence[RowCells], judgements: dict[str, list[RowCells]]
) -> Judged:
    """Return a council that was made after March 2018."""
    before = [old[code] for code in predecessors(cells)]
    parts = [one.children_in_need / sum(one.code in predecessors(other) for other in new) for one in before]
    children = sum(parts)
    earlier = sorted((judged for one in before for judged in one.judgements), key=lambda judged: judged["published"])
    return Judged(
        code=cells["code"],
        name=cells["name"],
        region=cells["region"],
        children_in_need=children,
        deprivation_score=sum(part * one.deprivation_score for part, one in zip(parts, before, strict=True)) / children,
        failed_before=any(one.failed_before for one in before),
        judgements=(*earlier, *judgements.get(cells["code"], ())),
    )


def predecessors(cells: RowCells) -> list[str]:
    """Return the codes of the councils whose duties a council of ``council_changes`` took on."""
    return [code.strip() for code in (cells["predecessors"] or "").split(";") if code.strip()]
