"""A whole forecast held against a file: the package's own judgements of April 2019 to June 2020, cut out.

The model knows the months of these judgements at its start, so nothing here tests prediction.
"""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from experiments.cli import main
from experiments.design.parameter_sets import draw_sets
from experiments.running import maker
from experiments.studies.judgements import hold_against
from experiments.studies.judgements.text import NO_BLIND_TEST, forecast_lines, last_line, warnings
from experiments.studies.judgements.variant import Variant
from experiments.studies.judgements.window import make_window
from simulation.errors import InputError
from simulation.evidence import read_rows
from simulation.parameters import Parameters
from simulation.switches import Switches

FIRST, LAST = "2019-04", "2020-06"
LAST_LINE = re.compile(r"inside the 50% band: \d{1,3}%, inside the 90% band: \d{1,3}%")
SETS = draw_sets(3, Parameters(), (), 2018, levers=False)
WEIGHTS = np.array([1.0, 2.0, 1.0])


@pytest.fixture(scope="session")
def seen_years(tmp_path_factory):
    path = tmp_path_factory.mktemp("judgements") / "seen.csv"
    rows = [row.cells for row in read_rows("judgements")]
    lines = [
        f"{row['code']},{row['framework']},{row['published']},{row['grade']}"
        for row in rows
        if f"{row['published']:%Y-%m}" >= "2019-01"
    ]
    path.write_text("\n".join(["code,framework,published,grade", *lines]) + "\n")
    return path


@pytest.fixture(scope="session")
def forecast(seen_years):
    return hold_against(seen_years, FIRST, LAST, SETS, WEIGHTS, replicates=2)


def test_every_point_is_listed_and_counts_every_council(forecast):
    points = forecast.points
    assert len(points) == 4 * 5
    assert list(dict.fromkeys(points.date)) == ["2019-06", "2019-09", "2019-12", "2020-03", "2020-06"]
    assert (points.groupby("date")["observed"].sum() == 151).all()  # from April 2019 Bournemouth and Poole are one
    march = points[points.date == "2020-03"]["observed"].astype(int).tolist()
    assert march == [21, 55, 60, 15]
    lines = list(forecast_lines(forecast))
    assert all(any(f"{row.date} {row.grade}" in line for line in lines) for row in points.itertuples())


def test_the_judgements_of_the_window_are_scored_and_the_others_counted_as_ignored(forecast, seen_years):
    inside = [line for line in seen_years.read_text().splitlines()[1:] if "2019-04" <= line.split(",")[2][:7] <= LAST]
    assert forecast.judgements == len(inside) == forecast.transitions.judgements.sum()
    assert forecast.judgements + forecast.outside == len(seen_years.read_text().splitlines()) - 1
    assert forecast.outside > 0
    assert f"{forecast.outside} outside the window ignored" in "\n".join(forecast_lines(forecast))


def test_groups_are_regions_and_fifths_and_add_up(forecast):
    groups = forecast.groups
    good = groups.observed * groups.councils
    assert groups.groupby("kind").councils.sum().tolist() == [151, 151]
    held = forecast.points[forecast.points.date == "2020-06"]
    better = held[held.grade.isin(["good", "outstanding"])].observed.sum()
    assert good.groupby(groups.kind).sum().tolist() == pytest.approx([better, better])


