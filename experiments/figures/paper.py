"""What a figure is drawn for: a slide, a page or a phone. Only here do sizes stand; letters keep theirs on all of them.

A figure is drawn at one width and shown at another: a slide shows it twice as large, so that letters of 7 points are
letters of 14 there. Where no paper is laid, figures have the sizes of the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from simulation.errors import InputError, nearest, shown

FigureSize = Literal["slide", "page", "phone"]
"""What a figure may be drawn for."""

SMALLEST_LETTERS = 7.0
"""Points of the smallest letters of a figure, as it is drawn."""


@dataclass(frozen=True)
class Paper:
    """What a figure is drawn on.

    Attributes:
        width: inches of the figure as it is drawn.
        shown: inches at which it is meant to be shown; letters grow with it.
        dpi: pixels an inch of the figure as it is drawn.
        tallest: inches of the figure as it is drawn, at most.
        flat: whether it is wide and low, so that rows stand closer and panels side by side.
    """

    width: float
    shown: float
    dpi: int
    tallest: float
    flat: bool = False

    @property
    def smallest_shown(self) -> float:
        """Points of the smallest letters as they are shown."""
        return SMALLEST_LETTERS * self.shown / self.width


PAPERS: Mapping[FigureSize, Paper] = MappingProxyType(
    {
        "slide": Paper(width=6.66, shown=13.33, dpi=288, tallest=3.75, flat=True),
        "page": Paper(width=5.6, shown=6.3, dpi=180, tallest=7.0),
        "phone": Paper(width=3.0, shown=3.6, dpi=260, tallest=9.0),
    }
)
"""FigureSize -> its paper: a slide of 16 to 9, a page of A4 within its margins, and a telephone held upright."""

_WIDE = 5.0
_LAID: ContextVar[Paper | None] = ContextVar("paper", default=None)


def laid_paper() -> Paper | None:
    """Return the paper that figures are drawn on now; None for the report's own sizes."""
    return _LAID.get()


@contextmanager
def laying(size: FigureSize) -> Iterator[Paper]:
    """Draw on the paper of ``size`` inside a ``with``.

    Raises:
        InputError: there is no such size.
    """
    if size not in PAPERS:
        raise InputError(
            f"size: expected one of {', '.join(get_args(FigureSize))}, got {shown(size)}{nearest(size, PAPERS)}"
        )
    token = _LAID.set(PAPERS[size])
    try:
        yield PAPERS[size]
    finally:
        _LAID.reset(token)


def paper_width(usual: float) -> float:
    """Return the width of a figure in inches: that of the paper, or ``usual`` in the report."""
    paper = laid_paper()
    return usual if paper is None else paper.width


def panels_a_row(panels: int, usual: int, narrowest: float) -> int:
    """Return how many panels stand in a row.

    Args:
        panels: how many there are.
        usual: how many of them in the report.
        narrowest: inches that one takes at least.
    """
    paper = laid_paper()
    return usual if paper is None else max(1, min(panels, int(paper.width / narrowest)))


def by_width(narrow: float, wide: float) -> float:
    """Return ``wide`` on a paper that is wider than a telephone, and ``narrow`` on that and in the report."""
    paper = laid_paper()
    return narrow if paper is None or paper.width < _WIDE else wide


def row_height(usual: float, rows: int, rest: float) -> float:
    """Return the inches of a row of marks, so that all of them fit on a flat paper.

    Args:
        usual: inches of a row in the report.
        rows: how many there are.
        rest: inches of what stands above and below them.
    """
    paper = laid_paper()
    return min(usual, (paper.tallest - rest) / max(1, rows)) if paper is not None and paper.flat else usual
