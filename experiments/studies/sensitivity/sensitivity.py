"""Sensitivity: screening, indices, and what is worth knowing, from what is asked to a folder.

>>> from experiments import sensitivity
>>> found = sensitivity(size=256, out="results/sensitivity")  # doctest: +SKIP
>>> found.plot().savefig("indices.png")  # doctest: +SKIP
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.design.study_settings import write_study
from experiments.files.whole import write_csv, write_text
from experiments.results.blocks import BlockFolder
from experiments.results.crossed_meanings import SENSITIVITY_TABLES, crossed_meanings
from experiments.results.dictionary import write_dictionary
from experiments.results.failures import FAILURES, crossing_failures
from experiments.results.folder import Tell, tell_nobody
from experiments.results.tables import write_parquet
from experiments.results.workplace import FIGURES, Workplace
from experiments.running.crossed import CrossedRuns, run_crossing
from experiments.running.workers import checked_workers
from experiments.studies.sensitivity.design import SensitivityDesign
from experiments.studies.sensitivity.folder import (
    INDEX_TEXT,
    KNOWING_TEXT,
    POINTS_TABLE,
    SCREENED_TABLE,
    SCREENING_TEXT,
    SENSITIVITY_PAGE,
    sensitivity_folder,
)
from experiments.studies.sensitivity.index_table import index_table
from experiments.studies.sensitivity.knowing import share_of_parity, worth_table
from experiments.studies.sensitivity.make import make_sensitivity
from experiments.studies.sensitivity.pictures import sensitivity_pictures
from experiments.studies.sensitivity.points_table import point_tables
from experiments.studies.sensitivity.results import Sensitivity
from experiments.studies.sensitivity.screening import screen
from experiments.studies.sensitivity.settings import read_sensitivity
from simulation.regimes import Regime
from simulation.simulate import ENSEMBLE, checked_engine

_HEADING = "This file repeats the study that lies beside it:\nsli sensitivity study.toml --out ANOTHER_FOLDER"
_INDICES = "indices"
"""Where the blocks of the indices lie, within those of the screening."""


def sensitivity(
    study: str | Path | None = None,
    *,
    out: str | Path = "results/sensitivity",
    workers: int | None = None,
    engine: str = ENSEMBLE,
    force: bool = False,
    progress: bool = True,
    tell: Tell = tell_nobody,
    regimes: Sequence[str | Path | Regime] | None = None,
    **settings: object,
) -> Sensitivity:
    """Find which uncertain numbers decide an outcome, the paired difference between two regimes, and which one wins.

    Everything named is drawn from its range; each point meets the same luck in the same replicate.

    Args:
        study: a TOML file of settings; defaults and ``settings`` alone where None.
        out: the folder; a study that was stopped goes on from its blocks.
        workers: threads; as many as this process may use processors where None. The files are the same.
        engine: ``ensemble``, compiled, or ``mesa``; the files are the same.
        force: replace what the folder holds.
        progress: show a bar, on a terminal or in a notebook.
        tell: called with a line where something of earlier runs is used; `print` will do.
        regimes: names, files or `Regime` objects; each is compared with the last of them.
        settings: further ones, as the keys of a TOML file: ``over``, ``screen``, ``trajectories``, ``most``, ``size``,
            ``outcomes``, ``parities``, ``replicates``, ``months``, ``seed``, ``start``, ``funding``, ``poverty_tilt``,
            ``pause``, ``headline``, ``switches``, ``parameters``, ``councils``, ``price``.

    Raises:
        InputError: anything is unknown, out of range or repeated, or the folder holds another study and not ``force``.
        OSError: the folder cannot be written or the disk is full; whole files are left, and the next call goes on.
    """
    from_file: Mapping[str, object] = {} if study is None else read_sensitivity(study)
    design = make_sensitivity({**from_file, **settings, **({} if regimes is None else {"regimes": list(regimes)})})
    if warning := design.beyond():
        tell(warning)
    return run_sensitivity(
        design, out, workers=checked_workers(workers, engine), engine=engine, force=force, progress=progress, tell=tell
    )


def run_sensitivity(
    design: SensitivityDesign,
    out: str | Path,
    *,
    workers: int = 1,
    engine: str = ENSEMBLE,
    force: bool = False,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> Sensitivity:
    """Run what of a study is not on disk yet, write its folder, and return its results.

    Args:
        design: from `experiments.studies.sensitivity.make.make_sensitivity`.
        out: the folder.
        workers: threads, or processes of Mesa's agents; the files are the same whatever their number.
        engine: which makes the runs; the files are the same.
        force: replace what the folder holds.
        progress: show a bar on a terminal.
        tell: called with a line where something of earlier runs is used.

    Raises:
        InputError: the folder holds another design, and not ``force``, or another process has it; or so many runs
            failed that nothing can be said.
        OSError: the folder cannot be written or the disk is full.
    """
    checked_engine(engine)
    run = partial(run_crossing, outcomes=design.kept, engine=engine, workers=workers, progress=progress, tell=tell)
    fill = partial(_fill, design=design, run=run, how={"workers": workers, "engine": engine})
    sensitivity_folder(design.describe(), out).fill(fill, force=force, tell=tell)
    return Sensitivity(out, design)


@dataclass(frozen=True, eq=False)
class _Kept:
    """Which columns have indices, and what was run to find out."""

    names: tuple[str, ...]
    runs: int = 0
    rows: int = 0
    failed: int = 0
    failures: tuple[pd.DataFrame, ...] = ()


def _fill(
    place: Workplace, *, design: SensitivityDesign, run: partial[CrossedRuns], how: Mapping[str, Any]
) -> dict[str, Any]:
    begun = time.monotonic()
    kept = _kept(place, design, run)
    crossing = design.indices(kept.names)
    # Blocks of both stages have the same names, so those of the second lie in a folder of their own.
    runs = run(crossing, store=BlockFolder(place.blocks.path / _INDICES), title=_INDICES)
    parts = len(design.index_names(kept.names))
    table, knowing = index_table(design, runs, kept.names), worth_table(design, runs, parts)
    met = share_of_parity(design, runs, parts)
    write_parquet(place.path / POINTS_TABLE, point_tables(runs))
    write_csv(place.path / INDEX_TEXT, table)
    write_csv(place.path / KNOWING_TEXT, knowing)
    failures = [*kept.failures, *_failures(place, runs, kept.rows)]
    if failures:
        write_csv(place.path / FAILURES, pd.concat(failures))
    write_dictionary(place.path, meanings=crossed_meanings(list(design.bounds), SENSITIVITY_TABLES))
    write_study(place.path, design.settings, design.inputs, _HEADING)
    _write_views(place.path, design, table, knowing, met)
    return {
        "runs": kept.runs + crossing.runs,
        "screening_runs": kept.runs,
        "rows": kept.rows + crossing.rows,
        "failed": kept.failed + runs.failed,
        "kept": list(kept.names),
        "parity_met": {name: share if math.isfinite(share) else None for name, share in met.items()},
        "options": dict(how),
        "elapsed_seconds": round(time.monotonic() - begun, 1),
    }


def _kept(place: Workplace, design: SensitivityDesign, run: partial[CrossedRuns]) -> _Kept:
    """Return which columns have indices of their own: those that the screening keeps, or all."""
    if not design.is_screened:
        return _Kept(design.names)
    runs = run(design.screening, store=place.blocks, title="screening")
    found = screen(design, runs)
    write_parquet(place.path / SCREENED_TABLE, point_tables(runs))
    write_csv(place.path / SCREENING_TEXT, found.table)
    screened = runs.crossing
    return _Kept(found.kept, screened.runs, screened.rows, runs.failed, _failures(place, runs))


def _failures(place: Workplace, runs: CrossedRuns, first: int = 0) -> tuple[pd.DataFrame, ...]:
    """Return the table of the runs that failed, none where none did; the first of all has this number."""
    # The folder as it was given stands in the commands.
    table = crossing_failures(runs.crossing, runs.errors, place.path.parent, first)
    return (table,) if len(table) else ()


def _write_views(
    folder: Path, design: SensitivityDesign, table: pd.DataFrame, knowing: pd.DataFrame, met: Mapping[str, float]
) -> None:
    """Write the pictures and the page."""
    from experiments.figures.canvas import save
    from experiments.studies.sensitivity.page import sensitivity_page

    (folder / FIGURES).mkdir(exist_ok=True)
    pictures = dict(sensitivity_pictures(design, table))
    for name, figure in pictures.items():
        save(figure, folder / FIGURES / f"{name}.png")
    write_text(folder / SENSITIVITY_PAGE, sensitivity_page(design, table, knowing, met, pictures))