def test_bands_are_in_order_and_hold_what_they_say(forecast):
    for table in (forecast.points, forecast.groups, forecast.transitions, forecast.inadequate):
        ordered = table[["low_90", "low_50", "median", "high_50", "high_90"]].dropna()
        assert (ordered.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
        known = table.dropna()
        assert (known.mass_50 >= 0.5).all()
        assert (known.mass_90 >= 0.9 - 1e-9).all()
        assert (known.inside_90 | ~known.inside_50).all()


def test_the_last_line_has_one_form(forecast):
    *_, last = forecast_lines(forecast)
    assert last == last_line(forecast)
    assert LAST_LINE.fullmatch(last)
    share = forecast.points.inside_50.sum() / len(forecast.points)
    assert last.startswith(f"inside the 50% band: {100 * share:.0f}%, ")


def test_both_uncertainties_are_said_to_share_the_bands_and_years_seen_to_be_no_test(forecast):
    text = "\n".join(forecast_lines(forecast))
    assert "replicates and parameter sets by their weights together" in text
    assert "points are not independent" in text
    assert len(warnings(forecast)) == 2
    assert "not a test" in text


def test_no_council_is_named(forecast, seen_years):
    codes = {line.split(",")[0] for line in seen_years.read_text().splitlines()[1:]}
    text = "\n".join(forecast_lines(forecast))
    tables = [forecast.points, forecast.transitions, forecast.inadequate, forecast.groups, forecast.scores]
    assert not any(code in text or any(code in table.to_csv() for table in tables) for code in codes)
    assert all(len(table) <= 20 for table in tables)


def test_weights_move_the_forecast_to_the_heavy_set(seen_years):
    alone = hold_against(seen_years, FIRST, LAST, SETS[:1], np.ones(1), replicates=2)
    heavy = hold_against(seen_years, FIRST, LAST, SETS, np.array([5.0, 0.0, 0.0]), replicates=2)
    pd.testing.assert_frame_equal(alone.points, heavy.points)
    pd.testing.assert_frame_equal(alone.scores, heavy.scores)


def test_no_two_sets_share_their_luck(monkeypatch, seen_years):
    drawn = []
    draw = maker.draw_chance
    monkeypatch.setattr(maker, "draw_chance", lambda *asked: drawn.append(asked[:2]) or draw(*asked))
    hold_against(seen_years, FIRST, LAST, SETS, WEIGHTS, replicates=2, seed=7)
    assert drawn == [(7, replicate) for replicate in range(6)]


@pytest.mark.slow
def test_two_processes_give_the_same_numbers(forecast, seen_years):
    found = hold_against(seen_years, FIRST, LAST, SETS, WEIGHTS, replicates=2, workers=2)
    for name in ("points", "transitions", "inadequate", "groups", "scores"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(forecast, name))


def _validate(*options):
    return main(["validate", "--sets", "2", "--replicates", "1", "--workers", "1", *map(str, options)])


def test_the_command_writes_the_folder_and_prints_the_shares_last(seen_years, tmp_path, capsys):
    asked = ("--judgements", seen_years, "--from", FIRST, "--to", LAST, "--out", tmp_path / "out")
    assert _validate(*asked) == 0
    said = capsys.readouterr().out
    assert LAST_LINE.fullmatch(said.splitlines()[-1])
    made = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    made.discard(".lock")
    tables = {f"{name}.csv" for name in ("points", "transitions", "inadequate", "groups", "scores")}
    assert made == tables | {"forecast.txt", "figures/forecast.png", "manifest.json"}
    assert _validate(*asked) == 0
    again = capsys.readouterr()
    assert again.out == said
    assert "nothing was run again" in again.err
    assert _validate(*asked, "--seed", "1") == 2
    assert "holds another design (not the same seed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--from", FIRST, "--to", LAST), "expected --judgements, --from and --to together, got --from and --to alone"),
        (("--judgements", "FILE"), "together, got --judgements alone"),
        (("--judgements", "FILE", "--from", FIRST), "together, got --judgements and --from alone"),
        (("--judgements", "FILE", "--from", LAST, "--to", FIRST), "--to: expected --from (2020-06) or later"),
        (("--judgements", "FILE", "--from", "2020-05", "--to", "2020-06"), "expected judgements published from"),
        (("--judgements", "none.csv", "--from", FIRST, "--to", LAST), "none.csv: expected a CSV file"),
        (("--judgements", "FILE", "--from", FIRST, "--to", LAST, "--sets", "0"), "sets: expected"),
        (("--judgements", "FILE", "--from", FIRST, "--to", LAST, "--page", "x.md"), "--page: expected no page"),
        (("--judgements", "FILE", "--from", FIRST, "--to", LAST, "--start", "2020-01"), "--start: expected a month"),
        (("--judgements", "FILE", "--from", FIRST, "--to", LAST, "--set", "collapse_rat=1"), "nearest: collapse_rate"),
        (("--judgements", "FILE", "--from", FIRST, "--to", LAST, "--set", "collapse_rate"), "expected NAME=VALUE"),
        (("--judgements", "FILE", "--from", FIRST, "--to", LAST, "--switch", "colapse=off"), "nearest: collapse"),
        (("--switch", "collapse=off"), "--switch: expected it with --judgements or --origins alone"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_no_folder(seen_years, tmp_path, capsys, options, says):
    given = [seen_years if text == "FILE" else text for text in options]
    if "2020-05" in options:
        given[1] = tmp_path / "early.csv"
        given[1].write_text("code,framework,published,grade\nE06000001,ilacs,2019-01-01,good\n")
    assert _validate(*given, "--out", tmp_path / "out") == 2
    said = capsys.readouterr().err.strip()
    assert says in said
    assert "\n" not in said
    assert not (tmp_path / "out").exists()


def test_windows_that_were_looked_at_are_no_blind_test_and_later_ones_warn_of_a_gap_before_them(forecast):
    for first, last in (("2021-04", "2022-03"), ("2020-07", "2021-06"), ("2025-07", "2027-03")):
        seen = replace(forecast, window=make_window(first, last))
        assert warnings(seen) == [NO_BLIND_TEST]
    at_once = replace(forecast, window=make_window("2026-04", "2027-03"))
    assert warnings(at_once) == []
    later = replace(forecast, window=make_window("2027-04", "2028-03"))
    assert len(warnings(later)) == 1
    assert "--from 2026-04 avoids it" in warnings(later)[0]


def test_runs_begin_where_the_window_does_unless_told_otherwise(forecast, seen_years):
    assert forecast.window.start_month == FIRST
    earlier = hold_against(seen_years, FIRST, LAST, SETS, WEIGHTS, start="2018-04", replicates=2)
    assert "historical regime from 2018-04" in "\n".join(forecast_lines(earlier))
    assert not earlier.points["median"].equals(forecast.points["median"])
    held = forecast.points[forecast.points.date == "2019-06"]
    # Three months after the start nearly every council holds what it held then: the bands are narrow.
    assert (held.high_90 - held.low_90).max() < 14
    with pytest.raises(InputError, match=r"--start: expected a month from 2018-04 to --from \(2019-04\), got 2019-05"):
        hold_against(seen_years, FIRST, LAST, SETS, WEIGHTS, start="2019-05")


def test_a_variant_is_named_and_moves_the_forecast(forecast, seen_years):
    variant = Variant(Switches(collapse="off"), {"inspection_noise": 0.6})
    found = hold_against(seen_years, FIRST, LAST, SETS, WEIGHTS, variant=variant, replicates=2)
    assert "variant: collapse=off inspection_noise=0.6" in list(forecast_lines(found))
    assert not found.scores["mean"].equals(forecast.scores["mean"])
    assert Variant().name == "as shipped"
    with pytest.raises(InputError, match="inspection_noise"):
        Variant(values={"inspection_nois": 0.6}).held_in(SETS)


def test_counts_are_shown_whole_and_shares_with_two_figures(forecast):
    lines = list(forecast_lines(forecast))
    quarter = next(line for line in lines if "2019-12 outstanding" in line)
    assert "." not in quarter
    share = next(line for line in lines if "Yorkshire" in line)
    assert re.search(r"0\.\d\d +\d\.\d\d +\d\.\d\d to \d\.\d\d", share)
