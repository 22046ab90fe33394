"""A comparison gives the same bytes whatever happened on the way; what does not hold is made anew, and said."""

import errno
import shutil

import numpy as np
import pytest

from experiments import load_results
from experiments.design.design import make_design
from experiments.files.digests import digest
from experiments.results.blocks import BlockFolder
from experiments.running.maker import Maker
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.comparison.folder import COMPARISON_FILES
from simulation.compiled.ensemble import Ensemble
from simulation.errors import InputError
from simulation.outcomes.outcomes import OUTCOMES

pytestmark = pytest.mark.usefixtures("quick_pictures")

ADDED = {"claims.csv", "headlines.csv", "report.html", "brief.html", "failures.csv"}
TABLES = [name for name in COMPARISON_FILES if "." in name and name not in ADDED]
GOING_ON = "going on from {} of 3 blocks on disk"


def digests(folder):
    return {name: digest(folder / name) for name in TABLES}


def names(folder):
    return {path.name for path in folder.iterdir()} - {".lock"}


def compare(design, out, **more):
    """Compare, and return what was told."""
    told = []
    compare_regimes(design, out, report=False, tell=told.append, **more)
    return told


def stop_after(monkeypatch, number):
    """Let so many blocks be made, and then interrupt."""
    made, make = [], Maker.make

    def some(maker, piece, *more):
        if len(made) == number:
            raise KeyboardInterrupt
        made.append(piece)
        return make(maker, piece, *more)

    monkeypatch.setattr(Maker, "make", some)


@pytest.fixture
def begun(small_design, tmp_path):
    """The small comparison, stopped when two of its three blocks were made."""
    out = tmp_path / "begun"
    with pytest.MonkeyPatch.context() as patch:
        stop_after(patch, 2)
        with pytest.raises(KeyboardInterrupt):
            compare(small_design, out)
    return out


def break_runs(monkeypatch, breaks):
    """Let `breaks(regime, opening, parity)` raise before a run."""
    run = Ensemble.run

    def broken(ensemble, regime, opening, parity="none", **more):
        if not isinstance(regime, str):  # the run that warms up is of a name
            breaks(regime, opening, parity)
        return run(ensemble, regime, opening, parity, **more)

    monkeypatch.setattr(Ensemble, "run", broken)


def test_the_files_are_the_same_bytes_whatever_the_number_of_threads(small_design, small_results, tmp_path):
    for workers in (2, 3):
        compare(small_design, tmp_path / str(workers), workers=workers)
        assert digests(tmp_path / str(workers)) == digests(small_results.folder)


@pytest.mark.parametrize("workers", [1, 2])
def test_both_engines_give_the_same_bytes(small_design, small_results, tmp_path, workers):
    compare(small_design, tmp_path / "mesa", engine="mesa", workers=workers)
    assert digests(tmp_path / "mesa") == digests(small_results.folder)


def test_interrupted_and_gone_on_gives_the_same_bytes(small_design, small_results, begun):
    assert names(begun) == {"unfinished"}
    assert names(begun / "unfinished") == {"manifest.json", "blocks"}
    assert len(list((begun / "unfinished" / "blocks").glob("*.npz"))) == 2
    with pytest.raises(InputError, match="not run to its end"):
        load_results(begun)
    assert compare(small_design, begun) == [GOING_ON.format(2)]
    assert digests(begun) == digests(small_results.folder)
    assert names(begun) == {*TABLES, "manifest.json"}


def test_what_one_engine_began_another_ends(small_design, small_results, begun):
    assert compare(small_design, begun, engine="mesa") == []
    assert digests(begun) == digests(small_results.folder)


