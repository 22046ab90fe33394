"""``sli discover``: in which worlds does one regime lose to another?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.commands import options
from simulation.errors import InputError, whole

if TYPE_CHECKING:
    from experiments.results.store import Results

DISCOVER_SETS, DISCOVER_REPLICATES = 400, 8
OWN_RUNS = "runs"
"""The folder, in that of the boxes, of the comparison that was made for them."""
_WIDTH = 100

Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FOLDER]",
        help="A finished folder of `sli compare`. If left out, the two regimes are compared first.",
        **options.PATH,
    ),
]
Loser = Annotated[
    str | None,
    typer.Option(
        "--regime",
        metavar="NAME|FILE.toml",
        help="The regime that loses; that of the comparison's headline, or peer_support, if left out.",
    ),
]
Winner = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="NAME",
        help="The regime that wins: of the comparison, or none or partners_in_practice; the latter if left out.",
    ),
]
Lost = Annotated[str, typer.Option("--outcome", help="What is lost in: a name of `sli outcomes`.")]
Equal = Annotated[
    str | None,
    typer.Option("--parity", help="What is made equal: pounds, days, director_days or none; days if left out."),
]
Boxes = Annotated[
    int, typer.Option("--boxes", help="How many boxes are looked for, one after another: 1 to 5.", **options.WHOLE)
]
Sets = Annotated[
    int | None,
    typer.Option(
        "--sets",
        help="Without FOLDER: parameter sets that are run (400 if left out), drawn from the prior. Under about 200 "
        "boxes are hard to tell from none.",
        **options.WHOLE,
    ),
]
Replicates = Annotated[
    int | None,
    typer.Option("--replicates", help="Without FOLDER: runs of each, each with its own luck (8).", **options.WHOLE),
]
Months = Annotated[int | None, typer.Option("--months", help="Without FOLDER: length of a run (120).", **options.WHOLE)]
Start = Annotated[
    str | None,
    typer.Option(
        "--start", metavar="YYYY-MM", help="Without FOLDER: calendar month of month 0 (the latest of the tables)."
    ),
]
Draw = Annotated[
    str | None,
    typer.Option("--draw", help="Without FOLDER: where sets are drawn from: prior (if left out) or plausible."),
]


def discover(
    folder: Folder = None,
    regime: Loser = None,
    baseline: Winner = None,
    outcome: Lost = "inadequate_months",
    parity: Equal = None,
    boxes: Boxes = 2,
    seed: options.Seed = 2018,
    sets: Sets = None,
    replicates: Replicates = None,
    draw: Draw = None,
    months: Months = None,
    start: Start = None,
    parameters: options.ParametersFile = None,
    switch: options.SwitchChoices = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    out: options.Out = Path("results/discover"),
    force: options.Force = False,
) -> None:
    """Find the worlds in which one regime loses to another: boxes of uncertain numbers.

    Out of a finished comparison, or of runs of its own. Says what each box holds of worlds that it was not found in,
    and where no box is better than none. Stopped by Ctrl-C, the same command goes on where it was.
    """
    from experiments.studies.discovery import discover as study
    from experiments.studies.discovery.question import checked_loss

    tell = partial(typer.echo, err=True)
    if folder is None:
        # Refused before any run is made.
        checked_loss(outcome)
        whole("boxes", boxes, 1, study.MOST_BOXES)
        results = _own_runs(
            regime=regime,
            baseline=baseline,
            parity=parity,
            sets=sets,
            replicates=replicates,
            draw=draw,
            months=months,
            start=start,
            parameters=parameters,
            switch=switch,
            seed=seed,
            workers=workers,
            cluster=cluster,
            out=out,
            force=force,
        )
        regime = _loser(results)
    else:
        given = {
            "--sets": sets,
            "--replicates": replicates,
            "--draw": draw,
            "--months": months,
            "--start": start,
            "--parameters": parameters,
            "--switch": switch,
            "--workers": workers,
            "--cluster": cluster,
        }
        for option, value in given.items():
            if value is not None and value != []:
                raise InputError(f"{option}: expected none with a finished comparison, whose runs are there, got one")
        from experiments.results.store import load_results

        results = load_results(folder)
    found = study.discover(
        results,
        out,
        regime=regime,
        baseline=baseline,
        outcome=outcome,
        parity=parity,
        boxes=boxes,
        seed=seed,
        force=force,
        tell=tell,
    )
    for sentence in found.sentences:
        typer.echo(fill(sentence, _WIDTH, break_long_words=False, break_on_hyphens=False))
    typer.echo(f"boxes, limits with bands, and worlds: {found.folder}")


def _own_runs(
    *,
    regime: str | None,
    baseline: str | None,
    parity: str | None,
    sets: int | None,
    replicates: int | None,
    draw: str | None,
    months: int | None,
    start: str | None,
    parameters: Path | None,
    switch: list[str] | None,
    seed: int,
    workers: int | None,
    cluster: str | None,
    out: Path,
    force: bool,
) -> Results:
    """Return a comparison of the two regimes, made now or before: only what is not there is run."""
    from experiments.commands.world import read_world, warn_of_ranges
    from experiments.design.design import make_design
    from experiments.design.keep import KEEP_RUNS
    from experiments.design.origin import PRIOR
    from experiments.running.cluster import on_cluster
    from experiments.running.workers import checked_workers
    from experiments.statistics.boxes import FEWEST_TO_PEEL
    from experiments.studies.comparison.compare import compare_regimes
    from simulation.evidence.england import LAST_MONTH
    from simulation.limits import MOST_SETS

    number = DISCOVER_SETS if sets is None else whole("sets", sets, FEWEST_TO_PEEL, MOST_SETS)
    world = read_world(start=LAST_MONTH if start is None else start, switch=switch, parameters=parameters)
    named = ["peer_support" if regime is None else regime, *([] if baseline is None else [baseline])]
    design = make_design(
        regimes=list(dict.fromkeys(named)),
        parities=("days",) if parity is None else (parity,),
        sets=number,
        draw=PRIOR if draw is None else draw,
        replicates=DISCOVER_REPLICATES if replicates is None else replicates,
        keep=KEEP_RUNS,
        months=120 if months is None else months,
        seed=seed,
        **world._asdict(),
    )
    warn_of_ranges(one.parameters for one in design.sets)
    threads = checked_workers(workers)
    with on_cluster(cluster):
        return compare_regimes(
            design,
            out / OWN_RUNS,
            workers=threads,
            force=force,
            report=False,
            progress=True,
            tell=partial(typer.echo, err=True),
        )


def _loser(results: Results) -> str:
    """Return the regime that was run beside the baselines, or the partners where there is none."""
    others = [name for name in results.case.regimes if name not in {"none", "partners_in_practice"}]
    return others[0] if others else "partners_in_practice"
