"""The tables of a forecast held against a file: what was observed beside the bands of the runs, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.statistics.weights import ratio
from experiments.studies.judgements.bands import Bands, make_bands
from experiments.studies.judgements.group_members import group_members
from experiments.studies.judgements.judgement_file import ObservedWindow, transition_counts
from experiments.studies.judgements.runs import SimulatedWindow, grade_counts
from experiments.studies.judgements.scores import Skill
from experiments.studies.judgements.time_inadequate import TIME_MEASURES, observed_before, time_inadequate
from experiments.studies.judgements.window import Window
from simulation.arrays import Floats
from simulation.councils import GRADES
from simulation.dates import calendar_month


def points_table(observation: ObservedWindow, window: Window, model: SimulatedWindow, weights: Floats) -> pd.DataFrame:
    """Return a row an end of a quarter and grade: councils that hold it."""
    keys = [{"date": calendar_month(month), "grade": grade} for month in window.quarters for grade in GRADES]
    counts = grade_counts(observation.grades, window.first, window).ravel()
    return _beside(keys, counts, model.counts.reshape(len(model.counts), -1), weights)


def transitions_table(observation: ObservedWindow, model: SimulatedWindow, weights: Floats) -> pd.DataFrame:
    """Return a row a grade held and grade given: its share of the judgements of councils that held the grade."""
    judgements = observation.judgements
    counts = transition_counts(judgements.before, judgements.grade)
    keys = [
        {"held": before, "given": after, "judgements": int(counts[row, column]), "of": int(counts[row].sum())}
        for row, before in enumerate(GRADES)
        for column, after in enumerate(GRADES)
    ]
    simulated_shares = _shares_given(model.transitions).reshape(len(model.transitions), -1)
    return _beside(keys, _shares_given(counts).ravel(), simulated_shares, weights)


def inadequate_table(
    observation: ObservedWindow, window: Window, model: SimulatedWindow, weights: Floats
) -> pd.DataFrame:
    """Return a row a measure of time in inadequate: council-months, and shares that have left it by some months."""
    measures = time_inadequate(observation.grades, window.first, observed_before(observation.councils, window.first))
    return _beside([{"measure": measure} for measure in TIME_MEASURES], measures, model.inadequate, weights)


def groups_table(observation: ObservedWindow, model: SimulatedWindow, weights: Floats) -> pd.DataFrame:
    """Return a row a region and fifth of deprivation: the share of its councils at good or better at the end."""
    members = group_members(observation.councils)
    keys = [
        {"kind": kind, "group": name, "councils": int(size)}
        for (kind, name), size in zip(members.names, members.sizes, strict=True)
    ]
    shares = members.good_or_better(observation.grades[-1]) / members.sizes
    return _beside(keys, shares, model.groups / members.sizes, weights)


def scores_table(skills: Sequence[Skill], judgements: int, councils: int) -> pd.DataFrame:
    """Return a row a score and forecast; skill and its interval stand in the model's rows."""
    rows = []
    for skill in skills:
        for forecast, mean in skill.means.items():
            own = {"skill": skill.skill, "skill_low": skill.low, "skill_high": skill.high}
            row = {"score": skill.score, "forecast": forecast, "mean": mean, "judgements": judgements}
            rows.append(row | {"councils": councils, "best_simple": forecast == skill.best}
                        | (own if forecast == "model" else dict.fromkeys(own, np.nan)))  # fmt: skip
    return pd.DataFrame(rows)


def shares_inside(points: pd.DataFrame) -> tuple[float, float]:
    """Return the shares of the observed points that lie inside the 50% and the 90% band."""
    return float(points.inside_50.mean()), float(points.inside_90.mean())


def _beside(
    keys: Sequence[Mapping[str, object]], truth: npt.ArrayLike, values: Floats, weights: Floats
) -> pd.DataFrame:
    """Return rows of what was observed and the bands of the runs, one a key; ``values`` has shape (runs, keys)."""
    column = np.asarray(truth, np.float64)
    bands = make_bands(values, weights)
    return pd.concat([pd.DataFrame(list(keys)), pd.DataFrame(_columns(column, bands))], axis=1)


def _columns(column: Floats, bands: Bands) -> dict[str, object]:
    known = np.isfinite(column) & np.isfinite(bands.median)
    inside = {"inside_50": bands.inside_50(column), "inside_90": bands.inside_90(column)}
    return {
        "observed": column,
        **vars(bands),
        **{name: pd.Series(which, dtype="boolean").where(known) for name, which in inside.items()},
    }


def _shares_given(counts: Floats) -> Floats:
    """Return the shares of the grades given of each grade held, NaN where no council held it."""
    return ratio(counts, counts.sum(axis=-1, keepdims=True))
