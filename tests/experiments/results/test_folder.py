"""The life of a results folder: old results stay until new ones are whole, and what does not hold is made anew."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from experiments.design.world import Piece
from experiments.files.digests import digest, digest_of
from experiments.files.whole import write_text
from experiments.results import seal as seals
from experiments.results.blocks import Block
from experiments.results.folder import ResultsFolder
from experiments.results.manifest import SCHEMA, read_manifest
from simulation.errors import InputError

STORIES = (
    "into an empty folder",
    "by force over another design",
    "by force over the same",
    "over a changed table",
    "after a failed run",
    "adding another page",
    "adding a table",
)
LOCK = ".lock"


def study(path, seed=1, name="toy"):
    files = ("table.csv", "more.csv", "figures", "page.html")
    return ResultsFolder(path, name, {"seed": seed, "sets": 2}, files, views=("figures", "page.html"), raw=("months",))


class Making:
    """Makes the results of a seed, and counts what it makes."""

    def __init__(self, seed=1, breaks=None):
        self.seed, self.breaks, self.blocks, self.calls = seed, breaks, 0, 0

    def __call__(self, place):
        self.calls += 1
        for number in range(2):
            piece = Piece(f"block-{number}", digest_of([self.seed, number]), ())
            if place.blocks.read(piece) is None:
                self.blocks += 1
                values = {"values": np.array([float(self.seed)]), "months": np.zeros(3)}
                place.blocks.write(piece, Block(values, np.array([""])))
        if self.breaks is not None:
            raise self.breaks
        write_text(place.path / "table.csv", f"results of {self.seed}")
        if self.seed == 2:
            write_text(place.path / "more.csv", "more")
        (place.path / "figures").mkdir()
        write_text(place.path / "figures" / "a.png", f"picture of {self.seed}")
        return {"failed": 0, "runs": 2}


def fill(path, seed=1, make=None, **more):
    told = []
    make = make or Making(seed)
    manifest = study(path, seed).fill(make, tell=told.append, **more)
    return manifest, make, told


def content(path):
    files = {one.relative_to(path).as_posix(): one for one in path.rglob("*") if one.is_file()}
    return {name: one.read_bytes() for name, one in files.items() if name != LOCK}


@pytest.fixture
def full(tmp_path):
    """Finished results of seed 1, with files of the user's beside them."""
    path = tmp_path / "full"
    fill(path)
    (path / "notes.txt").write_text("mine", encoding="utf-8")
    (path / "figures" / "cat.png").write_text("my cat", encoding="utf-8")
    return path


@pytest.fixture
def begun(tmp_path):
    """Results of seed 1 that were stopped when all blocks were made."""
    path = tmp_path / "begun"
    with pytest.raises(KeyboardInterrupt):
        fill(path, make=Making(breaks=KeyboardInterrupt()))
    return path


def refused(path, seed=1, **more):
    """Refused in one sentence, with nothing changed: the sentence."""
    before = content(path)
    make = Making(seed)
    with pytest.raises(InputError) as caught:
        fill(path, seed, make, **more)
    assert make.calls == 0
    assert content(path) == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_whole_is_sealed_and_nothing_else_is_left(tmp_path):
    manifest, make, told = fill(tmp_path / "out")
    assert (make.calls, make.blocks, told) == (1, 2, [])
    assert set(content(tmp_path / "out")) == {"manifest.json", "table.csv", "figures/a.png"}
    assert manifest == read_manifest(tmp_path / "out")
    assert manifest.finished
    assert manifest.digests == {"table.csv": digest(tmp_path / "out" / "table.csv")}
    assert manifest.views == {"figures/a.png": digest(tmp_path / "out" / "figures" / "a.png")}
    assert manifest.record["runs"] == 2
    assert manifest.record["packages"]["numpy"]


def test_whole_results_are_not_made_again_and_not_touched(full):
    before, stamps = content(full), {path: path.stat().st_mtime_ns for path in (full, *full.rglob("*"))}
    manifest, make, told = fill(full)
    assert (make.calls, told) == (0, [f"{full} holds these results already: nothing was run again"])
    assert manifest == read_manifest(full)
    assert content(full) == before
    assert {path: path.stat().st_mtime_ns for path in (full, *full.rglob("*"))} == stamps


def test_again_makes_them_anew_where_they_are_whole(full):
    assert fill(full, again=True)[1].calls == 1


def test_what_was_stopped_goes_on_from_its_blocks(begun):
    assert read_manifest(begun / "unfinished").finished is False
    _, make, told = fill(begun)
    assert (make.calls, make.blocks, told) == (1, 0, [])
    assert set(content(begun)) == {"manifest.json", "table.csv", "figures/a.png"}


