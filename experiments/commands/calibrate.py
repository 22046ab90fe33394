"""``sli calibrate`` and ``sli recovery``: which parameter sets the evidence leaves, and whether that can be trusted."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.commands import options

if TYPE_CHECKING:
    from experiments.studies.calibration import Calibration, Recovery

_Sets = Annotated[int, typer.Option("--sets", help="Parameter sets drawn from the prior.", **options.WHOLE)]
_Waves = Annotated[
    str,
    typer.Option("--waves", metavar="N,N", help="Histories of each set that is left, after each wave; rising."),
]
_Keep = Annotated[
    int, typer.Option("--keep", help="Sets drawn by their weights at the end, for other commands.", **options.WHOLE)
]
_Truths = Annotated[int, typer.Option("--truths", help="Known parameter sets to be found again.", **options.WHOLE)]
_Calibration = Annotated[
    Path | None,
    typer.Option(
        "--calibration",
        metavar="FOLDER",
        help="Results of `sli calibrate` whose first wave is used again.",
        **options.PATH,
    ),
]
_Processes = Annotated[
    int | None, typer.Option("--workers", help="Processes, one a processor if left out.", **options.WHOLE)
]
_FEW = 100
_TOO_FEW = 20


def calibrate(
    sets: _Sets = 32_768,
    waves: _Waves = "2,8",
    keep: _Keep = 1000,
    seed: options.Seed = 2018,
    workers: _Processes = None,
    out: options.Out = Path("results/calibration"),
    force: options.Force = False,
) -> None:
    """Find the parameter sets that the evidence does not rule out, with weights.

    History matching in waves, then approximate Bayesian computation, on the fit patterns alone. Stopped by Ctrl-C,
    the same command goes on where it was.
    """
    from experiments.inputs.parsing import parse_whole
    from experiments.running.workers import checked_workers
    from experiments.studies.calibration import calibrate as find_plausible

    result = find_plausible(
        out,
        sets=sets,
        waves=[parse_whole(wave, "--waves") for wave in waves.split(",")],
        keep=keep,
        seed=seed,
        workers=checked_workers(workers),
        force=force,
        progress=True,
        tell=partial(typer.echo, err=True),
    )
    _say_calibration(result)
    typer.echo(f"{out}: sets.csv, made.json, waves.csv, patterns.csv, marginals.csv and figures")


def recovery(
    sets: _Sets = 32_768,
    truths: _Truths = 50,
    seed: options.Seed = 2018,
    calibration: _Calibration = None,
    workers: _Processes = None,
    out: options.Out = Path("results/recovery"),
    force: options.Force = False,
) -> None:
    """See whether calibration finds parameters again that are known, because the model made the data."""
    from experiments.running.workers import checked_workers
    from experiments.studies.calibration import recover

    result = recover(
        out,
        sets=sets,
        truths=truths,
        seed=seed,
        calibration=calibration,
        workers=checked_workers(workers),
        force=force,
        progress=True,
        tell=partial(typer.echo, err=True),
    )
    _say_recovery(result)
    typer.echo(f"{out}: recovery.csv and truths.csv")


def _say_calibration(result: Calibration) -> None:
    for row in result.waves.itertuples():
        typer.echo(
            f"wave {row.wave}: {row.sets:,} sets, {row.replicates} histories each: {row.left:,} left "
            f"({row.share_of_prior:.1%} of the prior); most often ruled out by {row.rules_out_most}"
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
    for row in result.parameters.sort_values("spread_left").itertuples():
        if row.informed:
            note = "as expected" if row.as_expected else "NOT as expected"
            typer.echo(
                f"  {row.parameter:<26} inside the 90% interval: {row.inside} of {row.truths}   "
                f"spread {row.spread_left:.2f} of the prior's   {note}"
            )
    told, worth = result.parameters, result.truths.effective_sets.median()
    if worth < _TOO_FEW:
        typer.echo(f"weights worth {worth:.0f} sets (median): too few for an interval to mean much; draw more sets")
    typer.echo(
        f"informed parameters as expected: {int((told.informed & told.as_expected).sum())} of "
        f"{int(told.informed.sum())}; all {len(told)} parameters: {told.inside.sum() / told.truths.sum():.1%} of the "
        "truths inside their 90% intervals"
    )
