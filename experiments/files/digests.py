"""Digests: of files, of plain values, of the model and of a table of councils."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import simulation
from simulation.councils import Councils


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    sha256 = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            sha256.update(chunk)
    return sha256.hexdigest()


def digest_of(content: object) -> str:
    """Return the SHA-256 of ``content`` as JSON with sorted keys: equal contents, equal digests."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def model_digest() -> str:
    """Return the digest of the model's own files: rules, regimes and tables of facts.

    Results of two versions of the model are never mixed in one folder.
    """
    home = Path(simulation.__file__).parent
    files = sorted(path for path in home.rglob("*") if path.suffix in {".py", ".toml", ".csv"})
    return digest_of([[path.relative_to(home).as_posix(), digest(path)] for path in files])


def plain_values(content: dict[str, Any]) -> dict[str, Any]:
    """Return ``content`` as JSON would give it back."""
    values: dict[str, Any] = json.loads(json.dumps(content))
    return values


_CHUNK = 1 << 20


def table_digest(councils: Councils) -> dict[str, Any]:
    """Return how many councils a table has, and the digest of all that it says."""
    return {"number": councils.n, "digest": digest_of(plain_values(asdict(councils)))}
