"""``sli compare``: every regime on the same councils under the same luck."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from experiments.commands import options
from simulation.errors import InputError

if TYPE_CHECKING:
    from experiments.design import Design
    from experiments.store import Results

SETS, QUICK_SETS = 20, 1
REPLICATES, QUICK_REPLICATES = 5, 3
MAIN = "inadequate_months"


def compare(
    regimes: options.Regimes = None,
    regime: options.OwnRegimes = None,
    replicates: options.Replicates = None,
    sets: options.Sets = None,
    parity: options.Parities = None,
    levers: options.Levers = None,
    months: options.Months = 120,
    seed: options.Seed = 2018,
    workers: options.Workers = None,
    start: options.Start = None,
    funding: options.Funding = "projected",
    poverty_tilt: options.PovertyTilt = 0.0,
    pause: options.Pause = "historical",
    switch: options.SwitchChoices = None,
    parameters: options.ParametersFile = None,
    design: options.DesignFile = None,
    councils: options.CouncilsFile = None,
    prices: options.PricesFile = None,
    out: options.Out = Path("results/compare"),
    quick: options.Quick = False,
    force: options.Force = False,
    dry_run: options.DryRun = False,
) -> None:
    """Compare regimes of support, and write a report.

    All regimes meet the same councils and the same luck; what separates them is told with its uncertainty. Stopped
    by Ctrl-C, the same command goes on where it was.
    """
    from experiments.compare import compare_regimes
    from experiments.design import COMPARED_PARITIES, checked_workers, make_design
    from experiments.inputs import (
        gather_names,
        make_scenario,
        parse_switches,
        read_parameters,
        read_prices,
        split_names,
    )
    from simulation.councils import load_councils

    if design is not None and sets is not None:
        raise InputError("--sets: expected either --sets or --design, got both")
    table = load_councils(councils, start=start)
    made = make_design(
        regimes=gather_names(regimes, regime or []),
        parities=split_names(parity, "--parity") if parity else COMPARED_PARITIES[: 1 if quick else None],
        sets=_given(sets, QUICK_SETS if quick else SETS),
        levers=levers,
        parameters=read_parameters(parameters) if parameters else None,
        design=design,
        replicates=_given(replicates, QUICK_REPLICATES if quick else REPLICATES),
        months=months,
        seed=seed,
        scenario=make_scenario(table.start, funding, poverty_tilt, pause),
        switches=parse_switches(switch or []),
        councils=table,
    )
    processes = checked_workers(workers)
    record = {"prices": list(read_prices(prices))} if prices else {}
    if dry_run:
        _say_plan(made, processes, out)
        return
    tell = partial(typer.echo, err=True)
    found = compare_regimes(made, out, workers=processes, force=force, progress=True, options=record, tell=tell)
    _say_results(made, found)
    if found.manifest["failed"]:
        typer.echo(f"{found.manifest['failed']} runs failed: see the column error of runs.parquet", err=True)
        raise typer.Exit(1)


def _given(value: int | None, default: int) -> int:
    return default if value is None else value


def _say_plan(design: Design, workers: int, out: Path) -> None:
    from experiments.compare import plan

    found = plan(design)
    minutes = max(found.minutes(workers), 0.1)
    typer.echo(
        f"{found.runs} runs ({found.rows} rows: a run that is the same under several parities is made once)\n"
        f"about {minutes:.{0 if minutes >= 10 else 1}f} minutes on {workers} "  # noqa: PLR2004  two figures
        f"process{'es' if workers > 1 else ''}, at {found.seconds_a_run:.2f} seconds a run measured just now\n"
        f"about {found.megabytes:.0f} MB on disk in {out} while it runs"
    )


def _say_results(design: Design, found: Results) -> None:
    """Print the main outcome against the partners at the first parity, and where the rest stands."""
    parity = design.parities[0]
    table = found.comparison
    rows = table[(table.outcome == MAIN) & (table.parity == parity) & (table.baseline == "partners_in_practice")]
    sets = len(design.sets)
    typer.echo(f"council-months inadequate less those under partners_in_practice, parity {parity}:")
    for row in rows.itertuples():
        typer.echo(
            f"  {row.regime:<26} {row.difference:+9.1f}   luck {row.chance_low:+.1f} to {row.chance_high:+.1f}   "
            f"{row.verdict}"
        )
    if sets == 1:
        typer.echo("one parameter set: illustration, no verdict")
    typer.echo(f"report: {found.folder / 'report.html'}")
