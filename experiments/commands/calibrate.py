"""``sli calibrate`` and ``sli recovery``: which parameter sets the evidence leaves, and whether that can be trusted."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.commands import options

if TYPE_CHECKING:
    from experiments.studies.calibration import Calibration, Recovery

_Until = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="YYYY-MM,...",
        help="Months of which nothing is fitted to, nor of any later; the first is that of the sets for other "
        "commands, each further one gets sets of its own. The six Aprils from 2024 to 2019 if left out.",
    ),
]
_Sets = Annotated[int, typer.Option("--sets", help="Parameter sets drawn in each wave.", **options.WHOLE)]
_Waves = Annotated[
    int,
    typer.Option(
        "--waves",
        help="Waves: the first from the prior, each further one from where sets were likely.",
        **options.WHOLE,
    ),
]
_Particles = Annotated[
    int,
    typer.Option(
        "--particles", help="Particles of each council, to see how likely its judgements are.", **options.WHOLE
    ),
]
_Keep = Annotated[
    int, typer.Option("--keep", help="Sets drawn by their weights at the end, for other commands.", **options.WHOLE)
]
_Truths = Annotated[int, typer.Option("--truths", help="Known parameter sets to be found again.", **options.WHOLE)]
_Others = Annotated[int, typer.Option("--sets", help="Further sets beside each known one.", **options.WHOLE)]
_Calibration = Annotated[
    Path | None,
    typer.Option(
        "--calibration",
        metavar="FOLDER",
        help="Results of `sli calibrate` whose sets are drawn from; the shipped ones if left out.",
        **options.PATH,
    ),
]
_Processes = Annotated[
    int | None, typer.Option("--workers", help="Processes, one a processor if left out.", **options.WHOLE)
]
_FEW = 100


def calibrate(
    until: _Until = None,
    sets: _Sets = 1000,
    waves: _Waves = 8,
    particles: _Particles = 100,
    keep: _Keep = 1000,
    switch: options.SwitchChoices = None,
    seed: options.Seed = 2018,
    workers: _Processes = None,
    out: options.Out = Path("results/calibration"),
    force: options.Force = False,
) -> None:
    """Find the parameter sets under which what was observed is likely, with weights.

    Adaptive importance sampling on how likely each judgement is, by a particle filter, beside the patterns of directors
    and agency staff. Stopped by Ctrl-C, the same command goes on where it was.
    """
    from experiments.inputs.parsing import parse_switches
    from experiments.running.workers import checked_workers
    from experiments.studies.calibration import calibrate as find_plausible
    from experiments.studies.calibration.calibrate import UNTIL

    result = find_plausible(
        out,
        until=UNTIL if until is None else until.split(","),
        sets=sets,
        waves=waves,
        particles=particles,
        keep=keep,
        switches=parse_switches(switch or []),
        seed=seed,
        workers=checked_workers(workers),
        force=force,
        progress=True,
        tell=partial(typer.echo, err=True),
    )
    _say_calibration(result)
    typer.echo(f"{out}: sets.csv, made.json, waves.csv, fits.csv, patterns.csv, marginals.csv, fits and figures")


def recovery(
    truths: _Truths = 200,
    sets: _Others = 48,
    particles: _Particles = 100,
    seed: options.Seed = 2018,
    calibration: _Calibration = None,
    workers: _Processes = None,
    out: options.Out = Path("results/recovery"),
    force: options.Force = False,
) -> None:
    """See where parameters that are known, because the model made the data, stand among those found likely.

    Simulation-based calibration by ranks: places are spread evenly if the fit is right.
    """
    from experiments.running.workers import checked_workers
    from experiments.studies.calibration import recover

    result = recover(
        out,
        truths=truths,
        sets=sets,
        particles=particles,
        seed=seed,
        calibration=calibration,
        workers=checked_workers(workers),
        force=force,
        progress=True,
        tell=partial(typer.echo, err=True),
    )
    _say_recovery(result)
    typer.echo(f"{out}: recovery.csv, truths.csv, places.csv and figures")


def _say_calibration(result: Calibration) -> None:
    for row in result.fits.itertuples():
        typer.echo(
            f"before {row.until}: {row.judgements} judgements, mean logarithm of their chance "
            f"{row.mean_log_chance:.3f}, weights worth {row.worth:,.0f} sets"
        )
    typer.echo(f"weights worth {result.effective:,.0f} equally weighted sets; {len(result.sets):,} different ones kept")
    if result.effective < _FEW:
        typer.echo("too few for intervals to mean much; draw more sets")
    informed = result.marginals[result.marginals.informed].sort_values("spread")
    for row in informed.itertuples():
        typer.echo(
            f"  {row.parameter:<26} {row.low:.3g} to {row.high:.3g} of {row.prior_low:.3g} to {row.prior_high:.3g}"
            f"   spread {row.spread:.2f} of the prior's"
        )
    others = result.marginals[~result.marginals.informed].parameter
    typer.echo(f"not informed by the evidence: {', '.join(others)}")


def _say_recovery(result: Recovery) -> None:
    told = result.parameters[result.parameters.fitted]
    for row in told.itertuples():
        note = "as expected" if row.as_expected else "NOT as expected"
        typer.echo(
            f"  {row.parameter:<26} in the middle half {row.half}, in the middle nine tenths {row.most} of {row.truths}"
            f"   {note}"
        )
    typer.echo(f"the weights beside a truth are worth {result.truths.effective_sets.median():.1f} sets (median)")
    typer.echo(
        f"as expected: {int(told.as_expected.sum())} of {len(told)} parameters that the data may inform, and "
        f"{int(result.parameters.as_expected.sum())} of all {len(result.parameters)}"
    )
