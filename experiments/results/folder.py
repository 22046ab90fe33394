"""The life of a results folder: opened, filled, sealed, added to. Every study's folder lives it.

What is being made lies in `unfinished` inside the folder, with its own manifest, until all of it is whole. Only then do
its files take the place of what the folder held. So results that are there stay until new ones are whole, and a folder
marked finished holds exactly the runs of its manifest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from experiments.files.digests import digest, digest_of
from experiments.files.provenance import provenance
from experiments.files.whole import PART
from experiments.results.blocks import BlockFolder
from experiments.results.lock import locked
from experiments.results.manifest import MANIFEST, Manifest, read_manifest
from simulation.errors import InputError

UNFINISHED, BLOCKS, FIGURES = "unfinished", "blocks", "figures"

Say = Callable[[str], None]


def say_nothing(_: str) -> None:
    """Say nothing."""


class Workplace:
    """Where results are written until they are whole.

    Attributes:
        path: the folder to write into.
        blocks: the runs made so far.
    """

    def __init__(self, path: Path, raw: tuple[str, ...]) -> None:
        self.path = path
        self.blocks = BlockFolder(path / BLOCKS, raw)


class ResultsFolder:
    """A folder that holds the results of one design and of no other.

    Args:
        path: the folder; made if it is missing.
        study: the study's name.
        description: the design as plain values; folders of equal descriptions go on where they stopped.
        files: names of the files, and of the folders of files, that the study writes.
        views: which of them are made from the others alone, and may be made again.
        raw: names of the blocks' arrays that lie on disk as in memory.
    """

    def __init__(
        self,
        path: str | Path,
        study: str,
        description: Mapping[str, Any],
        files: Sequence[str],
        *,
        views: Sequence[str] = (),
        raw: tuple[str, ...] = (),
    ) -> None:
        self.path = Path(path)
        self._manifest = Manifest(study=study, fingerprint=digest_of(dict(description)), design=dict(description))
        self._files, self._views, self._raw = tuple(files), tuple(views), raw

    @property
    def fingerprint(self) -> str:
        """The digest of the design."""
        return self._manifest.fingerprint

    def fill(
        self,
        make: Callable[[Workplace], Mapping[str, Any]],
        *,
        again: bool = False,
        force: bool = False,
        say: Say = say_nothing,
    ) -> Manifest:
        """Return the manifest of the results: of those that are there already, or of those that ``make`` makes now.

        Args:
            make: writes the results into a workplace, which may hold some of them, and returns the manifest's record.
            again: make them anew even where they are there.
            force: make them anew, in place of whatever the folder holds.
            say: called with a line where something of earlier runs is used, or does not hold.

        Raises:
            InputError: the folder holds other results, and not ``force``, or another process has it.
            OSError: the folder cannot be made or written.
        """
        anew = again or force
        if not anew and (finished := self._finished()):
            say(f"{self.path} holds these results already: nothing was run again")
            return finished
        with locked(self.path):
            self._make_way(force=force, say=say)
            self._publish_what_is_sealed()
            if not anew and (finished := self._finished()):
                return finished
            workplace = Workplace(self.path / UNFINISHED, self._raw)
            record = make(workplace)
            self._seal(workplace, record)
            return self._publish()

    def add(self, make: Callable[[Path], Mapping[str, Any]], *, instead_of: Sequence[str] = ()) -> Manifest:
        """Add files to finished results: ``make`` writes them into a folder and returns new entries of the record.

        What was there is not unsealed: the manifest that names the new files takes its place once they are whole.
        Views that ``instead_of`` names, or whose folder it names, go where they are not written anew.

        Raises:
            InputError: the folder holds no finished results of this design, or another process has it.
            OSError: the folder cannot be written.
        """
        with locked(self.path):
            manifest = read_manifest(self.path)
            if not manifest.finished or manifest.fingerprint != self.fingerprint:
                raise InputError(f"{self.path}: expected finished results of this design, got others")
            place = self.path / UNFINISHED / "added"
            _clear(place)
            place.mkdir(parents=True)
            record = {**manifest.record, **make(place)}
            names = _move_all(place, self.path)
            place.rmdir()
            with suppress(OSError):
                place.parent.rmdir()
            views, digests = dict(manifest.views), dict(manifest.digests)
            for name in names:
                (views if self._is_view(name) else digests)[name] = digest(self.path / name)
            for name in [name for name in views if name not in names and _is_of(name, instead_of)]:
                _remove_file(self.path, name)
                del views[name]
            manifest = replace(manifest, record=record, views=views, digests=digests)
            manifest.write(self.path)
            return manifest

    def views_hold(self) -> bool:
        """Return whether every view is there, as it was written."""
        views = read_manifest(self.path).views
        return bool(views) and _hold(self.path, views)

    def _finished(self) -> Manifest | None:
        """Return the manifest of whole results of this design, None where there are none."""
        try:
            manifest = read_manifest(self.path)
        except InputError:
            return None
        same = manifest.fingerprint == self.fingerprint and manifest.finished and not manifest.failed
        return manifest if same and manifest.digests and _hold(self.path, manifest.digests) else None

    def _make_way(self, *, force: bool, say: Say) -> None:
        """Refuse what may not be replaced, say what does not hold, and make the workplace ready."""
        place = self.path / UNFINISHED
        self._mend(place, say)
        if not force:
            self._refuse_others(say)
        if force and not self._is_mine(place):
            _clear(place)
        place.mkdir(exist_ok=True)
        for part in self.path.rglob(f".*{PART}"):
            part.unlink(missing_ok=True)
        if not (place / MANIFEST).exists():
            self._manifest.write(place)

    def _mend(self, place: Path, say: Say) -> None:
        """Throw away a workplace's damaged manifest: its blocks say themselves what they were made of."""
        if not place.exists():
            return
        if not place.is_dir() or not any((place / name).exists() for name in (MANIFEST, BLOCKS, "added")):
            if not place.is_dir() or any(place.iterdir()):
                raise InputError(f"{place}: expected what this program left unfinished, got something else")
            return
        try:
            read_manifest(place)
        except InputError as error:
            say(f"{error}; it is written anew, and blocks that hold are used")
            _clear(place / MANIFEST)
            self._manifest.write(place)

    def _refuse_others(self, say: Say) -> None:
        way_out = "choose another folder with --out, or replace it with --force"
        taken = [name for name in self._files if (self.path / name).exists()]
        if taken and not (self.path / MANIFEST).exists():
            raise InputError(
                f"{self.path}: expected a folder without results, got one that holds {taken[0]}; {way_out}"
            )
        places = [place for place in (self.path, self.path / UNFINISHED) if (place / MANIFEST).exists()]
        for place in places:
            try:
                manifest = read_manifest(place)
            except InputError as error:
                raise InputError(f"{error}; {way_out}") from None
            if manifest.fingerprint != self.fingerprint:
                raise InputError(f"{self.path}: holds {self._difference(manifest)}; {way_out}")
            if place == self.path and manifest.finished and not _hold(place, manifest.digests):
                say(f"{self.path}: files of these results were changed or are missing; they are made anew")

    def _difference(self, other: Manifest) -> str:
        if other.study != self._manifest.study:
            return f"results of another study ({other.study})"
        design = self._manifest.design
        names = [name for name in design if other.design.get(name) != design[name]]
        return f"another design (not the same {', '.join(names) or 'content'})"

    def _is_mine(self, place: Path) -> bool:
        try:
            return read_manifest(place).fingerprint == self.fingerprint
        except InputError:
            return False

    def _seal(self, workplace: Workplace, record: Mapping[str, Any]) -> None:
        """Write the manifest of whole results into the workplace: from here on they only have to be moved."""
        files = [path for name in self._files for path in _files_of(workplace.path / name)]
        digests = {path.relative_to(workplace.path).as_posix(): digest(path) for path in files}
        kinds: tuple[dict[str, str], dict[str, str]] = ({}, {})
        for name, content in digests.items():
            kinds[self._is_view(name)][name] = content
        record = {**provenance(), **record}
        replace(self._manifest, finished=True, record=record, digests=kinds[0], views=kinds[1]).write(workplace.path)

    def _publish_what_is_sealed(self) -> None:
        """Finish what was sealed and not yet moved when a process ended."""
        place = self.path / UNFINISHED
        if self._is_mine(place) and read_manifest(place).finished:
            self._publish()

    def _publish(self) -> Manifest:
        """Put what is sealed in the place of what the folder holds; the manifest goes first and comes last."""
        place = self.path / UNFINISHED
        sealed = read_manifest(place)
        self._remove_old(sealed)
        for name in (*sealed.digests, *sealed.views):
            if (place / name).exists():
                (self.path / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).replace(self.path / name)
        (place / MANIFEST).replace(self.path / MANIFEST)
        if sealed.failed:
            # The runs that did not fail are at hand when the same command tries again.
            self._manifest.write(place)
        else:
            _clear(place)
        return sealed

    def _remove_old(self, new: Manifest) -> None:
        try:
            old = read_manifest(self.path)
        except InputError:
            old = None
        (self.path / MANIFEST).unlink(missing_ok=True)
        if old is not None:
            for name in {*old.digests, *old.views} - {*new.digests, *new.views}:
                _remove_file(self.path, name)

    def _is_view(self, name: str) -> bool:
        return _is_of(name, self._views)


