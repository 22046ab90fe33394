"""``sli verify``: is what is seen here what others see?"""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.errors import InputError

Machine = Annotated[
    bool, typer.Option("--machine", help="Make the reference runs and compare every bit with what they give elsewhere.")
]


def verify(machine: Machine = False) -> None:
    """Check that this machine gives the results that every other gives, to the last bit.

    Ends in exit code 0 if it does, 1 if it does not. Takes a few seconds, and once half a minute to compile.
    """
    if not machine:
        raise InputError("verify: expected --machine, got nothing to check")
    from experiments.studies.verification.machine import REFERENCE, runs_digest

    digest = runs_digest()
    if digest != REFERENCE:
        typer.echo(
            f"no: the reference runs differ on this machine (expected {REFERENCE[:16]}, got {digest[:16]}), "
            "and so may all results"
        )
        raise typer.Exit(1)
    typer.echo(f"yes: this machine gives the reference runs to the last bit ({digest[:16]})")
