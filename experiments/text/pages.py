"""Pages that a command fills in: what stands between the two markers of a slot is made, all else is the author's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from experiments.files.whole import write_text
from simulation.errors import InputError
from simulation.text_files import read_text

END = "<!-- end -->"
RESULTS = "results"
"""The slot of a page that has but one."""
_SLOT = re.compile(rf"<!-- (?P<kind>\w+): (?P<name>[^>]+?) -->\n(?:(?!<!-- ).)*{END}", re.DOTALL)


@dataclass(frozen=True)
class Slots:
    """The slots of a page that one command fills, each from ``<!-- kind: name -->`` to ``<!-- end -->``."""

    kind: str

    def begin(self, name: str) -> str:
        """Return the line that begins a slot.

        >>> Slots("bench").begin("runs")
        '<!-- bench: runs -->'
        """
        return f"<!-- {self.kind}: {name} -->"

    def fill(self, text: str, make: Callable[[str], str]) -> str:
        """Return a page's text with every slot of this kind filled anew; ``make`` returns the content of a name."""

        def filled(match: re.Match[str]) -> str:
            if match["kind"] != self.kind:
                return match[0]
            content = make(match["name"]).rstrip("\n")
            return f"{self.begin(match['name'])}\n{content}\n{END}"

        return _SLOT.sub(filled, text)

    def read(self, page: Path, names: Iterable[str]) -> str:
        """Return the text of a page on which each of the slots ``names`` stands once.

        Raises:
            InputError: the page cannot be read, or has not each of the slots once.
        """
        text = read_text(page, "page to renew")
        times = Counter(match["name"] for match in _SLOT.finditer(text) if match["kind"] == self.kind)
        for name in names:
            if times[name] != 1:
                raise InputError(f"{page}: expected one {self.begin(name)} with {END} below it, got {times[name]}")
        return text

    def renew(self, page: Path, contents: Mapping[str, str]) -> None:
        """Fill the slots of a page anew, whole or not at all: the content of each by its name.

        Raises:
            InputError: the page cannot be read, or has not each of the slots once.
            OSError: it cannot be written.
        """
        text = self.read(page, contents)
        write_text(page, self.fill(text, contents.__getitem__))

    def renew_all(self, pages: Iterable[Path], make: Callable[[str], str], *, write: bool) -> list[Path]:
        """Return the pages on which a slot is not as ``make`` makes it, and fill them anew if ``write``.

        Raises:
            OSError: a page cannot be read or written.
        """
        stale = []
        for page in pages:
            before = page.read_text(encoding="utf-8")
            after = self.fill(before, make)
            if before != after:
                stale.append(page)
                if write:
                    write_text(page, after)
        return stale


def table(heads: Iterable[str], rows: Iterable[Iterable[object]], *, numbers: bool = False) -> str:
    """Return a Markdown table; arguments are those of `table_lines`."""
    return "".join(f"{line}\n" for line in table_lines(heads, rows, numbers=numbers))


def table_lines(heads: Iterable[str], rows: Iterable[Iterable[object]], *, numbers: bool = False) -> Iterator[str]:
    """Yield the lines of a Markdown table.

    Args:
        heads: names of the columns.
        rows: a cell a column.
        numbers: set all columns but the first to the right.
    """
    columns = tuple(heads)
    rule = ("---", *(("---:" if numbers else "---",) * (len(columns) - 1)))
    for cells in (columns, rule, *(tuple(cell(value) for value in row) for row in rows)):
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
