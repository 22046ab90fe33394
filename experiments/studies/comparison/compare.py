"""The comparison: which regime does better, by how much, under which parity?"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.design.design import Design
from experiments.design.own_science import check_importable, own_science
from experiments.design.stopping import ending_words
from experiments.files.whole import write_csv
from experiments.results.column_meanings import meaning_of
from experiments.results.dictionary import write_dictionary
from experiments.results.failures import FAILURES, failures_table
from experiments.results.folder import ResultsFolder, Tell, tell_nobody
from experiments.results.label_rows import LABELS
from experiments.results.manifest import Manifest
from experiments.results.path_quantiles import paths_tables
from experiments.results.run_index import index_runs
from experiments.results.store import Results, load_results
from experiments.results.tables import (
    QUICK_FILE,
    councils_tables,
    groups_tables,
    labels_tables,
    months_tables,
    runs_tables,
    sets_table,
    write_parquet,
)
from experiments.results.workplace import Workplace
from experiments.studies.comparison.differences import comparison_table, summary_table
from experiments.studies.comparison.findings import write_findings
from experiments.studies.comparison.folder import comparison_folder, with_dictionary
from experiments.studies.comparison.headlines import headline_choices, write_headlines
from experiments.studies.comparison.publication import REPORTED, add_report, reported_on
from experiments.studies.comparison.runs import ComparisonRuns, run_comparison
from simulation.errors import whole
from simulation.outcomes.paths import PATHS
from simulation.own_rules import plain_function
from simulation.parameters import PARAMETERS
from simulation.simulate import ENSEMBLE

if TYPE_CHECKING:
    from simulation.agents.model import SectorModel


def compare_regimes(
    design: Design,
    out: str | Path,
    *,
    engine: str | None = None,
    model: type[SectorModel] | None = None,
    workers: int = 1,
    force: bool = False,
    report: bool = True,
    claims: bool = False,
    progress: bool = False,
    options: Mapping[str, Any] | None = None,
    tell: Tell = tell_nobody,
    lent: Sequence[Path] = (),
) -> Results:
    """Run what of ``design`` is not on disk yet, write the results folder and its report, and return the results.

    Args:
        design: from `make_design`.
        out: the results folder.
        engine: ``ensemble``, compiled, or ``mesa``; the files are the same. The compiled one where None, but for a
            model of the user's own, which takes ``mesa``.
        model: a subclass of `SectorModel` that makes the runs, in place of the design's.
        workers: threads, or processes of Mesa's agents; the files are the same whatever their number.
        force: replace what the folder holds.
        report: write figures and report.html too.
        claims: test the sector's claims too, on fewer of the sets, and, where the runs start later than April 2024,
            try the other choice of headline: the report shows them.
        progress: show a bar on a terminal.
        options: what else the manifest is to record; ``prices`` are those at which an unpaid day is valued, and
            ``format`` is that of the figures.
        tell: called with a line when something of earlier runs is used.
        lent: folders of blocks of the same design that are copied first.

    Raises:
        InputError: the folder holds another design, and not ``force``, or another process has it; or claims are to be
            tested on a model of the user's own.
        OSError: the folder cannot be written or the disk is full; whole files are left, and the next call goes on.
    """
    if model is not None:
        design = replace(design, own=own_science(model, design.own.rules))
    engine, workers = design.own.engine(engine), whole("workers", workers, 1)
    if engine != ENSEMBLE and workers > 1:
        check_importable(plain_function(own.function) for _, own in design.own_outcomes)
    if claims:
        design.own.engine(ENSEMBLE)
    folder = comparison_folder(design.describe(), out)
    record = {"engine": engine, "workers": workers, **(options or {})}
    fill = partial(_fill, design=design, engine=engine, workers=workers, progress=progress, record=record, tell=tell)
    manifest = folder.fill(partial(fill, lent=lent), force=force, tell=tell)
    if claims and "claims" not in manifest.record:
        add_claims = partial(_add_claims, design=design, workers=workers, progress=progress, tell=tell)
        manifest = folder.add(with_dictionary(add_claims, folder))
    if claims and headline_choices(design.scenario) and "headlines" not in manifest.record:
        add = partial(
            _add_headlines, runs=int(manifest.record["runs"]), design=design, parity=load_results(out).case.parity
        )
        add_headlines = partial(add, workers=workers, progress=progress, tell=tell)
        manifest = folder.add(with_dictionary(add_headlines, folder))
    if report and not _reported(folder, manifest, record):
        add_report(folder, prices=record.get("prices"), image_format=record.get("format"))
    return load_results(out)


def _fill(
    place: Workplace,
    *,
    design: Design,
    engine: str,
    workers: int,
    progress: bool,
    record: Mapping[str, Any],
    tell: Tell,
    lent: Sequence[Path],
) -> dict[str, Any]:
    """Make the runs, write their tables, and return what the manifest says of them: all else is let go of."""
    begun = time.monotonic()
    for blocks in lent:
        place.blocks.take_in(blocks)
    runs = run_comparison(design, place.blocks, engine=engine, workers=workers, progress=progress, tell=tell)
    if progress and sys.stderr is not None and sys.stderr.isatty():
        tell("writing the tables and the report")
    _write_tables(runs, place, workers)
    write_findings(runs.design, runs.gathered, place.path, record.get("prices"))
    own = {name: (outcome.unit, outcome.meaning) for name, outcome in runs.design.own_outcomes}
    write_dictionary(place.path, meanings=lambda table, column: own.get(column) or meaning_of(table, column))
    return {
        **_record(runs),
        "most_draws": design.draws,
        "options": dict(record),
        "elapsed_seconds": round(time.monotonic() - begun, 1),
    }


def _write_tables(runs: ComparisonRuns, place: Workplace, workers: int) -> None:
    """Write every table from what is in memory and from the blocks on disk."""
    design, gathered, folder = runs.design, runs.gathered, place.path
    index, blocks = index_runs(design), (place.blocks, runs.extents)
    write_parquet(folder / LABELS, labels_tables(design, index))
    write_parquet(folder / "runs.parquet", runs_tables(design, gathered, index))
    if design.kept_replicates:
        write_parquet(folder / "months.parquet", months_tables(design, *blocks, index), level=QUICK_FILE)
    write_parquet(folder / "paths.parquet", paths_tables(design, *blocks, index, workers))
    write_parquet(folder / "groups.parquet", groups_tables(design, *blocks, index))
    if design.keeps_councils:
        write_parquet(folder / "councils.parquet", councils_tables(design, *blocks, index), level=QUICK_FILE)
    write_parquet(folder / "sets.parquet", [sets_table(design)])
    if gathered.failed:
        # The folder as it was given stands in the commands.
        write_csv(folder / FAILURES, failures_table(design, gathered, index, folder.parent))
    write_csv(folder / "comparison.csv", comparison_table(design, gathered))
    write_csv(folder / "summary.csv", summary_table(design, gathered), encoding="utf-8-sig", digits=10)


def _record(runs: ComparisonRuns) -> dict[str, Any]:
    design = runs.design
    return {
        "rows": len(design.labels) * len(design.sets) * design.replicates,
        "runs": design.size(),
        "failed": runs.gathered.failed,
        "sets": len(design.sets),
        "draws": design.draws,
        "replicates": design.replicates,
        "ending": runs.ending,
        "ending_words": ending_words(runs.ending, design.draws, runs.look),
        "last_look": None if runs.look is None else runs.look.as_dict(),
        "kept_replicates": design.kept_replicates,
        "levers": design.levers,
        "own_councils": design.councils.own,
        "units": _units(design),
    }


def _units(design: Design) -> dict[str, str]:
    realised = {"realised_pounds": "pounds", "realised_days": "days", "realised_director_days": "days"}
    named = [{name: info.unit for name, info in table.items()} for table in (PARAMETERS, PATHS, design.outcomes)]
    return {name: unit for table in (*named, realised) for name, unit in table.items()}


def _add_claims(place: Workplace, *, design: Design, workers: int, progress: bool, tell: Tell) -> dict[str, Any]:
    from experiments.studies.claims.for_comparison import write_beside

    return {"claims": write_beside(design, place, workers=workers, progress=progress, tell=tell)}


def _add_headlines(
    place: Workplace, *, runs: int, design: Design, parity: str, workers: int, progress: bool, tell: Tell
) -> dict[str, Any]:
    of = write_headlines(
        design, place, parity=parity, comparison_runs=runs, workers=workers, progress=progress, tell=tell
    )
    return {"headlines": of}


def _reported(folder: ResultsFolder, manifest: Manifest, record: Mapping[str, Any]) -> bool:
    """Return whether the report is there, of all that is asked for now."""
    there = manifest.record.get(REPORTED)
    wanted = reported_on(manifest.record, prices=record.get("prices"), image_format=record.get("format"))
    return there == wanted and folder.views_hold()
