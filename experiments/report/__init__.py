"""The report: what a comparison found, in plain words, pictures and tables, as one page."""

from __future__ import annotations

from pathlib import Path

__all__ = ["write_report"]


def write_report(folder: Path, prices: Path | None = None) -> None:
    """Write ``figures/*.png`` and ``report.html`` into a results folder, each file whole or not at all.

    The page needs no network and no script. Nothing in it or in the figures depends on when or where it was made.

    Args:
        folder: a results folder with its tables and manifest.
        prices: a CSV file with a column ``price``: pounds put on an unpaid day, at which the cost of an inadequate
            month avoided is shown. Where None, the prices that the manifest's options name, or 0 to 1,500 pounds.

    Raises:
        InputError: the folder holds no results, or the prices cannot be read.
        OSError: the folder cannot be written or the disk is full.
    """
    from experiments.files.whole import whole_file, write_text
    from experiments.inputs.csv_files import read_prices
    from experiments.report.build import draw, lay_out, make_report
    from experiments.results.store import load_results

    results = load_results(folder)
    report = make_report(results, None if prices is None else read_prices(prices))
    drawn = draw(report)
    (folder / "figures").mkdir(exist_ok=True)
    for name, image in drawn.items():
        with whole_file(folder / "figures" / f"{name}.png") as file:
            file.write(image)
    write_text(folder / "report.html", lay_out(report, drawn))
