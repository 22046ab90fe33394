"""``sli report``: figures and report of a finished comparison, made again from its tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A finished folder of `sli compare`.")]
Prices = Annotated[
    Path | None,
    typer.Option(
        "--prices",
        metavar="FILE.csv",
        help="Prices of an unpaid day (column price, pounds) to value it at anew; those of before if left out.",
    ),
]


def report(folder: Folder, prices: Prices = None, image_format: options.ImageFormat = None) -> None:
    """Make figures and report of a comparison again, from its tables alone.

    Nothing is run, and the same folder gives the same files, byte for byte.
    """
    from experiments.inputs.csv_files import read_prices
    from experiments.studies.comparison.publication import renew_report

    results = renew_report(folder, prices=None if prices is None else read_prices(prices), image_format=image_format)
    typer.echo(f"brief: {results.folder / 'brief.html'}")
    typer.echo(f"report: {results.folder / 'report.html'}")
    typer.echo(f"figures: {results.folder / 'figures'}")
