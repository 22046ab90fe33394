"""Make the gallery: `make gallery`, or `python -m tools.gallery`.

With `--page` only its page is written anew, from the pictures that are there. With `--check` nothing is written, and
stale pictures are named. It takes a few minutes.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from experiments.files.whole import write_text
from tools.gallery.making import make_gallery
from tools.gallery.page import GALLERY_PAGE, page_text
from tools.gallery.spec import read_gallery
from tools.gallery.staleness import FOLDER, read_made, stale_pictures


def main(arguments: list[str]) -> int:
    """Make or check the gallery and return the exit code: 1 where a picture is stale."""
    parser = ArgumentParser(prog="python -m tools.gallery", description="Make the gallery of the docs.")
    parser.add_argument("--page", action="store_true", help="write its page alone, with the pictures that are there")
    parser.add_argument("--check", action="store_true", help="write nothing; name the pictures that are stale")
    chosen = parser.parse_args(arguments)
    gallery = read_gallery()
    if chosen.check:
        stale = stale_pictures(gallery)
        for name, reason in stale.items():
            print(f"{name}: {reason}: run `make gallery`")  # noqa: T201
        return 1 if stale else 0
    if chosen.page:
        made = read_made()
    else:
        with TemporaryDirectory() as scratch:
            made = make_gallery(gallery, FOLDER, Path(scratch))
    write_text(FOLDER / GALLERY_PAGE, page_text(gallery, made))
    print(f"docs/gallery/{GALLERY_PAGE}: {len(gallery.pictures)} pictures")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
