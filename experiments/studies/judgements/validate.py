"""The folder of a forecast held against a file: what was printed, tables, and one figure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.design.parameter_sets import ParameterSet
from experiments.figures.canvas import save
from experiments.figures.forecast import forecast_figure
from experiments.files.digests import digest_of, model_digest, plain_values
from experiments.files.whole import write_csv, write_text
from experiments.results.folder import ResultsFolder, Tell, tell_nobody
from experiments.results.workplace import FIGURES, Workplace
from experiments.studies.judgements.forecast import Forecast, forecast_window, hold_against
from experiments.studies.judgements.judgement_file import read_observed
from experiments.studies.judgements.text import forecast_lines
from experiments.studies.judgements.variant import Variant
from simulation.arrays import Floats
from simulation.limits import check_own_luck, checked_replicates, checked_seed
from simulation.text_files import read_bytes

STUDY = "validate --judgements"
POINTS_FILE, TRANSITIONS_FILE, SCORES_FILE = "points.csv", "transitions.csv", "scores.csv"
INADEQUATE_FILE, GROUPS_FILE = "inadequate.csv", "groups.csv"
TEXT_FILE, FORECAST_FIGURE = "forecast.txt", "forecast.png"
FORECAST_FILES = (TEXT_FILE, POINTS_FILE, TRANSITIONS_FILE, INADEQUATE_FILE, GROUPS_FILE, SCORES_FILE, FIGURES)
"""What stands in the folder."""

_DIGITS = 6


def validate_judgements(
    path: str | Path,
    first: str,
    last: str,
    sets: Sequence[ParameterSet],
    weights: Floats,
    out: str | Path,
    *,
    start: str | None = None,
    variant: Variant | None = None,
    replicates: int = 8,
    seed: int = 2018,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> str:
    """Hold the model against a file of judgements, write the folder, and return the lines to print.

    Arguments are those of `hold_against`; ``out`` is the folder.

    Raises:
        InputError: as `hold_against`, or the folder holds other results, and not ``force``.
        OSError: the folder cannot be written.
    """
    window, changes = forecast_window(first, last, start), variant or Variant()
    read_observed(path, window)
    changes.held_in(sets[:1])
    replicates, seed = checked_replicates(replicates), checked_seed(seed)
    check_own_luck(len(sets), replicates)
    design = {
        "judgements": digest_of(read_bytes(path, "CSV file").decode("utf-8", "replace")),
        "file": Path(path).name,
        "from": first,
        "to": last,
        "start": window.start_month,
        "variant": changes.text,
        "replicates": replicates,
        "seed": seed,
        "drawn": digest_of([one.as_dict() for one in sets]),
        "weights": digest_of(weights.tolist()),
        "sets": len(sets),
        "luck": "each set's own",
        "model": model_digest(),
    }

    def fill(place: Workplace) -> dict[str, Any]:
        forecast = hold_against(
            path,
            first,
            last,
            sets,
            weights,
            start=start,
            variant=variant,
            replicates=replicates,
            seed=seed,
            store=place.blocks,
            workers=workers,
            progress=progress,
            tell=tell,
        )
        write_forecast(forecast, "\n".join(forecast_lines(forecast)), place.path)
        return {"options": {"workers": workers}}

    folder = ResultsFolder(out, STUDY, plain_values(design), FORECAST_FILES)
    folder.fill(fill, force=force, tell=tell)
    return (folder.path / TEXT_FILE).read_text(encoding="utf-8")


def write_forecast(forecast: Forecast, text: str, folder: Path) -> None:
    """Write a forecast's text, tables and figure into a folder that exists.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    write_text(folder / TEXT_FILE, text)
    tables = (forecast.points, forecast.transitions, forecast.inadequate, forecast.groups, forecast.scores)
    for name, table in zip(
        (POINTS_FILE, TRANSITIONS_FILE, INADEQUATE_FILE, GROUPS_FILE, SCORES_FILE), tables, strict=True
    ):
        write_csv(folder / name, table, encoding="utf-8-sig", digits=_DIGITS)
    (folder / FIGURES).mkdir(exist_ok=True)
    note = (
        f"{forecast.sets} parameter sets x {forecast.replicates} replicates, seed {forecast.seed}; bands mix chance "
        f"and ignorance, for a prediction is scored. {forecast.judgements} judgements of {forecast.file}."
    )
    title = "Grades held: observed, over what the model expects"
    save(forecast_figure(forecast.points, title=title, note=note), folder / FIGURES / FORECAST_FIGURE)