def flip_a_bit(files):
    data = bytearray(files[0].read_bytes())
    data[len(data) // 2] ^= 4
    files[0].write_bytes(data)
    return 1


def flip_a_bit_of_the_months(files):
    return flip_a_bit([files[0].with_name(f"{files[0].stem}-months.bin")])


def cut_short(files):
    files[0].write_bytes(files[0].read_bytes()[:500])
    return 1


def swap(files):
    for one, two in (files, [file.with_name(f"{file.stem}-months.bin") for file in files]):
        first, second = one.read_bytes(), two.read_bytes()
        one.write_bytes(second)
        two.write_bytes(first)
    return 2


def swap_months(files):
    one, two = (file.with_name(f"{file.stem}-months.bin") for file in files)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    return 2


def numbers_that_are_none(files):
    with np.load(files[0]) as content:
        arrays = {name: content[name] for name in content.files}
    with files[0].open("wb") as file:
        np.savez(file, **(arrays | {"outcomes": np.full_like(arrays["outcomes"], np.nan)}))
    return 1


def fewer_runs(files):
    with np.load(files[0]) as content:
        arrays = {name: content[name] for name in content.files}
    with files[0].open("wb") as file:
        np.savez(file, **(arrays | {name: arrays[name][:1] for name in ("outcomes", "realised", "groups", "errors")}))
    return 1


def folder_in_its_place(files):
    files[0].unlink()
    files[0].mkdir()
    return 1


def link_to_nothing(files):
    files[0].unlink()
    files[0].symlink_to("nowhere")
    return 1


@pytest.mark.parametrize(
    "spoil",
    [
        flip_a_bit,
        flip_a_bit_of_the_months,
        cut_short,
        swap,
        swap_months,
        numbers_that_are_none,
        fewer_runs,
        folder_in_its_place,
        link_to_nothing,
    ],
)
def test_a_block_that_does_not_hold_is_made_anew_and_named(small_design, small_results, begun, spoil):
    files = sorted((begun / "unfinished" / "blocks").glob("*.npz"))
    spoilt = spoil(files)
    said = "blocks that do not hold are made anew: " + ", ".join(file.stem for file in files[:spoilt])
    assert compare(small_design, begun)[-1] == said
    assert digests(begun) == digests(small_results.folder)


def test_blocks_of_another_seed_are_made_anew_and_named(small_design, small_results, begun, tmp_path):
    other = make_design(
        regimes=["peer_support", "hybrid"], parities=["pounds", "days"], sets=2, replicates=3, months=7, seed=9
    )
    with pytest.MonkeyPatch.context() as patch:
        stop_after(patch, 2)
        with pytest.raises(KeyboardInterrupt):
            compare(other, tmp_path / "other")
    blocks = begun / "unfinished" / "blocks"
    shutil.rmtree(blocks)
    shutil.copytree(tmp_path / "other" / "unfinished" / "blocks", blocks)
    named = ", ".join(sorted(path.stem for path in blocks.glob("*.npz")))
    assert compare(small_design, begun) == [f"blocks that do not hold are made anew: {named}"]
    assert digests(begun) == digests(small_results.folder)


def test_finished_results_are_not_run_again(small_design, small_results, tmp_path, monkeypatch):
    out = tmp_path / "out"
    shutil.copytree(small_results.folder, out)
    monkeypatch.setattr(Maker, "make", None)
    assert compare(small_design, out) == [f"{out} holds these results already: nothing was run again"]


def test_results_that_were_changed_by_hand_are_made_again(small_design, small_results, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(small_results.folder, out)
    (out / "comparison.csv").write_text("better!\n", encoding="utf-8")
    assert compare(small_design, out) == [f"{out}: comparison.csv was changed or is missing; the results are made anew"]
    assert digests(out) == digests(small_results.folder)


def test_another_design_is_refused_and_replaced_only_by_force(small_results, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(small_results.folder, out)
    (out / "my notes.txt").write_text("mine", encoding="utf-8")
    before = digests(out)
    other = make_design(regimes=["hybrid"], parities=["days"], sets=1, replicates=1, months=2, keep="runs")
    with pytest.raises(
        InputError, match=r"another design \(not the same regimes, parities, origin, sets, replicates, keep, months\)"
    ):
        compare(other, out)
    assert digests(out) == before
    compare(other, out, force=True)
    assert names(out) == {*TABLES, "manifest.json", "my notes.txt"} - {"months.parquet", "councils.parquet"}
    assert digest(out / "runs.parquet") != before["runs.parquet"]


def test_a_run_that_fails_is_a_row_with_its_reason_and_the_rest_goes_on(small_design, tmp_path, monkeypatch):
    def breaks(regime, opening, parity):
        if regime.name == "hybrid" and opening.chance.replicate == 1 and parity == "days":
            raise ZeroDivisionError("of\nall things")

    with monkeypatch.context() as patch:
        break_runs(patch, breaks)
        compare(small_design, tmp_path)
    results = load_results(tmp_path)
    failed = results.runs[results.runs.error != ""]
    assert set(failed.error) == {"ZeroDivisionError: of all things"}
    assert set(zip(failed.parity, failed.regime, failed.replicate, strict=True)) == {("days", "hybrid", 1)}
    assert failed[list(OUTCOMES)].isna().all(axis=None)
    assert results.runs[results.runs.error == ""].inadequate_months.notna().all()
    assert results.manifest["failed"] == 2
    row = results.comparison.query("parity == 'days' and regime == 'hybrid' and outcome == 'mean_quality'").iloc[0]
    assert (row.worlds, row.replicates) == (2, 2)
    assert np.isfinite(row.difference)
    # The same command makes only the failed blocks again.
    assert compare(small_design, tmp_path) == [GOING_ON.format(2)]
    assert load_results(tmp_path).manifest["failed"] == 0
    assert names(tmp_path) == {*TABLES, "manifest.json"}


def test_where_every_run_fails_there_are_tables_of_nothing(small_design, tmp_path, monkeypatch):
    def breaks(*_):
        raise TypeError("no run")

    break_runs(monkeypatch, breaks)
    compare(small_design, tmp_path)
    results = load_results(tmp_path)
    assert results.manifest["failed"] == small_design.size()
    assert results.runs.error.str.startswith("TypeError").all()
    assert set(results.comparison.verdict) <= {"no verdict", "parity not met"}


def test_a_full_disk_leaves_whole_files_only_and_the_next_call_goes_on(
    small_design, small_results, tmp_path, monkeypatch
):
    pieces, write = [], BlockFolder.write

    def full(blocks, piece, block):
        if len(pieces) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        pieces.append(piece)
        write(blocks, piece, block)

    with monkeypatch.context() as patch:
        patch.setattr(BlockFolder, "write", full)
        with pytest.raises(OSError, match="No space left"):
            compare(small_design, tmp_path)
    assert compare(small_design, tmp_path) == [GOING_ON.format(2)]
    assert digests(tmp_path) == digests(small_results.folder)
