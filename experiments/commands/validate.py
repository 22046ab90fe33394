"""``sli validate``: the model against what was observed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options

Draw = Annotated[str, typer.Option("--draw", help="Where parameter sets come from: prior (their ranges).")]
Sets = Annotated[int | None, typer.Option("--sets", help="Parameter sets (64 if left out).")]
Replicates = Annotated[
    int | None, typer.Option("--replicates", help="Histories of each set, each with its own luck (16 if left out).")
]
Workers = Annotated[int | None, typer.Option("--workers", help="Threads, one a processor if left out.")]
Page = Annotated[
    Path | None, typer.Option("--page", metavar="FILE.md", help="A page whose tables and picture to renew.")
]


def validate(
    draw: Draw = "prior",
    sets: Sets = None,
    replicates: Replicates = None,
    seed: options.Seed = 2018,
    workers: Workers = None,
    page: Page = None,
    out: options.Out = Path("results/validation"),
    force: options.Force = False,
) -> None:
    """Hold the model against what was observed: reproduced or missed, pattern by pattern.

    Runs the regime that was in force from April 2018 and compares it with the patterns that parameter sets are fitted
    to and with those that nothing is fitted to. Misses are printed and are no failure: the exit code is 0.
    """
    from experiments.checks import checked_workers
    from experiments.validate import REPLICATES, SETS, Validation, made_of, validate_model, validation_text
    from experiments.validation_page import PICTURE, read_page, renew_page

    asked = Validation(
        draw=draw,
        sets=SETS if sets is None else sets,
        replicates=REPLICATES if replicates is None else replicates,
        seed=seed,
    )
    if page is not None:
        read_page(page)
    table = validate_model(
        asked,
        out,
        workers=checked_workers(workers),
        force=force,
        progress=True,
        tell=lambda line: typer.echo(line, err=True),
    )
    typer.echo(validation_text(table))
    if page is not None:
        renew_page(page, table, made_of(asked), out / "figures" / PICTURE)
    typer.echo(f"{out}: patterns.csv and figures, validation.png first")
