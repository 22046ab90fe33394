"""``sli forecast``: chances of each grade, deposited before the facts, and scored after them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.commands import options
from simulation.errors import InputError

Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE.json", help="Deposit a forecast in this new file.", **options.PATH),
]
Score = Annotated[
    Path | None, typer.Option("--score", metavar="FILE.json", help="Score the deposit of this file.", **options.PATH)
]
Judgements = Annotated[
    Path | None,
    typer.Option(
        "--judgements",
        metavar="FILE.csv",
        help="The judgements to score it by (columns code, framework, published, grade).",
        **options.PATH,
    ),
]
Last = Annotated[
    str | None,
    typer.Option(
        "--to", metavar="YYYY-MM", help="The month to which that file is complete; its last judgement's if left out."
    ),
]
Start = Annotated[
    str | None,
    typer.Option(
        "--start", metavar="YYYY-MM", help="First month of the forecast; the last that the tables cover if left out."
    ),
]
Years = Annotated[
    int | None, typer.Option("--years", help="How far the forecast reaches (5 if left out).", **options.WHOLE)
]
Sets = Annotated[int | None, typer.Option("--sets", help="Draws of parameter sets (256 if left out).", **options.WHOLE)]
Replicates = Annotated[
    int | None, typer.Option("--replicates", help="Runs of each set (8 if left out).", **options.WHOLE)
]
Seed = Annotated[
    int | None, typer.Option("--seed", help="What all luck is drawn from (2018 if left out).", **options.WHOLE)
]
Workers = Annotated[
    int | None, typer.Option("--workers", help="Processes: one a processor if left out.", **options.WHOLE)
]


def forecast(
    out: Out = None,
    score: Score = None,
    judgements: Judgements = None,
    last: Last = None,
    start: Start = None,
    years: Years = None,
    sets: Sets = None,
    replicates: Replicates = None,
    seed: Seed = None,
    draw: options.Draw = None,
    switch: options.SwitchChoices = None,
    held: options.HeldValues = None,
    workers: Workers = None,
) -> None:
    """Deposit a forecast of the grades held before the facts, or score one after them.

    With --out the chances of each grade, quarter by quarter, for the country, regions and fifths of deprivation go into
    a new file with its date, settings and digest. No council is named. A forecast that is written down before the facts
    cannot be bent to them. With --score and --judgements such a file is scored by what was judged since.
    """
    making: dict[str, Any] = {
        "start": start,
        "years": years,
        "sets": sets,
        "replicates": replicates,
        "seed": seed,
        "draw": draw,
        "switch": switch or None,
        "set": held or None,
        "workers": workers,
    }
    if (out is None) == (score is None):
        got = "neither" if out is None else "both"
        raise InputError(f"forecast: expected --out to deposit a forecast or --score to score one, got {got}")
    if score is not None:
        given = next((name for name, value in making.items() if value is not None), None)
        if given is not None:
            raise InputError(f"--{given}: expected it with --out alone, got it with --score")
        _score(score, judgements, last)
        return
    if judgements is not None or last is not None:
        name = "--to" if judgements is None else "--judgements"
        raise InputError(f"{name}: expected it with --score alone, got it with --out")
    assert out is not None  # noqa: S101  one of the two is there
    numbers = {name: making[name] for name in ("start", "years", "sets", "replicates", "seed", "draw")}
    _deposit(out, {name: value for name, value in numbers.items() if value is not None}, switch, held, workers)


def _deposit(
    out: Path,
    numbers: dict[str, Any],
    switch: list[str] | None,
    held: list[str] | None,
    workers: int | None,
) -> None:
    """Print what was deposited; the line of its digest comes last."""
    from experiments.commands.world import read_variant
    from experiments.running.workers import checked_workers
    from experiments.studies.judgements.deposit import DepositDesign, make_deposit
    from experiments.studies.judgements.deposit_text import deposit_lines

    design = DepositDesign(**numbers, variant=read_variant(switch, held))
    deposit = make_deposit(
        design,
        out,
        workers=checked_workers(workers),
        progress=True,
        tell=lambda line: typer.echo(line, err=True),
    )
    for line in deposit_lines(deposit, str(out)):
        typer.echo(line)


def _score(path: Path, judgements: Path | None, last: str | None) -> None:
    """Print how a deposit stands against what was judged after it."""
    from experiments.studies.judgements.deposit import read_deposit
    from experiments.studies.judgements.deposit_scores import score_deposit
    from experiments.studies.judgements.deposit_text import scored_lines
    from experiments.studies.judgements.judgement_file import check_judgements

    if judgements is None:
        raise InputError("--score: expected --judgements FILE.csv beside it, got none")
    check_judgements(judgements)
    for line in scored_lines(score_deposit(read_deposit(path), judgements, last)):
        typer.echo(line)
