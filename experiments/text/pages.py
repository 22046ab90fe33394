"""Pages whose tables a command makes anew: what stands between two markers is made, all else is the author's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from experiments.files.whole import write_text
from simulation.errors import InputError
from simulation.text_files import read_text


@dataclass(frozen=True)
class Markers:
    """The two lines of a page between which its tables stand."""

    begin: str
    end: str

    def around(self, page: Path) -> tuple[str, str]:
        """Return what stands before and after the tables of a page.

        Raises:
            InputError: the page cannot be read, or has no such markers.
        """
        text = read_text(page, "page to renew")
        if text.count(self.begin) != 1 or text.count(self.end) != 1:
            raise InputError(f"{page}: expected one {self.begin} and one {self.end}, got another number of them")
        before, rest = text.split(self.begin)
        return before, rest.split(self.end)[1]

    def renew(self, page: Path, lines: Iterable[str]) -> None:
        """Write lines between the markers of a page, whole or not at all.

        Raises:
            InputError: the page cannot be read, or has no such markers.
            OSError: it cannot be written.
        """
        before, after = self.around(page)
        write_text(page, "\n".join([before + self.begin, *lines, self.end + after]))


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table."""
    return "".join(f"{line}\n" for line in table_lines(heads, rows))


def table_lines(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    named = tuple(heads)
    for cells in (named, ("---",) * len(named), *(tuple(cell(value) for value in row) for row in rows)):
        yield f"| {' | '.join(cells)} |"


def cell(value: object) -> str:
    """Return a value as a cell of a Markdown table.

    >>> cell(0.5), cell((4.0, 14.0)), cell(True), cell(None)
    ('0.5', '4 to 14', 'yes', '')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.10g}"
    if isinstance(value, tuple):
        return " to ".join(map(cell, value))
    return "" if value is None else str(value).replace("|", "\\|")
