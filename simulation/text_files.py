"""Text files that a user hands in: of a bounded size, in UTF-8, and never a pipe or a device without an end."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from simulation.errors import InputError

LARGEST_FILE = 16 * 2**20
"""The most bytes of one file."""
_MARK = "\ufeff"
_WORKBOOK = b"PK\x03\x04"


def is_there(name: str) -> bool:
    """Return whether a file or a folder of this name is there; no name can be too long or too odd to be asked for."""
    return bool(name) and os.path.exists(name)  # noqa: PTH110  a Path raises where a name cannot be


def read_text(path: str | Path, kind: str, largest: int = LARGEST_FILE) -> str:
    """Return the text of a file, without the mark that some programs put before it.

    Args:
        path: the file.
        kind: what it should be, as in ``CSV file``, for messages.
        largest: the most bytes that it may have.

    Raises:
        InputError: the file cannot be read, is too large, or holds what is no text in UTF-8.
    """
    return decoded(read_bytes(path, kind, largest), str(path), kind)


def read_bytes(path: str | Path, kind: str, largest: int = LARGEST_FILE) -> bytes:
    """Return the content of a file; arguments are those of `read_text`.

    Raises:
        InputError: the file is missing, is a folder, a pipe or a device, cannot be read, or is too large.
    """
    try:
        mode = Path(path).stat().st_mode
        data = _content(Path(path), largest) if stat.S_ISREG(mode) else b""
    except FileNotFoundError:
        raise InputError(f"{path}: expected a {kind}, got no such file") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: expected a {kind}, got one that cannot be read ({why})") from None
    if not stat.S_ISREG(mode):
        raise InputError(f"{path}: expected a {kind}, got {'a folder' if stat.S_ISDIR(mode) else 'a pipe or a device'}")
    if len(data) > largest:
        raise InputError(f"{path}: expected a {kind} of at most {largest >> 20} MiB, got a larger one")
    return data


def _content(path: Path, largest: int) -> bytes:
    with path.open("rb") as file:
        return file.read(largest + 1)


def decoded(data: bytes, file: str, kind: str) -> str:
    """Return bytes as text, without the mark that some programs put before it.

    Raises:
        InputError: they are a workbook or an archive, hold no text, or no UTF-8; ``file`` and ``kind`` name them.
    """
    wanted = kind.replace("file", "text file")
    if data.startswith(_WORKBOOK):
        remedy = " (save the sheet as 'CSV UTF-8')" if kind.startswith("CSV") else ""
        raise InputError(f"{file}: expected a {wanted}, got a workbook or an archive{remedy}")
    if b"\0" in data:
        raise InputError(f"{file}: expected a {wanted} in UTF-8, got binary data")
    try:
        return data.decode("utf-8").removeprefix(_MARK)
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise InputError(f"{file}, row {row}: expected text in UTF-8, got the byte 0x{data[error.start]:02x}") from None
