"""`sli sensitivity` on the command line: what it says before and after, what it refuses, and the file that it takes."""

import pytest

QUICK = ["--over", "transfer_rate,best_gap,national_drift", "--most", "2", "--trajectories", "4", "--size", "8"]
QUICK += ["--replicates", "2", "--months", "3"]


def test_it_says_runs_minutes_and_disk_before_and_what_decides_after(sli, tmp_path):
    code, out, err = sli("sensitivity", *QUICK, "--out", tmp_path / "out")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "screening of 3 columns: 4 trajectories, 16 points x 2 replicates x 2 regimes"
    assert lines[1] == "indices: 8 base points, at most 40 points x 2 replicates x 2 regimes"
    assert lines[2] == "at most 224 runs in all"
    assert lines[3].endswith(" a run measured just now")
    assert lines[5].startswith("what decides the difference in ")
    assert "a first answer" in out
    assert (tmp_path / "out" / "sensitivity.html").is_file()


def test_a_dry_run_leaves_nothing(sli, tmp_path):
    code, out, _ = sli("sensitivity", "--dry-run", "--out", tmp_path / "out")
    assert code == 0
    assert out.startswith("screening of ")
    assert not (tmp_path / "out").exists()


def test_a_study_file_is_run_with_options_in_place_of_its_settings(sli, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text('over = ["transfer_rate", "best_gap"]\nsize = 16\nreplicates = 2\nmonths = 3\n', encoding="utf-8")
    code, out, _ = sli("sensitivity", study, "--size", "8", "--outcome", "mean_quality", "--out", tmp_path / "out")
    assert code == 0
    assert out.startswith("indices: 8 base points, 32 points x 2 replicates x 2 regimes")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--over", "transfer_rat"], "unknown column 'transfer_rat' (nearest: transfer_rate)"),
        (["--over", "transfer_rate=0.5:0.1"], "expected the low end before the high end"),
        (["--size", "100"], "size: expected a power of two"),
        (["--screen", "moris"], "(nearest: morris)"),
        (["--outcome", "mean_qualty"], "(nearest: mean_quality)"),
        (["--cluster", "here"], "--cluster"),
        (["study.csv"], "expected a file that ends in .toml, got 'study.csv'"),
        (["nowhere.toml"], "nowhere.toml: expected a TOML file, got no such file"),
        (["--sise", "64"], "unknown option '--sise' (nearest: --size)"),
    ],
)
def test_bad_input_ends_in_one_sentence_and_leaves_nothing(sli, tmp_path, words, sentence):
    code, out, err = sli("sensitivity", *words, "--out", tmp_path / "out")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sentence in err.replace("cluster:", "--cluster:")
    assert not (tmp_path / "out").exists()


def test_a_folder_of_another_study_stays_as_it_is(sli, tmp_path):
    assert sli("sensitivity", *QUICK, "--out", tmp_path)[0] == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, _, err = sli("sensitivity", *QUICK, "--seed", "5", "--out", tmp_path)
    assert code == 2
    assert "holds another design" in err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_both_engines_leave_the_same_tables(sli, tmp_path):
    asked = ["sensitivity", "--over", "transfer_rate,best_gap", "--size", "8", "--replicates", "1", "--months", "2"]
    for engine in ("ensemble", "mesa"):
        assert sli(*asked, "--engine", engine, "--workers", "1", "--out", tmp_path / engine)[0] == 0
    for name in ("indices.csv", "points.parquet", "study.toml"):
        assert (tmp_path / "mesa" / name).read_bytes() == (tmp_path / "ensemble" / name).read_bytes()
