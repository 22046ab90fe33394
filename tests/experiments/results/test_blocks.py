"""Blocks on disk: what was written comes back, and whatever else lies there does not count."""

import os

import numpy as np
import pytest

from experiments.design.world import Piece
from experiments.results.blocks import Block, BlockFolder

PIECE = Piece("replicate-000000-sets-000000-000002", "digest of this piece", ())
RAW = ("months",)


def made_block(number=0.0, runs=4):
    values = np.arange(runs * 6, dtype=float).reshape(runs, 6) + number
    errors = np.array(["", "", "ValueError: no", ""][:runs])
    return Block({"outcomes": values, "groups": values.reshape(runs, 2, 3), "months": values.T.copy()}, errors)


@pytest.fixture
def store(tmp_path):
    """A folder with the block of `PIECE`."""
    blocks = BlockFolder(tmp_path / "blocks", RAW)
    blocks.write(PIECE, made_block())
    return blocks


def paths(store):
    return store.path / f"{PIECE.name}.npz", store.raw_file(PIECE.name, "months")


def same(block, other):
    return block.errors.tolist() == other.errors.tolist() and all(
        np.array_equal(array, other.arrays[name]) for name, array in block.arrays.items()
    )


def test_a_block_comes_back_but_its_raw_arrays_which_lie_as_in_memory(store):
    block = store.read(PIECE)
    assert set(block.arrays) == {"outcomes", "groups"}
    assert same(block, made_block())
    assert block.failed == 1
    months = np.fromfile(store.raw_file(PIECE.name, "months")).reshape(6, 4)
    np.testing.assert_array_equal(months, made_block().arrays["months"])
    assert store.names() == {PIECE.name}


def test_a_block_of_no_month_and_one_of_no_raw_array_come_back(tmp_path):
    empty = Block({"months": np.empty((4, 0, 3)), "outcomes": np.ones((4, 2))}, np.array([""] * 4))
    for raw in ((), RAW):
        blocks = BlockFolder(tmp_path / f"blocks{len(raw)}", raw)
        blocks.write(PIECE, empty)
        assert same(blocks.read(PIECE), empty)
        assert set(blocks.read(PIECE).arrays) == {"outcomes", "months"} - set(raw)


def test_any_bit_that_is_flipped_is_found_out_or_changes_no_number(store):
    for path in paths(store):
        whole = path.read_bytes()
        for place in range(0, len(whole), 3):
            spoilt = bytearray(whole)
            spoilt[place] ^= 1 << place % 8
            path.write_bytes(spoilt)
            block = store.read(PIECE)
            assert block is None or (path.suffix == ".npz" and same(block, made_block())), (path.name, place)
        path.write_bytes(whole)
    assert store.read(PIECE) is not None


