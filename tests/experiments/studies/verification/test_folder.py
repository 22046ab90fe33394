"""`sli verify FOLDER`: files by their digests, and runs made again to the last bit."""

import json
import shutil

import numpy as np
import pyarrow.parquet as pq
import pytest

from experiments import load_results
from experiments.cli import main
from experiments.design.design import make_design
from experiments.files.digests import digest
from experiments.results.failures import FAILURES
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.verification import folder as verification
from experiments.studies.verification.folder import verify_folder
from experiments.studies.verification.readers import read_known_runs
from simulation import load_councils
from simulation.compiled.ensemble import Ensemble
from simulation.errors import InputError
from simulation.outcomes.outcomes import OUTCOMES

OWN = "code,region,grade,judged_on\n" + "".join(
    f"X{number},west,{grade},2018-01-15\n" for number, grade in enumerate(["good", "inadequate", "good", "outstanding"])
)


@pytest.fixture
def folder(small_results, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(small_results.folder, out)
    return out


def reseal(folder, name):
    """Let the manifest say that a file is as it was written."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["digests"][name] = digest(folder / name)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_a_folder_holds_and_any_sample_of_its_runs(folder, small_design, capsys):
    found = verify_folder(folder, runs=1000)
    assert (found.holds, found.runs, found.same_model) == (True, small_design.size(), True)
    assert found.changes.empty
    before = sorted(path.name for path in folder.rglob("*"))
    assert main(["verify", str(folder), "--runs", "3", "--seed", "5"]) == 0
    manifest = load_results(folder).manifest
    whole = f"all {len(manifest['digests']) + len(manifest['views'])} files of {folder} are as they were written"
    assert capsys.readouterr().out == f"yes: {whole}, and 3 runs made again are equal to the last bit\n"
    assert sorted(path.name for path in folder.rglob("*")) == before


def test_a_file_that_was_changed_or_lost_is_named_and_nothing_is_run(folder, capsys, monkeypatch):
    monkeypatch.setattr(verification, "run_rounds", None)
    (folder / "turns.csv").write_text("better\n", encoding="utf-8")
    (folder / "paths.parquet").unlink()
    assert main(["verify", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "turns.csv: changed or missing\n" in out
    assert "paths.parquet: changed or missing\n" in out
    assert out.splitlines()[-1].startswith("no: 2 of ")


def test_one_bit_of_one_outcome_is_found(folder):
    path = folder / "runs.parquet"
    table = pq.read_table(path)
    values = table["mean_quality"].to_numpy().copy()
    values[4] = np.nextafter(values[4], np.inf)
    pq.write_table(table.set_column(table.schema.names.index("mean_quality"), "mean_quality", [values]), path)
    reseal(folder, "runs.parquet")
    found = verify_folder(folder, runs=1000)
    assert (found.holds, found.differing) == (False, (4,))
    (row,) = found.changes.itertuples()
    assert (row.outcome, row.unit, row.runs) == ("mean_quality", "SD", 1)
    assert row.largest_change == pytest.approx(-np.spacing(values[4]), rel=0.5)


def test_a_model_that_changed_says_which_outcomes_and_by_how_much(folder, capsys, monkeypatch):
    run = Ensemble.run

    def dearer(ensemble, *words, **more):
        found = run(ensemble, *words, **more)
        found.values[list(OUTCOMES).index("failure_cost")] += 2.0
        return found

    monkeypatch.setattr(Ensemble, "run", dearer)
    monkeypatch.setattr(verification, "model_digest", lambda: "another")
    assert main(["verify", str(folder), "--runs", "4"]) == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert first == "the model has changed since these results were made"
    assert second == "failure_cost: changed in 4 runs, by +2 GBP on average and +2 at most"
    assert last.endswith("but 4 of 4 runs made again differ")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "verify: expected a results folder or --machine, got nothing to check"),
        (["{folder}", "--machine"], "verify: expected a results folder or --machine, got both"),
        (["{folder}", "--runs", "0"], "runs: expected a whole number from 1 to 10000000, got 0"),
        (["{folder}/nowhere"], "expected a folder of results with a manifest.json, got none"),
    ],
)
def test_what_cannot_be_verified_is_refused_in_one_line(folder, asked, said, capsys):
    assert main(["verify", *(word.format(folder=folder) for word in asked)]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_councils_of_ones_own_are_asked_for(tmp_path):
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    own = load_councils(tmp_path / "own.csv")
    design = make_design(regimes=["hybrid"], parities=["days"], sets=2, replicates=1, months=3, councils=own)
    compare_regimes(design, tmp_path / "out", report=False)
    with pytest.raises(InputError, match=r"the 4 councils that it was made on, got England's; --councils FILE\.csv"):
        verify_folder(tmp_path / "out")
    assert verify_folder(tmp_path / "out", councils=own).holds


def test_a_run_that_failed_is_repeated_by_its_command(small_design, tmp_path, monkeypatch, capsys):
    run = Ensemble.run

    def broken(ensemble, regime, opening, parity="none", **more):
        if getattr(regime, "name", "") == "hybrid" and opening.chance.replicate == 1 and parity == "days":
            raise ZeroDivisionError("of all things")
        return run(ensemble, regime, opening, parity, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Ensemble, "run", broken)
        results = compare_regimes(small_design, tmp_path / "out", report=False)
    table = results.failures
    assert table[["parity", "regime", "set", "replicate"]].to_numpy().tolist() == [
        ["days", "hybrid", number, 1] for number in (0, 1)
    ]
    assert table["run"].tolist() == results.run_numbers("days", "hybrid").reshape(2, 3)[:, 1].tolist()
    asked = table["command"].iloc[1].split()
    assert asked[:3] == ["sli", "run", "--results"]
    assert main([*asked[1:], "--out", str(tmp_path / "run")]) == 0
    capsys.readouterr()
    # What the compiled engine failed at, agents now do: with what the comparison gives once it is whole.
    whole = compare_regimes(small_design, tmp_path / "out", report=False)
    assert not (tmp_path / "out" / FAILURES).exists()
    with pytest.raises(InputError, match="expected runs that failed, got none"):
        _ = whole.failures
    known = read_known_runs(tmp_path / "out").outcomes(table["run"].iloc[1])
    outcomes = (tmp_path / "run" / "outcomes.csv").read_text(encoding="utf-8").splitlines()[1:]
    values = {line.split(",")[0]: line.split(",")[1] for line in outcomes}
    for name, wanted in zip(OUTCOMES, known.tolist(), strict=True):
        if not OUTCOMES[name].paired:
            assert values[name] == "" if np.isnan(wanted) else float(values[name]) == wanted, name


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--results", "{folder}"], "--run: expected both --results and --run, got one of them"),
        (["--run", "3"], "--results: expected both --results and --run, got one of them"),
        (["--results", "{folder}", "--run", "5000"], "run: expected a whole number from 0 to "),
        (["--results", "{folder}", "--run", "3", "--regime", "none"], "--regime: expected a regime or a run of"),
        ([], "run: expected --regime, or --results and --run, got nothing to run"),
    ],
)
def test_a_run_that_is_none_of_the_folders_is_refused(folder, asked, said, capsys, tmp_path):
    words = [word.format(folder=folder) for word in asked]
    assert main(["run", *words, "--out", str(tmp_path / "none")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_a_folder_without_single_runs_is_held_against_its_digests(tmp_path, capsys):
    assert main(["run", "--regime", "none", "--months", "2", "--out", str(tmp_path / "run")]) == 0
    assert main(["verify", str(tmp_path / "run")]) == 0
    assert capsys.readouterr().out.endswith("no run of theirs is kept by itself, and none was made again\n")
    (tmp_path / "run" / "months.csv").write_text("", encoding="utf-8")
    assert main(["verify", str(tmp_path / "run")]) == 1
