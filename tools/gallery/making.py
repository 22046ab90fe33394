"""Run the gallery's studies in a scratch folder, draw its pictures with the lines of the page, and time all of it."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from time import perf_counter
from types import FrameType
from typing import Any

from matplotlib.figure import Figure

from experiments.figures.canvas import png
from experiments.files.digests import digest, model_digest
from experiments.files.whole import whole_file, write_json
from tools.gallery.spec import PROJECT, Gallery, GalleryPicture
from tools.gallery.staleness import MADE, drawn_by, is_drawing
from tools.site.quiet import run_quietly

_COLOURS = 128
"""So many keep the colours of marks apart from those of bands, and a file small."""
MOST_BYTES = 120_000
_WARM = (
    "sli compare --quick --months 2 --regimes none,peer_support --out warm/compare",
    "sli sensitivity --months 2 --screen none --over transfer_rate,best_gap --size 8 --out warm/sensitivity",
    "sli validate --sets 1 --replicates 1 --out warm/validation",
    "sli validate --origins 2023-04 --sets 2 --runs 2 --out warm/origins",
)
SIZES = {"page": "", "phone": "_phone"}
"""FigureSize of a picture of the page -> the end of its file's name."""


def make_gallery(gallery: Gallery, folder: Path, scratch: Path) -> dict[str, Any]:
    """Make everything, write the pictures and what they rest on into ``folder``, and return the latter.

    Args:
        gallery: what is shown.
        folder: of the docs.
        scratch: where the studies leave their results.

    Raises:
        RuntimeError: a command did not end well.
        ValueError: a picture is too large.
        OSError: a file cannot be written.
    """
    folder.mkdir(exist_ok=True)
    made: dict[str, Any] = {"cores": os.cpu_count(), "load": _load(), "model": model_digest()}
    made |= {"studies": {}, "pictures": {}}
    with chdir(scratch):
        # Compiling the model, once a machine, is no part of what a command takes.
        for command in _WARM:
            run_quietly(shlex.split(command)[1:])
        for name, command in gallery.studies.items():
            made["studies"][name] = {"command": command, "seconds": _timed_command(command)}
        for picture in gallery.pictures:
            made["pictures"][picture.name] = _make(gallery, picture, folder)
    write_json(folder / MADE, made)
    return made


def _load() -> float:
    """Return how many programs wanted a core in the minute before; 0 where the machine does not say."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0


def draw_picture(picture: GalleryPicture, size: str = "page") -> Figure:
    """Return the figure that a picture's lines draw, in the folder that is the current one."""
    names: dict[str, Any] = {}
    exec(compile(picture.lines_for(size), picture.name, "exec"), names)  # noqa: S102  the page's own lines
    figure = names["figure"]
    if not isinstance(figure, Figure):
        raise TypeError(f"{picture.name}: expected lines that leave a figure, got {type(figure).__name__}")
    return figure


def _timed_command(command: str) -> float:
    start = perf_counter()
    run_quietly(shlex.split(command)[1:])
    return round(perf_counter() - start, 1)


def _make(gallery: Gallery, picture: GalleryPicture, folder: Path) -> dict[str, Any]:
    start = perf_counter()
    figures = {"page": draw_picture(picture)}
    seconds = round(perf_counter() - start, 1)
    with _watching_files() as files:
        figures["phone"] = draw_picture(picture, "phone")
    digests = {}
    for size, end in SIZES.items():
        path = folder / f"{picture.name}{end}.png"
        content = png(figures[size], _COLOURS)
        if len(content) > MOST_BYTES:
            raise ValueError(f"{path.name}: expected at most {MOST_BYTES:,} bytes, got {len(content):,}")
        with whole_file(path) as file:
            file.write(content)
        digests[path.name] = digest(path)
    rests_on = sorted(files)
    return {
        "seconds": seconds,
        "files": digests,
        "drawn_by": rests_on,
        "digest": drawn_by(gallery, picture, rests_on),
    }


@contextmanager
def _watching_files() -> Iterator[set[str]]:
    """Gather the files of the project's drawing code of which a function runs, by their paths in the project."""
    files: set[str] = set()
    known: dict[str, str | None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            name = frame.f_code.co_filename
            if name not in known:
                path = Path(name)
                inside = path.relative_to(PROJECT).as_posix() if path.is_relative_to(PROJECT) else ""
                known[name] = inside if is_drawing(inside) else None
            if (found := known[name]) is not None:
                files.add(found)

    sys.setprofile(note)
    try:
        yield files
    finally:
        sys.setprofile(None)
