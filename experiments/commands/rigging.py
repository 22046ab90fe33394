"""``sli rigging``: does any regime win by construction?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options

Draws = Annotated[
    int, typer.Option("--sets", help="Draws of all parameters and levers from the prior.", **options.WHOLE)
]
Each = Annotated[
    int, typer.Option("--replicates", help="Replicates of each draw, each with its own luck.", **options.WHOLE)
]
Page = Annotated[
    Path | None,
    typer.Option(
        "--page", metavar="FILE.md", help="Renew the tables between the markers of this page.", **options.PATH
    ),
]
Explained = Annotated[
    Path | None,
    typer.Option(
        "--explained", metavar="FILE.toml", help="Your own explanations in place of the shipped ones.", **options.PATH
    ),
]


def rigging(
    sets: Draws = 256,
    replicates: Each = 8,
    regimes: options.Regimes = None,
    regime: options.OwnRegimes = None,
    months: options.Months = 120,
    seed: options.Seed = 2018,
    start: options.Start = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    switch: options.SwitchChoices = None,
    parameters: options.ParametersFile = None,
    explained: Explained = None,
    page: Page = None,
    out: options.Out = Path("results/rigging"),
    force: options.Force = False,
) -> None:
    """Count how often each regime wins over the prior, and whether that is explained.

    All regimes but historical, at three parities, with every parameter and lever drawn from its whole range. Writes
    rigging.csv. Ends in exit code 1 if a regime wins or loses more than 95% of draws on a watched outcome and no
    explanation names the mechanism. Stopped by Ctrl-C, the same command goes on where it was.
    """
    from experiments.commands.world import read_world, warn_of_ranges
    from experiments.inputs.parsing import gather_names
    from experiments.running.cluster import on_cluster
    from experiments.running.workers import checked_workers
    from experiments.studies.rigging.design import PROPOSALS, make_rigging_design
    from experiments.studies.rigging.explanations import read_explanations
    from experiments.studies.rigging.page import SLOTS, missing_explanations, renew_page, summary_lines
    from experiments.studies.rigging.rigging import RIGGING_TABLE, check_rigging
    from experiments.text.pages import RESULTS

    explanations = read_explanations(explained)
    if page is not None:
        SLOTS.read(page, [RESULTS])  # refused before any run is made
    design = make_rigging_design(
        regimes=gather_names(",".join(PROPOSALS) if regimes is None else regimes, regime or []),
        sets=sets,
        replicates=replicates,
        months=months,
        seed=seed,
        **read_world(start=start, switch=switch, parameters=parameters)._asdict(),
    )
    warn_of_ranges(one.parameters for one in design.sets)
    with on_cluster(cluster):
        table = check_rigging(
            design,
            out,
            workers=checked_workers(workers),
            force=force,
            progress=True,
            tell=partial(typer.echo, err=True),
        )
    for line in summary_lines(design, table, explanations):
        typer.echo(line)
    if page is not None:
        renew_page(page, design, table, explanations)
    typer.echo(f"all shares: {out / RIGGING_TABLE}")
    if rigged := missing_explanations(table, explanations):
        typer.echo(f"not explained: {len(rigged)}\n" + "\n".join(f"  {sentence}" for sentence in rigged), err=True)
        raise typer.Exit(1)
