"""Bars of indices: two a row with their intervals, luck's own, and hatching where an index cannot be told."""

import math

import pandas as pd
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from experiments.figures.canvas import GREY, png
from experiments.figures.index_bars import UNTOLD_LABEL, index_figure

ROWS = pd.DataFrame({
    "name": ["a", "b"], "first": [0.5, -0.1], "first_low": [0.4, -0.5], "first_high": [0.6, 0.2],
    "first_told": [True, False], "total": [0.6, 0.3], "total_low": [0.5, 0.0], "total_high": [0.7, 1.9],
    "total_told": [True, False],
})  # fmt: skip


def bars(figure):
    return [one for one in figure.axes[0].patches if isinstance(one, Rectangle)]


def test_what_cannot_be_told_is_hatched_and_luck_has_a_bar_of_its_own():
    figure = index_figure(ROWS, 0.25, title="A title", note="note")
    found = bars(figure)
    assert [round(one.get_width(), 2) for one in found] == [0.5, 0.6, 0.0, 0.3, 0.25]
    assert [bool(one.get_hatch()) for one in found] == [False, False, True, True, False]
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["a", "b", "luck"]
    assert to_hex(found[-1].get_facecolor()).upper() == GREY
    assert UNTOLD_LABEL in [text.get_text() for text in figure.legends[0].get_texts()]
    assert figure.axes[0].get_xlim() == (0.0, 1.05)
    assert png(figure).startswith(b"\x89PNG")


def test_luck_that_is_not_known_has_no_bar():
    assert len(bars(index_figure(ROWS, math.nan, title="A title", note="note"))) == 4


def test_what_has_no_index_has_no_bar():
    empty = ROWS.assign(first=math.nan, total=math.nan, first_low=math.nan, first_high=math.nan)
    assert len(bars(index_figure(empty, 0.25, title="A title", note="note"))) == 1
