"""The manifest of a results folder: what was run, by whom, whether it is finished, and the digest of every file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from experiments.files.digests import digest_of
from experiments.files.whole import write_json
from simulation.errors import InputError

MANIFEST = "manifest.json"
SCHEMA = 2
"""Version of the manifest's layout: raised whenever a reader of the one before would misread it."""

_MOST_BYTES = 1 << 26
_OWN = ("study", "fingerprint", "design", "finished", "digests", "views", "schema")
"""Entries that every manifest has; all others are its record."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a results folder says of itself.

    Attributes:
        study: which study made it.
        fingerprint: digest of the design.
        design: the design as plain values.
        finished: whether all results are there.
        record: what the study and its provenance say beside that, by name.
        digests: SHA-256 of every file of the results, by its path in the folder.
        views: SHA-256 of what was drawn and written from those alone: report and figures.
        schema: version of this layout.
    """

    study: str
    fingerprint: str
    design: Mapping[str, Any]
    finished: bool = False
    record: Mapping[str, Any] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    views: Mapping[str, str] = field(default_factory=dict)
    schema: int = SCHEMA

    @property
    def failed(self) -> int:
        """How many runs failed."""
        return int(self.record.get("failed", 0))

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values, the record's entries among its own."""
        own = {name: getattr(self, name) for name in _OWN}
        last = {name: dict(own.pop(name)) for name in ("digests", "views", "design")}
        return {"schema": own.pop("schema"), **own, **self.record, **last}

    def write(self, folder: Path) -> None:
        """Write it into a folder, whole or not at all.

        Raises:
            OSError: the folder cannot be written or the disk is full.
        """
        write_json(folder / MANIFEST, self.as_dict())


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a folder.

    Raises:
        InputError: there is none, it is damaged, or another version of this program wrote it.
    """
    path = folder / MANIFEST
    if path.is_dir():
        raise InputError(f"{path}: expected a manifest, got a folder")
    if not path.is_file():
        raise InputError(f"{folder}: expected a folder of results with a {MANIFEST}, got none")
    content = _content(path)
    if content is None:
        raise InputError(f"{path}: expected a manifest, got one that is damaged")
    if content.get("schema") != SCHEMA:
        raise InputError(f"{path}: expected results of this version of sli, got those of another")
    if not _is_whole(content):
        raise InputError(f"{path}: expected a manifest, got one that is damaged")
    own = {name: content.pop(name) for name in _OWN}
    return Manifest(**own, record=content)


def listed_files(path: Path) -> set[str]:
    """Return the files that a manifest lists, whichever version of this program wrote it; none if it is damaged."""
    content = _content(path) or {}
    lists = [content.get(name) for name in ("digests", "views")]
    return {name for names in lists if isinstance(names, dict) for name in names if _is_inside(name)}


def _content(path: Path) -> dict[str, Any] | None:
    """Return what a manifest says, None where it cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return None
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError, MemoryError):
        return None
    return content if isinstance(content, dict) else None


def _is_whole(content: Mapping[str, Any]) -> bool:
    """Return whether every entry is of its kind, the design that of the fingerprint, and every file in the folder."""
    kinds = {"study": str, "fingerprint": str, "finished": bool, "design": dict, "digests": dict, "views": dict}
    if not all(isinstance(content.get(name), kind) for name, kind in kinds.items()):
        return False
    if digest_of(content["design"]) != content["fingerprint"] or type(content.get("failed", 0)) is not int:
        return False
    names: Iterable[str] = (*content["digests"], *content["views"])
    return all(map(_is_inside, names))


def _is_inside(name: str) -> bool:
    """Return whether a path leads to a file in its folder, and no way out of it."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name
