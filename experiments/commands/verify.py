"""``sli verify``: is what is seen here what others see, and does a results folder still hold?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.commands import options
from simulation.errors import InputError

if TYPE_CHECKING:
    from experiments.studies.verification.folder import Verification

Machine = Annotated[
    bool, typer.Option("--machine", help="Make the reference runs and compare every bit with what they give elsewhere.")
]
Folder = Annotated[Path | None, typer.Argument(metavar="[FOLDER]", help="A finished results folder.", **options.PATH)]
Sample = Annotated[
    int, typer.Option("--runs", help="How many of the folder's runs are made again, at random.", **options.WHOLE)
]
SampleSeed = Annotated[int, typer.Option("--seed", help="What their choice is drawn from.", **options.WHOLE)]


def verify(
    folder: Folder = None,
    machine: Machine = False,
    runs: Sample = 32,
    seed: SampleSeed = 2018,
    councils: options.CouncilsFile = None,
    workers: options.Workers = None,
) -> None:
    """Check that a results folder still holds, or that this machine gives the results that every other gives.

    Of a folder, every file is held against its digest, and some of its runs are made again: they must be equal to the
    last bit. Where the model has changed since, it is said which outcomes changed, and by how much. Nothing in the
    folder is written.

    Ends in exit code 0 if all holds, 1 if not. --machine takes a few seconds, and once half a minute to compile.
    """
    if machine == (folder is not None):
        got = "both" if machine else "nothing to check"
        raise InputError(f"verify: expected a results folder or --machine, got {got}")
    if folder is None:
        _verify_machine()
        return
    from experiments.running.workers import checked_workers
    from experiments.studies.verification.folder import verify_folder
    from simulation.councils import load_councils

    found = verify_folder(
        folder,
        runs=runs,
        seed=seed,
        councils=None if councils is None else load_councils(councils),
        workers=checked_workers(workers),
        progress=True,
    )
    _say(folder, found)
    if not found.holds:
        raise typer.Exit(1)


def _verify_machine() -> None:
    from experiments.studies.verification.machine import REFERENCE, runs_digest

    digest = runs_digest()
    if digest != REFERENCE:
        typer.echo(
            f"no: the reference runs differ on this machine (expected {REFERENCE[:16]}, got {digest[:16]}), "
            "and so may all results"
        )
        raise typer.Exit(1)
    typer.echo(f"yes: this machine gives the reference runs to the last bit ({digest[:16]})")


def _say(folder: Path, found: Verification) -> None:
    for name in found.changed:
        typer.echo(f"{name}: changed or missing")
    if found.changed:
        typer.echo(f"no: {len(found.changed)} of {found.files} files of {folder} are not as they were written")
        return
    if not found.same_model:
        typer.echo("the model has changed since these results were made")
    for reason in found.failed:
        typer.echo(f"a run that did not fail then fails now: {reason}")
    for row in found.changes.itertuples():
        typer.echo(
            f"{row.outcome}: changed in {row.runs} runs, by {row.mean_change:+.6g} {row.unit} on average and "
            f"{row.largest_change:+.6g} at most"
        )
    files = f"all {found.files} files of {folder} are as they were written"
    if not found.runs:
        typer.echo(f"yes: {files}; no run of theirs is kept by itself, and none was made again")
    elif found.differing:
        typer.echo(f"no: {files}, but {len(found.differing)} of {found.runs} runs made again differ")
    else:
        typer.echo(f"yes: {files}, and {found.runs} runs made again are equal to the last bit")
