"""Whether the gallery's pictures are still those of the code: each has a digest of all that it rests on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.files.digests import digest, digest_of, model_digest
from tools.gallery.spec import PROJECT, Gallery, GalleryPicture

FOLDER = PROJECT / "docs" / "gallery"
MADE = "made.json"
_ROOMS = ("experiments/figures/", "experiments/gallery/")
_DRAWS = "pictures.py"


def is_drawing(path: str) -> bool:
    """Return whether a file of the project, by its path in it, draws."""
    if path.endswith("/__init__.py"):
        return False
    return path.startswith(_ROOMS) or (path.startswith("experiments/studies/") and path.endswith(_DRAWS))


def drawn_by(gallery: Gallery, picture: GalleryPicture, files: Sequence[str], root: Path = PROJECT) -> str:
    """Return the digest of all that a picture rests on: the model, its lines and commands, and what drew it.

    Args:
        gallery: what is shown.
        picture: one of its pictures.
        files: of the code that drew it, by their paths in the project.
        root: of the project.
    """
    sources = [[name, digest(root / name) if (root / name).is_file() else ""] for name in files]
    return digest_of([model_digest(), gallery.what_is_drawn(picture), sources])


def read_made(folder: Path = FOLDER) -> dict[str, Any]:
    """Return what `make gallery` wrote of its last making."""
    made: dict[str, Any] = json.loads((folder / MADE).read_text(encoding="utf-8"))
    return made


def stale_pictures(gallery: Gallery, folder: Path = FOLDER, root: Path = PROJECT) -> dict[str, str]:
    """Return the pictures that are stale, each with the reason; those whose file was changed are, too."""
    made = read_made(folder)["pictures"]
    found = {name: "it is no picture of the gallery" for name in made if name not in _names(gallery)}
    for picture in gallery.pictures:
        if picture.name not in made:
            found[picture.name] = "it was never made"
            continue
        entry = made[picture.name]
        if entry["digest"] != drawn_by(gallery, picture, entry["drawn_by"], root):
            found[picture.name] = "the model, its lines or what draws it changed"
        elif any(_digest(folder / name) != value for name, value in entry["files"].items()):
            found[picture.name] = "its file is not the one that was made"
    return found


def _names(gallery: Gallery) -> set[str]:
    return {picture.name for picture in gallery.pictures}


def _digest(path: Path) -> str:
    return digest(path) if path.is_file() else ""
