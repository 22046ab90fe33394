"""Files that are handed in: read whole if they are text of a bounded size, else refused at once in one sentence."""

import os

import pytest

from simulation.errors import InputError
from simulation.text_files import LARGEST_FILE, read_bytes, read_text


def test_a_mark_before_the_text_is_taken_once(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeff\ufeffprice\n".encode())
    assert read_text(path, "CSV file") == "\ufeffprice\n"


@pytest.mark.parametrize("kind", ["CSV file", "TOML file", "page to renew"])
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/null"])
def test_a_device_is_refused_before_it_is_read(kind, device):
    if not os.path.exists(device):  # noqa: PTH110 - a name, not a file
        pytest.skip("no such device here")
    with pytest.raises(InputError, match=f"{device}: expected a {kind}, got a pipe or a device"):
        read_text(device, kind)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="expected a CSV file, got a pipe or a device"):
        read_text(tmp_path / "pipe", "CSV file")


def test_what_is_no_file_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    for path, found in [
        (tmp_path, "a folder"),
        (tmp_path / "none", "no such file"),
        (tmp_path / "file" / "below", r"one that cannot be read \(Not a directory\)"),
        (tmp_path / ("n" * 100_000), r"one that cannot be read \(File name too long\)"),
        ("a\0b", "one that cannot be read"),
    ]:
        with pytest.raises(InputError, match=f"expected a CSV file, got {found}") as told:
            read_bytes(path, "CSV file")
        assert len(str(told.value)) < 1600


def test_a_file_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(InputError, match="expected a CSV file of at most 16 MiB, got a larger one"):
        read_bytes(path, "CSV file")
    with pytest.raises(InputError, match="expected a TOML file of at most 1 MiB, got a larger one"):
        read_bytes(path, "TOML file", 2**20)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a\xe9", r"row 1: expected text in UTF-8, got the byte 0xe9"),
        (b"a\0", "expected a TOML text file in UTF-8, got binary data"),
        ("a".encode("utf-16"), "expected a TOML text file in UTF-8, got binary data"),
        (b"PK\x03\x04", "expected a TOML text file, got a workbook or an archive$"),
    ],
)
def test_bytes_that_are_no_text_are_refused(tmp_path, data, said):
    path = tmp_path / "a.toml"
    path.write_bytes(data)
    with pytest.raises(InputError, match=said):
        read_text(path, "TOML file")
