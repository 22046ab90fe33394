"""A sweep from what is asked to its folder: its tables say what the runs gave, and its file repeats it."""

import json
import re
import shutil

import numpy as np
import pandas as pd
import pytest

import experiments
from experiments.cli import main
from experiments.files.whole import read_csv
from experiments.running.crossed import run_crossing
from experiments.studies.sweep.make import make_sweep
from experiments.studies.sweep.results import Sweep, load_sweep
from experiments.studies.sweep.runs_table import MOST_CSV_ROWS, mean_tables, run_tables
from experiments.studies.sweep.sweep import run_sweep, sweep
from experiments.studies.sweep.words import found_lines
from experiments.studies.verification.folder import verify_folder
from simulation.compiled.ensemble import Ensemble
from simulation.errors import InputError
from simulation.regimes import load_regime

FILES = {
    "sweep.parquet", "sweep.csv", "points.csv", "sets.csv", "regret.csv", "study.toml", "sweep.html", "manifest.json",
    "dictionary.csv", ".lock",
    "figures/map_peer_support_days.png",
}  # fmt: skip


def test_the_folder_holds_its_files_and_no_others(small, files):
    assert set(files(small.folder)) == FILES


def test_a_row_has_the_inputs_and_the_outcomes_of_one_run(small):
    table = small.table
    assert list(table.columns) == [
        "point", "transfer_rate", "peer_support.days_per_giver", "parity", "regime", "set", "replicate",
        "inadequate_months", "mean_quality", "days_delivered", "error",
    ]  # fmt: skip
    assert len(table) == 4 * 2 * 3 * 3 == len(table.drop_duplicates(["point", "regime", "set", "replicate"]))
    assert table["inadequate_months"].dtype == np.int32
    assert set(table["error"]) == {""}
    points = table.groupby("point")[["transfer_rate", "peer_support.days_per_giver"]].first()
    assert points.to_numpy().tolist() == [[0.1, 6.0], [0.1, 12.0], [0.5, 6.0], [0.5, 12.0]]
    pd.testing.assert_frame_equal(
        read_csv(small.folder / "sweep.csv").drop(columns="error"), table.drop(columns="error"), check_dtype=False
    )


def test_the_table_of_points_is_what_the_rows_say(small):
    table, points = small.table, small.points
    for row in points[points["baseline"].isna()].to_dict("records"):
        own = table[(table["point"] == row["point"]) & (table["regime"] == row["regime"])]
        means = own.groupby("replicate")[row["outcome"]].mean()
        assert row["mean"] == pytest.approx(own[row["outcome"]].mean())
        assert row["luck_error"] == pytest.approx(means.std(ddof=1) / np.sqrt(3))
        assert row["luck_high"] - row["mean"] == pytest.approx(4.302652729911275 * row["luck_error"])
    pairs = points[points["baseline"] == "partners_in_practice"]
    assert len(pairs) == 4 * 2
    for row in pairs.to_dict("records"):
        own = table[table["point"] == row["point"]].groupby("regime")[row["outcome"]].mean()
        assert row["mean"] == pytest.approx(own["peer_support"] - own["partners_in_practice"])


def test_what_is_not_varied_is_the_same_at_every_point(small):
    partners = small.table[small.table["regime"] == "partners_in_practice"]
    # A lever of peer support leaves the partners' runs as they are, in every set and replicate.
    by_run = partners.groupby(["transfer_rate", "set", "replicate"])["mean_quality"]
    assert (by_run.min() == by_run.max()).all()
    assert len(small.sets) == 3


def test_regret_is_of_levers_and_not_across_what_nobody_chooses(small):
    regret = small.regret
    assert set(regret["outcome"]) == {"inadequate_months", "mean_quality"}
    for _, some in regret.groupby(["outcome", "transfer_rate"]):
        assert some["mean"].min() >= 0
        # Each lever's value of peer support, and the partners, whose levers are not varied, once.
        assert sorted(some["regime"]) == ["partners_in_practice", "peer_support", "peer_support"]
    assert not regret["least"].any()


def test_without_a_lever_there_is_no_regret(tmp_path, files):
    found = sweep({"labels": ["on", "off"]}, out=tmp_path, sets=2, replicates=1, months=2, progress=False)
    assert "regret.csv" not in files(tmp_path)
    with pytest.raises(InputError, match="expected a lever among what is varied"):
        found.regret  # noqa: B018


def test_its_file_repeats_it_byte_for_byte(small, tmp_path, content):
    again = sweep(small.folder / "study.toml", out=tmp_path / "again", workers=1, progress=False)
    assert content(again.folder) == content(small.folder)


def test_the_file_repeats_what_was_handed_in_too(tmp_path, content, files):
    home = tmp_path / "mine"
    home.mkdir()
    (home / "points.csv").write_text("transfer_rate,mine.share\n0.1,0.5\n0.3,1\n", encoding="utf-8")
    (home / "gap.csv").write_text("month,gap\n2018-04,0.1\n2026-04,0.2\n", encoding="utf-8")
    (home / "held.toml").write_text("best_gap = 1.1\n", encoding="utf-8")
    grades = {"a": "good", "b": "good", "c": "inadequate", "d": "inadequate"}
    rows = "\n".join(f"{code},Region,{grade},2018-01-15" for code, grade in grades.items())
    (home / "own.csv").write_text(f"code,region,grade,judged_on\n{rows}\n", encoding="utf-8")
    arm = load_regime("peer_support").as_dict()["arms"][0]
    mine = "\n".join(
        ["[[arm]]", *(f"{name} = {json.dumps(value)}" for name, value in arm.items() if value is not None)]
    )
    (home / "mine.toml").write_text(mine, encoding="utf-8")
    asked = {
        "table": str(home / "points.csv"), "funding": str(home / "gap.csv"), "parameters": str(home / "held.toml"),
        "councils": str(home / "own.csv"), "regimes": [str(home / "mine.toml"), "none"], "sets": 2, "replicates": 2,
        "months": 3, "matters": {"inadequate_months": 5.0}, "switches": {"labels": "off"},
    }  # fmt: skip
    one = run_sweep(make_sweep(asked), tmp_path / "one")
    for path in home.iterdir():
        path.unlink()
    again = sweep(one.folder / "study.toml", out=tmp_path / "again", progress=False)
    assert content(again.folder) == content(one.folder)
    assert {"inputs/mine.toml", "inputs/table.csv", "inputs/funding.csv", "inputs/councils.csv"} <= set(
        files(one.folder)
    )


def test_the_same_sweep_is_not_run_again_and_another_is_refused(small):
    told = []
    again = sweep(small.folder / "study.toml", out=small.folder, progress=False, tell=told.append)
    assert told == [f"{small.folder} holds these results already: nothing was run again"]
    assert again.points.equals(small.points)
    with pytest.raises(InputError, match=r"holds another design \(not the same .*points"):
        sweep({"labels": ["on", "off"]}, out=small.folder, progress=False)


def test_a_picture_is_drawn_from_the_tables(small):
    assert small.plot().texts[0].get_text().startswith("Broad peer support less Partners in Practice")
    with pytest.raises(InputError, match=r"expected one of map_peer_support_days, got 'map'"):
        small.plot("map")


def test_a_sampled_design_has_no_picture_and_as_many_points_as_asked(tmp_path):
    found = sweep(design="lhs", size=5, replicates=2, months=2, out=tmp_path, progress=False)
    assert len(found.design.crossing.sets) == 1
    assert len(found.table["point"].unique()) == 5
    assert found.points["verdict"].isna().all()
    with pytest.raises(InputError, match="there is no picture"):
        found.plot()


def test_the_page_has_its_pictures_inside_and_asks_for_no_other_file(small):
    page = (small.folder / "sweep.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") == len(list((small.folder / "figures").iterdir())) == 1
    assert "<h1>A sweep of transfer_rate and peer_support.days_per_giver</h1>" in page
    assert re.findall(r"(?:src|href)=\"(?!data:|#)", page) == []
    rows = small.points[small.points["baseline"].notna()]
    assert page.count("no verdict") + page.count("parity not met<") == len(rows)


def test_of_many_columns_the_page_has_no_table_and_a_line_says_how_the_difference_spreads(tmp_path):
    found = sweep(design="lhs", size=4, replicates=2, months=3, out=tmp_path, progress=False)
    page = (tmp_path / "sweep.html").read_text(encoding="utf-8")
    assert "points.csv has the numbers" in page
    assert "<table" not in page
    _, line = found_lines(found.design, found.points)
    assert line.startswith("  over the points: ")


def test_of_very_many_runs_the_text_has_the_means_over_replicates(small, monkeypatch, tmp_path):
    monkeypatch.setattr("experiments.studies.sweep.runs_table.MOST_CSV_ROWS", 71)
    assert MOST_CSV_ROWS == 100_000
    found = run_sweep(small.design, tmp_path, workers=2)
    assert found.means_in_text
    means = read_csv(tmp_path / "sweep.csv")
    assert len(means) == len(found.table) / 3
    keys = ["point", "parity", "regime", "set"]
    expected = found.table.groupby(keys, sort=False)["mean_quality"].mean().reset_index()
    np.testing.assert_allclose(means["mean_quality"], expected["mean_quality"])
    assert not small.means_in_text


def test_tables_written_part_by_part_are_those_written_at_once(small, monkeypatch):
    runs = run_crossing(small.design.crossing, small.design.kept)
    whole = pd.concat([one.to_pandas() for one in run_tables(small.design, runs)])
    means = pd.concat(list(mean_tables(small.design, runs)))
    monkeypatch.setattr("experiments.studies.sweep.runs_table._ROWS", 1)
    parts = [one.to_pandas() for one in run_tables(small.design, runs)]
    assert len(parts) == 4
    assert pd.concat(parts).reset_index(drop=True).equals(whole.reset_index(drop=True))
    assert pd.concat(list(mean_tables(small.design, runs))).reset_index(drop=True).equals(means.reset_index(drop=True))


def test_a_run_that_fails_is_told_and_the_others_are_there(small, monkeypatch, tmp_path):
    made = Ensemble.run

    def failing(self, regime, opening, parity="none", *, panel=False):
        if getattr(regime, "name", "") == "peer_support" and regime.arms[0].days_per_giver == 12.0:
            raise ValueError("no luck")
        return made(self, regime, opening, parity, panel=panel)

    monkeypatch.setattr(Ensemble, "run", failing)
    found = run_sweep(small.design, tmp_path)
    assert found.failed == 2 * 3 * 3
    bad = found.table[found.table["error"] != ""]
    assert set(bad["error"]) == {"ValueError: no luck"}
    assert set(bad["point"]) == {1, 3}
    assert bad["mean_quality"].isna().all()
    good = found.table[found.table["error"] == ""]
    same = small.table.loc[good.index, "mean_quality"]
    assert (good["mean_quality"] == same).all()
    listed = read_csv(tmp_path / "failures.csv")
    assert len(listed) == found.failed
    assert set(zip(listed["point"], listed["regime"], strict=True)) == {(1, "peer_support"), (3, "peer_support")}
    assert (found.table.loc[listed["run"], "error"] == listed["reason"].to_numpy()).all()
    assert main([*listed["command"][5].split()[1:], "--out", str(tmp_path / "again")]) == 0
    again = read_csv(tmp_path / "again" / "outcomes.csv").set_index("outcome")
    assert again.loc["mean_quality", "value"] == small.table.loc[listed["run"][5], "mean_quality"]


def test_any_run_of_a_sweep_is_made_again_to_the_last_bit(small, tmp_path):
    found = verify_folder(small.folder, runs=1000)
    assert (found.holds, found.runs, found.same_model) == (True, len(small.table), True)
    world = {
        "vary": {"labels": "on,off", "seed": "1,2", "start": "2018-04,2026-04"},
        "regimes": ["none", "peer_support"],
    }
    varied = sweep(
        **world,
        outcomes=["givers_quality_change", "mean_quality"],
        sets=1,
        replicates=1,
        months=3,
        out=tmp_path / "world",
        progress=False,
    )
    assert verify_folder(varied.folder, runs=1000).holds


def test_the_dictionary_says_what_every_column_is(small):
    table = read_csv(small.folder / "dictionary.csv")
    assert table["meaning"].notna().all()
    names = {name: list(read_csv(small.folder / name)) for name in table["file"].unique() if name.endswith(".csv")}
    assert {name: rows["column"].tolist() for name, rows in table.groupby("file") if name in names} == names
    known = table.set_index(["file", "column"])
    for file in ("sweep.parquet", "points.csv"):
        assert known.loc[(file, "peer_support.days_per_giver"), "unit"] == "pledged days a month"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "expected one of vary, design and table to say what is varied, got none of them"),
        ({"vary": {"labels": ["on"]}, "design": "lhs"}, "got vary and design"),
        ({"vary": {}}, "expected something to vary, got nothing"),
        ({"vary": {"labels": []}}, "column labels: expected one value or more, got none"),
        ({"vary": {"labels": ["on"]}, "size": 3}, "size: expected design (lhs, sobol, morris) beside it, got none"),
        ({"vary": ["labels=on"]}, "expected names and values for vary"),
        ({"vary": {"labels": "on,off"}, "sts": 3}, "unknown setting 'sts' (nearest: sets)"),
        ({"vary": {"labels": "on,off"}, "outcomes": ["mean_qualty"]}, "(nearest: mean_quality)"),
        ({"vary": {"labels": "on,off"}, "outcomes": []}, "expected one outcome or more, got none"),
        ({"vary": {"labels": "on,off"}, "outcomes": "mean_quality"}, "expected a list for outcomes"),
        ({"vary": {"labels": "on,off"}, "regimes": []}, "regimes: expected one or more, got none"),
        ({"vary": {"labels": "on,off"}, "regimes": ["none", "none"]}, "got 'none' twice"),
        ({"vary": {"labels": "on,off"}, "replicates": 0}, "replicates: expected a whole number from 1"),
        ({"vary": {"labels": "on,off"}, "sets": 0}, "sets: expected a whole number from 1"),
        ({"vary": {"hybrid.share": "0.1,0.2"}}, "expected a lever of a regime that is run"),
        ({"vary": {"best_gap": "0.6,0.7"}, "parameters": {"best_gap": 1.0}}, "expected best_gap either held or varied"),
        ({"vary": {"labels": "on,off"}, "matters": {"mean_quality": 1.0}}, "expected an outcome that is looked at"),
        ({"vary": {"start": "2018-04,2031-04"}}, "2031-04"),
    ],
)  # fmt: skip
def test_what_cannot_be_swept_is_refused_in_one_sentence(asked, sentence):
    with pytest.raises(InputError) as caught:
        make_sweep(asked)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_with_an_unknown_setting_is_refused_by_its_name(tmp_path):
    path = tmp_path / "study.toml"
    path.write_text('replicate = 3\n[vary]\nlabels = ["on", "off"]\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        sweep(path, out=tmp_path / "out")
    assert f"{path}: unknown setting 'replicate' (nearest: replicates)" in str(caught.value)


def test_a_folder_is_read_back_with_its_design(small, small_results, tmp_path):
    again = load_sweep(small.folder)
    assert again.design.describe() == small.design.describe()
    assert again.points.equals(small.points)
    with pytest.raises(InputError, match=r"expected finished results of `sli sweep`, got those of `sli compare`"):
        load_sweep(small_results.folder)
    shutil.copytree(small.folder, tmp_path / "changed")
    with (tmp_path / "changed" / "study.toml").open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    with pytest.raises(InputError, match="expected the file that the sweep wrote"):
        load_sweep(tmp_path / "changed")


def test_the_results_of_a_sweep_are_public():
    assert experiments.load_sweep is load_sweep
    assert experiments.sweep is sweep
    assert experiments.Sweep is Sweep
