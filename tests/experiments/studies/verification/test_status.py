"""`sli results FOLDER`: what it is, how far it got, what failed, and the command that made it."""

import json
import shutil

import pytest

from experiments.cli import main
from experiments.results.lock import locked
from experiments.running.maker import Maker
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.verification.status import folder_status
from simulation.compiled.ensemble import Ensemble
from simulation.errors import InputError


def said(folder, capsys):
    assert main(["results", str(folder)]) == 0
    return capsys.readouterr().out.splitlines()


def test_finished_results_say_who_made_them_and_with_which_command(small_results, capsys):
    folder = small_results.folder
    first, second, third, last = said(folder, capsys)
    assert first.startswith(f"{folder}: finished results of `sli compare`, ")
    assert second.startswith(f"made by version {small_results.manifest['version']}")
    assert third == "no run failed"
    assert last.startswith("made with: sli compare --regimes peer_support,hybrid --sets 2 --replicates 3")
    assert "--keep sample,councils" in last
    status = folder_status(folder)
    assert (status.finished, status.going_on, status.failed, status.shard) == (True, False, 0, "")


def test_what_was_begun_says_how_far_it_got_also_while_it_is_made(small_design, tmp_path, capsys, monkeypatch):
    made, make = [], Maker.make

    def some(maker, piece, *more):
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(piece)
        return make(maker, piece, *more)

    monkeypatch.setattr(Maker, "make", some)
    with pytest.raises(KeyboardInterrupt):
        compare_regimes(small_design, tmp_path / "out", report=False)
    with locked(tmp_path / "out"):
        lines = said(tmp_path / "out", capsys)
    assert lines[0].startswith(f"{tmp_path / 'out'}: `sli compare`, begun and not run to its end, ")
    assert lines[1:] == [
        "4 of at most 6 replicates of parameter sets are made",
        f"`sli compare --out {tmp_path / 'out'}` with the options that it was begun with goes on",
    ]


def test_runs_that_failed_are_listed_with_what_repeats_them(small_design, tmp_path, capsys, monkeypatch):
    run = Ensemble.run

    def broken(ensemble, regime, *words, **more):
        if getattr(regime, "name", "") == "hybrid":
            raise ZeroDivisionError("of all things")
        return run(ensemble, regime, *words, **more)

    monkeypatch.setattr(Ensemble, "run", broken)
    results = compare_regimes(small_design, tmp_path / "out", report=False)
    lines = said(tmp_path / "out", capsys)
    assert "12 runs failed:" in lines
    first = lines.index("12 runs failed:") + 1
    row = results.failures.iloc[0]
    assert lines[first] == f"  hybrid, parity pounds, set 0, replicate 0: {row.reason}"
    assert lines[first + 1].strip() == row.command
    assert "  and 2 more in failures.csv" in lines


def test_results_of_another_study_are_told_as_well(tmp_path, capsys):
    assert main(["run", "--regime", "none", "--months", "2", "--out", str(tmp_path / "run")]) == 0
    capsys.readouterr()
    assert said(tmp_path / "run", capsys)[0].startswith(f"{tmp_path / 'run'}: finished results of `sli run`, ")


def test_a_folder_without_results_or_with_damaged_ones_is_refused_in_one_line(small_results, tmp_path, capsys):
    assert main(["results", str(tmp_path)]) == 2
    assert "expected a folder of results with a manifest.json, got none" in capsys.readouterr().err
    shutil.copytree(small_results.folder, tmp_path / "out")
    (tmp_path / "out" / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="expected a manifest, got one that is damaged"):
        folder_status(tmp_path / "out")


def test_finished_results_of_which_a_table_is_lost_still_say_what_they_are(small_results, tmp_path, capsys):
    shutil.copytree(small_results.folder, tmp_path / "out")
    (tmp_path / "out" / "comparison.csv").unlink()
    lines = said(tmp_path / "out", capsys)
    assert lines[-1] == "no run failed"
    content = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert content["finished"]
