"""A results folder while it is being made: what it holds, its blocks on disk, and what it refuses."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.files.digests import digest, digest_of
from experiments.files.whole import PART, whole_file, write_json
from experiments.results.blocks import Block, Key
from simulation.errors import InputError

MANIFEST = "manifest.json"
BLOCKS = "blocks"
_SUFFIXES = {".png", ".bin", ".npz"}
_SMALL = tuple(field.name for field in fields(Block) if field.name != "months")


class ResultsFolder:
    """A folder that holds the results of one design and of no other.

    Args:
        path: the folder; made if it is missing.
        description: the design as plain values; folders of equal descriptions go on where they stopped.
        files: names of the files, and of the folders of files, that the experiment writes.
    """

    def __init__(self, path: Path, description: Mapping[str, Any], files: Sequence[str]) -> None:
        self.path = path
        self.description = dict(description)
        self.fingerprint = digest_of(self.description)
        self._files = (*files, BLOCKS, MANIFEST)

    def open(self, *, force: bool = False) -> bool:
        """Make the folder ready and return whether all its results are there already.

        Raises:
            InputError: it holds another design, or files that are not known to be of this one, and not ``force``.
            OSError: it cannot be made or written.
        """
        held = self._held()
        same = held is not None and held.get("fingerprint") == self.fingerprint
        taken = [name for name in self._files if (self.path / name).exists()]
        if taken and not same and not force:
            raise InputError(self._refusal(held, taken))
        if force or not same:
            self._clear()
        self.path.mkdir(parents=True, exist_ok=True)
        self._sweep()
        if held is not None and same and not force and self._complete(held):
            return True
        self.write_manifest({"finished": False})
        return False

    def write_manifest(self, more: Mapping[str, Any]) -> None:
        """Write the manifest: the design and ``more``."""
        content = {"fingerprint": self.fingerprint, **more, "design": self.description}
        write_json(self.path / MANIFEST, content)

    def done(self, keys: Sequence[Key]) -> set[Key]:
        """Return which blocks are on disk, whole and without a failed run."""
        return {key for key in keys if self._sound(key)}

    def write_block(self, key: Key, block: Block) -> None:
        """Write a block; it counts only once all of it is there.

        Raises:
            OSError: the folder cannot be written or the disk is full.
        """
        (self.path / BLOCKS).mkdir(exist_ok=True)
        with whole_file(self.months_file(key)) as file:
            file.write(block.months.data)
        rest = io.BytesIO()
        arrays = {name: getattr(block, name) for name in _SMALL}
        np.savez(rest, allow_pickle=False, size_of_months=block.months.nbytes, **arrays)
        with whole_file(self._rest(key)) as file:
            file.write(rest.getbuffer())

    def read_block(self, key: Key) -> dict[str, npt.NDArray[Any]]:
        """Return a block's arrays by name, but its months."""
        with self._rest(key).open("rb") as file, np.load(file, allow_pickle=False) as rest:
            return {name: rest[name] for name in (*_SMALL, "size_of_months")}

    def months_file(self, key: Key) -> Path:
        """Return where the months of a block's runs lie: the bytes of an array of shape (months, runs, paths)."""
        return self._block(key, "-months.bin")

    def drop_blocks(self) -> None:
        """Remove the blocks, once all tables are made from them."""
        self._remove(BLOCKS)

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of every file of the results but the manifest, by its path in the folder."""
        found = [file for name in self._files[:-2] for file in self._files_of(self.path / name)]
        return {file.relative_to(self.path).as_posix(): digest(file) for file in found}

    def _rest(self, key: Key) -> Path:
        return self._block(key, ".npz")

    def _block(self, key: Key, end: str) -> Path:
        name = f"replicate-{key.replicate:06}-sets-{key.first:06}-{key.after:06}{end}"
        return self.path / BLOCKS / name

    def _sound(self, key: Key) -> bool:
        try:
            held = self.read_block(key)
            whole = self.months_file(key).stat().st_size == int(held["size_of_months"])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return False
        return whole and not (held["errors"] != "").any()

    def _held(self) -> dict[str, Any] | None:
        try:
            held = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return held if isinstance(held, dict) else None

    def _refusal(self, held: Mapping[str, Any] | None, taken: Sequence[str]) -> str:
        way_out = "choose another folder with --out, or replace it with --force"
        if held is None:
            return f"{self.path}: expected a folder without results, got one that holds {taken[0]}; {way_out}"
        other = held.get("design", {})
        names = [name for name in self.description if other.get(name) != self.description[name]]
        return f"{self.path}: holds another design (not the same {', '.join(names) or 'content'}); {way_out}"

    def _complete(self, held: Mapping[str, Any]) -> bool:
        digests = held.get("digests") or {}
        whole = all(
            (self.path / name).is_file() and digest(self.path / name) == found for name, found in digests.items()
        )
        return bool(held.get("finished") and not held.get("failed") and digests and whole)

    def _clear(self) -> None:
        for name in self._files:
            self._remove(name)

    def _remove(self, name: str) -> None:
        path = self.path / name
        for file in self._files_of(path):
            file.unlink()
        if path.is_dir():
            # A user's own file in it keeps the folder.
            with suppress(OSError):
                path.rmdir()

    @staticmethod
    def _files_of(path: Path) -> list[Path]:
        """Return the file, or the files of a folder that this program makes: never what else a user keeps there."""
        if path.is_dir():
            return sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES)
        return [path] if path.exists() else []

    def _sweep(self) -> None:
        for folder in (self.path, self.path / BLOCKS):
            for path in folder.glob(f".*{PART}"):
                path.unlink(missing_ok=True)
