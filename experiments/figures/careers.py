"""Careers of directors: a row a director, a bar a post, coloured by the grade that the council holds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, GREY, WIDTH, Sheet, Words, blank, trim
from experiments.figures.dates import set_dates
from experiments.figures.paper import laid_paper
from experiments.figures.tiles import GRADE_COLOURS, GRADE_LETTERS
from experiments.text.dates import period_words
from experiments.text.names import grade_words, sentence
from simulation.councils import GRADES

ENDS: Mapping[str, tuple[str, str]] = {
    "dismissed": ("X", "dismissed"),
    "left": (">", "left by choice"),
    "moved": ("D", "moved to another council"),
    "trust": ("P", "removed to a trust"),
}
"""How a post ends -> its mark and its words; a post that goes on at the end of the run has none."""
_ROW, _LOWER_ROW = 0.36, 0.27
_TALL = 0.34
_LETTER = 0.057
_GRADE_LETTER = 0.2
_LEFT = 0.75


@in_own_style
def careers_figure(
    posts: pd.DataFrame, judgements: pd.DataFrame, *, start: str, months: int, title: str, note: str
) -> Figure:
    """Return a row a director, in the order of ``posts``.

    Args:
        posts: a row a post: director (a number), council (as written), first and last (months), end (one of `ENDS`, or
            empty), and served (months in it at its end, those before the run among them).
        judgements: a row a month and director: month, director, grade (held from then on, a number), judged (whether by
            a judgement of that month; else the grade found at the start of the post).
        start: calendar month of month 0, ``YYYY-MM``.
        months: in the run.
        title: what is shown.
        note: runs and seed.
    """
    directors = list(dict.fromkeys(posts["director"].tolist()))
    paper = laid_paper()
    row = _LOWER_ROW if paper is not None and paper.flat else _ROW
    words = Words(title, note, period_words(start, months))
    sheet = blank(words, row * max(1, len(directors)), keys=5, left=_LEFT, width=WIDTH)
    axis = sheet.axes[0]
    axis.set_xlim(-1, months + 2)
    axis.set_ylim(len(directors) - 0.35, -0.75)
    inch = (0.98 * sheet.figure.get_figwidth() - _LEFT) / (months + 3)
    for place, director in enumerate(directors):
        own = posts[posts["director"] == director]
        _career(axis, place, own, judgements[judgements["director"] == director], inch)
    axis.set_yticks(range(len(directors)), [f"director {director}" for director in directors])
    axis.tick_params(axis="y", length=0, labelsize=7)
    set_dates(axis, start, months)
    trim(sheet.axes, 1, across_only=True)
    _key(sheet)
    return sheet.figure


def _career(axis: Axes, place: int, posts: pd.DataFrame, judgements: pd.DataFrame, inch: float) -> None:
    """Draw a director's posts; ``inch`` is how many inches a month is wide."""
    for post in posts.to_dict("records"):
        first, last = int(post["first"]), int(post["last"])
        held = judgements[(judgements["month"] >= first) & (judgements["month"] <= last)].to_dict("records")
        ends = [*(int(one["month"]) for one in held[1:]), last + 1]
        letter = math.ceil(_GRADE_LETTER / inch)
        for one, end in zip(held, ends, strict=True):
            width = end - int(one["month"])
            axis.add_patch(
                Rectangle((int(one["month"]), place - _TALL / 2), width, _TALL, linewidth=0,
                          facecolor=GRADE_COLOURS[int(one["grade"])])
            )  # fmt: skip
            if one["judged"]:
                _judgement(axis, int(one["month"]), place, int(one["grade"]), written=width > letter)
        axis.plot([first, first], [place - _TALL / 2, place + _TALL / 2], color=BLACK, linewidth=1.2)
        if post["end"]:
            mark, _ = ENDS[str(post["end"])]
            axis.plot([last + 1], [place], mark, color=BLACK, markersize=4.5, markeredgewidth=0.5, zorder=4,
                      markeredgecolor="white")  # fmt: skip
        _label(axis, place, post, inch)


def _judgement(axis: Axes, month: int, place: int, grade: int, *, written: bool) -> None:
    axis.plot([month, month], [place - _TALL / 2, place + _TALL / 2], color="white", linewidth=1.0)
    if not written:
        return
    ink = BLACK if grade < len(GRADES) - 1 else "white"
    axis.text(month + 1.0, place, GRADE_LETTERS[grade], fontsize=7, color=ink, ha="left", va="center", clip_on=True)


def _label(axis: Axes, place: int, post: Mapping[object, object], inch: float) -> None:
    """Write above a post which council it is at and how many months it lasted, as far as there is room."""
    first, last = int(str(post["first"])), int(str(post["last"]))
    room = int((last + 1 - first) * inch / _LETTER)
    for text in (f"{post['council']}: {post['served']} months", f"{post['council']}"):
        if len(text) <= room:
            axis.text(first, place - _TALL / 2, text, fontsize=7, color=GREY, ha="left", va="bottom")
            return


def _key(sheet: Sheet) -> None:
    handles: Sequence[Line2D | Rectangle] = [
        *(Rectangle((0, 0), 1, 1, facecolor=colour, linewidth=0) for colour in GRADE_COLOURS),
        *(Line2D([], [], color=BLACK, marker=mark, linestyle="none", markersize=4.5) for mark, _ in ENDS.values()),
        Line2D([], [], color=BLACK, marker="|", linestyle="none", markersize=7, markeredgewidth=1.2),
    ]
    grades = [f"{letter}: {grade_words(grade)}" for letter, grade in zip(GRADE_LETTERS, GRADES, strict=True)]
    labels = [*grades, *(words for _, words in ENDS.values()), "a post begins"]
    sheet.key(handles, [sentence(label) for label in labels], columns=2)
