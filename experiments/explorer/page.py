"""The explorer as one HTML file: the page as `make page` built it, filled with the engine and what it must know."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

from experiments.explorer.data import explorer_data, packed
from experiments.explorer.engine import MODULE
from experiments.explorer.shown_results import describe_results
from experiments.files.whole import whole_file
from experiments.results.store import Results

BUILT_PAGE = Path(__file__).with_name("page.html.gz")
_MADE_OF = re.compile(r'<meta name="made-of" content="(\w+)">')


def built_page() -> str:
    """Return the page as it was built, with a slot for what fills it."""
    return gzip.decompress(BUILT_PAGE.read_bytes()).decode("utf-8")


def built_from() -> str:
    """Return the digest of the sources that the page was built from."""
    found = _MADE_OF.search(built_page())
    return found[1] if found else ""


def make_page(results: Results | None = None) -> str:
    """Return the whole file as text, with the results of a comparison in it if there are any; the same each time."""
    parts = {
        "data": _inside(explorer_data()),
        "engine": packed(MODULE.read_bytes()),
        "results": "" if results is None else _inside(describe_results(results)),
    }
    page = built_page()
    for slot, content in parts.items():
        before, after = page.split("{{" + slot + "}}")
        page = before + content + after
    return page


def _inside(content: dict[str, Any]) -> str:
    """Return values as JSON in which no text can end the element that it stands in."""
    return json.dumps(content).replace("<", "\\u003c")


def write_page(path: Path, results: Results | None = None) -> None:
    """Write the whole file, or none.

    Args:
        path: of the file.
        results: those that it shows beside; none where None.

    Raises:
        OSError: its folder cannot be made or written.
        InputError: a table is not in the folder of the results.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(make_page(results).encode())
