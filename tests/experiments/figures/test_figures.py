"""Figures: two marks for two uncertainties, the same bytes each time, nothing changed for anybody else."""

import io
import math
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from PIL import Image

from experiments.figures import (
    Mark,
    fan_figure,
    fan_limits,
    marks_figure,
    panels_figure,
    png,
    price_figure,
    run_figure,
    save,
)
from experiments.figures.canvas import LUCK_COLOUR, PAGE_WIDTH, SETS_COLOUR
from experiments.figures.dates import date_ticks

NONE = (math.nan, math.nan)
MARKS = [
    Mark("Broad peer support", -120.0, (-180.0, -60.0), (-300.0, 90.0)),
    Mark("Hybrid", 15.0, (-20.0, 50.0), (-40.0, 70.0), firm=False),
]
WORDS = {"title": "A title", "note": "2 regimes, 3 parameter sets; seed 1.", "axis": "council-months"}


def fan(low=0.0, months=24):
    middle = low + np.linspace(1.0, 5.0, months)
    columns = {"month": np.arange(months), "q05": middle - 2, "q25": middle - 1}
    return pd.DataFrame(columns | {"q50": middle, "q75": middle + 1, "q95": middle + 2})


WHEN = {"start": "2018-04", "months": 24}


def fans(*kinds, **more):
    shown = {"No programme": fan(), "Hybrid": fan(1.0)}
    chosen = {"reference": "No programme", **WHEN, **WORDS}
    return fan_figure(dict.fromkeys(kinds, shown), **(chosen | more))


def lines(figure, colour):
    found = [line for axis in figure.axes for line in axis.lines if to_hex(line.get_color()).upper() == colour]
    return [line for line in found if len(line.get_xdata()) == 2]


def test_luck_and_parameter_sets_are_two_marks_and_never_one_band():
    figure = marks_figure(MARKS, **WORDS)
    luck, sets = lines(figure, LUCK_COLOUR), lines(figure, SETS_COLOUR)
    assert [tuple(line.get_xdata()) for line in luck] == [mark.chance for mark in MARKS]
    drawn = {tuple(line.get_xdata()) for line in sets}
    assert drawn == {mark.sets for mark in MARKS}
    heights = [{float(line.get_ydata()[0]) for line in kind} for kind in (luck, sets)]
    assert not heights[0] & heights[1]
    assert not any(axis.collections for axis in figure.axes)


def test_a_mean_without_a_verdict_is_hollow():
    figure = marks_figure(MARKS, **WORDS)
    points = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [to_hex(line.get_markerfacecolor()) == "#ffffff" for line in points] == [False, True]


def test_the_key_explains_only_what_is_drawn():
    keys = {}
    for name, ends in {"both": (-1.0, 1.0), "one set": NONE}.items():
        figure = marks_figure([Mark("Hybrid", 0.0, (-1.0, 1.0), ends)], **WORDS)
        keys[name] = [text.get_text() for text in figure.legends[0].get_texts()]
    assert len(keys["both"]) == 3
    assert keys["one set"] == keys["both"][:2]


@pytest.mark.parametrize("kinds", [("luck",), ("sets",), ("luck", "sets")])
def test_a_panel_holds_one_kind_of_spread(kinds):
    figure = fans(*kinds)
    colours = {"luck": LUCK_COLOUR, "sets": SETS_COLOUR}
    filled = [{to_hex(band.get_facecolor()[0]).upper() for band in axis.collections} for axis in figure.axes]
    assert filled == [{colours[kind]} for _ in ("No programme", "Hybrid") for kind in kinds]
    legend = " ".join(text.get_text() for text in figure.legends[0].get_texts())
    assert ("single runs" in legend, "parameter sets" in legend) == ("luck" in kinds, "sets" in kinds)


def test_all_panels_share_one_scale():
    assert len({axis.get_ylim() for axis in fans("luck", "sets").axes}) == 1


@pytest.mark.parametrize(
    ("start", "months", "wanted"),
    [
        ("2018-04", 120, ["2019", "2022", "2025", "2028"]),
        ("2026-04", 24, ["Jan 27", "Jan 28"]),
        ("2026-04", 7, ["May 26", "Jul 26", "Sep 26"]),
        ("2018-04", 1, ["Apr 18"]),
        ("2000-01", 1200, ["2000", "2050"]),
    ],
)
def test_the_scale_of_time_is_dates(start, months, wanted):
    places, labels = date_ticks(start, months)
    assert labels == wanted
    assert all(0 <= place < months for place in places)
    assert len(labels) <= 4


