"""The engine for a browser, as `make explorer` built it: a WebAssembly module, and how it is called."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MODULE = Path(__file__).with_name("engine.wasm")
DESCRIPTION = Path(__file__).with_name("engine.json")


def load_description() -> dict[str, Any]:
    """Return what a caller must know of the module, what it was built from and with, and its own digest."""
    described: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return described


def write_description(path: Path, described: Mapping[str, Any]) -> None:
    """Write a module's description, an entry a line."""
    entries = (f"{json.dumps(name)}: {json.dumps(value)}" for name, value in described.items())
    path.write_text("{\n" + ",\n".join(entries) + "\n}\n", encoding="utf-8")
