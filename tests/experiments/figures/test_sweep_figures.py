"""Lines and maps of what is varied: luck and parameter sets are two marks, and what luck cannot tell is hatched."""

import math

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from experiments.figures.canvas import BLACK, LUCK_COLOUR, SETS_COLOUR, png
from experiments.figures.sweep_lines import SWEEP_LUCK, SWEEP_SETS, sweep_figure
from experiments.figures.sweep_maps import sign_map

WORDS = {"title": "A title", "across": "rate", "note": "note"}


def rows(values, mean, luck=1.0, sets=5.0):
    mean = np.asarray(mean, dtype=float)
    return pd.DataFrame({
        "value": values, "mean": mean, "luck_low": mean - luck, "luck_high": mean + luck,
        "sets_low": mean - sets, "sets_high": mean + sets,
    })  # fmt: skip


def labels(figure):
    return [text.get_text() for text in figure.legends[0].get_texts()]


def test_a_line_has_its_mean_and_two_bands_that_are_never_one():
    figure = sweep_figure({"one": rows([0.3, 0.1, 0.2], [3.0, 1.0, 2.0])}, axis="x", zero=True, **WORDS)
    (panel, *_) = figure.axes
    line = next(one for one in panel.lines if one.get_color() == BLACK)
    assert line.get_xdata().tolist() == [0.1, 0.2, 0.3]
    assert line.get_ydata().tolist() == [1.0, 2.0, 3.0]
    bands = {
        tuple(np.round(one.get_facecolor()[0][:3], 2)): one.get_paths()[0].get_extents() for one in panel.collections
    }
    assert len(bands) == 2
    assert sorted(extents.height for extents in bands.values()) == [4.0, 12.0]
    assert labels(figure) == ["mean", SWEEP_LUCK, SWEEP_SETS]
    assert LUCK_COLOUR != SETS_COLOUR


def test_words_are_marks_without_a_line_between_them():
    figure = sweep_figure({"one": rows(["on", "off"], [3.0, 1.0])}, axis="x", zero=False, **WORDS)
    (panel, *_) = figure.axes
    assert [label.get_text() for label in panel.get_xticklabels()] == ["on", "off"]
    (marks,) = [one for one in panel.lines if one.get_marker() == "o"]
    assert marks.get_linestyle() == "None"


def test_without_sets_or_replicates_no_band_is_explained():
    figure = sweep_figure({"one": rows([0.1, 0.2], [3.0, 1.0], math.nan, math.nan)}, axis="x", zero=False, **WORDS)
    assert labels(figure) == ["mean"]


def square(mean, luck):
    across, up = np.meshgrid([0.1, 0.2, 0.3], [4.0, 8.0])
    mean = np.asarray(mean, dtype=float).ravel()
    return pd.DataFrame({
        "across": across.ravel(), "up": up.ravel(), "mean": mean, "luck_low": mean - luck, "luck_high": mean + luck,
    })  # fmt: skip


MAP = {"title": "A title", "across": "rate", "up": "days", "note": "note", "below": "less", "above": "more"}


def test_a_map_is_hatched_where_luck_cannot_tell_and_has_a_line_where_the_sign_changes():
    figure = sign_map({"one": square([[-9, -1, 3], [-8, 1, 9]], 2.0)}, **MAP)
    panel = figure.axes[0]
    hatched = {one.get_xy() for one in panel.patches if isinstance(one, Rectangle) and one.get_hatch()}
    assert hatched == {(0.5, -0.5), (0.5, 0.5)}
    mesh = panel.collections[0]
    assert mesh.get_array().tolist() == [[-9, -1, 3], [-8, 1, 9]]
    assert (mesh.get_clim()) == (-9, 9)
    borders = {(tuple(line.get_xdata()), tuple(line.get_ydata())) for line in panel.lines}
    assert borders == {((1.5, 1.5), (-0.5, 0.5)), ((0.5, 0.5), (0.5, 1.5)), ((0.5, 1.5), (0.5, 0.5))}


def test_a_map_of_one_sign_has_no_line_and_where_luck_is_unknown_all_is_hatched():
    figure = sign_map({"one": square([[1, 2, 3], [4, 5, 6]], math.nan)}, **MAP)
    panel = figure.axes[0]
    assert not panel.lines
    assert sum(one.get_hatch() is not None for one in panel.patches) == 6


def test_rows_in_another_order_make_the_same_map():
    whole = square([[-9, -1, 3], [-8, 1, 9]], 2.0)
    turned = whole.iloc[::-1].reset_index(drop=True)
    assert png(sign_map({"one": whole}, **MAP)) == png(sign_map({"one": turned}, **MAP))


def test_several_outcomes_are_small_multiples():
    panels = {name: square([[-9, -1, 3], [-8, 1, 9]], 2.0) for name in ("one", "two", "three")}
    figure = sign_map(panels, **MAP)
    assert [axis.get_title(loc="left") for axis in figure.axes if axis.axison] == ["one", "two", "three"]