def test_a_scale_of_dates_says_which_months_it_spans():
    said = [text.get_text() for text in fans("luck").texts]
    assert "April 2018 to March 2020" in said
    assert not any("years" in one for one in said)


def test_limits_of_fans_without_numbers_are_finite():
    empty = fan().assign(q05=math.nan, q95=math.nan)
    assert fan_limits([empty]) == (0.0, 1.0)
    assert fan_limits([]) == (0.0, 1.0)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: marks_figure([], **WORDS),
        lambda: marks_figure([Mark("Hybrid", math.nan, NONE, NONE)], **WORDS),
        lambda: panels_figure({}, **WORDS),
        lambda: panels_figure({"Hybrid": [Mark("London", math.nan, NONE, NONE)]}, **WORDS),
        lambda: fan_figure({}, reference=None, **WHEN, **WORDS),
        lambda: price_figure({}, {}, None, **WORDS),
    ],
)
def test_nothing_to_draw_is_drawn_without_complaint(draw):
    assert png(draw()).startswith(b"\x89PNG")


def test_a_cost_without_an_upper_end_is_drawn():
    curve = pd.DataFrame({"price": [0.0, 600.0], "cost": [1e5, 4e5], "low": [5e4, 2e5], "high": [np.inf, np.inf]})
    figure = price_figure({"Broad peer support": curve}, {"Broad peer support": 300.0}, ("Partners", 2e5), **WORDS)
    assert png(figure).startswith(b"\x89PNG")
    assert figure.axes[0].get_ylim()[1] < 1e4


def test_one_run_is_drawn_a_panel_a_path():
    months = pd.DataFrame({"inadequate": range(24), "interims": range(24)})
    names = {"inadequate": "Inadequate, councils", "interims": "Interims, councils"}
    figure = run_figure(months, names, start="2018-04", title="One run", note="seed 1")
    assert [axis.get_title(loc="left") for axis in figure.axes] == list(names.values())
    assert "April 2018 to March 2020" in [text.get_text() for text in figure.texts]


def test_the_same_figure_has_the_same_bytes_and_says_nothing_of_its_maker():
    first, second = (png(marks_figure(MARKS, **WORDS)) for _ in range(2))
    assert first == second
    with Image.open(io.BytesIO(first)) as image:
        assert image.info.keys() <= {"transparency"}
        assert image.width == pytest.approx(PAGE_WIDTH * 190, abs=1)


def test_the_note_and_the_names_of_both_scales_stand_in_the_figure():
    figure = fans("luck", axis="councils")
    words = " ".join(" ".join(text.get_text().split()) for text in figure.texts)
    assert WORDS["note"] in words
    assert "April 2018 to March 2020" in words
    assert "councils" in words


def test_drawing_leaves_the_reader_s_own_settings_alone(root):
    code = (
        "import sys, matplotlib; before = dict(matplotlib.rcParams)\n"
        "from experiments.figures import Mark, marks_figure, png\n"
        "png(marks_figure([Mark('a', 1.0, (0.0, 2.0), (0.0, 3.0))], title='t', axis='a', note='n'))\n"
        "assert dict(matplotlib.rcParams) == before; assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)


def test_a_figure_is_written_whole_or_not_at_all(tmp_path):
    save(marks_figure(MARKS, **WORDS), tmp_path / "one.png")
    assert [path.name for path in tmp_path.iterdir()] == ["one.png"]
    with pytest.raises(OSError, match="No such file"):
        save(marks_figure(MARKS, **WORDS), tmp_path / "nowhere" / "one.png")


@pytest.mark.parametrize("name", ["$1 or $2 a day", "Ünïted \N{SNOWMAN}", "one_word_" * 12, "many words " * 12])
def test_a_user_s_own_name_is_drawn_as_it_is(name):
    shown = {"No programme": fan(), name: fan(1.0)}
    figure = fan_figure({"luck": shown}, reference=name, **WHEN, **WORDS)
    assert png(figure).startswith(b"\x89PNG")
    assert png(marks_figure([Mark(name, 0.0, NONE, NONE)], **(WORDS | {"title": name}))).startswith(b"\x89PNG")
    head = "".join(figure.axes[1].get_title(loc="left").replace("\\$", "$").split())
    assert head == "".join(name.split())
