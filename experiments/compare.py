"""The comparison: which regime does better, by how much, under which parity?"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from experiments.comparison import comparison_table, summary_table
from experiments.design import Design
from experiments.files import write_csv
from experiments.folder import ResultsFolder
from experiments.manifest import provenance
from experiments.runner import run_blocks
from experiments.store import Results, load_results
from experiments.tables import (
    KEPT_REPLICATES,
    gather,
    groups_table,
    months_tables,
    paths_tables,
    runs_table,
    sets_table,
    write_parquet,
)
from simulation.engines import simulate
from simulation.outcomes import OUTCOMES
from simulation.parameters import PARAMETERS
from simulation.paths import PATHS

FILES = (
    "runs.parquet",
    "months.parquet",
    "paths.parquet",
    "groups.parquet",
    "sets.parquet",
    "comparison.csv",
    "summary.csv",
    "figures",
    "report.html",
)
_TRIAL_MONTHS = 24
_BYTES = 8


@dataclass(frozen=True)
class Plan:
    """What a comparison would take.

    Attributes:
        rows: rows of `runs.parquet`, a run under each parity that shows it.
        runs: distinct runs.
        seconds_a_run: measured in a short trial on this machine.
        megabytes: on disk while the runs go on, the largest it gets.
    """

    rows: int
    runs: int
    seconds_a_run: float
    megabytes: float

    def minutes(self, workers: int) -> float:
        """Return how long all runs take on ``workers`` processes."""
        return self.runs * self.seconds_a_run / workers / 60


def compare_regimes(
    design: Design,
    out: str | Path,
    *,
    workers: int = 1,
    force: bool = False,
    report: bool = True,
    progress: bool = False,
    options: Mapping[str, Any] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Results:
    """Run what of ``design`` is not on disk yet, write the results folder and its report, and return the results.

    Args:
        design: from `make_design`.
        out: the results folder.
        workers: processes; the files are the same whatever their number.
        force: replace what the folder holds.
        report: write figures and report.html too.
        progress: show a bar on a terminal.
        options: what else the manifest is to record; ``prices`` are those at which the report values an unpaid day.
        tell: called with a line when something of earlier runs is used.

    Raises:
        InputError: the folder holds another design, and not ``force``.
        OSError: the folder cannot be written or the disk is full; whole files are left, and the next call goes on.
    """
    begun = time.monotonic()
    folder = ResultsFolder(Path(out), design.describe(), FILES)
    asked = {"workers": workers, **(options or {})}
    if folder.open(force=force):
        held = load_results(out)
        reported = not report or (Path(out) / "report.html").exists()
        if reported and held.manifest["options"].get("prices") == asked.get("prices"):
            tell(f"{out} holds this comparison already: nothing was run again")
            return held
        record = dict(held.manifest) | {"options": asked}
    else:
        _run(design, folder, workers, progress=progress, tell=tell)
        if progress and sys.stderr.isatty():
            tell("writing the tables and the report")
        failed = _write_tables(design, folder)
        record = _record(design, failed) | {"options": asked, "elapsed_seconds": round(time.monotonic() - begun, 1)}
    _publish(folder, record, report=report)
    return load_results(out)


def plan(design: Design) -> Plan:
    """Return what ``design`` would take, from a run of up to 24 months timed here and now."""
    months = min(design.months, _TRIAL_MONTHS)
    _trial(design, 1)
    begun = time.perf_counter()
    _trial(design, months)
    seconds = (time.perf_counter() - begun) * design.months / months
    runs, labels = design.size(), len(design.labels)
    kept = labels * len(design.sets) * min(KEPT_REPLICATES, design.replicates)
    numbers = (runs + kept) * design.months * len(PATHS) + labels * design.months * len(PATHS) * 10
    return Plan(
        rows=labels * len(design.blocks),
        runs=runs,
        seconds_a_run=seconds,
        megabytes=numbers * _BYTES / 1e6,
    )


def _trial(design: Design, months: int) -> None:
    simulate(
        design.regimes[-1],
        seed=design.seed,
        months=months,
        parameters=design.sets[0].parameters,
        switches=design.switches,
        scenario=design.scenario,
        councils=design.councils,
    )


def _run(design: Design, folder: ResultsFolder, workers: int, *, progress: bool, tell: Callable[[str], None]) -> None:
    done = folder.done(design.blocks)
    todo = [key for key in design.blocks if key not in done]
    if done:
        tell(f"going on from {len(done)} of {len(design.blocks)} blocks on disk")
    sizes = [len(design.distinct(number)[0]) for number in range(len(design.sets))]
    bar = tqdm(
        total=sum(sizes) * design.replicates,
        initial=sum(sizes[number] for number, _ in done),
        unit="run",
        file=sys.stderr,
        disable=None if progress else True,
        dynamic_ncols=True,
    )
    with bar, closing(run_blocks(design, todo, workers)) as blocks:
        for key, block in blocks:
            folder.write_block(*key, block)
            bar.update(len(block.errors))


def _write_tables(design: Design, folder: ResultsFolder) -> int:
    """Write every table from the blocks on disk and return how many distinct runs failed."""
    found = gather(design, folder)
    write_parquet(folder.path / "runs.parquet", [runs_table(design, found)])
    write_parquet(folder.path / "months.parquet", months_tables(design, folder, found))
    write_parquet(folder.path / "paths.parquet", paths_tables(design, folder, found))
    write_parquet(folder.path / "groups.parquet", [groups_table(design, found)])
    write_parquet(folder.path / "sets.parquet", [sets_table(design)])
    write_csv(folder.path / "comparison.csv", comparison_table(design, found))
    write_csv(folder.path / "summary.csv", summary_table(design, found), encoding="utf-8-sig", digits=10)
    return found.failed


def _record(design: Design, failed: int) -> dict[str, Any]:
    return {
        **provenance(),
        "rows": len(design.labels) * len(design.blocks),
        "runs": design.size(),
        "failed": failed,
        "kept_replicates": min(KEPT_REPLICATES, design.replicates),
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


if __name__ == "__main__":
    from experiments.cli import main

    sys.exit(main(["compare", *sys.argv[1:]]))
