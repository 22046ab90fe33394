"""What a report is made of: sections that hold paragraphs, pictures and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

from experiments.figures import Mark
from experiments.text.numbers import digits, with_sign

_SHORT = 14
_ROW = 2
_MANY = 7


@dataclass(frozen=True)
class Table:
    """A table as read: a row's first cell is its heading.

    Attributes:
        caption: what the table holds.
        columns: headings.
        rows: cells as text, one a column.
        words: places of the columns, beside the first, that hold words and not numbers.
        verdict: place of the column that is read first, which heads the card on a narrow screen; None without one.
        printed: whether it stands in print too; what does not is in a file of the results.
        parted: whether it may run over to the next page however short it is, for its rows are long.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: frozenset[int] = frozenset()
    verdict: int | None = None
    printed: bool = True
    parted: bool = False

    @property
    def short(self) -> bool:
        """Whether it is kept on one page in print."""
        return len(self.rows) <= _SHORT and not self.parted

    @property
    def many(self) -> bool:
        """Whether it has so many columns that its first is given room of its own in print."""
        return len(self.columns) > _MANY


@dataclass(frozen=True)
class Picture:
    """A figure, what it shows in words for those who cannot see it, and the table under it.

    Attributes:
        name: of its file in ``figures/``, without the ending.
        figure: drawn, ready to be written.
        alt: what it shows, with its numbers.
        caption: what to look for.
        table: the numbers; None where one of the section's own tables has them.
        printed: whether it stands in print too; what does not has its numbers in a table that does.
    """

    name: str
    figure: Figure
    alt: str
    caption: str
    table: Table | None = None
    printed: bool = True


@dataclass(frozen=True)
class Section:
    """A part of the report.

    Attributes:
        name: its anchor.
        title: its heading.
        lead: paragraphs that open it.
        pictures: figures, two a row where there is room.
        tables: tables that stand open.
        folded: tables that open on a click, and always in print.
        closing: paragraphs that end it.
    """

    name: str
    title: str
    lead: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    folded: tuple[Table, ...] = ()
    closing: tuple[str, ...] = ()

    def below(self) -> tuple[Table, ...]:
        """Return the tables under the pictures: theirs first, then the section's own."""
        return (*(picture.table for picture in self.pictures if picture.table), *self.folded)

    @property
    def beside(self) -> bool:
        """Whether its one picture stands beside its paragraphs."""
        return len(self.pictures) == 1

    @property
    def together(self) -> bool:
        """Whether its pictures and the first table under them are kept on one page in print."""
        under = [table for table in self.below() if table.printed]
        return len(self.pictures) == _ROW and bool(under) and under[0].short


@dataclass(frozen=True)
class Report:
    """The whole report, ready to be laid out."""

    title: str
    question: str
    answer: tuple[str, ...]
    subject: str
    verdict: str
    purpose: str
    note: str
    turns: tuple[str, ...]
    front: Section
    sections: tuple[Section, ...]
    about: tuple[tuple[str, str], ...] = field(default=())
    regimes: tuple[tuple[str, str], ...] = field(default=())

    def pictures(self) -> Iterator[Picture]:
        """Yield every picture in the order of the page."""
        for section in (self.front, *self.sections):
            yield from section.pictures


def spoken_panels(panels: Mapping[str, Sequence[Mark]]) -> str:
    """Return what a figure of panels shows in words, for those who cannot see it."""
    return " ".join(
        f"{regime}: {', '.join(f'{mark.label} {with_sign(mark.value, digits(mark.value))}' for mark in marks)}."
        for regime, marks in panels.items()
    )
