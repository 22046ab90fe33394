"""How pages are laid out: templates, and pictures that lie in the page itself."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from experiments.report.parts import Picture


def environment() -> Environment:
    """Return what finds the templates and fills them in; a name that they do not know is an error."""
    return Environment(
        loader=FunctionLoader(template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def template(name: str) -> str:
    """Return the text of a template or a style sheet."""
    return files("experiments.report").joinpath(name).read_text(encoding="utf-8")


def embedded(pictures: Mapping[str, bytes]) -> Callable[[Picture], str]:
    """Return what gives a picture's address: its own bytes, as a PNG, in the page itself."""

    def address(picture: Picture) -> str:
        return "data:image/png;base64," + base64.b64encode(pictures[picture.name]).decode("ascii")

    return address
