"""Build the page of the explorer: ``python -m explorer.page`` (or ``make page``). Needs Node, and what npm fetched.

The same bytes come out each time. It takes some seconds.
"""

from __future__ import annotations

import gzip
import hashlib
import subprocess
from pathlib import Path

from experiments.explorer.page import BUILT_PAGE

HERE = Path(__file__).resolve().parent
_SOURCES = ("src/**/*", "page.html", "page.mjs", "build.mjs", "package-lock.json")


def page_digest() -> str:
    """Return a digest of all that the page is built from."""
    digest = hashlib.sha256()
    files = {path for pattern in _SOURCES for path in HERE.glob(pattern) if path.is_file()}
    for path in sorted(files):
        digest.update(f"{path.relative_to(HERE).as_posix()}\0".encode())
        digest.update(path.read_text(encoding="utf-8").encode())
        digest.update(b"\0")
    return digest.hexdigest()


def build_page(to: Path) -> None:
    """Write the page, packed by gzip, with the digest of what it was built from."""
    made = subprocess.run(["node", "page.mjs", page_digest()], cwd=HERE, check=True, capture_output=True)  # noqa: S603, S607
    to.write_bytes(gzip.compress(made.stdout, mtime=0))


if __name__ == "__main__":
    build_page(BUILT_PAGE)
    print(f"{BUILT_PAGE}: {BUILT_PAGE.stat().st_size / 1000:.1f} kB")  # noqa: T201
