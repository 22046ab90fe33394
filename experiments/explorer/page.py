"""The explorer as one HTML file: the page as `make page` built it, filled with the engine and what it must know."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from experiments.explorer.data import explorer_data, packed
from experiments.explorer.engine import MODULE
from experiments.files.whole import whole_file

PAGE = Path(__file__).with_name("page.html.gz")
_SLOTS = ("data", "engine")


def make_page() -> str:
    """Return the whole file as text; the same for the same package."""
    page = gzip.decompress(PAGE.read_bytes()).decode("utf-8")
    # No text in it may end the element that it stands in.
    parts = {"data": json.dumps(explorer_data()).replace("<", "\\u003c"), "engine": packed(MODULE.read_bytes())}
    for slot in _SLOTS:
        before, after = page.split("{{" + slot + "}}")
        page = before + parts[slot] + after
    return page


def write_page(path: Path) -> None:
    """Write the whole file, or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(make_page().encode())
