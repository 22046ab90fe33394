"""The gallery's page: thumbnails, and for each picture how to read it, what makes it and how long that takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.gallery.spec import Gallery, GalleryPicture

GALLERY_PAGE = "index.md"
_WIDE = "sd-d-none sd-d-md-block"
_NARROW = "sd-d-md-none"
_OPTION = " --"
_LINE = 100


def page_text(gallery: Gallery, made: dict[str, Any]) -> str:
    """Return the page.

    Args:
        gallery: what is shown.
        made: what its making took, as `tools.gallery.making.make_gallery` returns it.
    """
    parts = [
        *_head(gallery, made),
        *(part for picture in gallery.pictures for part in _section(gallery, picture, made)),
    ]
    return "\n\n".join(parts) + "\n"


def _head(gallery: Gallery, made: dict[str, Any]) -> Iterator[str]:
    yield "<!-- long: what makes each picture is there to be copied, and not to be read -->\n# Gallery"
    whole = sum(one["seconds"] for one in made["studies"].values())
    whole += sum(one["seconds"] for one in made["pictures"].values())
    yield (
        "Pictures of what the program can show, each with the commands and the Python that make it. Copy them, and "
        "change them."
    )
    where = f"measured on {made['cores']} cores{_other_work(made)}"
    yield (
        f"All of it takes about {_minutes(whole)}, {where}, with the model compiled. Every figure is a function of "
        "`experiments.gallery` that takes results and returns a matplotlib figure. "
        '`size="slide"` draws it for a slide and `size="phone"` for a phone; `figure.savefig("mine.png")` saves it.'
    )
    yield (
        "Luck, which more runs shrink, and ignorance, which they do not, are two uncertainties: each has a colour and "
        "a line or shape of its own, and they are never added up. A letter, a shape or a line says the same as each "
        "colour. The settings are small: read [How this model could mislead you](../understand/misleading.md) before "
        "you quote a picture."
    )
    cards = "\n\n".join(_card(picture) for picture in gallery.pictures)
    yield f"::::{{grid}} 1 2 3 3\n:gutter: 2\n\n{cards}\n::::"


def _card(picture: GalleryPicture) -> str:
    short = picture.title.partition(":")[0]
    return (
        f":::{{grid-item-card}} {short}\n:link: gallery-{_anchor(picture)}\n:link-type: ref\n"
        f":img-bottom: {picture.name}.png\n:img-alt: {short}\n:::"
    )


def _section(gallery: Gallery, picture: GalleryPicture, made: dict[str, Any]) -> Iterator[str]:
    yield f"(gallery-{_anchor(picture)})="
    yield f"## {picture.title}"
    yield picture.reading
    yield f"**What it does not say.** {picture.limits}"
    for name, classes in ((f"{picture.name}.png", _WIDE), (f"{picture.name}_phone.png", _NARROW)):
        yield f"```{{image}} {name}\n:alt: {picture.alt}\n:class: {classes}\n:loading: lazy\n```"
    for name in picture.studies:
        study = made["studies"][name]
        yield f"The runs take {_seconds(study['seconds'])}:"
        yield f"```sh\n{_broken(gallery.studies[name])}\n```"
    took = _seconds(made["pictures"][picture.name]["seconds"])
    yield f"The picture takes {took}{'' if picture.studies else ', with its run'}:"
    yield f"```python\n{picture.lines}```"


def _other_work(made: dict[str, Any]) -> str:
    """Return what is said of a machine that was busy when the gallery was made."""
    return " that had other work too" if made["load"] > made["cores"] / 2 else ""


def _anchor(picture: GalleryPicture) -> str:
    return picture.name.replace("_", "-")


def _broken(command: str) -> str:
    """Return a command in lines that fit, each broken before an option."""
    words, lines = command.split(_OPTION), [""]
    for place, word in enumerate(words):
        option = f"{_OPTION}{word}" if place else word
        if len(lines[-1]) + len(option) > _LINE and lines[-1]:
            lines[-1] += " \\"
            lines.append(" " + option)
        else:
            lines[-1] += option
    return "\n".join(lines)


def _seconds(seconds: float) -> str:
    rounded = max(1, round(seconds))
    return "about a second" if rounded == 1 else f"about {rounded} seconds"


def _minutes(seconds: float) -> str:
    rounded = max(1, round(seconds / 60))
    return "a minute" if rounded == 1 else f"{rounded} minutes"
