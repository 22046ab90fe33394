"""The comparison: which regime does better, by how much, under which parity?"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from experiments.design.design import Design
from experiments.design.stopping import ending_words
from experiments.files.provenance import provenance
from experiments.files.whole import write_csv
from experiments.results.folder import ResultsFolder
from experiments.results.path_quantiles import paths_tables
from experiments.results.store import Results, load_results
from experiments.results.tables import groups_tables, months_tables, runs_tables, sets_table, write_parquet
from experiments.running.rounds import Batches, run_batches
from experiments.studies.comparison.differences import comparison_table, summary_table, take_look
from simulation.errors import whole
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.parameters import PARAMETERS
from simulation.simulate import ENSEMBLE, checked_engine

CLAIMS = "claims.csv"
FILES = (
    "runs.parquet",
    "months.parquet",
    "paths.parquet",
    "groups.parquet",
    "sets.parquet",
    "comparison.csv",
    "summary.csv",
    CLAIMS,
    "figures",
    "report.html",
)


def compare_regimes(
    design: Design,
    out: str | Path,
    *,
    engine: str = ENSEMBLE,
    workers: int = 1,
    force: bool = False,
    report: bool = True,
    claims: bool = False,
    progress: bool = False,
    options: Mapping[str, Any] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Results:
    """Run what of ``design`` is not on disk yet, write the results folder and its report, and return the results.

    Args:
        design: from `make_design`.
        out: the results folder.
        engine: ``ensemble``, compiled, or ``mesa``; the files are the same.
        workers: threads, or processes of Mesa's agents; the files are the same whatever their number.
        force: replace what the folder holds.
        report: write figures and report.html too.
        claims: test the sector's claims too, on fewer of the sets: the report shows them.
        progress: show a bar on a terminal.
        options: what else the manifest is to record; ``prices`` are those at which the report values an unpaid day.
        tell: called with a line when something of earlier runs is used.

    Raises:
        InputError: the folder holds another design, and not ``force``.
        OSError: the folder cannot be written or the disk is full; whole files are left, and the next call goes on.
    """
    begun = time.monotonic()
    engine, workers = checked_engine(engine), whole("workers", workers, 1)
    if claims:
        checked_engine(ENSEMBLE)
    folder = ResultsFolder(Path(out), design.describe(), FILES)
    asked = {"engine": engine, "workers": workers, **(options or {})}
    if folder.open(force=force):
        held = load_results(out)
        reported = not report or (Path(out) / "report.html").exists()
        told = not claims or "claims" in held.manifest
        if reported and told and held.manifest["options"].get("prices") == asked.get("prices"):
            tell(f"{out} holds this comparison already: nothing was run again")
            return held
        record = dict(held.manifest) | {"options": asked}
    else:
        record = _run_and_write(design, folder, engine, workers, progress=progress, tell=tell)
        record |= {"options": asked, "elapsed_seconds": round(time.monotonic() - begun, 1)}
    if claims and "claims" not in record:
        from experiments.studies.claims.for_comparison import write_beside

        record["claims"] = write_beside(design, folder.path, workers=workers, progress=progress)
    _publish(folder, record, report=report)
    return load_results(out)


def _run_and_write(
    design: Design,
    folder: ResultsFolder,
    engine: str,
    workers: int,
    *,
    progress: bool,
    tell: Callable[[str], None],
) -> dict[str, Any]:
    """Make the runs, write their tables, and return what the manifest says of them: all else is let go of."""
    made = run_batches(design, folder, engine=engine, workers=workers, progress=progress, look=take_look, tell=tell)
    if progress and sys.stderr.isatty():
        tell("writing the tables and the report")
    _write_tables(made, folder, workers)
    return _record(made)


def _write_tables(made: Batches, folder: ResultsFolder, workers: int) -> None:
    """Write every table from what is in memory and from the blocks on disk."""
    design, found = made.design, made.found
    write_parquet(folder.path / "runs.parquet", runs_tables(design, found))
    if design.kept:
        write_parquet(folder.path / "months.parquet", months_tables(design, folder, made.keys))
    write_parquet(folder.path / "paths.parquet", paths_tables(design, folder, made.keys, workers))
    write_parquet(folder.path / "groups.parquet", groups_tables(design, folder, made.keys))
    write_parquet(folder.path / "sets.parquet", [sets_table(design)])
    write_csv(folder.path / "comparison.csv", comparison_table(design, found))
    write_csv(folder.path / "summary.csv", summary_table(design, found), encoding="utf-8-sig", digits=10)


def _record(made: Batches) -> dict[str, Any]:
    design = made.design
    return {
        **provenance(),
        "rows": len(design.labels) * len(design.sets) * design.replicates,
        "runs": design.size(),
        "failed": made.found.failed,
        "replicates": design.replicates,
        "ending": made.ending,
        "ending_words": ending_words(made.ending, design.replicates, made.look),
        "last_look": None if made.look is None else made.look.as_dict(),
        "kept_replicates": design.kept,
        "levers": design.levers,
        "units": _units(),
    }


def _units() -> dict[str, str]:
    realised = {"realised_pounds": "pounds", "realised_days": "days", "realised_director_days": "days"}
    named = [{name: info.unit for name, info in table.items()} for table in (PARAMETERS, PATHS, OUTCOMES)]
    return {name: unit for table in (*named, realised) for name, unit in table.items()}


def _publish(folder: ResultsFolder, record: Mapping[str, Any], *, report: bool) -> None:
    """Write the report between two manifests: the first lets it read the tables, the last seals all files."""
    if report:
        from experiments.report import write_report

        folder.write_manifest({**record, "finished": False, "digests": folder.digests()})
        write_report(folder.path)
    folder.write_manifest({**record, "finished": True, "digests": folder.digests()})
    if not record["failed"]:
        folder.drop_blocks()
