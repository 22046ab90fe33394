"""Gather the pages of the site: of docs/, the lessons, those that stand elsewhere, and those made from the code."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from tools.site.command_pages import command_pages
from tools.site.links import retarget
from tools.site.python_pages import python_pages
from tools.site.reading import reading_line

ROOT = Path(__file__).resolve().parents[2]
LESSONS = "experiments/lessons"
ELSEWHERE = {
    "CHANGELOG.md": "look_up/changelog.md",
    "CONTRIBUTING.md": "do/contributing.md",
    "results/README.md": "look_up/worked_example.md",
}
"""Pages that stand outside docs/, each with its place on the site."""
FRONT = {"README.md": "index.md"}
"""A page that is not shown, and the one which stands for it."""
_NOT_PAGES = {"conf.py", "_static", "_templates"}


@dataclass
class Staging:
    """Where pages are gathered: `stage` copies and makes them, and every file that a page links to.

    Attributes:
        target: the folder, made anew.
        root: the project's.
        places: the staged path of each file of the project that has one, both from their roots.
    """

    target: Path
    root: Path = ROOT
    places: dict[str, str] = field(default_factory=dict)

    def stage(self, made: dict[str, str]) -> None:
        """Gather everything.

        Args:
            made: text by staged path: the pages that are made, besides those of commands and of Python's names.

        Raises:
            OSError: a file cannot be read or written.
        """
        shutil.rmtree(self.target, ignore_errors=True)
        generated = command_pages() | python_pages() | made
        copied = self._known_places()
        self.places = copied | FRONT | {f"docs/{place}": place for place in generated}
        for origin, place in copied.items():
            self._copy(origin, place)
        for place, text in generated.items():
            self._write(place, text)

    def place_of(self, origin: str) -> str:
        """Return the staged path of a file of the project; one that is no page is copied under ``files/``."""
        known = self.places.get(origin)
        if known is None:
            known = f"files/{origin}"
            if (self.root / origin).is_file():
                self.places[origin] = known
                self._copy(origin, known, as_it_is=True)
        return known

    def _known_places(self) -> dict[str, str]:
        docs = self.root / "docs"
        found = {
            path.relative_to(self.root).as_posix(): path.relative_to(docs).as_posix()
            for path in sorted(docs.rglob("*"))
            if path.is_file() and not _NOT_PAGES & set(path.relative_to(docs).parts)
        }
        lessons = sorted((self.root / LESSONS).glob("*.md"))
        found |= {f"{LESSONS}/{path.name}": f"learn/lessons/{path.name}" for path in lessons}
        return found | ELSEWHERE

    def _copy(self, origin: str, place: str, *, as_it_is: bool = False) -> None:
        source = self.root / origin
        if as_it_is or source.suffix != ".md":
            (self.target / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, self.target / place)
            return
        text = retarget(source.read_text(encoding="utf-8"), origin, place, self.place_of)
        self._write(place, text if place == FRONT["README.md"] else reading_line(text))

    def _write(self, place: str, text: str) -> None:
        (self.target / place).parent.mkdir(parents=True, exist_ok=True)
        (self.target / place).write_text(text, encoding="utf-8")
