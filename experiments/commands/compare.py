"""``sli compare``: every regime on the same councils under the same luck."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from experiments.commands import options
from simulation.errors import InputError

if TYPE_CHECKING:
    from experiments.design.design import Design
    from experiments.results.rows import ComparisonRow
    from experiments.results.store import Results

MESA_SETS, QUICK_SETS = 20, 1
MESA_REPLICATES, QUICK_REPLICATES = 5, 3


def compare(
    regimes: options.Regimes = None,
    regime: options.OwnRegimes = None,
    sets: options.Sets = None,
    max_sets: options.MaxSets = None,
    replicates: options.Replicates = None,
    matters: options.Matters = None,
    draw: options.Draw = None,
    parity: options.Parities = None,
    levers: options.Levers = None,
    months: options.Months = 120,
    seed: options.Seed = 2018,
    engine: options.Engine = "ensemble",
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    keep: options.Keep = "runs",
    start: options.LatestStart = None,
    funding: options.Funding = "outturn",
    poverty_tilt: options.PovertyTilt = 0.0,
    pause: options.Pause = "historical",
    headline: options.Headline = "removed",
    switch: options.SwitchChoices = None,
    parameters: options.ParametersFile = None,
    design: options.DesignFile = None,
    councils: options.CouncilsFile = None,
    prices: options.PricesFile = None,
    image_format: options.ImageFormat = None,
    out: options.Out = Path("results/compare"),
    quick: options.Quick = False,
    claims: options.Claims = None,
    force: options.Force = False,
    dry_run: options.DryRun = False,
    shard: options.ShardOfAll = None,
) -> None:
    """Compare regimes of support, and write a report.

    All regimes meet the same councils and the same luck; what separates them is told with its uncertainty. Stopped
    by Ctrl-C, the same command goes on where it was.
    """
    from experiments.commands.world import read_draw, read_world, warn
    from experiments.design.beyond import sets_beyond
    from experiments.design.design import COMPARED_PARITIES, make_design
    from experiments.design.shard import parse_shard
    from experiments.design.stopping import USUAL_MOST, USUAL_REPLICATES, make_rule
    from experiments.inputs.checks import FORMATS, PNG, checked_choice
    from experiments.inputs.csv_files import read_prices
    from experiments.inputs.parsing import gather_names, parse_matters, split_names
    from experiments.running.cluster import on_cluster
    from experiments.running.workers import checked_workers
    from experiments.statistics.verdicts import MIN_SETS
    from simulation.evidence.england import LAST_MONTH
    from simulation.simulate import ENSEMBLE, checked_engine

    part = None if shard is None else parse_shard(shard)
    slow = checked_engine(engine) != ENSEMBLE
    for option, value in (("--sets", sets), ("--design", design)):
        if max_sets is not None and value is not None:
            raise InputError(f"{option}: expected a fixed number of sets or a stop rule (--max-sets), got both")
    fixed = max_sets is None and (sets is not None or design is not None or quick or slow)
    usual = QUICK_SETS if quick else MESA_SETS if slow else USUAL_MOST
    number, origin = read_draw(sets, draw, design, usual if max_sets is None else max_sets)
    if replicates is None:
        replicates = QUICK_REPLICATES if quick else MESA_REPLICATES if slow else USUAL_REPLICATES
    smallest = parse_matters(matters or [])
    world = read_world(
        councils=councils,
        start=LAST_MONTH if start is None and councils is None else start,
        funding=funding,
        poverty_tilt=poverty_tilt,
        pause=pause,
        headline=headline,
        switch=switch,
        parameters=parameters,
    )
    comparison = make_design(
        regimes=gather_names(regimes, regime or []),
        parities=COMPARED_PARITIES[: 1 if quick else None] if parity is None else split_names(parity, "--parity"),
        sets=number,
        draw=origin,
        levers=levers,
        design=design,
        replicates=replicates,
        stop=None if fixed else make_rule(smallest),
        matters=smallest,
        keep=keep,
        months=months,
        seed=seed,
        **world._asdict(),
    )
    warn(sets_beyond(comparison.sets, comparison.regimes))
    workers = checked_workers(workers, engine)
    with_claims = claims if claims is not None else not quick and len(comparison.sets) >= MIN_SETS
    record: dict[str, object] = {"prices": list(read_prices(prices))} if prices is not None else {}
    if image_format is not None and checked_choice("format", image_format, FORMATS) != PNG:
        record["format"] = image_format
    typer.echo(_whom_and_when(comparison, chosen=start is not None or councils is not None))
    if dry_run:
        _say_plan(comparison, engine, workers, out)
        if with_claims:
            _say_claims(comparison, workers)
            _say_headlines(comparison)
        return
    how: dict[str, Any] = {
        "engine": engine,
        "workers": workers,
        "force": force,
        "claims": with_claims,
        "progress": True,
        "options": record,
        "tell": partial(typer.echo, err=True),
    }
    if part is not None:
        from experiments.studies.comparison.shards import make_shard

        make_shard(comparison, out, part, **how)
        typer.echo(f"{out}: shard {part} is whole; `sli merge FOLDER` and the folders of all shards joins them")
        return
    from experiments.studies.comparison.compare import compare_regimes

    with on_cluster(cluster):
        results = compare_regimes(comparison, out, **how)
    _say_results(comparison, results)
    _say_failures(results)


def _say_failures(results: Results) -> None:
    """Say where it stands which runs failed, and end in exit code 1; nothing where none did."""
    from experiments.results.failures import FAILURES

    if results.manifest["failed"]:
        where = results.folder / FAILURES
        typer.echo(f"{results.manifest['failed']} runs failed: {where} says which, and how to repeat each", err=True)
        raise typer.Exit(1)


def _whom_and_when(design: Design, *, chosen: bool) -> str:
    """Return the first line that is printed: whose councils, in which months, and why those where nobody chose them."""
    from experiments.text.dates import period_words

    whose = "councils of your own" if design.councils.own else "councils of England"
    latest = "" if chosen else "; the latest month that the tables cover: --start takes another"
    return f"{design.councils.n:,} {whose} from {period_words(design.councils.start, design.months)}{latest}"


def _say_plan(design: Design, engine: str, workers: int, out: Path) -> None:
    from experiments.running.footprint import memory_words
    from experiments.studies.comparison.plan import make_plan, memory_of

    # Said before the rest: where there is too little of it, nothing can be timed.
    typer.echo(f"about {memory_words(memory_of(design, engine, workers))} of memory")
    plan = make_plan(design, engine)
    minutes = max(plan.minutes(workers), 0.1)
    each = plan.seconds_a_run
    took = f"{each:.2f} seconds" if each >= 0.1 else f"{1000 * each:.1f} milliseconds"  # noqa: PLR2004  two figures
    most = "" if plan.fewest == plan.runs else "at most "
    fewest = f"; the stop rule may end them from {plan.fewest} on" if most else ""
    many = "threads" if engine == "ensemble" else "processes"
    unit = many if workers > 1 else {"threads": "thread", "processes": "process"}[many]
    typer.echo(
        f"{most}{plan.runs} runs ({plan.rows} rows: a run that is the same under several parities is made once)"
        f"{fewest}\n"
        f"{most}about {minutes:.{0 if minutes >= 10 else 1}f} minutes on {workers} {unit}, "  # noqa: PLR2004  two figures
        f"at {took} a run measured just now\n"
        f"{most}about {plan.megabytes:.0f} MB on disk in {out} while it runs"
    )


def _say_claims(design: Design, workers: int) -> None:
    from experiments.studies.claims.catalogue import claims
    from experiments.studies.claims.for_comparison import trial_of
    from experiments.studies.claims.knockout import seconds_a_cell

    trial = trial_of(design)
    seconds, runs = seconds_a_cell(claims(), trial)
    cells = len(trial.sets) * trial.replicates
    minutes = max(seconds * cells / workers / 60, 0.1)
    typer.echo(
        f"and for the sector's claims about {runs * cells} runs, {minutes:.1f} minutes; --no-claims leaves them out"
    )


def _say_headlines(design: Design) -> None:
    from experiments.studies.comparison.headlines import headline_conditions, headline_trial

    if conditions := headline_conditions(design, design.parities[0]):
        trial = headline_trial(design, design.parities[0], design.size())
        runs = len(conditions) * len(trial.sets) * trial.replicates
        typer.echo(f"and for the other choice of --headline at most {runs} runs; --no-claims leaves them out too")


def _say_results(design: Design, results: Results) -> None:
    """Print the main outcome against the partners at the main parity, and where the rest stands."""
    from experiments.design.origin import origin_words

    parity = results.case.parity
    typer.echo(f"council-months inadequate less those under partners_in_practice, parity {parity}:")
    for row in results.case.against("partners_in_practice"):
        typer.echo(f"  {row.regime:<26} {_numbers(row)}{row.verdict}")
    number = int(results.manifest["sets"])
    typer.echo("± is one standard error, over sets and replicates together")
    if number == 1:
        typer.echo("one parameter set: this is an illustration and carries no verdict")
    else:
        typer.echo(origin_words(design.origin.kind, number))
    typer.echo(results.manifest["ending_words"])
    typer.echo(f"brief: {results.folder / 'brief.html'}")
    typer.echo(f"report: {results.folder / 'report.html'}")


def _numbers(row: ComparisonRow) -> str:
    """Return the mean difference, its error and the share of worlds, as far as they are known."""
    from experiments.text.numbers import share_words

    if math.isnan(row.difference):
        return ""
    error = "" if math.isnan(row.error) else f"±{row.error:.1f}"
    share = "" if math.isnan(row.share) else f"better in {share_words(row.share, row.share_error)} of worlds   "
    return f"{row.difference:+9.1f} {error:<7} {share}"
