"""A forecast held against a file of judgements: made, and kept in tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.design.parameter_sets import ParameterSet
from experiments.results.blocks import BlockFolder
from experiments.results.folder import Tell, tell_nobody
from experiments.studies.judgements import tables
from experiments.studies.judgements.judgement_file import read_observed
from experiments.studies.judgements.known import latest_start
from experiments.studies.judgements.runs import WindowDesign, simulate_window
from experiments.studies.judgements.scores import Skill, model_skill
from experiments.studies.judgements.simple_forecasts import simple_forecasts
from experiments.studies.judgements.variant import Variant
from experiments.studies.judgements.window import Window, make_window
from simulation.arrays import Floats
from simulation.dates import calendar_month


@dataclass(frozen=True)
class Forecast:
    """The model held against a file of judgements. No council's chances are kept.

    Attributes:
        file: the file's name.
        window: the months held against the model, and the start of the runs.
        variant: the switches and parameters that were set, as text; empty where none was.
        sets, replicates, seed: of the runs.
        judgements, councils, outside: judgements of the window, councils judged in it, judgements outside it.
        points: a row an end of a quarter and grade.
        transitions: a row a grade held and grade given.
        inadequate: a row a measure of time in inadequate.
        groups: a row a region and fifth of deprivation.
        skills: of the model, by score.
    """

    file: str
    window: Window
    variant: str
    sets: int
    replicates: int
    seed: int
    judgements: int
    councils: int
    outside: int
    points: pd.DataFrame
    transitions: pd.DataFrame
    inadequate: pd.DataFrame
    groups: pd.DataFrame
    skills: Sequence[Skill]

    @property
    def scores(self) -> pd.DataFrame:
        """A row a score and forecast."""
        return tables.scores_table(self.skills, self.judgements, self.councils)


def hold_against(
    path: str | Path,
    first: str,
    last: str,
    sets: Sequence[ParameterSet],
    weights: Floats,
    *,
    start: str | None = None,
    variant: Variant | None = None,
    replicates: int = 8,
    seed: int = 2018,
    store: BlockFolder | None = None,
    workers: int = 1,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> Forecast:
    """Run the regime that was in force over the parameter sets, and hold it against the judgements of a file.

    Args:
        path: a CSV file with the columns of the package's own judgements.
        first: first month of the window, YYYY-MM, from April 2018.
        last: its last month, and the last of the runs.
        sets: parameter sets.
        weights: of them, shape (sets,).
        start: first month of the runs, YYYY-MM, which begin from the grades held then; ``first`` where None, or the
            last month in which a run may start.
        variant: switches and parameters that are set; nothing where None.
        replicates: runs of each set, each with its own luck.
        seed: of all luck.
        store: where blocks of runs lie; none are kept where None.
        workers: processes; the numbers are the same whatever their number.
        progress: whether to show how far the runs have come.
        tell: called with a line where blocks on disk are used.

    Raises:
        InputError: a month or the file is not valid, or the file holds no judgement in the window.
    """
    window, changes = forecast_window(first, last, start), variant or Variant()
    observation = read_observed(path, window)
    judgements = observation.judgements
    design = WindowDesign(window, judgements, replicates, seed, changes.switches)
    held = changes.held_in(sets)
    model = simulate_window(design, held, store=store, workers=workers, progress=progress, tell=tell)
    share = weights / weights.sum()
    each = np.repeat(share / replicates, replicates)
    chances = np.einsum("s,sjg->jg", share, model.chances)
    return Forecast(
        file=Path(path).name,
        window=window,
        variant=changes.text,
        sets=len(sets),
        replicates=replicates,
        seed=seed,
        judgements=len(judgements),
        councils=len(np.unique(judgements.council)),
        outside=observation.outside,
        points=tables.points_table(observation, window, model, each),
        transitions=tables.transitions_table(observation, model, each),
        inadequate=tables.inadequate_table(observation, window, model, each),
        groups=tables.groups_table(observation, model, each),
        skills=model_skill(
            chances, simple_forecasts(observation.before, judgements), judgements.grade, judgements.council, seed
        ),
    )


def forecast_window(first: str, last: str, start: str | None = None) -> Window:
    """Return the window of a forecast; arguments are those of `hold_against`.

    Raises:
        InputError: as `make_window`.
    """
    window = make_window(first, last)
    return make_window(first, last, calendar_month(latest_start(window.first)) if start is None else start)