def _is_of(name: str, entries: Sequence[str]) -> bool:
    """Return whether a file is one of some files and folders."""
    return name.split("/", maxsplit=1)[0] in entries


def _files_of(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path] * path.exists()


def _hold(folder: Path, digests: Mapping[str, str]) -> bool:
    return all((folder / name).is_file() and digest(folder / name) == sealed for name, sealed in digests.items())


def _move_all(place: Path, target: Path) -> list[str]:
    """Move every file of a folder to the same path in another, and return these paths."""
    names = [path.relative_to(place).as_posix() for path in _files_of(place)]
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).replace(target / name)
    for folder in sorted((path for path in place.rglob("*") if path.is_dir()), reverse=True):
        folder.rmdir()
    return names


def _remove_file(folder: Path, name: str) -> None:
    """Remove a file that a manifest lists, and its folder if that is then empty; never what lies outside."""
    path = folder / name
    if folder.resolve() in path.resolve().parents:
        path.unlink(missing_ok=True)
        with suppress(OSError):
            path.parent.rmdir()


def _clear(place: Path) -> None:
    """Remove a folder of this program's own, with all that is in it; a link is removed, not followed."""
    if place.is_symlink() or place.is_file():
        place.unlink()
        return
    if place.is_dir():
        for path in place.iterdir():
            _clear(path)
        place.rmdir()
