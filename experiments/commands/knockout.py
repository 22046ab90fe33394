"""``sli knockout``: each claim of the sector, with the mechanism that it rests on switched off and on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.commands import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from experiments.studies.claims.claim import Claim
    from experiments.studies.claims.runs import Trial

KNOCKOUT_SETS, KNOCKOUT_REPLICATES = 256, 8
_WIDTH = 100

Claims = Annotated[
    str | None,
    typer.Option("--claims", metavar="1,4", help="Numbers of the claims; all twelve if left out."),
]
Replicates = Annotated[
    int,
    typer.Option(
        "--replicates", help="Runs of each condition and parameter set, each with its own luck.", **options.WHOLE
    ),
]
Matters = Annotated[
    list[str] | None,
    typer.Option(
        "--matters", metavar="OUTCOME=VALUE", help="The smallest effect that matters, for the verdict; may be repeated."
    ),
]
Sets = Annotated[
    str | None,
    typer.Option(
        "--sets",
        metavar="N|all",
        help="How many parameter sets are drawn (256 if left out), or all plausible ones; 1 means the defaults.",
    ),
]
Workers = Annotated[
    int | None, typer.Option("--workers", help="Threads, one a processor if left out.", **options.WHOLE)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say how many runs and minutes and how much memory, and stop.")]


def knockout(
    claims: Claims = None,
    sets: Sets = None,
    draw: options.Draw = None,
    levers: options.Levers = None,
    replicates: Replicates = KNOCKOUT_REPLICATES,
    matters: Matters = None,
    months: options.Months = 120,
    seed: options.Seed = 2018,
    workers: Workers = None,
    cluster: options.Cluster = None,
    start: options.Start = None,
    funding: options.Funding = "outturn",
    poverty_tilt: options.PovertyTilt = 0.0,
    pause: options.Pause = "historical",
    headline: options.Headline = "removed",
    switch: options.SwitchChoices = None,
    parameters: options.ParametersFile = None,
    design: options.DesignFile = None,
    councils: options.CouncilsFile = None,
    out: options.Out = Path("results/knockout"),
    force: options.Force = False,
    dry_run: DryRun = False,
) -> None:
    """Test the sector's claims, one by one.

    Each claim's mechanism is switched on and off under the same luck. Writes a table, a figure, and a sentence a claim.
    """
    from experiments.commands.world import read_draw, read_world, warn_of_ranges
    from experiments.design.design import MAX_MONTHS
    from experiments.design.design_file import check_named_levers
    from experiments.design.origin import make_sets
    from experiments.design.stopping import make_rule
    from experiments.design.world import World
    from experiments.inputs.parsing import parse_matters, split_names
    from experiments.running.cluster import on_cluster
    from experiments.running.workers import checked_workers
    from experiments.studies.claims.catalogue import check_switchable, pick_claims
    from experiments.studies.claims.runs import Trial
    from simulation.limits import checked_months, checked_replicates, checked_seed
    from simulation.regimes import REGIMES, load_regime

    number, source = read_draw(sets, draw, design, KNOCKOUT_SETS)
    selection = pick_claims(split_names(claims, "--claims") if claims is not None else None)
    smallest = parse_matters(matters or [])
    make_rule(smallest)
    options_of_world = read_world(
        councils=councils,
        start=start,
        funding=funding,
        poverty_tilt=poverty_tilt,
        pause=pause,
        headline=headline,
        switch=switch,
        parameters=parameters,
    )
    drawn, origin = make_sets(number, source, levers, options_of_world.parameters, design, checked_seed(seed))
    check_named_levers(drawn, [load_regime(name) for name in REGIMES])
    world = World(
        months=checked_months(months, MAX_MONTHS),
        seed=seed,
        scenario=options_of_world.scenario,
        switches=options_of_world.switches,
        councils=options_of_world.councils,
    )
    check_switchable(selection, world.switches)
    trial = Trial(world=world, sets=drawn, origin=origin, replicates=checked_replicates(replicates))
    warn_of_ranges(one.parameters for one in drawn)
    workers = checked_workers(workers)
    if dry_run:
        _say_plan(selection, trial, workers)
        return
    from experiments.results.failures import FAILURES
    from experiments.studies.claims.answers import CLAIMS_FIGURE, CLAIMS_TABLE
    from experiments.studies.claims.knockout import knock_out

    with on_cluster(cluster):
        table = knock_out(
            selection,
            trial,
            out,
            matters=smallest,
            workers=workers,
            force=force,
            progress=True,
            tell=partial(typer.echo, err=True),
        )
    _say_claims(table)
    typer.echo(f"{out}: {CLAIMS_TABLE} and {CLAIMS_FIGURE}")
    failed = failed_runs(out)
    if failed:
        typer.echo(
            f"{failed} runs failed: their numbers are missing in {out / CLAIMS_TABLE}; {out / FAILURES} says which, "
            "and how to repeat each",
            err=True,
        )
        raise typer.Exit(1)


def failed_runs(out: Path) -> int:
    """Return how many runs of a folder ended in an error."""
    from experiments.results.manifest import read_manifest

    return read_manifest(out).failed


def _say_plan(selection: Sequence[Claim], trial: Trial, workers: int) -> None:
    from experiments.running.footprint import footprint, memory_words
    from experiments.studies.claims.answers import needs_of
    from experiments.studies.claims.knockout import seconds_a_cell
    from simulation.simulate import ENSEMBLE

    conditions, outcomes = needs_of(selection)
    numbers = len(conditions) * len(trial.sets) * trial.replicates * len(outcomes)
    memory = footprint(trial.world, engine=ENSEMBLE, workers=workers, runs_a_block=0, numbers=numbers)
    typer.echo(f"about {memory_words(memory)} of memory")
    seconds, runs = seconds_a_cell(selection, trial)
    cells = len(trial.sets) * trial.replicates
    minutes = max(seconds * cells / workers / 60, 0.1)
    typer.echo(
        f"about {runs * cells} different runs of {len(conditions)} conditions for {len(selection)} claims\n"
        f"about {minutes:.1f} minutes on {workers} thread{'s' if workers > 1 else ''}, measured just now"
    )


def _say_claims(table: pd.DataFrame) -> None:
    """Print the deciding effects in one table, and a sentence a claim below it."""
    from experiments.figures.claim_effects import ASSUMED, deciding
    from experiments.text.numbers import share_words

    typer.echo(
        f"{'claim':<26} {'effect':>10} {'error':>8}  {'worlds, 5 to 95%':<20} {'as claimed':<12} {'matters':>8} "
        f"{'unit':<15} {'worlds':<8} verdict"
    )
    rows = list(deciding(table))
    for row in rows:
        worlds = f"{row['worlds_low']:+.3g} to {row['worlds_high']:+.3g}".replace("+nan to +nan", "none")
        share = share_words(float(str(row["share"])), float(str(row["share_error"])))
        numbers = (
            f"{row['effect']:>+10.3g} {row['effect_error']:>8.2g}  {worlds:<20} {share:<12} {row['matters']:>8.3g}"
        )
        name = f"{row['claim']:>2} {row['short']}"
        used, verdict = f"{row['worlds']}/{row['worlds_run']}", f"{row['verdict']}: {row['reason']}"
        typer.echo(f"{name:<26} {numbers} {row['unit']:<15} {used:<8} {verdict}{ASSUMED[str(row['assumed'])]}")
    typer.echo("")
    for row in rows:
        typer.echo(fill(f"{row['claim']}. {row['title']}. {row['sentence']}", _WIDTH, subsequent_indent="   "))
    typer.echo("worlds: those that could be compared of those run, for those that missed the parity are left out")
    typer.echo("a world is one parameter set, with luck averaged out; the error is one standard error of the mean")
    typer.echo("“assumed” marks what the model puts in and does not test")
