"""``sli report``: figures and report of a finished comparison, made again from its tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options
from simulation.errors import InputError

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A finished folder of `sli compare`.")]
Prices = Annotated[
    Path | None,
    typer.Option(
        "--prices",
        metavar="FILE.csv",
        help="Prices of an unpaid day (column price, pounds) to value it at anew; those of before if left out.",
    ),
]

Region = Annotated[
    str | None,
    typer.Option("--region", metavar="NAME", help="Report on one region of the councils, such as the North West."),
]
Only = Annotated[
    str | None,
    typer.Option("--only", metavar="A,B,C", help="Report on these councils alone, by their codes; at least three."),
]


def report(
    folder: Folder,
    region: Region = None,
    only: Only = None,
    prices: Prices = None,
    image_format: options.ImageFormat = None,
) -> None:
    """Make brief, report and figures of a comparison again, from its tables alone.

    Nothing is run, and the same folder gives the same files, byte for byte. With --region or --only they are of one
    part of the councils, out of the runs of all, and go into FOLDER/parts.
    """
    if region is not None or only is not None:
        _report_part(folder, region, only, prices, image_format)
        return
    from experiments.inputs.csv_files import read_prices
    from experiments.studies.comparison.publication import renew_report

    results = renew_report(folder, prices=None if prices is None else read_prices(prices), image_format=image_format)
    _say(results.folder)


def _report_part(folder: Path, region: str | None, only: str | None, prices: Path | None, form: str | None) -> None:
    from experiments.inputs.parsing import split_names
    from experiments.studies.comparison.publication import report_part

    if region is not None and only is not None:
        raise InputError("--region: expected a region or the codes of --only, got both")
    if prices is not None or form is not None:
        option = "--prices" if prices is not None else "--format"
        raise InputError(f"{option}: expected a report on all councils, got one on a part, which has no use for it")
    _say(report_part(folder, region=region, only=() if only is None else split_names(only, "--only")))


def _say(folder: Path) -> None:
    typer.echo(f"brief: {folder / 'brief.html'}")
    typer.echo(f"report: {folder / 'report.html'}")
    typer.echo(f"figures: {folder / 'figures'}")
