"""What figures of the gallery draw is what the results say."""

import math

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch, Rectangle

from experiments import gallery
from experiments.figures.canvas import BLACK, GREY, LUCK_COLOUR, SETS_COLOUR
from experiments.figures.careers import ENDS
from experiments.figures.tiles import GRADE_COLOURS, GRADE_LETTERS
from experiments.studies.sensitivity.measures import all_measures
from experiments.studies.sensitivity.pictures import of_measure


def lines(axis, marker=None, colour=None):
    found = axis.lines if marker is None else [line for line in axis.lines if line.get_marker() == marker]
    return [line for line in found if colour is None or to_hex(line.get_color()).upper() == colour]


def dots(axis, marker="o"):
    return [float(value) for line in lines(axis, marker) for value in line.get_xdata()]


def test_differences_stand_where_the_comparison_has_them(results):
    axis = gallery.paired_differences(results).axes[0]
    table = results.comparison
    rows = table[(table["outcome"] == "inadequate_months") & (table["baseline"] == "none")]
    assert dots(axis) == pytest.approx(rows["difference"].tolist())


def test_regret_has_its_mean_its_interval_and_apart_from_them_the_worst_worlds(results):
    axis = gallery.regret_of_choices(results).axes[0]
    table = results.regret
    assert dots(axis) == pytest.approx(table["mean"].tolist())
    assert dots(axis, "D") == pytest.approx(table["worst_tenth"].tolist())
    heights = [{float(line.get_ydata()[0]) for line in lines(axis, mark)} for mark in "oD"]
    assert not heights[0] & heights[1]


def test_what_is_worth_knowing_is_hollow_where_it_cannot_be_told(results):
    axis = gallery.value_of_knowing(results).axes[0]
    table = results.knowing
    groups = table[table["kind"] == "group"].sort_values("worth", ascending=False, kind="stable")
    numbers = table[table["kind"] != "group"].sort_values("worth", ascending=False, kind="stable").head(5)
    assert dots(axis) == pytest.approx([*groups["worth"], *numbers["worth"]])
    firm = [to_hex(line.get_markerfacecolor()).upper() == BLACK for line in lines(axis, "o")]
    told = [(rows["worth"] > 2 * rows["worth_error"]).tolist() for rows in (groups, numbers)]
    assert firm == [*told[0], *told[1]]


def test_a_fan_has_the_quantiles_of_its_path(results):
    figure = gallery.fan(results, "inadequate", kind="luck")
    table = results.paths
    rows = table[(table["path"] == "inadequate") & (table["kind"] == "luck") & (table["regime"] == "none")]
    middle = lines(figure.axes[0], colour=LUCK_COLOUR)[0]
    assert middle.get_ydata() == pytest.approx(rows.sort_values("month")["q50"].to_numpy())


def test_break_even_prices_are_marked_where_they_are(results):
    figure = gallery.break_even_prices(results)
    drawn = {float(line.get_xdata()[0]) for axis in figure.axes for line in lines(axis, colour=GREY)}
    known = results.break_even["price"]
    assert drawn == {price for price in known if 0 <= price <= results.price_curve["price"].max()}


def test_sweeps_have_their_means_and_signs(drawings):
    sweep = drawings["sweep_lines"]
    rows = sweep.points[sweep.points["baseline"].notna()].sort_values("transfer_rate")
    (line,) = lines(gallery.sweep_lines(sweep).axes[0], "o")
    assert line.get_ydata() == pytest.approx(rows["mean"].to_numpy())
    table = drawings["sweep_signs"].points
    rows = table[table["baseline"].notna()].sort_values(["attention_shift_peers", "transfer_rate"])
    (mesh,) = gallery.sweep_signs(drawings["sweep_signs"]).axes[0].collections
    assert np.asarray(mesh.get_array()).ravel() == pytest.approx(rows["mean"].to_numpy())


