"""The seal: results that are whole are named with their digests, and only then take the place of what was there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from experiments.files.digests import digest
from experiments.files.whole import keep_on_disk, remove
from experiments.results.manifest import MANIFEST, Manifest, listed_files, read_manifest
from experiments.results.workplace import OLD, Workplace
from simulation.errors import InputError


def seal(place: Workplace, manifest: Manifest, names: Collection[str], views: Collection[str]) -> None:
    """Write the manifest of whole results into their workplace: from here on they only have to be moved.

    Args:
        place: where they are.
        manifest: what it is to say beside the digests.
        names: of the files and folders of files of the study.
        views: which of them are made of the others alone.
    """
    digests = {name: digest(place.path / name) for name in place.files(names)}
    kinds: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for name, content in digests.items():
        kinds[_is_of(name, views)][name] = content
    replace(manifest, finished=True, digests=kinds[0], views=kinds[1]).write(place.path)


def hold(folder: Path, digests: Mapping[str, str]) -> bool:
    """Return whether every file is there as it was sealed."""
    return all(_holds(folder / name, content) for name, content in digests.items())


def is_sealed(place: Workplace) -> bool:
    """Return whether a workplace says that its results are whole."""
    manifest = place.manifest
    return manifest is not None and manifest.finished


def is_moving(place: Workplace, folder: Path) -> bool:
    """Return whether results were on their way from a workplace into a folder when a process ended."""
    return not (folder / MANIFEST).exists() and (is_sealed(place) or (place.path / OLD).exists())


def seal_holds(place: Workplace, folder: Path) -> bool:
    """Return whether every file that the seal names is whole, in the workplace or in the folder already."""
    manifest = place.manifest
    return manifest is not None and all(
        _holds(place.path / name, content) or _holds(folder / name, content) for name, content in _all(manifest).items()
    )


def break_seal(place: Workplace, folder: Path) -> None:
    """Take back what has moved already: the results are made anew."""
    manifest = place.manifest
    if manifest is None:
        return
    if is_moving(place, folder):
        moved = [name for name, content in _all(manifest).items() if _holds(folder / name, content)]
        remove_files(folder, moved)
    replace(manifest, finished=False, record={}, digests={}, views={}).write(place.path)


def put_in_place(place: Workplace, folder: Path, names: Collection[str]) -> Manifest:
    """Put what is sealed in the place of what the folder holds, and return its manifest.

    The manifest of what was there goes first, and that of the new comes last: ended at any point, the next call goes
    on.

    Args:
        place: where the new results are, sealed.
        folder: where they go.
        names: of the files and folders of files of the study: those of results whose manifest is damaged.

    Raises:
        InputError: something of the user's own is in the way.
        OSError: the folder cannot be written.
    """
    manifest = place.manifest
    if manifest is None:
        raise InputError(f"{place.path}: expected sealed results, got others")
    new = _all(manifest)
    check_room(folder, new)
    if (folder / MANIFEST).exists():
        (folder / MANIFEST).replace(place.path / OLD)
    if (place.path / OLD).exists():
        old = listed_files(place.path / OLD) or {name for name in names if (folder / name).is_file()}
        remove_files(folder, old - new.keys())
    move_files(place, folder, new)
    (place.path / MANIFEST).replace(folder / MANIFEST)
    keep_on_disk(folder)
    if manifest.failed:
        # The runs that did not fail are at hand when the same command tries again.
        replace(manifest, finished=False, record={}, digests={}, views={}).write(place.path)
        remove(place.path / OLD)
    else:
        place.clear()
    return manifest


def join(
    place: Workplace,
    folder: Path,
    record: Mapping[str, Any],
    *,
    views: Collection[str],
    instead_of: Collection[str],
) -> Manifest:
    """Move what was added to finished results into their folder, and return the manifest that names it too.

    Args:
        place: where it is.
        folder: of the finished results.
        record: new entries of their manifest.
        views: names of what is made of other files alone.
        instead_of: names of the views that go where they are not written anew.

    Raises:
        InputError: something of the user's own is in the way.
        OSError: the folder cannot be written.
    """
    manifest = read_manifest(folder)
    content = {name: digest(place.path / name) for name in place.files()}
    check_room(folder, content)
    # Named before they move, as views that do not hold: ended half-way, no file is there that nobody knows of.
    replace(manifest, views={**manifest.views, **dict.fromkeys(content, "")}).write(folder)
    move_files(place, folder, content)
    stale = {name for name in manifest.views if name not in content and _is_of(name, instead_of)}
    remove_files(folder, stale)
    new_views = {name: seal for name, seal in content.items() if _is_of(name, views)}
    tables = {name: seal for name, seal in content.items() if name not in new_views}
    # A table may have been named among the views by a call that was ended while it moved.
    kept = {name: seal for name, seal in manifest.views.items() if name not in stale and name not in tables}
    manifest = replace(
        manifest,
        record={**manifest.record, **record},
        digests={**manifest.digests, **tables},
        views={**kept, **new_views},
    )
    manifest.write(folder)
    place.clear()
    return manifest


def check_room(folder: Path, names: Iterable[str]) -> None:
    """Refuse a folder in which something of the user's own is where a file is to go, and cannot be replaced.

    Raises:
        InputError: a folder is in the place of a file, or a file in that of a folder.
    """
    for name in (MANIFEST, *names):
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            raise InputError(f"{path}: expected room for a file, got a folder; move it away")
        for parent in list(path.parents)[: len(Path(name).parts) - 1]:
            if parent.exists() and not parent.is_dir():
                raise InputError(f"{parent}: expected room for a folder, got a file; move it away")


def move_files(place: Workplace, folder: Path, names: Iterable[str]) -> None:
    """Move files to the same paths in another folder; those that have moved already stay where they are."""
    homes = {folder}
    for name in names:
        target = folder / name
        if (place.path / name).exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            (place.path / name).replace(target)
            homes.add(target.parent)
    for home in homes:
        keep_on_disk(home)


def remove_files(folder: Path, names: Iterable[str]) -> None:
    """Remove files, and their folders that are then empty; never what lies outside."""
    for name in names:
        path = folder / name
        if folder.resolve() in path.resolve().parents and not path.is_dir():
            path.unlink(missing_ok=True)
            with suppress(OSError):
                path.parent.rmdir()


def _is_of(name: str, entries: Collection[str]) -> bool:
    """Return whether a file is one of some files and folders."""
    return name.split("/", maxsplit=1)[0] in entries


def _all(manifest: Manifest) -> dict[str, str]:
    return {**manifest.digests, **manifest.views}


def _holds(path: Path, content: str) -> bool:
    return path.is_file() and digest(path) == content
