"""Discovery from end to end: out of a finished comparison, from Python and from the command line."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from experiments import discover, load_results, make_design
from experiments.cli import main
from experiments.figures import png
from experiments.figures.boxes import box_figure
from experiments.files.digests import digest
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.discovery import discover as study
from experiments.studies.discovery.sentences import box_sentences, limit_words
from simulation.errors import InputError
from simulation.parameters import PARAMETERS

FREE = ("transfer_rate", "best_gap", "attention_shift_peers")
HELD = {name: info.default for name, info in PARAMETERS.items() if name not in FREE}
FILES = {"boxes.csv", "limits.csv", "worlds.csv", "manifest.json"}


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A comparison over the prior of three parameters, the levers and a year."""
    design = make_design(
        regimes=["peer_support"],
        parities=["none"],
        sets=70,
        draw="prior",
        replicates=4,
        months=12,
        keep="runs",
        parameters=HELD,
    )
    return compare_regimes(design, tmp_path_factory.mktemp("compared") / "runs", report=False).folder


@pytest.fixture(scope="module")
def found(compared, tmp_path_factory):
    return discover(compared, tmp_path_factory.mktemp("discovered") / "boxes", baseline="none")


def test_the_folder_holds_the_tables_and_the_object_reads_them(found):
    assert {path.name for path in found.folder.iterdir()} >= FILES
    assert len(found.table) >= 1
    assert set(found.limits["number"]) <= {*FREE, "receiver_quantile", "giver_quantile"}
    assert set(found.worlds.columns) >= {"set", "weight", "lost", "box", *FREE}
    assert len(found.sentences) == len(found.table)
    assert not HELD.keys() & set(found.worlds.columns)
    runs = load_results(found.results.folder).runs.set_index(["regime", "set", "replicate"])["inadequate_months"]
    lost = 0.5 + 0.5 * np.sign(runs["peer_support"] - runs["none"])
    assert found.worlds["lost"].to_numpy() == pytest.approx(lost.groupby("set").mean().to_numpy())


def test_asked_again_nothing_is_done_and_asked_for_something_else_it_is_refused(found, compared):
    before = {path: digest(path) for path in found.folder.rglob("*") if path.is_file()}
    said = []
    discover(compared, found.folder, baseline="none", tell=said.append)
    assert said == [f"{found.folder} holds these results already: nothing was run again"]
    with pytest.raises(InputError, match=r"holds another design \(not the same baseline\)"):
        discover(compared, found.folder)
    assert {path: digest(path) for path in found.folder.rglob("*") if path.is_file()} == before


def test_the_same_question_gives_the_same_bytes(found, compared, tmp_path):
    again = discover(compared, tmp_path / "again", baseline="none")
    for name in ("boxes.csv", "limits.csv", "worlds.csv"):
        assert digest(again.folder / name) == digest(found.folder / name)


def test_a_box_that_is_not_there_has_no_picture(found):
    with pytest.raises(InputError, match=r"box: expected .* got 9"):
        found.plot(9)


# Words and pictures, of tables that say what boxes there are.


def tables(*, better, density=0.61):
    box = {"box": 1, "better_than_none": better, "outcome": "inadequate_months", "unit": "council-months"}
    box |= {"parity": "pounds", "regime": "peer_support", "baseline": "partners_in_practice", "mass": 0.3}
    box |= {"density": density, "density_error": 0.03, "coverage": 0.5, "gain": 0.2, "gain_low": 0.12}
    box |= {"gain_high": 0.27, "base": 0.4, "worlds_lost": 0.8, "worlds_lost_error": 0.05, "worlds_lost_all": 0.3}
    box |= {"difference": 25.0, "difference_all": -12.0, "worlds_searched": 256, "left_out": 0.25}
    low = {"box": 1, "number": "best_gap", "meaning": PARAMETERS["best_gap"].meaning, "unit": "SD", "low": 1.28}
    low |= {"low_5": 1.1, "low_95": 1.4, "high": np.nan, "high_5": np.nan, "high_95": np.nan, "reproduced": 0.9}
    both = low | {"number": "hiring_time", "meaning": "usual time", "unit": "months", "low": 5.0, "low_5": 4.5}
    both |= {"low_95": 5.5, "high": 8.0, "high_5": 7.0, "high_95": 9.0}
    limits = [low | {"least": 0.5, "most": 2.0}, both | {"least": 4.0, "most": 11.0}]
    return pd.DataFrame([box]), pd.DataFrame(limits)


