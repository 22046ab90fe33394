"""``sli run``: one regime and one replicate, month by month."""

from __future__ import annotations

from pathlib import Path

import typer

from experiments.commands import options


def run(
    regime: options.OneRegime,
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
    out: options.Out = Path("results/run"),
    force: options.Force = False,
) -> None:
    """Run one regime once, and look inside.

    Writes a table of months, panels of councils and directors, the outcomes and one figure.
    """
    from experiments.commands.world import read_world, warn_of_ranges
    from experiments.studies.single.run import SingleRun, run_single
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
    typer.echo(f"{out}: months.csv, councils.csv, directors.csv, outcomes.csv and run.png")
    typer.echo("one replicate: an illustration of how the model moves, not a forecast of any council")
