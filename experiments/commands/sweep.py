"""``sli sweep``: how outcomes, and the difference between two regimes, move with what is varied."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options, study_options
from simulation.errors import InputError

Vary = Annotated[
    list[str] | None,
    typer.Option(
        "--vary",
        metavar="NAME=LOW:HIGH:N|A,B",
        help="What is varied: a parameter, a lever (partners_in_practice.days_per_giver, *.days_per_receiver), a "
        "switch, funding, poverty_tilt, pause, headline, start or seed. Repeated, it makes a grid.",
    ),
]
Sampler = Annotated[
    str | None,
    typer.Option("--design", metavar="lhs|sobol|morris", help="Points drawn from ranges, in place of --vary."),
]
Size = Annotated[
    int | None,
    typer.Option(
        "--size",
        help="With --design: points of a Latin hypercube, base points of Sobol's design (a power of two), or "
        "trajectories of Morris's.",
        **options.WHOLE,
    ),
]
Over = Annotated[
    str | None,
    typer.Option(
        "--over",
        metavar="A,B=LOW:HIGH",
        help="With --design: what is drawn, from its plausible range or between these ends; every parameter and both "
        "places of levers in their ranges if left out.",
    ),
]
Table = Annotated[
    Path | None,
    typer.Option(
        "--table", metavar="FILE.csv", help="Your own points: a column a thing that is varied, a row a point.",
        **options.PATH,
    ),
]  # fmt: skip
Sets = Annotated[
    str | None,
    typer.Option(
        "--sets",
        metavar="N|all",
        help="How many parameter sets each point is crossed with (16 if left out, 1 where every parameter is varied); "
        "1 means the defaults.",
    ),
]
Levers = Annotated[
    str | None,
    typer.Option(
        "--levers", help="Days per receiver and per giver that are not varied: fixed as in the regimes' files (if left "
        "out), or drawn with each parameter set, the same at every point.",
    ),
]  # fmt: skip
Replicates = Annotated[
    int | None,
    typer.Option(
        "--replicates", help="Runs of each point and set, each with its own luck (8 if left out).", **options.WHOLE
    ),
]


def sweep(
    study: study_options.Study = None,
    vary: Vary = None,
    design: Sampler = None,
    size: Size = None,
    over: Over = None,
    table: Table = None,
    outcome: study_options.Outcome = None,
    regimes: study_options.Regimes = None,
    regime: study_options.OwnRegimes = None,
    parity: study_options.Parities = None,
    matters: options.Matters = None,
    sets: Sets = None,
    draw: options.Draw = None,
    levers: Levers = None,
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
    engine: options.Engine = "ensemble",
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: study_options.Out = Path("results/sweep"),
    force: options.Force = False,
    dry_run: options.DryRun = False,
) -> None:
    """Vary one thing or several, and see what moves.

    Every point meets the same luck and the same parameter sets; what is not varied stands at one value throughout.
    Writes a table of all runs, one of all points, and pictures: a line for one thing, a map for two. Stopped by Ctrl-C,
    the same command goes on where it was.
    """
    from experiments.inputs.parsing import parse_matters, parse_sets, split_names
    from experiments.running.workers import checked_workers

    asked: dict[str, object] = {
        "vary": _varied(vary),
        "design": design,
        "size": size,
        "over": None if over is None else split_names(over, "--over"),
        "table": None if table is None else str(table),
        "outcomes": study_options.read_outcomes(outcome),
        "regimes": study_options.read_regimes(regimes, regime),
        "parities": None if parity is None else split_names(parity, "--parity"),
        "matters": parse_matters(matters) if matters else None,
        "sets": None if sets is None else parse_sets(sets),
        "draw": draw,
        "levers": levers,
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
    }
    number = checked_workers(workers, engine)
    _run(_joined(study, asked), number, engine, out, cluster=cluster, force=force, dry_run=dry_run)


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
    from experiments.running.crossing_plan import plan_crossing
    from experiments.studies.sweep.make import make_sweep
    from experiments.studies.sweep.sweep import run_sweep
    from experiments.studies.sweep.words import enough_words, found_lines, plan_lines
    from simulation.simulate import checked_engine

    checked_engine(engine)
    asked = make_sweep(settings)
    warn(asked.crossing.beyond())
    for line in plan_lines(asked, plan_crossing(asked.crossing, asked.kept, workers), workers, str(out)):
        typer.echo(line)
    if dry_run:
        return
    with on_cluster(cluster):
        found = run_sweep(
            asked, out, workers=workers, engine=engine, force=force, progress=True, tell=partial(typer.echo, err=True)
        )
    for line in found_lines(asked, found.points):
        typer.echo(line)
    typer.echo(enough_words(asked))
    if found.means_in_text:
        typer.echo("sweep.csv has the means over the replicates, for there are too many runs; sweep.parquet has all")
    study_options.say_folder(out, "sweep", "sweep.parquet", found.failed)


def _joined(study: str | None, asked: dict[str, object]) -> dict[str, object]:
    """Return the settings of a study's file, and those of options in their place.

    Raises:
        InputError: the file cannot be read; or points are asked for beside those that it has.
    """
    from experiments.studies.sweep.settings import read_settings

    for name in ("vary", "design", "size", "over", "table"):
        if study is not None and asked[name] is not None:
            raise InputError(f"--{name}: expected either {study} or --{name} to say what is varied, got both")
    return study_options.join_settings(study, asked, read_settings, "--vary")


def _varied(texts: list[str] | None) -> dict[str, object] | None:
    from experiments.design.points import parse_vary

    return None if not texts else dict(parse_vary(texts))
