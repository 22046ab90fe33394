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

from experiments.files.digests import digest_of
from experiments.files.provenance import provenance
from experiments.files.whole import PART, remove
from experiments.results.lock import LOCK, locked
from experiments.results.manifest import MANIFEST, Manifest, read_manifest
from experiments.results.seal import (
    break_seal,
    check_room,
    hold,
    is_moving,
    is_sealed,
    join,
    put_in_place,
    seal,
    seal_holds,
)
from experiments.results.workplace import ADDED, BLOCKS, UNFINISHED, Workplace
from simulation.errors import InputError

Tell = Callable[[str], None]
Make = Callable[[Workplace], Mapping[str, Any]]

_WAY_OUT = "choose another folder with --out, or replace it with --force"


def tell_nobody(_: str) -> None:
    """Tell nothing."""


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
        self._files, self._views = tuple(files), tuple(views)
        self._place = Workplace(self.path / UNFINISHED, raw)

    def fill(self, make: Make, *, again: bool = False, force: bool = False, tell: Tell = tell_nobody) -> Manifest:
        """Return the manifest of the results: of those that are there already, or of those that ``make`` makes now.

        Args:
            make: writes the results into a workplace, which may hold some of their runs, and returns the manifest's
                record.
            again: make them anew even where they are there.
            force: make them anew, in place of whatever the folder holds.
            tell: called with a line where something of earlier runs is used, or does not hold.

        Raises:
            InputError: the folder holds other results, and not ``force``, or another process has it.
            OSError: the folder cannot be made or written.
        """
        anew = again or force
        if not anew and (manifest := self._finished()):
            self._tidy()
            tell(f"{self.path} holds these results already: nothing was run again")
            return manifest
        if not any((self.path / name).exists() for name in (LOCK, UNFINISHED)):
            # Nobody has worked here: what is refused is refused before anything is made.
            self._refuse(force=force)
        with locked(self.path):
            if manifest := self._finish_move(force=force, tell=tell):
                if not (again or manifest.failed):
                    return manifest
            elif not anew and (manifest := self._finished()):
                return manifest
            if not anew:
                self._tell_what_changed(tell)
            self._make_ready(force=force, tell=tell)
            record = {**provenance(), **self._made(make)}
            if BLOCKS in self._files:
                self._place.blocks.remove_others()
            seal(self._place, replace(self._manifest, record=record), self._files, self._views)
            return put_in_place(self._place, self.path, self._files)

    def begin(self, make: Make, *, force: bool = False, tell: Tell = tell_nobody) -> None:
        """Make a part of the results, and leave the folder unfinished with it.

        Args:
            make: writes blocks into a workplace, which may hold some of them; what it returns is not recorded.
            force: in place of whatever the folder holds.
            tell: called with a line where something of earlier runs is used, or does not hold.

        Raises:
            InputError: the folder holds other results, or finished ones, and not ``force``, or another process has it.
            OSError: the folder cannot be made or written.
        """
        if not any((self.path / name).exists() for name in (LOCK, UNFINISHED)):
            self._refuse(force=force)
        with locked(self.path):
            self._finish_move(force=force, tell=tell)
            if not force and self._finished():
                raise InputError(f"{self.path}: holds the finished results of the whole already; {_WAY_OUT}")
            self._make_ready(force=force, tell=tell)
            self._made(make)

    def add(self, make: Make, *, instead_of: Sequence[str] = ()) -> Manifest:
        """Add files to finished results: ``make`` writes them into a workplace and returns new entries of the record.

        What was there is not unsealed: the manifest that names the new files takes its place once they are whole.
        Views that ``instead_of`` names, or whose folder it names, go where they are not written anew.

        Raises:
            InputError: the folder holds no finished results of this design, or another process has it.
            OSError: the folder cannot be written.
        """
        with locked(self.path):
            manifest = read_manifest(self.path)
            if not manifest.finished or not self._is_mine(manifest):
                raise InputError(f"{self.path}: expected finished results of this design, got others")
            self._place.check()
            place = Workplace(self._place.path / ADDED)
            place.make_ready()
            manifest = join(place, self.path, make(place), views=self._views, instead_of=instead_of)
            with suppress(OSError):
                self._place.path.rmdir()
            return manifest

    def views_hold(self) -> bool:
        """Return whether every view is there, as it was written."""
        views = read_manifest(self.path).views
        return bool(views) and hold(self.path, views)

    def _made(self, make: Make) -> Mapping[str, Any]:
        """Return what ``make`` makes; ended before its first block, nothing is left in the way of others."""
        try:
            return make(self._place)
        except BaseException:
            with suppress(OSError):
                if not self._place.blocks.names():
                    self._place.clear()
            raise

    def _finished(self) -> Manifest | None:
        """Return the manifest of whole results of this design, None where there are none."""
        try:
            manifest = read_manifest(self.path)
        except InputError:
            return None
        whole = self._is_mine(manifest) and manifest.finished and not manifest.failed
        return manifest if whole and manifest.digests and hold(self.path, manifest.digests) else None

    def _tidy(self) -> None:
        """Remove what stayed of a workplace when a process ended while it cleared up, where that can be written."""
        place = self._place
        left = place.path.is_dir() and {path.name for path in place.path.iterdir()} - {ADDED}
        if left and (place.manifest is None or self._is_mine(place.manifest)):
            with suppress(InputError, OSError), locked(self.path):
                place.check()
                place.clear(but={ADDED})

    def _finish_move(self, *, force: bool, tell: Tell) -> Manifest | None:
        """Finish what was sealed and not moved yet when a process ended, and refuse what may not be replaced.

        Whose results had begun to move, they come whole into the folder before anything is asked of it.
        """
        place = self._place
        place.check()
        moving, mine = is_moving(place, self.path), self._is_mine(place.manifest)
        if not moving:
            self._refuse(force=force)
        if is_sealed(place) and (moving or mine):
            if seal_holds(place, self.path):
                manifest = put_in_place(place, self.path, self._files)
                if mine:
                    tell(f"{self.path}: these results were whole already, and are in their place now")
                    return manifest
            else:
                tell(f"{place.path}: files of sealed results were changed or are missing; they are made anew")
                break_seal(place, self.path)
        if moving and not mine:
            self._refuse(force=force)
        return None

    def _is_mine(self, manifest: Manifest | None) -> bool:
        mine = self._manifest
        return manifest is not None and (manifest.study, manifest.fingerprint) == (mine.study, mine.fingerprint)

    def _tell_what_changed(self, tell: Tell) -> None:
        with suppress(InputError):
            manifest = read_manifest(self.path)
            changed = [name for name, content in manifest.digests.items() if not hold(self.path, {name: content})]
            if changed:
                tell(f"{self.path}: {changed[0]} was changed or is missing; the results are made anew")

    def _make_ready(self, *, force: bool, tell: Tell) -> None:
        """Make the workplace ready; of what it holds, blocks say themselves what they were made of."""
        place = self._place
        mine = self._is_mine(place.manifest)
        if force and place.manifest is not None and not mine:
            place.clear()
        place.make_ready()
        if not mine:
            if place.blocks.names():
                tell(f"{place.path}: its manifest is damaged or missing and is written anew; blocks that hold are used")
            remove(place.path / MANIFEST)
            self._manifest.write(place.path)
        (self.path / f".{MANIFEST}{PART}").unlink(missing_ok=True)

    def _refuse(self, *, force: bool) -> None:
        """Refuse results and files that may not be replaced.

        Raises:
            InputError: the folder holds other results, and not ``force``, or something that no file can replace.
        """
        check_room(self.path, [name for name in self._files if Path(name).suffix])
        if force:
            return
        known = (self.path / MANIFEST).exists()
        present = [name for name in self._files if (self.path / name).exists()]
        if present and not known:
            raise InputError(
                f"{self.path}: expected a folder without results, got one that holds {present[0]}; {_WAY_OUT}"
            )
        manifests = [self._place.manifest]
        if known:
            try:
                manifests.append(read_manifest(self.path))
            except InputError as error:
                raise InputError(f"{error}; {_WAY_OUT}") from None
        for manifest in manifests:
            if manifest is not None and not self._is_mine(manifest):
                raise InputError(f"{self.path}: holds {self._difference(manifest)}; {_WAY_OUT}")

    def _difference(self, other: Manifest) -> str:
        if other.study != self._manifest.study:
            return f"results of another study ({other.study})"
        design = self._manifest.design
        names = [name for name in {**design, **other.design} if other.design.get(name) != design.get(name)]
        return f"another design (not the same {', '.join(names) or 'content'})"
