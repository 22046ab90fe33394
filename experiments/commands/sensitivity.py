"""``sli sensitivity``: which uncertain numbers decide an outcome, the difference between two regimes, and who wins."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options, study_options

Over = Annotated[
    str | None,
    typer.Option(
        "--over",
        metavar="A,B=LOW:HIGH",
        help="What is drawn, from its plausible range or between these ends; every parameter and both places of levers "
        "in their ranges if left out.",
    ),
]
Screen = Annotated[
    str | None,
    typer.Option(
        "--screen",
        metavar="morris|none",
        help="Sort out first what decides little, by Morris's elementary effects (if left out), or have indices of "
        "everything.",
    ),
]
Trajectories = Annotated[
    int | None, typer.Option("--trajectories", help="Of the screening (10 if left out).", **options.WHOLE)
]
Most = Annotated[
    int | None,
    typer.Option("--most", help="How many columns the screening may keep (10 if left out).", **options.WHOLE),
]
Size = Annotated[
    int | None,
    typer.Option("--size", help="Base points of the indices, a power of two (256 if left out).", **options.WHOLE),
]
Replicates = Annotated[
    int | None,
    typer.Option("--replicates", help="Runs of each point, each with its own luck (2 if left out).", **options.WHOLE),
]
Price = Annotated[
    float | None,
    typer.Option(
        "--price",
        help="Pounds that a council-month inadequate less is worth, to price what is worth knowing.",
        **options.NUMBER,
    ),
]


def sensitivity(
    study: study_options.Study = None,
    over: Over = None,
    screen: Screen = None,
    trajectories: Trajectories = None,
    most: Most = None,
    size: Size = None,
    outcome: study_options.Outcome = None,
    regimes: study_options.Regimes = None,
    regime: study_options.OwnRegimes = None,
    parity: study_options.Parities = None,
    replicates: Replicates = None,
    months: study_options.Months = None,
    seed: study_options.Seed = None,
    start: options.LatestStart = None,
    funding: study_options.Funding = None,
    poverty_tilt: study_options.PovertyTilt = None,
    pause: study_options.Pause = None,
    headline: study_options.Headline = None,
    switch: options.SwitchChoices = None,
    parameters: options.ParametersFile = None,
    councils: options.CouncilsFile = None,
    price: Price = None,
    engine: options.Engine = "ensemble",
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: study_options.Out = Path("results/sensitivity"),
    force: options.Force = False,
    dry_run: options.DryRun = False,
) -> None:
    """Find which uncertain numbers decide, with luck apart.

    Morris's screening first, then Sobol's indices of what it keeps: of outcomes, of the paired difference between two
    regimes, and of which of them wins. Says what cannot be told and the size that would do, and what is worth
    knowing. Stopped by Ctrl-C, the same command goes on where it was.
    """
    from experiments.inputs.parsing import split_names
    from experiments.running.workers import checked_workers
    from experiments.studies.sensitivity.settings import read_sensitivity

    asked: dict[str, object] = {
        "over": None if over is None else split_names(over, "--over"),
        "screen": screen,
        "trajectories": trajectories,
        "most": most,
        "size": size,
        "outcomes": study_options.read_outcomes(outcome),
        "regimes": study_options.read_regimes(regimes, regime),
        "parities": None if parity is None else split_names(parity, "--parity"),
        "replicates": replicates,
        "months": months,
        "seed": seed,
        "start": start,
        "funding": funding,
        "poverty_tilt": poverty_tilt,
        "pause": pause,
        "headline": headline,
        "switches": study_options.read_switches(switch),
        "parameters": None if parameters is None else str(parameters),
        "councils": None if councils is None else str(councils),
        "price": price,
    }
    number = checked_workers(workers, engine)
    settings = study_options.join_settings(study, asked, read_sensitivity, "--over")
    _run(settings, number, engine, out, cluster=cluster, force=force, dry_run=dry_run)


def _run(
    settings: dict[str, object],
    workers: int,
    engine: str,
    out: Path,
    *,
    cluster: str | None,
    force: bool,
    dry_run: bool,
) -> None:
    from experiments.commands.world import warn
    from experiments.running.cluster import on_cluster
    from experiments.studies.sensitivity.make import make_sensitivity
    from experiments.studies.sensitivity.plan import plan_sensitivity
    from experiments.studies.sensitivity.sensitivity import run_sensitivity
    from experiments.studies.sensitivity.words import base_points_words, index_lines, study_plan_lines
    from simulation.simulate import checked_engine

    checked_engine(engine)
    asked = make_sensitivity(settings)
    warn(asked.beyond())
    for line in study_plan_lines(asked, plan_sensitivity(asked, workers), workers, str(out)):
        typer.echo(line)
    if dry_run:
        return
    with on_cluster(cluster):
        found = run_sensitivity(
            asked, out, workers=workers, engine=engine, force=force, progress=True, tell=partial(typer.echo, err=True)
        )
    for line in index_lines(asked, found.table, found.knowing):
        typer.echo(line)
    typer.echo(base_points_words(asked, found.table))
    study_options.say_folder(out, "sensitivity", "indices.csv", found.failed)
