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
    funding: options.Funding = "projected",
    poverty_tilt: options.PovertyTilt = 0.0,
    pause: options.Pause = "historical",
    switch: options.SwitchChoices = None,
    parameters: options.ParametersFile = None,
    councils: options.CouncilsFile = None,
    out: options.Out = Path("results/run"),
    force: options.Force = False,
) -> None:
    """Run one regime once, and look inside.

    Writes a table of months, panels of councils and directors, the outcomes and one figure.
    """
    from experiments.inputs.csv_files import read_parameters
    from experiments.inputs.parsing import make_scenario, parse_switches
    from experiments.studies.single.run import SingleRun, run_single
    from simulation.councils import load_councils
    from simulation.parameters import Parameters
    from simulation.regimes import load_regime

    table = load_councils(councils, start=start)
    chosen = SingleRun(
        regime=load_regime(regime),
        replicate=replicate,
        parity=parity,
        months=months,
        seed=seed,
        scenario=make_scenario(table.start, funding, poverty_tilt, pause),
        switches=parse_switches(switch or []),
        parameters=Parameters.from_mapping(read_parameters(parameters) if parameters else {}),
        councils=table,
    )
    run_single(chosen, out, force=force)
    typer.echo(f"{out}: months.csv, councils.csv, directors.csv, outcomes.csv and run.png")
    typer.echo("one replicate: an illustration of how the model moves, not a forecast of any council")
