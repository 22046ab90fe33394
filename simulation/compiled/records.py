"""The state variables as NumPy records, with the names of the state classes and 64 bits each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, get_type_hints

import numpy as np
from numpy.typing import NDArray

from simulation.coefficients import Coefficients
from simulation.premises import ArmLevers, CouncilFacts
from simulation.regimes import Deployment
from simulation.state import (
    ArmTerms,
    ChiefState,
    CouncilState,
    DirectorState,
    LinkState,
    MonthState,
    PanelState,
    SectionState,
    SectorState,
    SlotState,
)

Records = NDArray[np.void]

_KINDS = {int: np.int64, float: np.float64, bool: np.bool_}
_SERVICES = 4


def record_type(state: type) -> np.dtype[np.void]:
    """Return the record type of a state class: numbers by name, a chief nested, a list as four numbers."""
    hints = get_type_hints(state)
    entries: list[Any] = []
    for field in fields(state):
        kind = hints[field.name]
        if kind is ChiefState:
            entries.append((field.name, record_type(ChiefState)))
        elif kind in _KINDS:
            entries.append((field.name, _KINDS[kind]))
        elif kind == list[float]:
            entries.append((field.name, np.float64, (_SERVICES,)))
    return np.dtype(entries, align=True)


def as_records(states: Sequence[Any], kind: np.dtype[np.void]) -> Records:
    """Return the states as records of this ``kind``, in their order."""
    flat, read = _flattened(kind)
    return np.array([*map(read, states)], flat).view(kind)


@cache
def _flattened(kind: np.dtype[np.void]) -> tuple[np.dtype[np.void], Callable[[Any], tuple[Any, ...]]]:
    """Return the same bytes as a type without nested records, and what reads its entries off a state."""
    entries = dict(_entries(kind))
    formats, offsets = zip(*entries.values(), strict=True)
    layout: Any = {"names": list(entries), "formats": formats, "offsets": offsets, "itemsize": kind.itemsize}
    return np.dtype(layout), attrgetter(*entries)


def _entries(kind: np.dtype[np.void], within: str = "", offset: int = 0) -> Iterator[tuple[str, tuple[Any, int]]]:
    """Yield the path of every entry that is no record itself, with its type and its place."""
    fields: Any = kind.fields
    for name, (part, place, *_) in fields.items():
        if part.names:
            yield from _entries(part, f"{within}{name}.", offset + place)
        else:
            yield f"{within}{name}", (part, offset + place)


class Columns:
    """Entries of records of one kind, by name, as compiled code reads them: by their place in the records' memory."""

    def __init__(self, kind: np.dtype[np.void], names: Sequence[str]) -> None:
        """Find where entries of this ``kind`` stand, each of 64 bits."""
        fields: Any = kind.fields
        self._places = np.array([fields[name][1] // 8 for name in names])
        self._is_whole = np.array([kind[name] == np.int64 for name in names])

    def of(self, records: Records) -> tuple[NDArray[Any], ...]:
        """Return the records' memory as numbers and as whole numbers, a row a record, and what to read of a row."""
        rows = (len(records), -1)
        return (
            records.view(np.float64).reshape(rows),
            records.view(np.int64).reshape(rows),
            self._places,
            self._is_whole,
        )


def copied(records: Records) -> Records:
    """Return a copy, made as bytes: NumPy copies records a field at a time."""
    return records.view(np.uint8).copy().view(records.dtype)


COUNCIL, DIRECTOR, SECTOR, MONTH, PANEL, LINK, SLOT, SECTION, ARM, COEFFICIENTS, DEPLOYMENT, FACTS, ARM_LEVERS = (
    record_type(state)
    for state in (
        CouncilState,
        DirectorState,
        SectorState,
        MonthState,
        PanelState,
        LinkState,
        SlotState,
        SectionState,
        ArmTerms,
        Coefficients,
        Deployment,
        CouncilFacts,
        ArmLevers,
    )
)


class Work(NamedTuple):
    """Room to work in, as arrays that compiled code takes for sequences.

    Attributes:
        links: links of support, records of `LINK`.
        slots: shelves of givers, records of `SLOT`.
        sections: sections of the shelves, records of `SECTION`.
        estimates: councils' estimated quality.
        places: councils in some order.
        parts: room for sorting, one a council.
        begin: room for sorting, one a council and one more.
        region_gaps: each region's mean quality less the nation's.
        region_counts: each region's councils.
        at_risk: spells of failure under way, by months since the judgement.
        mended: those of them that ended in good.
    """

    links: Any
    slots: Any
    sections: Any
    estimates: Any
    places: Any
    parts: Any
    begin: Any
    region_gaps: Any
    region_counts: Any
    at_risk: Any
    mended: Any


class Month(NamedTuple):
    """The month in hand, as compiled code sees it: records that stand for states, and the month's luck.

    Attributes:
        councils: records of `COUNCIL` in order of code, each with its chief.
        directors: records of `DIRECTOR` in order of creation; ``sector.directors`` of them are in use.
        sector: a record of `SECTOR`.
        row: the record of `MONTH` in which the month is recorded.
        panel: records of `PANEL`, a council each, in which the month is recorded too; empty where none is asked for.
        c: a record of `COEFFICIENTS`.
        arms: records of `ARM`.
        deployment: a record of `DEPLOYMENT`.
        work: room to work in.
        luck: the month's draws, a row a decision and a column a council.
        pause: first month of the pause of inspections and first month after it.
    """

    councils: Any
    directors: Any
    sector: Any
    row: Any
    panel: Any
    c: Any
    arms: Any
    deployment: Any
    work: Work
    luck: Any
    pause: tuple[int, int]
