"""Files whole or not at all, and what stands in their way."""

import errno

import numpy as np
import pandas as pd
import pytest

from experiments.files.whole import remove, whole_file, write_csv, write_text


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


def test_a_file_that_cannot_be_replaced_is_called_by_its_own_name(tmp_path):
    (tmp_path / "file").mkdir()
    with pytest.raises(IsADirectoryError) as refused:
        write_text(tmp_path / "file", "new")
    assert (refused.value.filename, refused.value.filename2) == (str(tmp_path / "file"), None)
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path):
    write_text(tmp_path / "theirs", "theirs")
    (tmp_path / "file").symlink_to(tmp_path / "theirs")
    write_text(tmp_path / "file", "mine")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "theirs").read_text(encoding="utf-8") == "theirs"


def test_a_table_is_written_for_a_spreadsheet(tmp_path):
    path = tmp_path / "table.csv"
    write_csv(path, pd.DataFrame({"a": [1 / 3, np.nan], "b": ["x,y", ""]}), encoding="utf-8-sig", digits=4)
    assert path.read_bytes() == b'\xef\xbb\xbfa,b\n0.3333,"x,y"\n,\n'


def test_a_file_a_folder_and_a_link_are_removed_and_what_a_link_leads_to_is_not(tmp_path):
    theirs, place = tmp_path / "theirs", tmp_path / "place"
    (theirs / "deep").mkdir(parents=True)
    (theirs / "deep" / "file").write_text("theirs", encoding="utf-8")
    (place / "folder").mkdir(parents=True)
    (place / "folder" / "link").symlink_to(theirs)
    (place / "file").write_text("mine", encoding="utf-8")
    (place / "link").symlink_to(theirs)
    for name in ("folder", "file", "link", "nothing"):
        remove(place / name)
    assert list(place.iterdir()) == []
    assert (theirs / "deep" / "file").exists()
