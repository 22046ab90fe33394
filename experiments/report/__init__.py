"""The report: what a comparison found, in plain words, pictures and tables, as one page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

__all__ = ["write_report"]


def write_report(folder: Path, out: Path | None = None, prices: Sequence[float] | None = None) -> None:
    """Write ``figures/*.png`` and ``report.html`` into a results folder, each file whole or not at all.

    The page needs no network and no script. Nothing in it or in the figures depends on when or where it was made.

    Args:
        folder: a finished results folder.
        out: where report and figures go; the same folder where None.
        prices: pounds put on an unpaid day, rising, at which the cost of an inadequate month avoided is shown; 0 to
            1,500 where None.

    Raises:
        InputError: the folder holds no results.
        OSError: the folder cannot be written or the disk is full.
    """
    from experiments.files.whole import whole_file, write_text
    from experiments.report.build import draw, lay_out, make_report
    from experiments.results.store import load_results

    results = load_results(folder)
    report, place = make_report(results, prices), out or folder
    drawn = draw(report)
    (place / "figures").mkdir(exist_ok=True)
    for name, image in drawn.items():
        with whole_file(place / "figures" / f"{name}.png") as file:
            file.write(image)
    write_text(place / "report.html", lay_out(report, drawn))
