"""A block: what the runs of one piece of work gave, and how it lies on disk."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.design.world import Piece
from experiments.files.whole import remove, whole_file

Arrays = Mapping[str, npt.NDArray[Any]]

_SUFFIXES, _CHUNK = (".npz", ".bin"), 1 << 20
_ERRORS, _SIZES = "errors", "sizes of raw arrays"
_DIGEST, _PIECE = "digest of all arrays", "digest of the piece"


@dataclass(frozen=True)
class Block:
    """What the runs of a piece gave, in its order; not a number throughout where a run failed.

    Attributes:
        arrays: by name; one that lies on disk as it is in memory is named in ``raw`` of the blocks' folder.
        errors: why a run failed, empty where it did not, shape (runs,).
    """

    arrays: Arrays
    errors: npt.NDArray[np.str_]

    @property
    def failed(self) -> int:
        """How many of the runs failed."""
        return int((self.errors != "").sum())


class BlockFolder:
    """Blocks on disk, each whole or not there; one that is damaged, or of other work, does not count.

    Args:
        path: the folder; made when the first block is written.
        raw: names of arrays that are read in parts later: each lies in a file of its own, as it is in memory.
        lent: further folders in which blocks without raw arrays are looked for.
    """

    def __init__(self, path: Path, raw: tuple[str, ...] = (), lent: tuple[Path, ...] = ()) -> None:
        self.path, self.raw = path, raw
        self._lent = tuple(BlockFolder(other) for other in lent)
        self._used: set[Path] = set()

    def write(self, piece: Piece, block: Block) -> None:
        """Write a block; it counts only once all of it is there. Whatever lies in its place goes.

        Raises:
            OSError: the folder cannot be written or the disk is full.
        """
        if not self.path.is_dir() or self.path.is_symlink():
            remove(self.path)
            self.path.mkdir(parents=True)
        for name in self.raw:
            self._write(self.raw_file(piece.name, name), np.ascontiguousarray(block.arrays[name]).data)
        content = io.BytesIO()
        rest = {name: array for name, array in block.arrays.items() if name not in self.raw}
        sizes = np.array([block.arrays[name].nbytes for name in self.raw], dtype=np.int64)
        seals = {_PIECE: np.array(piece.digest), _DIGEST: np.array(_digest(block, self.raw)), _SIZES: sizes}
        np.savez(content, allow_pickle=False, **rest, **{_ERRORS: block.errors}, **seals)
        self._write(self._file(piece.name), content.getbuffer())

    def read(self, piece: Piece) -> Block | None:
        """Return the block of a piece but its raw arrays; None where it is not there or does not hold.

        A block holds if it was made of this very piece, and if every number of it is as it was written.
        """
        block = self._read(piece)
        if block is not None:
            self._used |= set(self._files(piece.name))
            return block
        lent = (other.read(piece) for other in self._lent)
        return next((block for block in lent if block is not None), None)

    def at_hand(self, piece: Piece) -> bool:
        """Return whether there is a block of this piece without a failed run, as far as a glance tells."""
        try:
            with _regular(self._file(piece.name)).open("rb") as file, np.load(file, allow_pickle=False) as content:
                own = str(content[_PIECE]) == piece.digest and not (content[_ERRORS] != "").any()
        except Exception:  # noqa: BLE001  a damaged file may be the end of its reader in any way; it does not hold
            own = False
        return own or any(other.at_hand(piece) for other in self._lent)

    def array(self, name: str, array: str) -> npt.NDArray[Any]:
        """Return an array of a block that was found to hold before, none of its raw ones."""
        with self._file(name).open("rb") as file, np.load(file, allow_pickle=False) as content:
            found: npt.NDArray[Any] = content[array]
            return found

    def raw_file(self, name: str, array: str) -> Path:
        """Return where a raw array of a block lies."""
        return self.path / f"{name}-{array}.bin"

    def names(self) -> set[str]:
        """Return the names of the blocks that lie there, whether or not they hold."""
        own = {path.stem for path in self.path.glob("*.npz")}
        return own.union(*(other.names() for other in self._lent))

    def take_in(self, path: Path) -> None:
        """Copy the blocks of another folder that are not here yet; whether they hold is seen when they are read.

        Raises:
            OSError: the folder cannot be written or the disk is full.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        for one in sorted(path.iterdir()) if path.is_dir() else ():
            if one.suffix in _SUFFIXES and one.is_file() and not (self.path / one.name).exists():
                with one.open("rb") as file, whole_file(self.path / one.name) as copy:
                    shutil.copyfileobj(file, copy, _CHUNK)

    def remove_others(self) -> None:
        """Remove all that lies there beside the blocks that were read or written."""
        for path in self.path.iterdir() if self.path.is_dir() else ():
            if path not in self._used:
                remove(path)

    def _file(self, name: str) -> Path:
        return self.path / f"{name}.npz"

    def _files(self, name: str) -> list[Path]:
        return [self._file(name), *(self.raw_file(name, array) for array in self.raw)]

    def _write(self, path: Path, content: memoryview) -> None:
        if path.is_dir():
            remove(path)
        with whole_file(path) as file:
            file.write(content)
        self._used.add(path)

    def _read(self, piece: Piece) -> Block | None:
        try:
            arrays = self._load(piece.name)
            work, sealed, sizes = (arrays.pop(name) for name in (_PIECE, _DIGEST, _SIZES))
            block = Block(arrays, arrays.pop(_ERRORS))
            raw = [self._raw_bytes(piece.name, name, size) for name, size in zip(self.raw, sizes.tolist(), strict=True)]
            whole = Block(arrays | dict(zip(self.raw, raw, strict=True)), block.errors)
            holds = str(work) == piece.digest and _digest(whole, self.raw) == str(sealed)
        except Exception:  # noqa: BLE001  as above
            return None
        return block if holds else None

    def _load(self, name: str) -> dict[str, npt.NDArray[Any]]:
        with _regular(self._file(name)).open("rb") as file, np.load(file, allow_pickle=False) as content:
            return {key: content[key] for key in content.files}

    def _raw_bytes(self, name: str, array: str, size: int) -> npt.NDArray[np.uint8]:
        path = _regular(self.raw_file(name, array))
        if path.stat().st_size != size:
            raise ValueError(f"{path}: expected {size} bytes")
        return np.fromfile(path, np.uint8)


def _regular(path: Path) -> Path:
    """Return the path of a file, and refuse a pipe or a device: reading one might never end."""
    if not path.is_file():
        raise FileNotFoundError(path)
    return path


def _digest(block: Block, raw: tuple[str, ...]) -> str:
    """Return the digest of a block's numbers and reasons; the shape of raw arrays is their reader's to know."""
    digest = hashlib.sha256()
    for name in sorted(block.arrays):
        array = block.arrays[name]
        kind = "raw" if name in raw else f"{array.dtype.str} {array.shape}"
        digest.update(f"{name}\0{kind}\0".encode())
        digest.update(np.ascontiguousarray(array).data)
    digest.update("\0".join(block.errors.tolist()).encode())
    return digest.hexdigest()
