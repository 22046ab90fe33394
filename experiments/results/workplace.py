"""Where results are written until all of them are whole: a folder of this program's own inside the results folder."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from experiments.files.whole import PART, remove
from experiments.results.blocks import BlockFolder
from experiments.results.manifest import MANIFEST, Manifest, read_manifest
from simulation.errors import InputError

UNFINISHED, BLOCKS, FIGURES = "unfinished", "blocks", "figures"
ADDED = "added"
"""Where, in `unfinished`, what is added to finished results is written."""
SHARD = "shard.json"
"""What says of a comparison's folder that it holds one shard of it, whole."""
OLD = "replaced.json"
"""The manifest of what the results take the place of, from when the first file of theirs moves."""


class Workplace:
    """Where results are written until they are whole.

    Args:
        path: the folder.
        raw: names of the blocks' arrays that lie on disk as in memory.

    Attributes:
        path: the folder to write into.
        blocks: the runs made so far.
    """

    def __init__(self, path: Path, raw: tuple[str, ...] = ()) -> None:
        self.path = path
        self.blocks = BlockFolder(path / BLOCKS, raw)

    @property
    def manifest(self) -> Manifest | None:
        """What is being made there, None where nothing says so."""
        try:
            return read_manifest(self.path)
        except InputError:
            return None

    def check(self) -> None:
        """Refuse what is there and is not this program's.

        Raises:
            InputError: a file or a link, or a folder in which this program left nothing.
        """
        if self.path.is_symlink() or (self.path.exists() and not self.path.is_dir()):
            raise InputError(f"{self.path}: expected a folder, or room for one, got a file or a link; move it away")
        names = {path.name for path in self._entries() if not path.name.endswith(PART)}
        if names and not names & {MANIFEST, BLOCKS, ADDED, OLD}:
            raise InputError(
                f"{self.path}: expected what this program left unfinished, got a folder with {min(names)}; move it away"
            )

    def make_ready(self) -> None:
        """Make the folder, and leave in it nothing but blocks, manifests and which shard it is.

        Raises:
            OSError: the folder cannot be written.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        self._remove_but({BLOCKS, MANIFEST, OLD, SHARD})

    def clear(self, but: Collection[str] = ()) -> None:
        """Remove the folder, its blocks and its manifest last: ended half-way, what is left is still known as its own.

        Args:
            but: names of what stays, and the folder with it.

        Raises:
            OSError: something cannot be removed.
        """
        for stays in ({*but, BLOCKS, MANIFEST}, {*but, MANIFEST}, but):
            self._remove_but(stays)
        with suppress(OSError):
            self.path.rmdir()

    def files(self, names: Collection[str] | None = None) -> list[str]:
        """Return the paths in the folder of its files but its manifest, in order.

        Args:
            names: of the files, and of the folders of files, that count; all but the blocks where None.
        """
        top = [path.name for path in self._entries() if path.name not in {BLOCKS, MANIFEST}] if names is None else names
        paths = {path for name in top for path in (self.path / name, *(self.path / name).rglob("*")) if path.is_file()}
        return sorted(path.relative_to(self.path).as_posix() for path in paths)

    def _remove_but(self, names: Collection[str]) -> None:
        for path in self._entries():
            if path.name not in names:
                remove(path)

    def _entries(self) -> list[Path]:
        return list(self.path.iterdir()) if self.path.is_dir() else []