def test_a_table_of_an_earlier_try_is_not_sealed_with_the_new_ones(begun):
    write_text(begun / "unfinished" / "more.csv", "of yesterday")
    (begun / "unfinished" / "table.csv").mkdir()
    manifest, _, _ = fill(begun)
    assert set(manifest.digests) == {"table.csv"}
    assert not (begun / "more.csv").exists()


def test_another_design_is_refused_and_told_apart(full, begun):
    for path in (full, begun):
        said = refused(path, 2)
        assert said == (
            f"{path}: holds another design (not the same seed); "
            "choose another folder with --out, or replace it with --force"
        )


def test_another_study_is_refused(full):
    with pytest.raises(InputError, match=r"holds results of another study \(toy\)"):
        study(full, name="other").fill(Making())


def test_force_replaces_what_was_listed_and_nothing_of_the_user_s(full):
    before = content(full)
    fill(full, 2, force=True)
    after = content(full)
    assert after["table.csv"] == b"results of 2"
    assert {name for name in after if name not in before} == {"more.csv"}
    assert all(after[name] == before[name] for name in ("notes.txt", "figures/cat.png"))
    fill(full, 1, force=True)
    assert "more.csv" not in content(full)
    assert content(full)["figures/cat.png"] == b"my cat"


def test_old_results_stay_until_new_ones_are_whole(full):
    before = content(full)
    with pytest.raises(KeyboardInterrupt):
        fill(full, 2, Making(2, breaks=KeyboardInterrupt()), force=True)
    assert {name: text for name, text in content(full).items() if not name.startswith("unfinished/")} == before
    # Whoever asks for the old results has them, and what was begun beside them stays.
    assert fill(full)[1].calls == 0
    assert fill(full, 2, force=True)[1].blocks == 0


def test_results_that_were_changed_or_lost_are_made_anew_and_it_is_said(full):
    before = content(full)
    (full / "table.csv").write_text("better", encoding="utf-8")
    said = f"{full}: table.csv was changed or is missing; the results are made anew"
    assert fill(full)[2] == [said]
    assert content(full) == before
    (full / "table.csv").unlink()
    assert fill(full)[2] == [said]
    assert content(full) == before


