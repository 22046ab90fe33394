"""A results folder: whole files, going on, refusing, and reading back."""

import errno
import json
import shutil
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from experiments import load_results
from experiments.design.design import make_design
from experiments.files.digests import digest
from experiments.files.whole import whole_file, write_csv, write_text
from experiments.results.blocks import Key, block_keys
from experiments.results.folder import ResultsFolder
from experiments.running import rounds as batches
from experiments.running.maker import Maker, _Compiled
from experiments.studies.comparison.compare import COMPARISON_FILES, compare_regimes
from experiments.studies.comparison.differences import COMPARISON_COLUMNS, take_look
from simulation.errors import InputError
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.parameters import PARAMETERS
from simulation.simulate import simulate

TABLES = [name for name in COMPARISON_FILES if "." in name and name not in {"claims.csv", "report.html"}]


def digests(folder):
    return {name: digest(folder / name) for name in TABLES}


def opened(design, path):
    folder = ResultsFolder(path, design.describe(), COMPARISON_FILES)
    folder.open()
    return folder


def test_a_whole_file_replaces_the_old_one_only_at_its_end(tmp_path):
    path = tmp_path / "file"
    write_text(path, "old")
    with whole_file(path) as file:
        file.write(b"half of the n")
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "half of the n"


def test_nothing_is_left_of_a_file_that_could_not_be_written(tmp_path):
    def write():
        with whole_file(tmp_path / "file") as file:
            file.write(b"half of the n")
            raise OSError(errno.EFBIG, "too large")

    write_text(tmp_path / "file", "old")
    with pytest.raises(OSError, match="too large"):
        write()
    assert (tmp_path / "file").read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_table_is_written_for_a_spreadsheet(tmp_path):
    path = tmp_path / "table.csv"
    write_csv(path, pd.DataFrame({"a": [1 / 3, np.nan], "b": ["x,y", ""]}), encoding="utf-8-sig", digits=4)
    assert path.read_bytes() == b'\xef\xbb\xbfa,b\n0.3333,"x,y"\n,\n'


def test_the_tables_are_there_with_their_columns_and_rows(small_design, small_results):
    keys = ["parity", "regime", "set", "replicate"]
    runs = small_results.runs
    assert list(runs)[:4] == keys
    assert set(runs) - set(keys) == {*OUTCOMES, "realised_pounds", "realised_days", "realised_director_days", "error"}
    assert len(runs) == len(small_design.labels) * 2 * 3
    assert (runs.error == "").all()
    assert list(small_results.months) == [*keys, "month", *PATHS]
    assert len(small_results.months) == len(runs) * 7
    assert list(small_results.sets) == ["set", "weight", *PARAMETERS, "receiver_quantile", "giver_quantile"]
    assert list(small_results.comparison) == list(COMPARISON_COLUMNS)
    assert list(small_results.paths) == ["parity", "regime", "path", "month", "kind", "q05", "q25", "q50", "q75", "q95"]
    assert len(small_results.paths) == len(small_design.labels) * len(PATHS) * 7 * 2


def test_rows_are_in_the_order_of_the_design(small_design, small_results):
    runs = small_results.runs
    order = [(label.parity, label.regime) for label in small_design.labels]
    places = [(order.index((row.parity, row.regime)), row.set, row.replicate) for row in runs.itertuples(index=False)]
    assert all(before < after for before, after in pairwise(places))


def test_a_row_is_what_simulate_gives(small_design, small_results):
    runs, months = small_results.runs, small_results.months
    row = runs[(runs.parity == "days") & (runs.regime == "peer_support") & (runs.set == 1) & (runs.replicate == 2)]
    chosen = small_design.sets[1]
    (regime,) = [regime for regime in small_design.regimes if regime.name == "peer_support"]
    run = simulate(chosen.levers(regime), replicate=2, months=7, parameters=chosen.parameters, parity="days")
    for name, value in run.outcomes.items():
        if not OUTCOMES[name].paired:
            assert row[name].item() == pytest.approx(value, nan_ok=True, abs=0), name
    assert row.realised_days.item() == run.realised["days"]
    kept = months[(months.parity == "days") & (months.regime == "peer_support") & (months.set == 1)]
    kept = kept[kept.replicate == 2].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept[list(PATHS)], run.months.reset_index(drop=True)[list(PATHS)], check_dtype=False)


