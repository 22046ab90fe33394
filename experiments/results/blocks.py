"""A block: what the runs of one piece of work gave, and how it lies on disk."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.design.world import Piece
from experiments.files.whole import whole_file

Arrays = Mapping[str, npt.NDArray[Any]]

_ERRORS, _DIGEST, _PIECE = "errors", "digest of all arrays", "digest of the piece"


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
        lent: further folders in which blocks are looked for.
    """

    def __init__(self, path: Path, raw: tuple[str, ...] = (), lent: tuple[Path, ...] = ()) -> None:
        self.path, self.raw, self._lent = path, raw, lent

    def write(self, piece: Piece, block: Block) -> None:
        """Write a block; it counts only once all of it is there.

        Raises:
            OSError: the folder cannot be written or the disk is full.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        for name in self.raw:
            with whole_file(self.raw_file(piece.name, name)) as file:
                file.write(np.ascontiguousarray(block.arrays[name]).data)
        content = io.BytesIO()
        rest = {name: array for name, array in block.arrays.items() if name not in self.raw}
        seals = {_PIECE: np.array(piece.digest), _DIGEST: np.array(_digest(block))}
        np.savez(content, allow_pickle=False, **rest, **{_ERRORS: block.errors}, **seals)
        with whole_file(self._file(piece.name)) as file:
            file.write(content.getbuffer())

    def read(self, piece: Piece) -> Block | None:
        """Return the block of a piece but its raw arrays; None where it is not there or does not hold.

        A block holds if it was made of this very piece, and if every number of it is as it was written.
        """
        own = self._read(piece)
        return own or next((block for path in self._lent if (block := BlockFolder(path, self.raw).read(piece))), None)

    def _read(self, piece: Piece) -> Block | None:
        try:
            arrays = self._load(piece.name)
            made_of, sealed = str(arrays.pop(_PIECE)), str(arrays.pop(_DIGEST))
            block = Block(arrays, arrays.pop(_ERRORS))
            whole = Block(arrays | {name: self._raw_bytes(piece.name, name) for name in self.raw}, block.errors)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        return block if made_of == piece.digest and _digest(whole) == sealed else None

    def arrays(self, name: str) -> Arrays:
        """Return the arrays of a block that was found to hold before, but its raw ones."""
        return self._load(name)

    def raw_file(self, name: str, array: str) -> Path:
        """Return where a raw array of a block lies."""
        return self.path / f"{name}-{array}.bin"

    def names(self) -> set[str]:
        """Return the names of the blocks that lie there, whether or not they hold."""
        return {path.stem for folder in (self.path, *self._lent) for path in folder.glob("*.npz")}

    def _file(self, name: str) -> Path:
        return self.path / f"{name}.npz"

    def _load(self, name: str) -> dict[str, npt.NDArray[Any]]:
        with self._file(name).open("rb") as file, np.load(file, allow_pickle=False) as content:
            return {key: content[key] for key in content.files}

    def _raw_bytes(self, name: str, array: str) -> npt.NDArray[np.uint8]:
        return np.fromfile(self.raw_file(name, array), np.uint8)


def _digest(block: Block) -> str:
    """Return the digest of a block's numbers and reasons, whatever the order of its arrays."""
    digest = hashlib.sha256()
    for name in sorted(block.arrays):
        digest.update(f"{name}\0".encode())
        digest.update(np.ascontiguousarray(block.arrays[name]).data)
    digest.update("\0".join(block.errors.tolist()).encode())
    return digest.hexdigest()