def test_a_box_is_a_sentence_with_its_limits_and_their_bands(small_results):
    boxes, limits = tables(better=True)
    (said,) = box_sentences(small_results.case, boxes, limits)
    assert said.startswith(
        "Broad peer support loses to Partners in Practice more often where gap in quality at which a giver teaches "
        "most is at least 1.3 [1.1 to 1.4] (SD) and usual time is between 5.0 [4.5 to 5.5] and 8.0 [7.0 to 9.0] "
        "(months). There it does worse in 61% ±3 of the replicates, against 40% in all worlds"
    )
    assert "95% interval of the difference +12 to +27 points" in said
    assert "in 80% ±5 of the worlds, against 30%" in said
    assert "+25 council-months, against \N{MINUS SIGN}12 in all" in said
    assert said.endswith(" 25% of all worlds missed the parity and are left out.")
    upper = limits.to_dict("records")[1] | {"low": np.nan}
    assert limit_words(upper) == "usual time is at most 8.0 [7.0 to 9.0] (months)"


@pytest.mark.parametrize(
    ("density", "said"), [(0.41, "in the best box that was found, in 41%"), (np.nan, "no number is")]
)
def test_where_no_box_is_better_than_none_it_says_so(small_results, density, said):
    (sentence,) = box_sentences(small_results.case, *tables(better=False, density=density))
    assert sentence.startswith("No box is better than none: where broad peer support loses to Partners in Practice in ")
    assert "cannot be told from these 256 worlds" in sentence
    assert said in sentence


def test_a_picture_has_a_panel_a_number_and_the_same_bytes_each_time():
    boxes, limits = tables(better=True)
    random = np.random.default_rng(1)
    worlds = pd.DataFrame({"lost": random.random(40), "box": random.integers(0, 2, 40)})
    worlds = worlds.assign(best_gap=random.random(40), hiring_time=random.random(40))
    row = boxes.to_dict("records")[0]
    first, again = (box_figure(row, limits, worlds, "Where", "note") for _ in range(2))
    assert [axis.get_xlabel() for axis in first.axes][1] == "usual time (months)"
    assert png(first) == png(again)


# The command


def test_the_command_answers_out_of_a_finished_comparison(compared, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["discover", str(compared), "--baseline", "none", "--boxes", "1", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "broad peer support loses to no programme" in said.lower().replace("\n", " ")
    assert f"boxes, limits with bands, and worlds: {out}" in said
    assert json.loads((out / "manifest.json").read_text("utf-8"))["design"]["boxes"] == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--regime", "peers"], "regime: expected one of none, partners_in_practice, peer_support, got 'peers'"),
        (["--boxes", "9"], "boxes: expected a whole number from 1 to 5, got 9"),
        (["--parity", "days"], "parity: expected one of none, got 'days'"),
        (["--sets", "100"], "--sets: expected none with a finished comparison, whose runs are there, got one"),
        (["--switch", "overload=off"], "--switch: expected none with a finished comparison"),
    ],
)
def test_bad_input_ends_in_one_sentence_and_nothing_is_written(compared, tmp_path, asked, said, capsys):
    out = tmp_path / "out"
    assert main(["discover", str(compared), *asked, "--out", str(out)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"sli: {said}")
    assert error.count("\n") == 1
    assert not out.exists()


def test_a_comparison_of_few_sets_is_refused_and_a_folder_of_something_else(small_results, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["discover", str(small_results.folder), "--out", str(out)]) == 2
    assert "expected at least 60 worlds" in capsys.readouterr().err
    assert not (out / "boxes.csv").exists()
    assert main(["discover", str(tmp_path / "nowhere"), "--out", str(out)]) == 2
    assert "expected a folder of results with a manifest.json, got none" in capsys.readouterr().err


@pytest.mark.parametrize("asked", [["--outcome", "moves"], ["--boxes", "0"], ["--sets", "20"]])
def test_without_a_comparison_bad_input_is_refused_before_any_run(asked, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["discover", *asked, "--out", str(out)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not out.exists()


def test_interrupted_in_the_search_the_same_command_goes_on(compared, tmp_path, monkeypatch):
    out = tmp_path / "out"
    arguments = ["discover", str(compared), "--baseline", "none", "--boxes", "1", "--out", str(out)]

    def stopped(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(study, "find_boxes", stopped)
        assert main(arguments) == 130
    assert not (out / "boxes.csv").exists()
    assert main(arguments) == 0
    assert (out / "boxes.csv").exists()


@pytest.mark.slow
def test_without_a_comparison_it_makes_one_and_uses_it_again(tmp_path, capsys):
    held = tmp_path / "held.toml"
    held.write_text("\n".join(f"{name} = {value}" for name, value in HELD.items()), encoding="utf-8")
    out = tmp_path / "out"
    arguments = ["discover", "--sets", "64", "--replicates", "2", "--months", "6", "--parity", "none"]
    arguments += ["--parameters", str(held), "--out", str(out)]
    assert main(arguments) == 0
    runs = load_results(out / "runs")
    assert (runs.case.sets, runs.manifest["design"]["origin"]["kind"]) == (64, "prior")
    capsys.readouterr()
    shutil.rmtree(out / "figures", ignore_errors=True)
    (out / "boxes.csv").unlink()
    assert main(arguments) == 0
    assert f"{out / 'runs'} holds these results already" in capsys.readouterr().err
    assert (out / "boxes.csv").exists()
