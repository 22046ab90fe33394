"""Which lessons there are: each asks a question, and says how long it takes to read. The files say it themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_NAME = re.compile(r"(\d\d)_\w+\.md")
_QUESTION = re.compile(r"^# (.+)$", re.MULTILINE)
_MINUTES = re.compile(r"^\*\*Time\.\*\* (\d+) minutes to read", re.MULTILINE)


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Attributes:
        number: from 1, in the order in which they are read.
        file: its name, without a folder.
        question: its first heading, which asks what it answers.
        minutes: that it takes to read, as it says itself.
        text: the notebook, in MyST Markdown.
    """

    number: int
    file: str
    question: str
    minutes: int
    text: str


@cache
def all_lessons() -> tuple[Lesson, ...]:
    """Return the lessons in their order.

    >>> [lesson.file for lesson in all_lessons()][:2]
    ['01_one_run.md', '02_two_regimes.md']
    """
    found = [one for one in files("experiments.lessons").iterdir() if _NAME.fullmatch(one.name)]
    return tuple(_read(one) for one in sorted(found, key=lambda one: one.name))


def lessons_text() -> str:
    """Return the lessons as text, a line each: its number, minutes to read, and its question."""
    return "\n".join(f"{one.number}  {one.minutes:>2} minutes  {one.question}" for one in all_lessons())


def _read(file: Traversable) -> Lesson:
    text = file.read_text(encoding="utf-8")
    question, minutes = _QUESTION.search(text), _MINUTES.search(text)
    if question is None or minutes is None:
        raise ValueError(f"{file.name}: expected a heading, and a line that begins with **Time.** and its minutes")
    return Lesson(int(file.name[:2]), file.name, question[1], int(minutes[1]), text)
