"""Schema: what a column and a table are, and the names that tables may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

WORST_GRADE = "inadequate"
GRADES = (WORST_GRADE, "requires_improvement", "good", "outstanding")
"""Ofsted's grades from worst to best; a grade's number is its place here (0 to 3)."""

REGIONS = (
    "East Midlands",
    "East of England",
    "London",
    "North East",
    "North West",
    "South East",
    "South West",
    "West Midlands",
    "Yorkshire and The Humber",
)
"""The nine regions of England."""

SIF_REINSPECTION, ILACS_FRAMEWORK = "sif_reinspection", "ilacs"
FRAMEWORKS = ("sif", SIF_REINSPECTION, ILACS_FRAMEWORK)
"""Single inspection framework (2013 on), its re-inspections of inadequate councils, and ILACS (2018 on)."""

LICENCES = ("OGL v3", "quoted fact")
"""Open Government Licence v3.0, or a single published figure quoted with its source."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: the heading in the file.
        kind: a key of ``CELL_KINDS``: text, code, integer, number, date, month or year.
        meaning: what the column holds, with its unit.
        required: whether every cell must be filled.
        default: what a blank means where a cell need not be.
        low, high: the least and the greatest value allowed (None: no limit), in the unit of the column.
        above: as ``low``, but the limit itself is refused.
        choices: the only values allowed, if not empty.
        unique: whether no value may come twice.
        together: whether the column is filled in every row or in none.
        alike: whether every row must hold the same, or none anything.
    """

    name: str
    kind: str
    meaning: str
    required: bool = True
    default: str = "not found"
    low: float | None = None
    high: float | None = None
    above: float | None = None
    choices: tuple[str, ...] = ()
    unique: bool = False
    together: bool = False
    alike: bool = False


@dataclass(frozen=True)
class Schema:
    """One table: its columns, those whose values rise strictly from row to row, and how many rows it holds.

    ``open_ended`` tables may lack columns that are not required. ``noun`` is what messages call a row. ``listed`` says
    in messages which columns there are, where they are too many to name. ``help`` says where to find a table that has
    the right ones, and ``places`` of a name that is no column what it is instead.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rising: tuple[str, ...] = ()
    least_rows: int = 1
    most_rows: int = 5000
    noun: str = "row"
    open_ended: bool = False
    listed: str = ""
    help: str = ""
    places: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"

    @property
    def column_names(self) -> tuple[str, ...]:
        """The headings in order."""
        return tuple(column.name for column in self.columns)
