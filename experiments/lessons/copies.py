"""Copies of the lessons for a reader: notebooks that open anywhere, or the plain text that they are written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from errno import ENOTDIR
from importlib.util import find_spec
from os import strerror
from pathlib import Path
from typing import Any

from experiments.files.whole import write_text
from experiments.lessons.catalogue import Lesson, all_lessons

JUPYTER_PARTS = ("jupyterlab", "jupytext")
"""What the extra `lessons` installs: one opens notebooks, the other makes them from text."""
NOTEBOOK, TEXT = ".ipynb", ".md"
GUIDE = "README.md"

_FENCED = re.compile(r"^(`{3,})[^\n]*\n.*?^\1[ ]*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[([^\[\]]+)\]\((?!https?:)([^)\s]+)\)")
_FOLDED = ("hide-cell", "hide-input")
_CHECK = re.compile(r"^```\{code-cell\}[^\n]*\n:tags: \[remove-cell\]\n.*?^```\n\n?", re.MULTILINE | re.DOTALL)
"""A cell that holds the words beside it to the numbers: it is the project's own, and is not shown."""


@dataclass(frozen=True)
class Copied:
    """What became of the files of a folder, by name.

    Attributes:
        written: those that were not there, or were replaced.
        same: those that were there as they would be written.
        left: those that are there and are not, which stay as they are.
    """

    written: tuple[str, ...]
    same: tuple[str, ...]
    left: tuple[str, ...]


def jupyter_is_there() -> bool:
    """Return whether the extra `lessons` is installed."""
    return all(find_spec(name) is not None for name in JUPYTER_PARTS)


def copy_lessons(folder: Path, *, notebooks: bool, force: bool = False) -> Copied:
    """Write the lessons and a guide to them into a folder; a file that a reader changed stays.

    Args:
        folder: made if it is missing.
        notebooks: whether as notebooks; as text if not.
        force: replace what is there.

    Raises:
        OSError: the folder cannot be made or written.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(ENOTDIR, strerror(ENOTDIR), str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    became: dict[str, list[str]] = {"written": [], "same": [], "left": []}
    for name, text in copies(notebooks=notebooks).items():
        became[_put(folder / name, text, force=force)].append(name)
    return Copied(**{kind: tuple(names) for kind, names in became.items()})


def copies(*, notebooks: bool) -> Mapping[str, str]:
    """Return the text of every file that a reader gets, by name: a guide first, then the lessons."""
    suffix = NOTEBOOK if notebooks else TEXT
    make: Callable[[Lesson], str] = notebook_of if notebooks else text_of
    names = {Path(one.file).with_suffix(suffix).name: make(one) for one in all_lessons()}
    return {GUIDE: _guide(suffix), **names}


def text_of(lesson: Lesson, suffix: str = TEXT) -> str:
    """Return a lesson's text with its links to pages that do not come along as plain words, and without its checks."""
    shown = _CHECK.sub("", lesson.text)
    return "".join(_pieces(shown, lambda prose: _LINK.sub(lambda link: _told(link, suffix), prose)))


def notebook_of(lesson: Lesson) -> str:
    """Return a lesson as a Jupyter notebook, in JSON: nothing was run, and worked answers are folded."""
    import jupytext

    notebook: Any = jupytext.reads(text_of(lesson, NOTEBOOK), fmt="md:myst")
    notebook.metadata.pop("jupytext", None)
    for place, cell in enumerate(notebook.cells):
        # Jupytext draws the cells' names by chance: a copy is to be the same every time.
        cell.id = f"lesson-{lesson.number}-cell-{place}"
        if set(cell.metadata.get("tags", ())) & set(_FOLDED):
            cell.metadata["jupyter"] = {"source_hidden": True}
    return str(jupytext.writes(notebook, fmt="ipynb"))


def _put(path: Path, text: str, *, force: bool) -> str:
    """Write a file unless it is there, and return what became of it."""
    if path.is_file() and path.read_bytes() == text.encode():
        return "same"
    if path.exists() and not force:
        return "left"
    write_text(path, text)
    return "written"


def _pieces(text: str, change: Callable[[str], str]) -> Iterator[str]:
    """Yield a text piece by piece: what stands in fences as it is, and the rest changed."""
    end = 0
    for fence in _FENCED.finditer(text):
        yield change(text[end : fence.start()])
        yield fence[0]
        end = fence.end()
    yield change(text[end:])


def _told(link: re.Match[str], suffix: str) -> str:
    """Return a link to another lesson as one to its copy, and any other as its words."""
    words, target = link[1], link[2]
    return f"[{words}]({Path(target).with_suffix(suffix)})" if "/" not in target else words


def _guide(suffix: str) -> str:
    rows = (
        f"| [{one.number}. {one.question}]({Path(one.file).with_suffix(suffix)}) | {one.minutes} |"
        for one in all_lessons()
    )
    return "\n".join(
        (
            "# Lessons",
            "",
            "Begin with lesson 1. The first two belong together; take the others in any order.",
            "Run a lesson cell by cell from its top. What it makes goes to the folder `results` beside it.",
            "The code of an answer is folded: try the exercise first, and then click the three dots to see it.",
            "The glossary is `docs/look_up/glossary.md` in the project's folder, and a page of the site.",
            "Everything here is an illustration of a model, and no forecast for any council.",
            "",
            "| Question | Minutes to read |",
            "| --- | --- |",
            *rows,
            "",
        )
    )
