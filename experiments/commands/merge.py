"""``sli merge``: the shards of one comparison, joined."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options

OutFolder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the results go.", **options.PATH)]
Shards = Annotated[list[Path], typer.Argument(metavar="SHARD...", help="The folders of all shards.", **options.PATHS)]


def merge(
    out: OutFolder,
    shards: Shards,
    workers: options.Workers = None,
    force: options.Force = False,
) -> None:
    """Join the shards of one comparison into the folder that one process would have made.

    Each shard is what `sli compare --shard K/N` left. All have to be there, each once and of one design. The shards
    stay as they are.
    """
    from experiments.running.workers import checked_workers
    from experiments.studies.comparison.shards import merge_shards

    results = merge_shards(
        out, shards, workers=checked_workers(workers), force=force, progress=True, tell=partial(typer.echo, err=True)
    )
    typer.echo(f"{results.manifest['runs']} runs of {len(shards)} shards")
    typer.echo(f"brief: {results.folder / 'brief.html'}")
    typer.echo(f"report: {results.folder / 'report.html'}")