def test_a_map_has_a_tile_a_council_with_its_grade(watched):
    run = watched.run
    axis = gallery.england_tiles(run, [23]).axes[0]
    letters = [text.get_text() for text in axis.texts if text.get_text() in GRADE_LETTERS]
    assert letters == [GRADE_LETTERS[grade] for grade in run.panel["grade"][23]]
    tiles = [patch for patch in axis.patches if isinstance(patch, Rectangle)]
    assert [to_hex(tile.get_facecolor()).upper() for tile in tiles] == [
        GRADE_COLOURS[grade].upper() for grade in run.panel["grade"][23]
    ]


def test_a_network_has_a_line_a_link(watched):
    figure = gallery.support_network(watched, [0, 12])
    for axis, month in zip(figure.axes, (0, 12), strict=True):
        arrows = [patch for patch in axis.patches if isinstance(patch, FancyArrowPatch)]
        assert len(arrows) == (watched.links["month"] == month).sum() > 0


def test_a_career_has_a_bar_for_each_month_in_post_and_a_mark_for_each_end(watched):
    posts = watched.posts[watched.posts["last"] >= watched.posts["first"]]
    ended = posts[posts["end"] != ""]["director"].tolist()[:3]
    axis = gallery.director_careers(watched, ended).axes[0]
    own = posts[posts["director"].isin(ended)]
    bars = [patch for patch in axis.patches if isinstance(patch, Rectangle)]
    assert sum(bar.get_width() for bar in bars) == (own["last"] + 1 - own["first"]).sum()
    drawn = sorted(line.get_marker() for line in axis.lines if line.get_marker() in {mark for mark, _ in ENDS.values()})
    assert drawn == sorted(ENDS[end][0] for end in own["end"] if end)


def test_survival_has_what_was_observed_and_luck_and_sets_apart(drawings):
    axis = gallery.inadequate_survival(drawings["inadequate_survival"]).axes[0]
    spells = drawings["inadequate_survival"].spells
    black = lines(axis, colour=BLACK)[0]
    assert black.get_ydata() == pytest.approx(1 - spells["observed"].to_numpy())
    assert len(lines(axis, colour=SETS_COLOUR)) == 2
    (band,) = axis.collections
    assert to_hex(band.get_facecolor()[0]).upper() == LUCK_COLOUR
    assert spells["at_risk"].max() > 10
    assert spells["lost"].sum() > 10


def test_scores_are_those_of_the_table(drawings):
    origins = drawings["rolling_scores"]
    axis = gallery.rolling_scores(origins).axes[0]
    table = origins.scores
    rows = table[
        (table["cut"] == "origin")
        & (table["judged"] == "within 24 months")
        & (table["score"] == "ranked_probability_score")
        & (table["forecast"] == table["forecast"].iloc[0])
    ]
    assert lines(axis, "o")[0].get_ydata() == pytest.approx(rows["mean"].to_numpy())
    assert len(origins.table) == 2


def test_indices_are_drawn_as_bars_with_luck_below(drawings):
    study = drawings["sensitivity_bars"]
    axis = gallery.sensitivity_bars(study).axes[0]
    rows = of_measure(study.table, next(iter(all_measures(study.design))))
    indices = [*rows[["first", "total"]].to_numpy().ravel(), rows["luck"].iloc[0]]
    drawn = [patch.get_width() for patch in axis.patches if isinstance(patch, Rectangle)]
    assert drawn == pytest.approx([min(max(one, 0.0), 1.05) for one in indices[:-1] if math.isfinite(one)] + drawn[-1:])
    assert drawn[-1] == pytest.approx(indices[-1])


def test_a_box_has_a_panel_a_number_and_every_world(drawings):
    found = drawings["loss_box"]
    figure = gallery.loss_box(found)
    limits = found.limits[found.limits["box"] == 1]
    assert len(figure.axes) == len(limits)
    assert sum(len(some.get_offsets()) for some in figure.axes[0].collections) == len(found.worlds)
