"""``sli run``: one regime and one replicate, month by month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.commands import options
from simulation.errors import InputError, whole

if TYPE_CHECKING:
    from experiments.studies.single.run import SingleRun

MOST_RUNS = 2**31 - 1
FromResults = Annotated[
    Path | None,
    typer.Option(
        "--results", metavar="FOLDER", help="Finished results of which one run is made again.", **options.PATH
    ),
]
RunNumber = Annotated[
    int | None, typer.Option("--run", help="The number of that run, as failures.csv has it.", **options.WHOLE)
]


def run(
    regime: options.OneRegime = None,
    replicate: options.Replicate = 0,
    parity: options.Parity = "none",
    months: options.Months = 120,
    seed: options.Seed = 2018,
    start: options.Start = None,
    funding: options.Funding = "outturn",
    poverty_tilt: options.PovertyTilt = 0.0,
    pause: options.Pause = "historical",
    headline: options.Headline = "removed",
    switch: options.SwitchChoices = None,
    parameters: options.ParametersFile = None,
    councils: options.CouncilsFile = None,
    results: FromResults = None,
    number: RunNumber = None,
    out: options.Out = Path("results/run"),
    force: options.Force = False,
) -> None:
    """Run one regime once, and look inside.

    Writes a table of months, panels of councils and directors, the outcomes and one figure. With --results and --run
    it is a run of a comparison, a sweep or another study, with all that it was made of.
    """
    from experiments.studies.single.run import SingleRun, run_single

    if number is not None:
        whole("run", number, 0, MOST_RUNS)
    if results is not None or number is not None:
        if regime is not None:
            raise InputError("--regime: expected a regime or a run of --results, got both")
        single = _run_of(results, number, councils)
        run_single(single, out, force=force)
        _say(out)
        return
    if regime is None:
        raise InputError("run: expected --regime, or --results and --run, got nothing to run")
    from experiments.commands.world import read_world, warn_of_ranges
    from simulation.parameters import Parameters
    from simulation.regimes import load_regime

    world = read_world(
        councils=councils,
        start=start,
        funding=funding,
        poverty_tilt=poverty_tilt,
        pause=pause,
        headline=headline,
        switch=switch,
        parameters=parameters,
    )
    single = SingleRun(
        regime=load_regime(regime),
        replicate=replicate,
        parity=parity,
        months=months,
        seed=seed,
        scenario=world.scenario,
        switches=world.switches,
        parameters=Parameters.from_mapping(world.parameters),
        councils=world.councils,
    )
    warn_of_ranges([single.parameters])
    run_single(single, out, force=force)
    _say(out)


def _run_of(results: Path | None, number: int | None, councils: Path | None) -> SingleRun:
    """Return a run of finished results, with all that it was made of."""
    from experiments.studies.single.run import SingleRun
    from experiments.studies.verification.readers import read_known_runs
    from simulation.councils import load_councils

    if results is None or number is None:
        missing = "--results" if results is None else "--run"
        raise InputError(f"{missing}: expected both --results and --run, got one of them")
    run = read_known_runs(results, None if councils is None else load_councils(councils)).run(number)
    world = run.world
    return SingleRun(
        regime=run.condition.regime,
        replicate=run.luck,
        parity=run.condition.parity,
        months=world.months,
        seed=world.seed,
        scenario=run.condition.scenario(world.scenario),
        switches=run.condition.switches(world.switches),
        parameters=run.parameters,
        councils=world.councils,
        of_results=True,
    )


def _say(out: Path) -> None:
    typer.echo(f"{out}: months.csv, councils.csv, directors.csv, outcomes.csv and run.png")
    typer.echo("one replicate: an illustration of how the model moves, not a forecast of any council")
