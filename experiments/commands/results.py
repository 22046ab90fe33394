"""``sli results``: what a results folder is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A results folder, finished or not.", **options.PATH)]


def results(folder: Folder) -> None:
    """Say what a results folder is: how far it got, what failed, and the command that made it.

    Nothing in it is written, and it may be asked while runs are made.
    """
    from experiments.studies.verification.status import folder_status, status_lines

    for line in status_lines(folder, folder_status(folder)):
        typer.echo(line)
