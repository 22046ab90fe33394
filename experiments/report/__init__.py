"""The report: what a comparison found, in plain words, pictures and tables, as one page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.inputs.checks import PNG, SVG

if TYPE_CHECKING:
    from experiments.results.store import Results

__all__ = ["write_report"]


def write_report(
    results: Results, place: Path, *, prices: Sequence[float] | None = None, image_format: str = PNG
) -> None:
    """Write ``figures/*``, ``report.html`` and ``brief.html`` into a folder, each file whole or not at all.

    They are made of the tables of findings alone, and of no single run. The pages need no network and no script.
    Nothing in them or in the figures depends on when or where they are made.

    Args:
        results: a finished comparison.
        place: where figures and report go.
        prices: pounds put on an unpaid day, rising, that are shown in numbers; a few of the price curve where None.
        image_format: ``png``, or ``svg`` for each figure as an SVG beside its PNG.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    from experiments.figures import png
    from experiments.files.whole import whole_file, write_text
    from experiments.report.brief import make_brief
    from experiments.report.build import REPORT_TITLE, draw, lay_out, lay_out_brief, make_report

    report = make_report(results, prices)
    pictures = draw(report)
    files = {f"{name}.png": image for name, image in pictures.items()}
    if image_format == SVG:
        files |= {f"{name}.svg": image for name, image in draw(report, SVG).items()}
    (place / "figures").mkdir(exist_ok=True)
    for name, image in files.items():
        with whole_file(place / "figures" / name) as file:
            file.write(image)
    write_text(place / "report.html", lay_out(report, pictures))
    brief = make_brief(results, REPORT_TITLE)
    write_text(place / "brief.html", lay_out_brief(brief, png(brief.picture.figure)))
