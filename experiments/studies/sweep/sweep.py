"""The sweep: how outcomes, and the difference between two regimes, move with what is varied.

>>> from experiments import sweep
>>> found = sweep({"transfer_rate": "0.1:0.5:9"}, out="results/sweep")  # doctest: +SKIP
>>> found.plot().savefig("sweep.png")  # doctest: +SKIP
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.design.parameter_sets import ParameterSet
from experiments.design.study_settings import write_study
from experiments.files.whole import write_csv, write_text
from experiments.results.crossed_meanings import SWEEP_TABLES, crossed_meanings
from experiments.results.dictionary import write_dictionary
from experiments.results.failures import FAILURES, crossing_failures
from experiments.results.folder import Tell, tell_nobody
from experiments.results.workplace import FIGURES, Workplace
from experiments.running.crossed import run_crossing
from experiments.running.workers import checked_workers
from experiments.studies.sweep.choices import choices_regret
from experiments.studies.sweep.design import SweepDesign
from experiments.studies.sweep.folder import (
    POINTS_TEXT,
    REGRET_TEXT,
    SETS_TEXT,
    SWEEP_PAGE,
    sweep_folder,
)
from experiments.studies.sweep.make import make_sweep
from experiments.studies.sweep.pictures import sweep_pictures
from experiments.studies.sweep.points_table import sweep_points
from experiments.studies.sweep.results import Sweep
from experiments.studies.sweep.runs_table import write_runs
from experiments.studies.sweep.settings import read_settings
from simulation.regimes import Regime
from simulation.simulate import ENSEMBLE, checked_engine

_HEADING = "This file repeats the sweep that lies beside it:\nsli sweep study.toml --out ANOTHER_FOLDER"


def sweep(
    vary: Mapping[str, object] | str | Path | None = None,
    *,
    out: str | Path = "results/sweep",
    workers: int | None = None,
    engine: str = ENSEMBLE,
    force: bool = False,
    progress: bool = True,
    tell: Tell = tell_nobody,
    regimes: Sequence[str | Path | Regime] | None = None,
    **settings: object,
) -> Sweep:
    """Run a sweep, write its folder, and return its results.

    Every point meets the same luck in the same replicate and the same parameter sets; what is not varied stands at one
    value at all points.

    Args:
        vary: what is varied: name -> values, or a text as of ``--vary`` (``0.1:0.5:9`` or ``on,off``); every
            combination is run. A path is that of a TOML file of settings.
        out: the folder; a sweep that was stopped goes on from its blocks.
        workers: threads; as many as this process may use processors where None. The files are the same.
        engine: ``ensemble``, compiled, or ``mesa``; the files are the same.
        force: replace what the folder holds.
        progress: show a bar, on a terminal or in a notebook.
        tell: called with a line where something of earlier runs is used; `print` will do.
        regimes: names, files or `Regime` objects; each is compared with the last of them.
        settings: further ones, as the keys of a TOML file: ``design``, ``size`` and ``over``, or ``table``, in place of
            ``vary``; ``outcomes``, ``parities``, ``sets``, ``draw``, ``levers``, ``replicates``, ``months``, ``seed``,
            ``start``, ``funding``, ``poverty_tilt``, ``pause``, ``headline``, ``switches``, ``parameters``,
            ``councils``, ``matters``.

    Raises:
        InputError: anything is unknown, out of range or repeated, or the folder holds another sweep and not ``force``.
        OSError: the folder cannot be written or the disk is full; whole files are left, and the next call goes on.
    """
    from_file = read_settings(vary) if isinstance(vary, str | Path) else {"vary": vary}
    design = make_sweep({**from_file, **settings, **({} if regimes is None else {"regimes": list(regimes)})})
    if warning := design.crossing.beyond():
        tell(warning)
    return run_sweep(
        design, out, workers=checked_workers(workers, engine), engine=engine, force=force, progress=progress, tell=tell
    )


def run_sweep(
    design: SweepDesign,
    out: str | Path,
    *,
    workers: int = 1,
    engine: str = ENSEMBLE,
    force: bool = False,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> Sweep:
    """Run what of a sweep is not on disk yet, write its folder, and return its results.

    Args:
        design: from `experiments.studies.sweep.make.make_sweep`.
        out: the folder.
        workers: threads, or processes of Mesa's agents; the files are the same whatever their number.
        engine: which makes the runs; the files are the same.
        force: replace what the folder holds.
        progress: show a bar on a terminal.
        tell: called with a line where something of earlier runs is used.

    Raises:
        InputError: the folder holds another design, and not ``force``, or another process has it.
        OSError: the folder cannot be written or the disk is full.
    """
    checked_engine(engine)
    fill = partial(_fill, design=design, engine=engine, workers=workers, progress=progress, tell=tell)
    sweep_folder(design.describe(), out).fill(fill, force=force, tell=tell)
    return Sweep(out, design)


def _fill(
    place: Workplace, *, design: SweepDesign, engine: str, workers: int, progress: bool, tell: Tell
) -> dict[str, Any]:
    begun = time.monotonic()
    runs = run_crossing(
        design.crossing, design.kept, store=place.blocks, engine=engine, workers=workers, progress=progress, tell=tell
    )
    means = write_runs(place.path, design, runs)
    points = sweep_points(design, runs)
    write_csv(place.path / POINTS_TEXT, points)
    write_csv(place.path / SETS_TEXT, sets_list(design.crossing.sets))
    regret = choices_regret(design, runs)
    if len(regret):
        write_csv(place.path / REGRET_TEXT, regret)
    if runs.errors:
        # The folder as it was given stands in the commands.
        write_csv(place.path / FAILURES, crossing_failures(design.crossing, runs.errors, place.path.parent))
    write_dictionary(place.path, meanings=crossed_meanings(design.crossing.points.columns, SWEEP_TABLES))
    write_study(place.path, design.settings, design.inputs, _HEADING)
    _write_views(place.path, design, points, regret)
    return {
        "runs": design.crossing.runs,
        "rows": design.crossing.rows,
        "failed": runs.failed,
        "text_rows": "means over replicates" if means else "runs",
        "options": {"workers": workers, "engine": engine},
        "elapsed_seconds": round(time.monotonic() - begun, 1),
    }


def sets_list(sets: Sequence[ParameterSet]) -> pd.DataFrame:
    """Return a row a parameter set that every point is crossed with: its number, weight, parameters and levers."""
    return pd.DataFrame([one.as_dict() for one in sets]).rename_axis("set").reset_index()


def _write_views(folder: Path, design: SweepDesign, points: pd.DataFrame, regret: pd.DataFrame) -> None:
    """Write the pictures and the page."""
    from experiments.figures.canvas import MAP_COLOURS, save
    from experiments.studies.sweep.page import sweep_page

    (folder / FIGURES).mkdir(exist_ok=True)
    pictures = dict(sweep_pictures(design, points))
    for name, figure in pictures.items():
        save(figure, folder / FIGURES / f"{name}.png", MAP_COLOURS)
    write_text(folder / SWEEP_PAGE, sweep_page(design, points, regret, pictures))
