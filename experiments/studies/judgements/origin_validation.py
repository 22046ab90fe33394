"""The folder of forecasts from rolling origins: tables, what was printed, and one page of pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from experiments.figures.canvas import save
from experiments.figures.origins import origins_figure
from experiments.files.digests import digest_of, model_digest, plain_values
from experiments.files.whole import read_csv, whole_file, write_csv, write_text
from experiments.results.folder import ResultsFolder, Tell, tell_nobody
from experiments.results.workplace import FIGURES, Workplace
from experiments.studies.judgements.origin_scores import FORECASTS
from experiments.studies.judgements.origin_text import origin_lines, page_lines
from experiments.studies.judgements.origins import RollingDesign
from experiments.studies.judgements.rolling import RollingForecasts, forecast_from_origins
from experiments.text.pages import Slots
from simulation.dates import calendar_month

STUDY = "validate --origins"
SLOTS = Slots("origins")
SCORED_SLOT = "scores"
"""The slot of the page of the docs."""

TABLE_NAMES = ("origins", "scores", "coverage", "reliability", "ranks")
ORIGINS_TEXT, ORIGINS_PAGE, ORIGINS_FIGURE = "origins.txt", "page.md", "origins.png"
ORIGIN_FILES = (ORIGINS_TEXT, ORIGINS_PAGE, *(f"{name}.csv" for name in TABLE_NAMES), FIGURES)
"""What stands in the folder."""

_DIGITS = 8


def validate_origins(
    design: RollingDesign,
    out: str | Path,
    *,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> str:
    """Make forecasts from rolling origins, write the folder, and return the lines to print.

    Args:
        design: what is asked for.
        out: the folder.
        workers: processes; the numbers are the same whatever their number.
        force: replace the results of another design.
        progress: whether to show how far the runs have come.
        tell: called with a line where something of earlier runs is used.

    Raises:
        InputError: as `forecast_from_origins`, or the folder holds other results, and not ``force``.
        OSError: the folder cannot be written.
    """

    def fill(place: Workplace) -> dict[str, Any]:
        found = forecast_from_origins(design, store=place.blocks, workers=workers, progress=progress, tell=tell)
        write_origins(found, place.path)
        return {"options": {"workers": workers}}

    folder = ResultsFolder(out, STUDY, _description(design), ORIGIN_FILES)
    folder.fill(fill, force=force, tell=tell)
    return (folder.path / ORIGINS_TEXT).read_text(encoding="utf-8")


def write_origins(found: RollingForecasts, folder: Path) -> None:
    """Write tables, text and figure into a folder that exists.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    for name in TABLE_NAMES:
        write_csv(folder / f"{name}.csv", getattr(found, name), encoding="utf-8-sig", digits=_DIGITS)
    write_text(folder / ORIGINS_TEXT, "\n".join(origin_lines(found)))
    write_text(folder / ORIGINS_PAGE, "\n".join(page_lines(found)))
    (folder / FIGURES).mkdir(exist_ok=True)
    note = (
        f"Variant: {found.design.name}. Seed {found.design.seed}. Judgements of April 2021 to March 2026 were "
        "looked at while the model was changed: no blind test."
    )
    figure = origins_figure(found.scores, found.reliability, found.ranks, FORECASTS, note)
    save(figure, folder / FIGURES / ORIGINS_FIGURE)


def read_scores(folder: str | Path) -> pd.DataFrame:
    """Return the scores of a folder, so that variants can be laid side by side.

    Raises:
        OSError: there is no such file.
    """
    return read_csv(Path(folder) / "scores.csv")


def renew_page(page: Path, folder: Path) -> None:
    """Write the section between the markers of ``page`` anew from a folder, and the picture beside it.

    Raises:
        InputError: the page cannot be read, or has no such markers.
        OSError: it cannot be written.
    """
    SLOTS.renew(page, {SCORED_SLOT: (folder / ORIGINS_PAGE).read_text(encoding="utf-8")})
    with whole_file(page.parent / ORIGINS_FIGURE) as file:
        file.write((folder / FIGURES / ORIGINS_FIGURE).read_bytes())


def _description(design: RollingDesign) -> dict[str, Any]:
    """Return what decides the numbers, as plain values."""
    drawn = {}
    for origin in design.origins:
        sets, fit = design.sets_of(origin)
        drawn[calendar_month(origin)] = [fit, len(sets), digest_of([one.as_dict() for one in sets])]
    return plain_values(
        {
            "origins": drawn,
            "runs": design.runs,
            "seed": design.seed,
            "draw": design.draw,
            "switches": design.variant.switches.as_dict(),
            "set": dict(design.variant.values),
            "real_months": design.real_months,
            "model": model_digest(),
        }
    )
