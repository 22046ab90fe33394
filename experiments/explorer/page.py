"""The explorer as one HTML file: the page as `make page` built it, filled with the engine and what it must know."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

from experiments.explorer.data import explorer_data, packed
from experiments.explorer.engine import MODULE
from experiments.files.whole import whole_file

BUILT_PAGE = Path(__file__).with_name("page.html.gz")
_MADE_OF = re.compile(r'<meta name="made-of" content="(\w+)">')


def built_page() -> str:
    """Return the page as it was built, with a slot for what fills it."""
    return gzip.decompress(BUILT_PAGE.read_bytes()).decode("utf-8")


def built_from() -> str:
    """Return the digest of the sources that the page was built from."""
    found = _MADE_OF.search(built_page())
    return found[1] if found else ""


def make_page() -> str:
    """Return the whole file as text; the same for the same package."""
    # No text in it may end the element that it stands in.
    data = json.dumps(explorer_data()).replace("<", "\\u003c")
    page = built_page()
    for slot, content in (("data", data), ("engine", packed(MODULE.read_bytes()))):
        before, after = page.split("{{" + slot + "}}")
        page = before + content + after
    return page


def write_page(path: Path) -> None:
    """Write the whole file, or none.

    Raises:
        OSError: its folder cannot be made or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(make_page().encode())
