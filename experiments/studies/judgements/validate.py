"""The folder of a forecast held against a file: what was printed, tables, and one figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from experiments.design.parameter_sets import ParameterSet
from experiments.figures.canvas import save
from experiments.figures.forecast import forecast_figure
from experiments.files.digests import digest_of, model_digest, plain
from experiments.files.provenance import provenance
from experiments.files.whole import write_csv, write_text
from experiments.results.folder import ResultsFolder
from experiments.studies.judgements.forecast import Forecast, hold_against
from experiments.studies.judgements.judgement_file import read_observed
from experiments.studies.judgements.text import told
from experiments.studies.judgements.window import make_window
from simulation.arrays import Floats
from simulation.limits import check_own_luck, checked_replicates, checked_seed
from simulation.text_files import read_bytes

POINTS, TRANSITIONS, SCORES = "points.csv", "transitions.csv", "scores.csv"
INADEQUATE, GROUPS = "inadequate.csv", "groups.csv"
TEXT, FIGURES, FIGURE = "forecast.txt", "figures", "forecast.png"
FILES = (TEXT, POINTS, TRANSITIONS, INADEQUATE, GROUPS, SCORES, FIGURES)
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
    replicates: int = 8,
    seed: int = 2018,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> str:
    """Hold the model against a file of judgements, write the folder, and return the lines to print.

    Arguments are those of `hold_against`; ``out`` is the folder.

    Raises:
        InputError: as `hold_against`, or the folder holds other results, and not ``force``.
        OSError: the folder cannot be written.
    """
    read_observed(path, make_window(first, last))
    replicates, seed = checked_replicates(replicates), checked_seed(seed)
    check_own_luck(len(sets), replicates)
    design = {
        "judgements": digest_of(read_bytes(path, "CSV file").decode("utf-8", "replace")),
        "file": Path(path).name,
        "from": first,
        "to": last,
        "replicates": replicates,
        "seed": seed,
        "drawn": digest_of([one.as_dict() for one in sets]),
        "weights": digest_of(weights.tolist()),
        "sets": len(sets),
        "luck": "each set's own",
        "model": model_digest(),
    }
    folder = ResultsFolder(Path(out), plain(design), FILES)
    if folder.open(force=force):
        tell(f"{out} holds this already: nothing was run again")
        return (folder.path / TEXT).read_text(encoding="utf-8")
    found = hold_against(
        path, first, last, sets, weights, replicates=replicates, seed=seed, workers=workers, progress=progress
    )
    text = "\n".join(told(found))
    write_forecast(found, text, folder.path)
    folder.write_manifest({**provenance(), "finished": True, "digests": folder.digests()})
    return text


def write_forecast(forecast: Forecast, text: str, folder: Path) -> None:
    """Write a forecast's text, tables and figure into a folder that exists.

    Raises:
        OSError: the folder cannot be written or the disk is full.
    """
    write_text(folder / TEXT, text)
    tables = (forecast.points, forecast.transitions, forecast.inadequate, forecast.groups, forecast.scores)
    for name, table in zip((POINTS, TRANSITIONS, INADEQUATE, GROUPS, SCORES), tables, strict=True):
        write_csv(folder / name, table, encoding="utf-8-sig", digits=_DIGITS)
    (folder / FIGURES).mkdir(exist_ok=True)
    note = (
        f"{forecast.sets} parameter sets x {forecast.replicates} replicates, seed {forecast.seed}; bands mix chance "
        f"and ignorance, for a prediction is scored. {forecast.judgements} judgements of {forecast.file}."
    )
    title = "Grades held: observed, over what the model expects"
    save(forecast_figure(forecast.points, title=title, note=note), folder / FIGURES / FIGURE)