def test_regimes_that_are_the_same_under_both_parities_have_the_same_rows(small_results):
    runs = small_results.runs[small_results.runs.regime == "partners_in_practice"].drop(columns="parity")
    half = len(runs) // 2
    pd.testing.assert_frame_equal(runs[:half].reset_index(drop=True), runs[half:].reset_index(drop=True))


def test_groups_add_up_to_the_run(small_results):
    groups, runs = small_results.groups, small_results.runs
    keys = ["parity", "regime", "set", "replicate"]
    for _, kind in groups.groupby("kind"):
        totals = kind.groupby(keys)[["councils", "inadequate_months", "days_received"]].sum()
        assert (totals.councils == 152).all()
        found = runs.set_index(keys).loc[totals.index]
        np.testing.assert_allclose(totals.inadequate_months, found.inadequate_months)
        np.testing.assert_allclose(totals.days_received, found.days_delivered)


def test_the_manifest_says_what_was_run_and_seals_the_files(small_design, small_results):
    manifest = json.loads((small_results.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["finished"]
    assert manifest["failed"] == 0
    assert manifest["design"] == small_design.describe()
    assert manifest["digests"] == digests(small_results.folder)
    assert manifest["packages"]["mesa"]
    assert manifest["runs"] == small_design.size()
    assert not (small_results.folder / "blocks").exists()
    # No path of this machine.
    assert str(small_results.folder.parent) not in json.dumps(manifest)


def test_tables_carry_their_units(small_results):
    assert small_results.units["transfer_rate"] == PARAMETERS["transfer_rate"].unit
    assert small_results.runs.attrs["units"]["programme_cash"] == "GBP"
    assert load_results(small_results.folder).paths.equals(small_results.paths)


def test_the_files_are_the_same_bytes_whatever_the_number_of_threads(small_design, small_results, tmp_path):
    for workers in (2, 3):
        compare_regimes(small_design, tmp_path / str(workers), workers=workers, report=False)
        assert digests(tmp_path / str(workers)) == digests(small_results.folder)


@pytest.mark.parametrize("workers", [1, 2])
def test_both_engines_give_the_same_bytes(small_design, small_results, tmp_path, workers):
    compare_regimes(small_design, tmp_path / "mesa", engine="mesa", workers=workers, report=False)
    assert digests(tmp_path / "mesa") == digests(small_results.folder)


def test_interrupted_and_gone_on_gives_the_same_bytes(small_design, small_results, tmp_path, monkeypatch):
    made = []

    def some(maker, key, *more):
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(key)
        return make(maker, key, *more)

    out, told, make = tmp_path / "out", [], Maker.make
    with monkeypatch.context() as patch:
        patch.setattr(Maker, "make", some)
        with pytest.raises(KeyboardInterrupt):
            compare_regimes(small_design, out, report=False)
    assert len(list((out / "blocks").glob("*.npz"))) == 2
    with pytest.raises(InputError, match="not run to its end"):
        load_results(out)
    compare_regimes(small_design, out, report=False, tell=told.append)
    assert told == ["going on from 2 of 3 blocks on disk"]
    assert digests(out) == digests(small_results.folder)


def test_a_block_that_is_not_whole_is_made_again(small_design, small_results, tmp_path):
    out = tmp_path / "out"
    folder = opened(small_design, out)
    keys = block_keys(small_design, "ensemble", range(3))
    maker = Maker(small_design, "ensemble")
    for key in keys:
        folder.write_block(key, maker.make(key))
    files = sorted((out / "blocks").iterdir())
    assert [file.suffix for file in files] == [".bin", ".npz"] * 3
    files[0].write_bytes(files[0].read_bytes()[:500])
    files[3].write_bytes(files[3].read_bytes()[:500])
    (out / "blocks" / ".leftover.part").write_bytes(b"")
    assert folder.done(keys) == {keys[2]}
    compare_regimes(small_design, out, report=False)
    assert digests(out) == digests(small_results.folder)


def test_finished_results_are_not_run_again(small_design, small_results, tmp_path, monkeypatch):
    out, told = tmp_path / "out", []
    shutil.copytree(small_results.folder, out)
    monkeypatch.setattr(Maker, "make", None)
    compare_regimes(small_design, out, report=False, tell=told.append)
    assert told == [f"{out} holds this comparison already: nothing was run again"]


def test_results_that_were_changed_by_hand_are_made_again(small_design, small_results, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(small_results.folder, out)
    (out / "comparison.csv").write_text("better!\n", encoding="utf-8")
    compare_regimes(small_design, out, report=False)
    assert digests(out) == digests(small_results.folder)


def test_another_design_is_refused_and_replaced_only_by_force(small_results, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(small_results.folder, out)
    (out / "my notes.txt").write_text("mine", encoding="utf-8")
    before = digests(out)
    other = make_design(regimes=["hybrid"], parities=["days"], sets=1, replicates=1, months=2)
    with pytest.raises(
        InputError, match=r"another design \(not the same regimes, parities, origin, sets, replicates, months\)"
    ):
        compare_regimes(other, out, report=False)
    assert digests(out) == before
    compare_regimes(other, out, report=False, force=True)
    assert digests(out) != before
    assert (out / "my notes.txt").exists()


def test_a_folder_with_files_of_the_same_names_is_refused(small_design, tmp_path):
    (tmp_path / "runs.parquet").write_bytes(b"somebody's")
    with pytest.raises(InputError, match=r"expected a folder without results, got one that holds runs\.parquet"):
        compare_regimes(small_design, tmp_path, report=False)
    assert [path.name for path in tmp_path.iterdir()] == ["runs.parquet"]


def test_a_run_that_fails_is_a_row_with_its_reason_and_the_rest_goes_on(small_design, tmp_path, monkeypatch):
    def breaks(world, distinct):
        if distinct.regime.name == "hybrid" and world._chance.replicate == 1 and distinct.parity == "days":
            raise ZeroDivisionError("of\nall things")
        return run(world, distinct)

    run = _Compiled.run
    with monkeypatch.context() as patch:
        patch.setattr(_Compiled, "run", breaks)
        results = compare_regimes(small_design, tmp_path, report=False)
    failed = results.runs[results.runs.error != ""]
    assert set(failed.error) == {"ZeroDivisionError: of all things"}
    assert set(zip(failed.parity, failed.regime, failed.replicate, strict=True)) == {("days", "hybrid", 1)}
    assert failed[list(OUTCOMES)].isna().all(axis=None)
    assert results.runs[results.runs.error == ""].inadequate_months.notna().all()
    assert results.manifest["failed"] == 2
    row = results.comparison.query("parity == 'days' and regime == 'hybrid' and outcome == 'mean_quality'").iloc[0]
    assert (row.sets, row.replicates) == (2, 2)
    assert np.isfinite(row.difference)
    # The same command makes only the failed blocks again.
    told = []
    again = compare_regimes(small_design, tmp_path, report=False, tell=told.append)
    assert told == ["going on from 2 of 3 blocks on disk"]
    assert again.manifest["failed"] == 0


def test_where_none_fails_paired_outcomes_are_missing_and_nothing_else(small_design, monkeypatch):
    def breaks(world, distinct):
        if distinct.regime.name == "none":
            raise MemoryError
        return run(world, distinct)

    run = _Compiled.run
    monkeypatch.setattr(_Compiled, "run", breaks)
    block = Maker(small_design, "ensemble").make(Key(0, 0, 1))
    paired = [info.paired for info in OUTCOMES.values()]
    assert block.failed == 1
    assert np.isnan(block.outcomes[1:, paired]).all()
    assert np.isfinite(block.outcomes[1:, list(OUTCOMES).index("inadequate_months")]).all()


def test_where_every_run_fails_there_are_tables_of_nothing(small_design, tmp_path, monkeypatch):
    monkeypatch.setattr(_Compiled, "run", None)
    results = compare_regimes(small_design, tmp_path, report=False)
    assert results.manifest["failed"] == small_design.size()
    assert results.runs.error.str.startswith("TypeError").all()
    assert set(results.comparison.verdict) <= {"no verdict", "parity not met"}


def test_a_full_disk_leaves_whole_files_only_and_the_next_call_goes_on(
    small_design, small_results, tmp_path, monkeypatch
):
    wrote = []

    def full(key, block):
        if len(wrote) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        wrote.append(key)
        written(key, block)

    folder = opened(small_design, tmp_path)
    written = folder.write_block
    monkeypatch.setattr(folder, "write_block", full)
    with pytest.raises(OSError, match="No space left"):
        batches.run_batches(small_design, folder, engine="ensemble", workers=1, look=take_look)
    assert len(folder.done(block_keys(small_design, "ensemble", range(3)))) == 2
    compare_regimes(small_design, tmp_path, report=False)
    assert digests(tmp_path) == digests(small_results.folder)


def test_what_is_no_results_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"expected a folder of results with a manifest\.json"):
        load_results(tmp_path)
    (tmp_path / "manifest.json").write_bytes(b"\xff\x00")
    with pytest.raises(InputError):
        load_results(tmp_path)
