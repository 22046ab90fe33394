"""``sli validate``: the model against what was observed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.commands import options
from simulation.errors import InputError, whole
from simulation.limits import MOST_REPLICATES

PATTERNS, FORECAST, ORIGINS = Path("results/validation"), Path("results/forecast"), Path("results/origins")
FORECAST_REPLICATES = 8

Sets = Annotated[
    int | None, typer.Option("--sets", help="Parameter sets (64 if left out, 500 with --origins).", **options.WHOLE)
]
Replicates = Annotated[
    int | None,
    typer.Option(
        "--replicates",
        help="Histories of each set, each with its own luck (16 if left out, 8 with --judgements).",
        **options.WHOLE,
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        help="Threads, or processes with --judgements or --origins: one a processor if left out.",
        **options.WHOLE,
    ),
]
Page = Annotated[
    Path | None,
    typer.Option("--page", metavar="FILE.md", help="A page whose tables and picture to renew.", **options.PATH),
]
Judgements = Annotated[
    Path | None,
    typer.Option(
        "--judgements",
        metavar="FILE.csv",
        help="Hold the model against these judgements instead (columns code, framework, published, grade).",
        **options.PATH,
    ),
]
Origins = Annotated[
    str | None,
    typer.Option(
        "--origins",
        metavar="FIRST:LAST:STEP",
        help="Forecast from each of these months instead, by what was known then, and score all that was judged after "
        "it (2019-04:2024-04:12, or months with commas between them).",
    ),
]
Runs = Annotated[
    int | None,
    typer.Option("--runs", help="Runs of each origin with --origins, at least (4000 if left out).", **options.WHOLE),
]
RealMonths = Annotated[
    bool,
    typer.Option(
        "--real-months",
        help="With --origins: let first judgements after an origin fall in their real months, which nobody knew then.",
    ),
]
First = Annotated[
    str | None, typer.Option("--from", metavar="YYYY-MM", help="First month whose judgements are held against it.")
]
Last = Annotated[
    str | None, typer.Option("--to", metavar="YYYY-MM", help="Last month whose judgements are held against it.")
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help=f"Where the results go (if left out {PATTERNS}, {FORECAST} or {ORIGINS}).",
        **options.PATH,
    ),
]


Start = Annotated[
    str | None,
    typer.Option(
        "--start",
        metavar="YYYY-MM",
        help="First month of the runs with --judgements, which begin from the grades held then; --from if left out.",
    ),
]


def validate(
    draw: options.KnownDraw = "plausible",
    sets: Sets = None,
    replicates: Replicates = None,
    seed: options.Seed = 2018,
    workers: Workers = None,
    page: Page = None,
    judgements: Judgements = None,
    origins: Origins = None,
    runs: Runs = None,
    real_months: RealMonths = False,
    first: First = None,
    last: Last = None,
    start: Start = None,
    switch: options.SwitchChoices = None,
    held: options.HeldValues = None,
    out: Out = None,
    force: options.Force = False,
) -> None:
    """Hold the model against what was observed: reproduced or missed, pattern by pattern.

    Runs the regime that was in force from April 2018 and compares it with the patterns that parameter sets are fitted
    to and with those that nothing is fitted to. Misses are printed and are no failure: the exit code is 0.

    With --judgements, --from and --to such runs are held against a file of judgements instead: grades quarter by
    quarter, transitions, time in inadequate, regions, deprivation, and the skill of the chances of each judgement.

    With --origins forecasts are made from month after month, each from the grades held then, and scored by the
    judgements that came after: against a Markov chain of grades, the last grade and the mix of grades given.
    """
    _check_for_origins(origins, runs, real_months)
    if origins is not None:
        refused = {"--judgements": judgements, "--from": first, "--to": last, "--start": start}
        _refuse_given({**refused, "--replicates": replicates}, "--origins")
        wanted = (origins, runs, sets, draw, seed)
        _from_origins(wanted, real_months, (switch or [], held or []), workers, page, out or ORIGINS, force)
        return
    if judgements is not None or first is not None or last is not None:
        if page is not None:
            raise InputError("--page: expected no page with --judgements, got one")
        window = (first, last, start)
        changes = (switch or [], held or [])
        _hold_against(judgements, window, changes, draw, sets, replicates, seed, workers, out or FORECAST, force)
        return
    for option, value in (("--start", start), ("--switch", switch), ("--set", held)):
        if value not in (None, []):
            raise InputError(f"{option}: expected it with --judgements or --origins alone, got it with neither")
    from experiments.running.workers import checked_workers
    from experiments.studies.validation.page import PICTURE, SLOTS, renew_page
    from experiments.studies.validation.validate import (
        VALIDATION_REPLICATES,
        VALIDATION_SETS,
        Validation,
        validate_model,
        validation_note,
        validation_text,
    )
    from experiments.text.pages import RESULTS

    asked = Validation(
        draw=draw,
        sets=VALIDATION_SETS if sets is None else sets,
        replicates=VALIDATION_REPLICATES if replicates is None else replicates,
        seed=seed,
    )
    out = out or PATTERNS
    if page is not None:
        SLOTS.read(page, [RESULTS])
    table = validate_model(
        asked,
        out,
        workers=checked_workers(workers),
        force=force,
        progress=True,
        tell=lambda line: typer.echo(line, err=True),
    )
    typer.echo(validation_text(table))
    if page is not None:
        renew_page(page, table, validation_note(asked), out / "figures" / PICTURE)
    typer.echo(f"{out}: patterns.csv, spells.csv and figures, validation.png first")


def _hold_against(
    judgements: Path | None,
    window: tuple[str | None, str | None, str | None],
    changes: tuple[list[str], list[str]],
    draw: str,
    sets: int | None,
    replicates: int | None,
    seed: int,
    workers: int | None,
    out: Path,
    force: bool,
) -> None:
    """Print how the model stands against a file of judgements; the line of the shares inside the bands comes last."""
    from experiments.commands.world import read_variant
    from experiments.design.origin import choose_sets
    from experiments.running.workers import checked_workers
    from experiments.studies.judgements.validate import validate_judgements
    from experiments.studies.validation.validate import VALIDATION_SETS
    from simulation.limits import checked_seed

    first, last, start = window
    if judgements is None or first is None or last is None:
        given = {"--judgements": judgements, "--from": first, "--to": last}
        names = " and ".join(name for name, value in given.items() if value is not None)
        raise InputError(f"--judgements: expected --judgements, --from and --to together, got {names} alone")
    chosen, weights = choose_sets(draw, VALIDATION_SETS if sets is None else sets, checked_seed(seed))
    text = validate_judgements(
        judgements,
        first,
        last,
        chosen,
        weights,
        out,
        start=start,
        variant=read_variant(*changes),
        replicates=FORECAST_REPLICATES if replicates is None else replicates,
        seed=seed,
        workers=checked_workers(workers),
        force=force,
        progress=True,
        tell=lambda line: typer.echo(line, err=True),
    )
    typer.echo(f"{out}: forecast.txt, five tables and figures/forecast.png", err=True)
    typer.echo(text)


def _check_for_origins(origins: str | None, runs: int | None, real_months: bool) -> None:
    """Refuse a number of runs that cannot be, and what is asked of origins where there are none."""
    if runs is not None:
        whole("runs", runs, 1, MOST_REPLICATES)
    for option, given in (("--runs", runs is not None), ("--real-months", real_months)):
        if given and origins is None:
            raise InputError(f"{option}: expected it with --origins alone, got it without")


def _refuse_given(values: dict[str, object], beside: str) -> None:
    for option, value in values.items():
        if value is not None:
            raise InputError(f"{option}: expected it without {beside}, got both")


def _from_origins(
    asked: tuple[str, int | None, int | None, str, int],
    real_months: bool,
    changes: tuple[list[str], list[str]],
    workers: int | None,
    page: Path | None,
    out: Path,
    force: bool,
) -> None:
    """Print the scores of forecasts from rolling origins; the line of their accuracy comes last."""
    from experiments.commands.world import read_variant
    from experiments.running.workers import checked_workers
    from experiments.studies.judgements.origin_validation import SCORED_SLOT, SLOTS, renew_page, validate_origins
    from experiments.studies.judgements.origins import DEFAULT_RUNS, DEFAULT_SETS, RollingDesign, parse_origins

    origins, runs, sets, draw, seed = asked
    design = RollingDesign(
        origins=parse_origins(origins),
        runs=DEFAULT_RUNS if runs is None else runs,
        sets=DEFAULT_SETS if sets is None else sets,
        draw=draw,
        seed=seed,
        variant=read_variant(*changes),
        real_months=real_months,
    )
    if page is not None:
        SLOTS.read(page, [SCORED_SLOT])
    text = validate_origins(
        design,
        out,
        workers=checked_workers(workers),
        force=force,
        progress=True,
        tell=lambda line: typer.echo(line, err=True),
    )
    if page is not None:
        renew_page(page, out)
    typer.echo(f"{out}: origins.txt, page.md, five tables and figures/origins.png", err=True)
    typer.echo(text)
