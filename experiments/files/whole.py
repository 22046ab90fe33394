"""Files written whole or not at all, and what is in the way of them removed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import pandas as pd

from simulation.evidence.cells import guarded, unguarded

PART = ".part"


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Open ``path`` for writing; it appears, or replaces what was there, only when all of it is written.

    Raises:
        OSError: the folder cannot be written or the disk is full. Nothing of the new file is left.
    """
    part = path.with_name(f".{path.name}{PART}")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename == str(part):
            # Whoever reads the error knows the file by the name that they gave.
            error.filename, error.filename2 = str(path), None
        raise


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, if it is there; a link is removed, not followed.

    Raises:
        OSError: it cannot be removed.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def keep_on_disk(folder: Path) -> None:
    """Wait until the names of a folder's files are on the disk, so that they outlast the machine's power.

    Where a system knows no such thing of folders, there is nothing to wait for.
    """
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def write_text(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    """Write ``text`` whole or not at all, with line ends as they are."""
    with whole_file(path) as file:
        file.write(text.encode(encoding))


def write_csv(path: Path, table: pd.DataFrame, *, encoding: str = "utf-8", digits: int | None = None) -> None:
    """Write ``table`` without its index; an empty cell is a missing number, and `read_csv` gives the table back.

    A text that a spreadsheet would take for a formula gets a mark before it, so that it does not.

    Args:
        path: the file.
        table: what to write.
        encoding: ``utf-8-sig`` for a file that a spreadsheet is to open.
        digits: significant digits of numbers; all of them where None.
    """
    shape = None if digits is None else f"%.{digits}g"
    text = _with_texts(table, guarded).to_csv(index=False, lineterminator="\n", float_format=shape)
    write_text(path, text, encoding=encoding)


def read_csv(path: Path) -> pd.DataFrame:
    """Return a table that `write_csv` wrote; an empty cell is a missing number, and no other text is.

    Raises:
        OSError: the file cannot be read.
    """
    table = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values=[""])
    return _with_texts(table, unguarded)


def _with_texts(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    """Return ``table`` with every text in its cells changed; itself where no text would be."""
    changed = {}
    for name, column in table.items():
        texts: Iterable[object] = [] if pd.api.types.is_numeric_dtype(column) else column.unique()
        others = {text: change(text) for text in texts if isinstance(text, str) and change(text) != text}
        if others:
            plain = column.astype(object) if isinstance(column.dtype, pd.CategoricalDtype) else column
            changed[str(name)] = plain.replace(others)
    return table.assign(**changed) if changed else table


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write ``content`` as indented JSON."""
    write_text(path, json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n")
