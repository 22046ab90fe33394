"""`sli sweep` on the command line: what it says before and after, what it refuses, and the file that it takes."""

import pytest

QUICK = ["--sets", "2", "--replicates", "2", "--months", "3"]


def test_it_says_runs_minutes_and_disk_before_and_the_difference_after(sli, tmp_path):
    code, out, err = sli("sweep", "--vary", "transfer_rate=0.1:0.9:3", *QUICK, "--out", tmp_path / "out")
    lines = out.splitlines()
    named = "transfer_rate 0.9 (range 0.02 to 0.6, limits 0 to 100)"
    assert (code, err) == (0, f"warning: values beyond their ranges, which no evidence supports: {named}\n")
    assert lines[0] == "3 points x 2 parameter sets x 2 replicates x 2 regimes: 24 runs"
    assert lines[1].startswith("about ")
    assert lines[1].endswith(" a run measured just now")
    assert " MB on disk in " in lines[2]
    assert lines[3] == "inadequate_months, peer_support less partners_in_practice, parity days:"
    assert "Too few for a verdict" in out
    assert (tmp_path / "out" / "sweep.html").is_file()


def test_a_dry_run_leaves_nothing(sli, tmp_path):
    code, out, _ = sli("sweep", "--vary", "labels=on,off", *QUICK, "--out", tmp_path / "out", "--dry-run")
    assert code == 0
    assert out.startswith("2 points x 2 parameter sets")
    assert not (tmp_path / "out").exists()


def test_a_study_file_is_run_with_options_in_place_of_its_settings(sli, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(
        'outcomes = ["mean_quality"]\nsets = 3\nreplicates = 2\nmonths = 3\n[vary]\nlabels = "on,off"\n',
        encoding="utf-8",
    )
    code, out, _ = sli("sweep", study, "--sets", "2", "--out", tmp_path / "out")
    assert code == 0
    assert out.startswith("2 points x 2 parameter sets x 2 replicates")
    assert "mean_quality, peer_support less partners_in_practice" in out
    code, _, err = sli("sweep", study, "--vary", "labels=on,off")
    assert (code, err) == (2, f"sli: --vary: expected either {study} or --vary to say what is varied, got both\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "expected one of vary, design and table to say what is varied, got none of them"),
        (["--vary", "transfer_rat=0.1,0.2"], "--vary: unknown column 'transfer_rat' (nearest: transfer_rate)"),
        (["--vary", "transfer_rate=0.5:0.1:3"], "expected the low end before the high end"),
        (["--vary", "transfer_rate=0.1:0.5:0"], "expected 2 points or more"),
        (["--vary", "hybrd.share=0.5,1"], "got one of 'hybrd' (nearest: hybrid)"),
        (["--design", "lsh"], "(nearest: lhs)"),
        (["--design", "lhs", "--size", "0"], "size: expected a whole number from 1"),
        (["--vary", "labels=on,off", "--size", "3"], "size: expected design"),
        (["--vary", "labels=on,off", "--outcome", "mean_qualty"], "(nearest: mean_quality)"),
        (["--vary", "labels=on,off", "--sets", "some"], "--sets: expected a whole number"),
        (["--vary", "labels=on,off", "--engine", "mesaa"], "(nearest: mesa)"),
        (["--table", "nowhere.csv"], "nowhere.csv: expected a CSV file, got no such file"),
        (["study.csv"], "expected a file that ends in .toml, got 'study.csv'"),
        (["nowhere.toml"], "nowhere.toml: expected a TOML file, got no such file"),
        (["--varry", "labels=on,off"], "unknown option '--varry' (nearest: --vary)"),
    ],
)
def test_bad_input_ends_in_one_sentence_and_leaves_nothing(sli, tmp_path, words, sentence):
    code, out, err = sli("sweep", *words, "--out", tmp_path / "out")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sentence in err
    assert not (tmp_path / "out").exists()


def test_a_folder_of_another_sweep_stays_as_it_is(sli, tmp_path):
    asked = ["sweep", "--vary", "labels=on,off", *QUICK, "--out", tmp_path]
    assert sli(*asked)[0] == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, _, err = sli("sweep", "--vary", "alarm=on,off", *QUICK, "--out", tmp_path)
    assert code == 2
    assert "holds another design (not the same points)" in err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_both_engines_leave_the_same_tables(sli, tmp_path):
    asked = ["sweep", "--vary", "transfer_rate=0.1,0.4", "--sets", "2", "--replicates", "1", "--months", "2"]
    for engine in ("ensemble", "mesa"):
        assert sli(*asked, "--engine", engine, "--workers", "1", "--out", tmp_path / engine)[0] == 0
    for name in ("sweep.parquet", "sweep.csv", "points.csv", "study.toml"):
        assert (tmp_path / "mesa" / name).read_bytes() == (tmp_path / "ensemble" / name).read_bytes()
