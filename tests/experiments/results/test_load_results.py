"""Results read back: those of a finished comparison, and nothing else."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from experiments import Results, load_results
from experiments.files.digests import digest_of
from experiments.results.excerpt import read_run_rows
from experiments.results.manifest import Manifest
from experiments.studies.comparison import compare
from experiments.studies.comparison.compare import compare_regimes
from simulation.errors import InputError

TABLES = ["comparison", "by_lever", "money", "break_even", "price_curve"]


def edited(folder, out, **entries):
    shutil.copytree(folder, out)
    content = json.loads((out / "manifest.json").read_text(encoding="utf-8")) | entries
    (out / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    return out


def test_a_comparison_that_was_stopped_is_refused_with_the_command_that_goes_on(small_design, tmp_path, monkeypatch):
    def stops(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(compare, "_write_tables", stops)
    with pytest.raises(KeyboardInterrupt):
        compare_regimes(small_design, tmp_path / "out", report=False)
    wanted = (
        f"{tmp_path / 'out'}: expected finished results, got a comparison that was not run to its end; "
        f"`sli compare --out {tmp_path / 'out'}` with the options that it was begun with goes on"
    )
    for read in (load_results, Results):
        with pytest.raises(InputError) as refusal:
            read(tmp_path / "out")
        assert str(refusal.value) == wanted


def test_what_says_that_it_is_not_finished_is_refused(small_results, tmp_path):
    out = edited(small_results.folder, tmp_path / "out", finished=False)
    with pytest.raises(InputError, match="expected finished results of `sli compare`"):
        load_results(out)


def test_results_of_another_command_are_refused(tmp_path):
    Manifest(study="knockout", fingerprint=digest_of({}), design={}, finished=True).write(tmp_path)
    with pytest.raises(InputError, match="expected finished results of `sli compare`, got those of `sli knockout`"):
        load_results(tmp_path)


def test_a_folder_without_results_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"expected a folder of results with a manifest\.json, got none"):
        load_results(tmp_path)
    with pytest.raises(InputError, match=r"expected a folder of results with a manifest\.json, got none"):
        load_results(tmp_path / "nowhere")


def test_results_that_were_begun_anew_are_those_that_are_finished(small_results, tmp_path):
    out = edited(small_results.folder, tmp_path / "out")
    (out / "unfinished").mkdir()
    Manifest(study="compare", fingerprint=digest_of({}), design={}).write(out / "unfinished")
    assert load_results(out).comparison.equals(small_results.comparison)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_findings_is_read_as_it_was_written(small_results, name):
    table = getattr(small_results, name)
    path = small_results.folder / f"{name}.csv"
    assert table.to_csv(index=False, lineterminator="\n").encode() in path.read_bytes()
    assert isinstance(table.attrs["units"], dict)


def test_claims_that_were_not_tested_are_refused(small_results):
    with pytest.raises(InputError, match="expected claims that were tested, got none: run again with --claims"):
        _ = small_results.claims


def test_the_rows_of_one_regime_are_read_alone(small_results):
    path = small_results.folder / "groups.parquet"
    columns = ["group", "mean_quality"]
    found = read_run_rows(path, "run", small_results.run_numbers("days", "hybrid"), columns)
    wanted = small_results.groups.query("parity == 'days' and regime == 'hybrid'")[columns]
    assert list(found) == columns
    pd.testing.assert_frame_equal(
        found.astype(wanted.dtypes.to_dict()), wanted.reset_index(drop=True), check_categorical=False
    )
    assert read_run_rows(path, "run", small_results.run_numbers("days", "nobody"), columns).empty


def test_runs_are_read_in_the_order_in_which_they_are_asked_for_and_as_often(small_results):
    path = small_results.folder / "groups.parquet"
    whole = pd.read_parquet(path)
    asked = np.array([7, 2, 2, len(whole) // 18 - 1])
    found = read_run_rows(path, "run", asked, ["run", "mean_quality"])
    assert found["run"].tolist() == np.repeat(asked, 18).tolist()
    wanted = np.concatenate([whole.loc[whole["run"] == run, "mean_quality"] for run in asked])
    np.testing.assert_array_equal(found["mean_quality"], wanted)


def test_a_comparison_that_was_stopped_before_its_first_block_bars_no_other(small_design, tmp_path, monkeypatch):
    def stops(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(compare, "run_comparison", stops)
        with pytest.raises(KeyboardInterrupt):
            compare_regimes(small_design, tmp_path / "out", report=False)
    other = replace(small_design, replicates=1, sets=small_design.sets[:1], months=2)
    assert compare_regimes(other, tmp_path / "out", report=False).manifest["finished"]
