"""What the gallery shows: its studies and its pictures, as `pictures.toml` says."""

from __future__ import annotations

import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SPEC = Path(__file__).with_name("pictures.toml")


@dataclass(frozen=True)
class GalleryPicture:
    """A picture of the gallery.

    Attributes:
        name: of its function in `experiments.gallery`, and of its file.
        title: what it is.
        studies: the names of those that make its data.
        alt: what it shows, for those who cannot see it.
        reading: how to read it.
        limits: what it does not say.
        lines: the Python that draws it; they leave a figure in ``figure``.
    """

    name: str
    title: str
    studies: tuple[str, ...]
    alt: str
    reading: str
    limits: str
    lines: str

    def lines_for(self, size: str) -> str:
        """Return the lines as they draw it for another size."""
        return self.lines.replace('size="page"', f'size="{size}"')


@dataclass(frozen=True)
class Gallery:
    """All that the gallery shows.

    Attributes:
        studies: name -> its command, a line.
        pictures: in the order of the page.
    """

    studies: Mapping[str, str]
    pictures: tuple[GalleryPicture, ...]

    def what_is_drawn(self, picture: GalleryPicture) -> dict[str, object]:
        """Return all of the spec that a picture's file rests on."""
        return {"lines": picture.lines, "commands": [self.studies[name] for name in picture.studies]}


def read_gallery(path: Path = SPEC) -> Gallery:
    """Return the gallery as a file says.

    Raises:
        ValueError: a picture names a study that is not there, or has no lines for a page.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    studies = {name: shlex.join(shlex.split(study["command"])) for name, study in content["studies"].items()}
    pictures = tuple(
        GalleryPicture(**{**cells, "studies": tuple(cells["studies"]), "lines": cells["lines"].strip() + "\n"})
        for cells in content["pictures"]
    )
    for picture in pictures:
        if strange := [name for name in picture.studies if name not in studies]:
            raise ValueError(f"{path.name}: {picture.name}: expected one of {', '.join(studies)}, got {strange[0]}")
        if 'size="page"' not in picture.lines:
            raise ValueError(f'{path.name}: {picture.name}: expected lines with size="page", got others')
    return Gallery(studies, pictures)