def test_bits_of_numbers_are_all_watched(store):
    rest, raw = paths(store)
    for path, at in ((rest, rest.read_bytes().index(made_block().arrays["outcomes"].tobytes())), (raw, 0)):
        for bit in range(64):
            spoilt = bytearray(path.read_bytes())
            spoilt[at + 8 + bit // 8] ^= 1 << bit % 8
            path.write_bytes(spoilt)
            assert store.read(PIECE) is None
            spoilt[at + 8 + bit // 8] ^= 1 << bit % 8
            path.write_bytes(spoilt)
    assert store.read(PIECE) is not None


@pytest.mark.parametrize("length", [0, 1, 10, -1])
@pytest.mark.parametrize("which", [0, 1])
def test_a_file_that_is_cut_short_or_longer_does_not_count(store, which, length):
    path = paths(store)[which]
    whole = path.read_bytes()
    path.write_bytes(whole[:length])
    assert store.read(PIECE) is None
    if which:
        path.write_bytes(whole + b"\0")
        assert store.read(PIECE) is None


def test_a_block_of_another_piece_does_not_count_under_this_name(store):
    other = Piece(PIECE.name, "digest of another piece", ())
    assert store.read(other) is None
    assert not store.at_hand(other)
    assert store.read(PIECE) is not None


def test_two_blocks_that_were_swapped_do_not_count(store):
    other = Piece("replicate-000001-sets-000000-000002", "digest of the other", ())
    store.write(other, made_block(100.0))
    for end in (".npz", "-months.bin"):
        one, two = (store.path / f"{piece.name}{end}" for piece in (PIECE, other))
        aside = one.with_suffix(".aside")
        one.replace(aside)
        two.replace(one)
        aside.replace(two)
        assert store.read(PIECE) is None
        assert store.read(other) is None


@pytest.mark.parametrize("which", [0, 1])
def test_raw_arrays_of_one_block_beside_the_rest_of_another_do_not_count(store, tmp_path, which):
    other = BlockFolder(tmp_path / "other", RAW)
    other.write(PIECE, made_block(1.0))
    paths(store)[which].write_bytes(paths(other)[which].read_bytes())
    assert store.read(PIECE) is None


def rewrite(store, **arrays):
    """Write arrays into the file of a block, its seals as they were."""
    path = paths(store)[0]
    with np.load(path) as content:
        kept = {name: content[name] for name in content.files}
    with path.open("wb") as file:
        np.savez(file, **(kept | arrays))


def test_numbers_put_in_by_another_program_do_not_count(store):
    rewrite(store)
    assert store.read(PIECE) is not None
    rewrite(store, outcomes=np.full((4, 6), np.nan))
    assert store.read(PIECE) is None


@pytest.mark.parametrize(
    "outcomes",
    [
        made_block().arrays["outcomes"].reshape(6, 4),
        made_block().arrays["outcomes"].reshape(24),
        made_block().arrays["outcomes"].view(np.int64),
        made_block().arrays["outcomes"][:3],
    ],
    ids=["turned", "flat", "whole numbers", "a run less"],
)
def test_the_same_bytes_in_another_shape_or_of_another_kind_do_not_count(store, outcomes):
    rewrite(store, outcomes=outcomes)
    assert store.read(PIECE) is None


def test_an_array_too_many_or_another_reason_does_not_count(store):
    rewrite(store, more=np.zeros(3))
    assert store.read(PIECE) is None
    store.write(PIECE, made_block())
    rewrite(store, errors=np.array(["", "", "", ""]))
    assert store.read(PIECE) is None


def put_folder(path):
    path.unlink()
    path.mkdir()
    (path / "file").write_text("mine", encoding="utf-8")


def put_link_to_nothing(path):
    path.unlink()
    path.symlink_to(path.parent / "nowhere")


def put_link_without_end(path):
    path.unlink()
    path.symlink_to("/dev/zero")


def put_pipe(path):
    path.unlink()
    os.mkfifo(path)


def put_python(path):
    np.save(path.with_suffix(".npy"), np.array([{}], dtype=object), allow_pickle=True)
    path.with_suffix(".npy").replace(path)


@pytest.mark.skipif(os.name != "posix", reason="devices and pipes of POSIX")
@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("put", [put_folder, put_link_to_nothing, put_link_without_end, put_pipe, put_python])
def test_what_is_no_file_does_not_count_and_makes_way_for_the_block(store, put, which):
    put(paths(store)[which])
    assert store.read(PIECE) is None
    assert not (which == 0 and store.at_hand(PIECE))
    store.write(PIECE, made_block())
    assert same(store.read(PIECE), made_block())


@pytest.mark.parametrize("put", ["file", "link"])
def test_what_is_no_folder_makes_way_for_the_blocks(tmp_path, put):
    path, theirs = tmp_path / "blocks", tmp_path / "theirs"
    theirs.mkdir()
    if put == "file":
        path.write_text("no folder", encoding="utf-8")
    else:
        path.symlink_to(theirs)
    blocks = BlockFolder(path, RAW)
    assert blocks.read(PIECE) is None
    blocks.write(PIECE, made_block())
    assert blocks.read(PIECE) is not None
    assert list(theirs.iterdir()) == []


def test_only_blocks_without_a_failed_run_are_at_hand(store):
    assert not store.at_hand(PIECE)
    good = Block(made_block().arrays, np.array([""] * 4))
    store.write(PIECE, good)
    assert store.at_hand(PIECE)
    assert not BlockFolder(store.path / "nowhere").at_hand(PIECE)


def test_lent_blocks_are_read_and_not_written(tmp_path):
    lender, blocks = BlockFolder(tmp_path / "lender"), BlockFolder(tmp_path / "own", lent=(tmp_path / "lender",))
    lender.write(PIECE, made_block())
    before = {path: path.read_bytes() for path in lender.path.iterdir()}
    assert same(blocks.read(PIECE), made_block())
    assert blocks.names() == {PIECE.name}
    other = Piece(PIECE.name, "another", ())
    assert blocks.read(other) is None
    blocks.write(other, made_block(1.0))
    assert same(blocks.read(other), made_block(1.0))
    assert {path: path.read_bytes() for path in lender.path.iterdir()} == before


def test_what_was_neither_read_nor_written_can_be_removed(store):
    other = Piece("another", "another", ())
    store.write(other, made_block())
    (store.path / ".left.npz.part").write_bytes(b"half")
    again = BlockFolder(store.path, RAW)
    assert again.read(PIECE) is not None
    again.remove_others()
    assert sorted(again.path.iterdir()) == sorted(paths(store))
