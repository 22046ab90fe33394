"""The manifest of a results folder: what was run, by whom, whether it is finished, and the digest of every file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from experiments.files.whole import write_json
from simulation.errors import InputError

MANIFEST = "manifest.json"
SCHEMA = 2
"""Version of the manifest's layout: raised whenever a reader of the one before would misread it."""

_MOST_BYTES = 1 << 26


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
        return int(self.record.get("failed") or 0)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values, the record's entries among its own."""
        own = {entry.name: getattr(self, entry.name) for entry in fields(self) if entry.name != "record"}
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
    if not path.is_file():
        raise InputError(f"{folder}: expected a folder of results with a {MANIFEST}, got none")
    if path.stat().st_size > _MOST_BYTES:
        raise InputError(f"{path}: expected a manifest, got a file of {path.stat().st_size:,} bytes")
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise InputError(f"{path}: expected a manifest, got one that is damaged") from None
    return _manifest(path, content)


def _manifest(path: Path, content: object) -> Manifest:
    if not isinstance(content, dict):
        raise InputError(f"{path}: expected a manifest, got one that is damaged")
    if content.get("schema") != SCHEMA:
        raise InputError(f"{path}: expected results of this version of sli, got those of another")
    own = {entry.name: content.pop(entry.name) for entry in fields(Manifest) if entry.name in content}
    kinds = {"study": str, "fingerprint": str, "finished": bool, "design": dict, "digests": dict, "views": dict}
    if any(not isinstance(own.get(name), kind) for name, kind in kinds.items()):
        raise InputError(f"{path}: expected a manifest, got one that is damaged")
    return Manifest(**own, record=content)