def test_a_folder_with_files_of_the_same_names_is_refused_before_anything_is_made(tmp_path):
    write_text(tmp_path / "table.csv", "somebody's")
    assert "expected a folder without results, got one that holds table.csv" in refused(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def put(path, text):
    path.write_bytes(text if isinstance(text, bytes) else json.dumps(text).encode())


BROKEN = [b"", b'{"study": "toy", "fing', b"[]", b"[" * 100_000, b"\xff\x00"]
DAMAGED = ["empty", "cut short", "a list", "deep", "no text"]


@pytest.mark.parametrize("text", BROKEN, ids=DAMAGED)
def test_finished_results_with_a_damaged_manifest_are_refused_and_replaced_by_force(full, text):
    put(full / "manifest.json", text)
    said = refused(full)
    assert said.startswith(f"{full / 'manifest.json'}: expected a manifest, got one that is damaged; ")
    write_text(full / "more.csv", "of nobody knows which design")
    fill(full, force=True)
    # What a study is known to write is its own where no manifest says otherwise; all else is the user's.
    assert set(content(full)) == {"manifest.json", "table.csv", "figures/a.png", "figures/cat.png", "notes.txt"}


def test_a_folder_in_the_place_of_the_manifest_is_refused_with_or_without_force(full):
    (full / "manifest.json").unlink()
    (full / "manifest.json").mkdir()
    for force in (False, True):
        assert "manifest.json: expected room for a file, got a folder; move it away" in refused(full, force=force)


def test_results_of_another_version_are_refused_and_replaced_by_force(full):
    old = {"fingerprint": "x", "finished": True, "design": {}, "digests": {"ancient.csv": "ab", "../notes.txt": "cd"}}
    put(full / "manifest.json", old)
    write_text(full / "ancient.csv", "of an earlier version")
    write_text(full.parent / "notes.txt", "outside")
    assert "expected results of this version of sli, got those of another" in refused(full)
    fill(full, force=True)
    assert not (full / "ancient.csv").exists()
    assert (full.parent / "notes.txt").exists()


@pytest.mark.parametrize("text", [*BROKEN, {"schema": SCHEMA + 1}, "a folder", "nothing"], ids=[
    *DAMAGED, "another version", "a folder", "nothing"])  # fmt: skip
@pytest.mark.parametrize("force", [False, True])
def test_a_damaged_manifest_of_what_was_begun_is_written_anew_and_it_is_said(begun, text, force):
    path = begun / "unfinished" / "manifest.json"
    path.unlink()
    if text == "a folder":
        (path / "deep").mkdir(parents=True)
    elif text != "nothing":
        put(path, text)
    _, make, told = fill(begun, force=force)
    said = f"{path.parent}: its manifest is damaged or missing and is written anew; blocks that hold are used"
    assert (make.blocks, told) == (0, [said])
    assert set(content(begun)) == {"manifest.json", "table.csv", "figures/a.png"}


def test_blocks_of_another_design_that_lost_its_manifest_are_not_used(begun):
    (begun / "unfinished" / "manifest.json").unlink()
    _, make, _ = fill(begun, 2)
    assert make.blocks == 2
    assert content(begun)["table.csv"] == b"results of 2"


@pytest.mark.parametrize("what", ["a file", "a link", "a link to nothing", "a folder of the user's"])
@pytest.mark.parametrize("force", [False, True])
def test_what_is_named_unfinished_and_not_of_this_program_is_refused_and_left(tmp_path, what, force):
    path, theirs = tmp_path / "out" / "unfinished", tmp_path / "theirs"
    (theirs / "blocks").mkdir(parents=True)
    path.parent.mkdir()
    if what == "a file":
        write_text(path, "novel")
    elif what == "a folder of the user's":
        path.mkdir()
        write_text(path / "novel.txt", "chapter one")
    else:
        path.symlink_to(theirs if what == "a link" else tmp_path / "nowhere")
    said = refused(tmp_path / "out", force=force)
    assert said.startswith(f"{path}: expected ")
    assert said.endswith("; move it away")
    assert os.path.lexists(path)
    assert list(theirs.iterdir()) == [theirs / "blocks"]


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_where_a_table_is_to_go_is_refused_before_anything_is_made(tmp_path, force):
    (tmp_path / "table.csv").mkdir()
    said = f"{tmp_path / 'table.csv'}: expected room for a file, got a folder; move it away"
    assert refused(tmp_path, force=force) == said
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_what_gets_in_the_way_while_results_are_made_costs_no_run(full):
    class Meanwhile(Making):
        def __call__(self, place):
            (full / "figures" / "a.png").unlink()
            (full / "figures" / "a.png").mkdir()
            return super().__call__(place)

    before = content(full)
    with pytest.raises(InputError, match=r"a\.png: expected room for a file, got a folder; move it away"):
        fill(full, 2, Meanwhile(2), force=True)
    assert content(full)["table.csv"] == before["table.csv"]
    (full / "figures" / "a.png").rmdir()
    _, make, told = fill(full, 2, force=True)
    assert make.calls == 0
    assert told == [f"{full}: these results were whole already, and are in their place now"]
    assert content(full)["table.csv"] == b"results of 2"


@pytest.fixture
def sealed(full, monkeypatch):
    """Results of seed 2, whole and sealed, over those of seed 1: ended before the first of them moved."""

    def end(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("experiments.results.folder.put_in_place", end)
        with pytest.raises(KeyboardInterrupt):
            fill(full, 2, force=True)
    return full


def test_what_was_sealed_only_has_to_move(sealed):
    assert content(sealed)["table.csv"] == b"results of 1"
    assert "holds another design" in refused(sealed, 2)
    _, make, told = fill(sealed, 2, force=True)
    assert make.calls == 0
    assert told == [f"{sealed}: these results were whole already, and are in their place now"]
    assert content(sealed)["table.csv"] == b"results of 2"
    assert not (sealed / "unfinished").exists()


@pytest.mark.parametrize("moved", [False, True])
@pytest.mark.parametrize("spoil", ["a bit", "gone"])
def test_what_was_sealed_and_then_changed_is_made_anew_and_it_is_said(sealed, spoil, moved, monkeypatch):
    path = sealed / "unfinished" / "table.csv"
    if moved:
        # Ended once the first file was in its place.
        def end(place, folder, names):
            real(place, folder, [name for name in names if name == "figures/a.png"])
            raise KeyboardInterrupt

        real = seals.move_files
        with monkeypatch.context() as patch:
            patch.setattr(seals, "move_files", end)
            with pytest.raises(KeyboardInterrupt):
                fill(sealed, 2, force=True)
        assert not (sealed / "manifest.json").exists()
    if spoil == "a bit":
        data = bytearray(path.read_bytes())
        data[0] ^= 1
        path.write_bytes(data)
    else:
        path.unlink()
    _, make, told = fill(sealed, 2, force=True)
    assert (make.calls, make.blocks) == (1, 0)
    assert told == [f"{path.parent}: files of sealed results were changed or are missing; they are made anew"]
    assert content(sealed)["table.csv"] == b"results of 2"
    assert read_manifest(sealed).digests["table.csv"] == digest(sealed / "table.csv")
    assert not (sealed / "unfinished").exists()


def add(path, text, names=("page.html",)):
    def make(place):
        (place.path / "figures").mkdir(exist_ok=True)
        for name in names:
            write_text(place.path / name, f"{name}: {text}")
        return {"page": text}

    return study(path).add(make, instead_of=("figures",))


def test_what_is_added_is_sealed_beside_the_rest(full):
    before = read_manifest(full)
    manifest = add(full, "one", ("page.html", "figures/a.png", "figures/b.png", "extra.csv"))
    assert manifest == read_manifest(full)
    assert manifest.record == {**before.record, "page": "one"}
    assert set(manifest.views) == {"page.html", "figures/a.png", "figures/b.png"}
    assert set(manifest.digests) == {"table.csv", "extra.csv"}
    assert all(digest(full / name) == seal for name, seal in {**manifest.views, **manifest.digests}.items())
    assert study(full).views_hold()
    assert fill(full)[1].calls == 0
    # Pictures that are not made again go; the user's stay.
    assert set(add(full, "two", ("page.html", "figures/b.png")).views) == {"page.html", "figures/b.png"}
    assert {path.name for path in (full / "figures").iterdir()} == {"b.png", "cat.png"}
    assert not (full / "unfinished").exists()


def test_nothing_is_added_to_what_is_not_finished_or_of_another_design(full, begun):
    with pytest.raises(InputError, match=r"expected a folder of results with a manifest\.json, got none"):
        add(begun, "one")
    with pytest.raises(InputError, match="expected finished results of this design, got others"):
        study(full, 2).add(Making())


def test_an_addition_that_fails_leaves_all_as_it_was_and_its_runs_are_used(full):
    piece = Piece("claims", "digest", ())
    before = content(full)

    def make(place):
        assert place.blocks.read(piece) is None
        place.blocks.write(piece, Block({"values": np.ones(1)}, np.array([""])))
        raise KeyboardInterrupt

    def make_on(place):
        assert place.blocks.read(piece) is not None
        return {}

    with pytest.raises(KeyboardInterrupt):
        study(full).add(make)
    assert {name: text for name, text in content(full).items() if not name.startswith("unfinished/")} == before
    # Whole results that are asked for again throw away nothing that an addition goes on from.
    assert fill(full)[1].calls == 0
    study(full).add(make_on)
    assert not (full / "unfinished").exists()


def test_a_study_that_keeps_its_blocks_keeps_only_those_that_it_used(tmp_path):
    def make(place):
        place.blocks.write(Piece("used", "digest", ()), Block({"values": np.ones(1)}, np.array([""])))
        return {}

    folder = ResultsFolder(tmp_path, "toy", {"seed": 1}, ("blocks",))
    (tmp_path / "unfinished" / "blocks").mkdir(parents=True)
    write_text(tmp_path / "unfinished" / "blocks" / "stray.npz", "of another seed")
    manifest = folder.fill(make)
    assert list(manifest.digests) == ["blocks/used.npz"]
    assert set(content(tmp_path)) == {"manifest.json", "blocks/used.npz"}


def test_what_stays_of_a_workplace_is_tidied_by_the_next_call(full):
    (full / "unfinished" / "blocks").mkdir(parents=True)
    write_text(full / "unfinished" / "blocks" / "left.npz", "left")
    fill(full)
    assert not (full / "unfinished").exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_finished_folder_that_cannot_be_written_is_read(full):
    """In a process without the right to write, be this one root or not."""
    (full / "unfinished" / "blocks").mkdir(parents=True)
    code = (
        "import os, sys; from experiments.results.folder import ResultsFolder; "
        "os.getuid() or os.setuid(65534); "
        f"folder = ResultsFolder({str(full)!r}, 'toy', {{'seed': 1, 'sets': 2}}, ('table.csv',)); "
        "print(folder.fill(None, tell=print).finished)"
    )
    for path in (full, *full.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in list(full.parents)[:-2]:
        if path.owner() == full.owner():
            path.chmod(0o755)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    for path in (full, *full.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.stdout.splitlines()[-1:] == ["True"], done.stderr


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be forked")
def test_a_process_that_is_killed_at_any_step_leaves_what_the_next_call_makes_whole(tmp_path):
    script = Path(__file__).with_name("killed_anywhere.py")
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    asked = [sys.executable, "-W", "ignore", str(script), str(tmp_path)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, env=alone)
    assert (done.returncode, done.stderr) == (0, "")
    *faults, counts = done.stdout.splitlines()
    assert faults == []
    assert set(json.loads(counts)) == set(STORIES)
    assert min(json.loads(counts).values()) > 20
