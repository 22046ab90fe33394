"""A plain page: a title, what it is about, and sections of pictures and tables, in the style of the report."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.figures.canvas import MAP_COLOURS, png
from experiments.report.layout import embedded, environment, template
from experiments.report.parts import Section
from experiments.report.words import PURPOSE


def lay_out_page(title: str, lead: Sequence[str], sections: Sequence[Section], *, note: str) -> str:
    """Return a page as HTML that needs no other file.

    Args:
        title: its heading.
        lead: paragraphs under it.
        sections: in their order.
        note: how many runs, the seed, and what it is not.
    """
    pictures = {one.name: png(one.figure, MAP_COLOURS) for section in sections for one in section.pictures}
    page = environment().get_template("page.html.j2")
    return page.render(
        title=title,
        purpose=PURPOSE,
        lead=lead,
        sections=sections,
        note=note,
        style=template("style.css"),
        image=embedded(pictures),
    )
