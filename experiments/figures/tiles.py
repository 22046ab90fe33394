"""A tile map of England: each council a square of one size, in the place of its region.

The places are those of the explorer's map; a test holds both tables together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.figures.backend import in_own_style
from experiments.figures.canvas import BLACK, GREY, WIDTH, Sheet, Words, blank
from experiments.figures.paper import laid_paper, panels_a_row, paper_width
from experiments.text.names import grade_words, sentence
from simulation.councils import GRADES

GRADE_COLOURS = ("#D55E00", "#F0B429", "#8CC8EE", "#005A8C")
"""From inadequate to outstanding; each tile has its grade's letter too."""
GRADE_LETTERS = ("I", "R", "G", "O")
REGION_NAMES: Mapping[str, tuple[str, float, float, str]] = {
    "North East": ("North East", 10.3, 2.3, "left"),
    "North West": ("North\nWest", 2.7, 4.4, "right"),
    "Yorkshire and The Humber": ("Yorkshire and\nThe Humber", 12.3, 6.0, "left"),
    "East Midlands": ("East\nMidlands", 11.3, 9.9, "left"),
    "West Midlands": ("West\nMidlands", 2.8, 11.2, "right"),
    "East of England": ("East of\nEngland", 13.3, 12.4, "left"),
    "London": ("London", 13.3, 15.35, "left"),
    "South East": ("South East", 12.3, 20.5, "left"),
    "South West": ("South\nWest", 2.8, 15.4, "right"),
}
"""Region -> its name as written, where, in tiles from the left and the top, and towards which side."""
_LEFT, _RIGHT, _TOP, _BOTTOM = -1.2, 17.2, -0.3, 21.3
_GAP = 0.06
_DARK = 0.45
_NARROWEST = 2.4
_TALLEST_ON_A_SLIDE = 2.55

Place = tuple[int, int]
"""Tiles from the left and from the top."""


@cache
def tile_places() -> Mapping[str, Place]:
    """Return the place of every council that England has had since April 2018, by its code."""
    text = Path(__file__).with_name("tiles.json").read_text(encoding="utf-8")
    return {code: (int(place[0]), int(place[1])) for code, place in json.loads(text).items()}


@in_own_style
def grades_map(
    panels: Mapping[str, Sequence[int]], codes: Sequence[str], regions: Sequence[str], *, title: str, note: str
) -> Figure:
    """Return a map a month, each council coloured by its grade and with its letter.

    Args:
        panels: month in words -> grade of each council as a number, in the order of ``codes``.
        codes: of the councils, each in `tile_places`.
        regions: of the councils, in the same order.
        title: what is shown.
        note: runs and seed.
    """
    sheet = map_sheet(list(panels), Words(title, note, ""), keys=2, narrowest=_NARROWEST)
    for axis, grades in zip(sheet.axes, panels.values(), strict=False):
        for code, grade in zip(codes, grades, strict=True):
            draw_tile(axis, tile_places()[code], GRADE_COLOURS[grade], GRADE_LETTERS[grade])
        draw_regions(axis, codes, regions, names=True)
    handles = [Rectangle((0, 0), 1, 1, facecolor=colour, linewidth=0) for colour in GRADE_COLOURS]
    labels = [f"{letter}: {grade_words(grade)}" for letter, grade in zip(GRADE_LETTERS, GRADES, strict=True)]
    sheet.key(handles, [sentence(label) for label in labels], columns=2)
    return sheet.figure


def map_sheet(heads: Sequence[str], words: Words, *, keys: int, narrowest: float) -> Sheet:
    """Return a sheet with a map's empty panel for each head.

    Args:
        heads: what is written above each map.
        words: what is written round them.
        keys: how many lines the key will take in the report.
        narrowest: inches that a map takes at least.
    """
    paper = laid_paper()
    columns = panels_a_row(len(heads), min(2, len(heads)), narrowest)
    if paper is not None and paper.flat:
        columns = len(heads)
    across = 0.94 * paper_width(WIDTH) / columns
    height = across * (_BOTTOM - _TOP) / (_RIGHT - _LEFT)
    if paper is not None:
        lines = -(-len(heads) // columns)
        height = min(height, _TALLEST_ON_A_SLIDE if paper.flat else (paper.tallest - 1.0) / lines)
    sheet = blank(words, height, heads=heads, keys=keys, left=0.08, width=WIDTH, columns=columns, free=False)
    for axis in sheet.axes:
        axis.set_axis_off()
    for axis in sheet.axes[: len(heads)]:
        axis.set_xlim(_LEFT, _RIGHT)
        axis.set_ylim(_BOTTOM, _TOP)
        axis.set_aspect("equal")
    return sheet


def draw_tile(axis: Axes, place: Place, colour: str, letter: str = "") -> None:
    """Draw a council's tile, and a letter in it that can be read on its colour."""
    column, row = place
    side = 1 - 2 * _GAP
    axis.add_patch(Rectangle((column + _GAP, row + _GAP), side, side, facecolor=colour, linewidth=0))
    if letter:
        ink = "white" if _luminance(colour) < _DARK else BLACK
        axis.text(column + 0.5, row + 0.53, letter, fontsize=7, color=ink, ha="center", va="center", clip_on=True)


def draw_regions(axis: Axes, codes: Sequence[str], regions: Sequence[str], *, names: bool) -> None:
    """Draw the borders of regions, and their names."""
    for across, up in _sides([tile_places()[code] for code in codes], regions):
        axis.plot(across, up, color=BLACK, linewidth=0.8, solid_capstyle="round")
    for region in dict.fromkeys(regions) if names else ():
        if region in REGION_NAMES:
            text, column, row, side = REGION_NAMES[region]
            axis.text(column, row, text, fontsize=7, color=GREY, ha=side, va="center", linespacing=0.95)


def _sides(places: Sequence[Place], regions: Sequence[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the sides of tiles where a region ends: both ends across, and both ends up."""
    owner = dict(zip(places, regions, strict=True))
    for (column, row), region in owner.items():
        if owner.get((column - 1, row)) != region:
            yield (column, column), (row, row + 1)
        if owner.get((column + 1, row)) != region:
            yield (column + 1, column + 1), (row, row + 1)
        if owner.get((column, row - 1)) != region:
            yield (column, column + 1), (row, row)
        if owner.get((column, row + 1)) != region:
            yield (column, column + 1), (row + 1, row + 1)


def _luminance(colour: str) -> float:
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue
