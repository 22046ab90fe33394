"""A sensitivity study from what is asked to its folder: what its tables say is what the runs gave."""

import json
import re
import shutil

import numpy as np
import pandas as pd
import pytest

import experiments
from experiments.files.whole import read_csv
from experiments.results.blocks import BlockFolder
from experiments.results.manifest import read_manifest
from experiments.running.crossed import run_crossing
from experiments.statistics.indices import sobol_indices
from experiments.studies.sensitivity.design import ALL_OTHERS
from experiments.studies.sensitivity.knowing import base_rows
from experiments.studies.sensitivity.make import make_sensitivity
from experiments.studies.sensitivity.measures import DIFFERENCE, LEVEL, WON, all_measures
from experiments.studies.sensitivity.results import Sensitivity, load_sensitivity
from experiments.studies.sensitivity.screening import screen
from experiments.studies.sensitivity.sensitivity import run_sensitivity, sensitivity
from experiments.studies.sensitivity.words import base_points_words, index_lines
from experiments.studies.verification.readers import read_known_runs
from simulation.errors import InputError

FILES = {
    "indices.csv", "screening.csv", "knowing.csv", "points.parquet", "screened_points.parquet", "study.toml",
    "sensitivity.html", "manifest.json", "dictionary.csv", ".lock", "figures/difference_peer_support_days.png",
    "figures/won_peer_support_days.png", "figures/outcome_peer_support_days.png",
    "figures/outcome_partners_in_practice_days.png",
}  # fmt: skip


@pytest.fixture(scope="module")
def runs(small):
    """The runs of the indices, made again without a folder."""
    kept = json.loads((small.folder / "manifest.json").read_text(encoding="utf-8"))["kept"]
    return run_crossing(small.design.indices(kept), small.design.kept, workers=2), kept


def test_the_folder_holds_its_files_and_no_others(small, files):
    assert set(files(small.folder)) == FILES


def test_the_indices_are_those_of_the_runs(small, runs):
    made, kept = runs
    names = small.design.index_names(kept)
    assert names == (*kept, ALL_OTHERS)
    assert len(made.crossing.points) == 64 * (len(names) + 2)
    table = small.table
    assert len(table) == 4 * len(names)
    difference = made.of(*_at(small, 0)) - made.of(*_at(small, 1))
    found = sobol_indices(difference[:, 0], names)
    own = table[table["of"] == DIFFERENCE].set_index("name").loc[list(names)]
    np.testing.assert_allclose(own["total"], found.total.values, rtol=1e-9)
    np.testing.assert_allclose(own["first_high"], found.first.highs, rtol=1e-9)
    assert own["luck"].tolist() == pytest.approx([found.luck] * len(names))
    won = next(one for one in all_measures(small.design) if one.of == WON).numbers(made)
    assert (won == np.where(difference[:, 0] < 0, 1.0, np.where(difference[:, 0] > 0, 0.0, 0.5))).all()


def _at(small, place):
    return small.design.labels[place], "inadequate_months"


def test_what_the_screening_left_out_is_varied_as_one(small, runs):
    made, kept = runs
    points = made.crossing.points
    parts = len(small.design.index_names(kept))
    rows = np.column_stack(points.values).reshape(64, parts + 2, -1)
    one, other = rows[:, 0], rows[:, -1]
    # The last but one takes all that was left out from the other base point, and nothing else.
    assert (rows[:, -2, len(kept) :] == other[:, len(kept) :]).all()
    assert (rows[:, -2, : len(kept)] == one[:, : len(kept)]).all()
    assert (one[:, len(kept) :] != other[:, len(kept) :]).all()
    assert base_rows(len(points), parts)[:4].tolist() == [0, parts + 1, parts + 2, 2 * parts + 3]


def test_the_screening_keeps_what_moves_something_by_more_than_luck(small):
    table = small.screening
    assert set(table["name"]) == set(small.design.names)
    kept = table[table["kept"]]["name"].unique().tolist()
    assert 1 <= len(kept) <= 2
    # The rise of all councils together decides how many are inadequate.
    assert "national_drift" in kept
    levels = table[(table["of"] == LEVEL) & (table["name"].isin(kept))]
    assert (levels.groupby("name")["size_low"].max() > levels.groupby("name")["luck"].min()).all()


def test_of_nothing_but_luck_the_largest_alone_is_kept(small):
    quiet = run_crossing(small.design.screening, small.design.kept, workers=2)
    random = np.random.default_rng(3)
    quiet.numbers[:] = random.normal(size=quiet.numbers.shape)
    assert len(screen(small.design, quiet).kept) <= 2
    quiet.numbers[:] = 1.0
    assert len(screen(small.design, quiet).kept) == 1


def test_the_points_have_means_and_variances_over_replicates(small, runs):
    made, _ = runs
    points = small.points
    label, outcome = _at(small, 0)
    own = points[(points["regime"] == label.regime) & (points["parity"] == label.parity)]
    values = made.of(label, outcome)[:, 0]
    np.testing.assert_allclose(own[outcome], values.mean(axis=1))
    np.testing.assert_allclose(own[f"{outcome}_variance"], values.var(axis=1, ddof=1))
    drawn = {column.name: made.crossing.points.of(column) for column in made.crossing.points.columns}
    np.testing.assert_allclose(own["transfer_rate"], drawn["transfer_rate"])
    assert (points["failed"] == 0).all()


def test_what_is_worth_knowing_is_of_both_base_points_and_of_unknowns_alone(small):
    knowing = small.knowing
    assert set(knowing[knowing["kind"] == "number"]["name"]) == {
        "transfer_rate", "best_gap", "national_drift", "hiring_time",
    }  # fmt: skip
    assert (knowing["worlds"] <= 128).all()
    assert (knowing["worlds"] >= 40).all()
    np.testing.assert_allclose(knowing["pounds"], knowing["worth"] * 1000.0)


def test_what_cannot_be_told_says_which_size_would_do(small):
    lines = list(index_lines(small.design, small.table, small.knowing))
    assert lines[0].startswith("what decides the difference in council-months")
    assert any(line.startswith("the screening left out ") and "varied all the same" in line for line in lines)
    assert any(line.startswith("luck, apart from these: ") for line in lines)
    rows = small.table[small.table["of"] == DIFFERENCE]
    said = "\n".join(lines)
    assert (
        said.count("cannot be told")
        == (~rows["first_told"])[rows["name"] != ALL_OTHERS].sum() + (~rows["total_told"]).sum()
    )
    assert f"{rows['total_told'].sum()} of {len(rows)} total indices can be told" in base_points_words(
        small.design, small.table
    )


def test_its_file_repeats_it_byte_for_byte_with_other_workers(small, tmp_path, content):
    again = sensitivity(small.folder / "study.toml", out=tmp_path / "again", workers=1, progress=False)
    assert content(again.folder) == content(small.folder)


@pytest.mark.parametrize("written", [2, 9])
def test_stopped_in_either_stage_it_goes_on_and_leaves_the_same(small, monkeypatch, tmp_path, written, content):
    write, count = BlockFolder.write, []

    def stopping(self, piece, block):
        if len(count) == written:
            raise KeyboardInterrupt
        count.append(piece.name)
        write(self, piece, block)

    with monkeypatch.context() as patch:
        patch.setattr(BlockFolder, "write", stopping)
        with pytest.raises(KeyboardInterrupt):
            run_sensitivity(small.design, tmp_path)
    assert not (tmp_path / "manifest.json").exists()
    told = []
    again = run_sensitivity(small.design, tmp_path, tell=told.append)
    assert any(line.startswith("going on from ") for line in told)
    assert content(again.folder) == content(small.folder)


def test_the_same_study_is_not_run_again_and_another_is_refused(small):
    told = []
    again = sensitivity(small.folder / "study.toml", out=small.folder, progress=False, tell=told.append)
    assert told == [f"{small.folder} holds these results already: nothing was run again"]
    assert again.table.equals(small.table)
    with pytest.raises(InputError, match=r"holds another design \(not the same size\)"):
        run_sensitivity(make_sensitivity({**small.design.settings, "size": 16}), small.folder)


def test_without_a_screening_every_column_has_indices(tmp_path):
    found = sensitivity(
        over=["transfer_rate", "best_gap"], screen="none", size=8, replicates=1, months=6, regimes=["peer_support"],
        outcomes=["mean_quality"], parities=["none"], out=tmp_path, progress=False,
    )  # fmt: skip
    assert set(found.table["name"]) == {"transfer_rate", "best_gap"}
    assert set(found.table["of"]) == {LEVEL}
    assert found.table["luck"].isna().all()
    assert len(found.knowing) == 0
    assert not (tmp_path / "screening.csv").exists()
    with pytest.raises(InputError, match="expected a screening, got a study without"):
        found.screening  # noqa: B018
    assert "luck cannot be told apart with one replicate" in "\n".join(
        index_lines(found.design, found.table, found.knowing)
    )


def test_a_picture_is_drawn_from_the_table(small):
    assert small.plot().texts[0].get_text().startswith("What decides the difference in council-months")
    with pytest.raises(InputError, match=r"nearest: won_peer_support_days"):
        small.plot("won_peer_support")


def test_the_page_has_its_pictures_inside_and_asks_for_no_other_file(small):
    page = (small.folder / "sensitivity.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") == 4
    assert re.findall(r"(?:src|href)=\"(?!data:|#)", page) == []
    assert "What is worth knowing" in page
    assert "£" in page


def test_a_folder_is_read_back_with_its_design(small, tmp_path):
    again = load_sensitivity(small.folder)
    assert again.design.describe() == small.design.describe()
    pd.testing.assert_frame_equal(again.table, read_csv(small.folder / "indices.csv"))
    shutil.copytree(small.folder, tmp_path / "changed")
    with (tmp_path / "changed" / "study.toml").open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    with pytest.raises(InputError, match="expected the file that the study wrote"):
        load_sensitivity(tmp_path / "changed")


def test_a_run_that_fails_leaves_its_base_point_out_and_is_told(small, monkeypatch, tmp_path):
    made = experiments.running.crossed.CrossedRuns.add

    def failing(self, extent, block):
        made(self, extent, block)
        if len(self.crossing.points) > 100 and extent.replicate == 1:
            self.numbers[3, 0, 0, 1] = np.nan
            self.errors[3, 0, 0, 1] = "ValueError: no luck"
            self.failed += 1

    monkeypatch.setattr("experiments.running.crossed.CrossedRuns.add", failing)
    found = run_sensitivity(small.design, tmp_path)
    assert found.failed >= 1
    own = found.table[(found.table["regime"] == "peer_support")]
    assert (own["base_points"] == 63).all()
    assert (own["left_out"] == 1).all()
    assert found.points["failed"].sum() == 1
    listed = read_csv(tmp_path / "failures.csv")
    assert listed[["point", "regime", "replicate", "reason"]].to_numpy().tolist() == [
        [3, "peer_support", 1, "ValueError: no luck"]
    ]
    run = read_known_runs(tmp_path).run(int(listed["run"][0]))
    crossing = found.design.indices(read_manifest(tmp_path).record["kept"])
    assert run.luck == 1
    assert run.parameters == crossing.set_at(3, 0).parameters
    assert run.condition.regime == crossing.cell(3, 0, 1).conditions[0].regime


def test_the_dictionary_says_what_every_column_is(small):
    table = read_csv(small.folder / "dictionary.csv")
    assert table["meaning"].notna().all()
    names = {name: list(read_csv(small.folder / name)) for name in table["file"].unique() if name.endswith(".csv")}
    assert {name: rows["column"].tolist() for name, rows in table.groupby("file") if name in names} == names
    known = table.set_index(["file", "column"])
    assert known.loc[("points.parquet", "inadequate_months_variance"), "unit"] == "council-months squared"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"sise": 8}, "unknown setting 'sise' (nearest: size)"),
        ({"size": 24}, "size: expected a power of two, as 64 or 1024, got 24"),
        ({"size": 4}, "size: expected a whole number from 8"),
        ({"trajectories": 1}, "trajectories: expected a whole number from 2"),
        ({"most": 0}, "most: expected a whole number from 1"),
        ({"screen": "moris"}, "(nearest: morris)"),
        ({"over": ["transfer_rat"]}, "(nearest: transfer_rate)"),
        ({"over": ["days_per_giver"]}, "expected a regime before a lever"),
        ({"over": []}, "expected one column or more, got none"),
        ({"over": ["best_gap"], "parameters": {"best_gap": 1.0}}, "expected best_gap either held or varied, got both"),
        ({"outcomes": ["mean_qualty"]}, "(nearest: mean_quality)"),
        ({"regimes": ["none", "none"]}, "got 'none' twice"),
        ({"price": -1.0}, "price: expected a number from 0"),
        ({"price": 1.0, "outcomes": ["mean_quality"]}, "price: expected inadequate_months among the outcomes"),
        ({"replicates": 0}, "replicates: expected a whole number from 1"),
        ({"screen": "none", "size": 1 << 16}, "size: expected a whole number from"),
    ],
)
def test_what_cannot_be_studied_is_refused_in_one_sentence(asked, sentence):
    with pytest.raises(InputError) as caught:
        make_sensitivity(asked)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_parameters_that_are_held_are_not_varied():
    design = make_sensitivity({"parameters": {"best_gap": 1.0}})
    assert "best_gap" not in design.names
    assert "receiver_quantile" in design.names
    assert design.held.parameters.best_gap == 1.0


def test_the_results_are_public():
    assert experiments.sensitivity is sensitivity
    assert experiments.load_sensitivity is load_sensitivity
    assert experiments.Sensitivity is Sensitivity
