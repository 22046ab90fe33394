"""What a simulated history shows of the further patterns, which nothing is fitted to."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from experiments.observed.fit_measures import CHANGES_SEEN_FOR, YEAR
from experiments.observed.history import History
from experiments.observed.spells import LAST_JUDGED, Spells, count_spells, observed_starts
from simulation.arrays import Flags, Floats, Numbers
from simulation.councils import Councils
from simulation.state import GOOD, INADEQUATE

NEWTON_STEPS = 30
_STEEPEST = 10.0


def changes_per_changing(history: History, years: int) -> float:
    """Return changes of director over council-years with at least one, from month 0."""
    by_year = _by_year(history, years)
    return float(by_year.sum() / (by_year > 0).sum()) if by_year.any() else math.nan


def several_changes(history: History, first: int) -> float:
    """Return the share of councils with two or more changes of director in the year from month ``first``."""
    return float((history.changes[first : first + YEAR].sum(axis=0) > 1).mean())


def interim_appointments(history: History, months: int) -> float:
    """Return interims' share of the starts of directors before ``months``."""
    starts = history.path("director_changes")[:months].sum()
    return float(1.0 - history.path("filled")[:months].sum() / starts) if starts else math.nan


def mover_share(history: History, *firsts: int) -> float:
    """Return the share of starts by directors of another council, in the years from each month of ``firsts``."""
    months = [month for first in firsts for month in range(first, first + YEAR)]
    starts = history.path("director_changes")[months].sum()
    return float(history.path("moves")[months].sum() / starts) if starts else math.nan


def new_director_before_failing(history: History) -> float:
    """Return the share of councils newly inadequate in months 12 to 71 with a change of director in the year before."""
    changes, months = history.changes, min(len(history.grades), CHANGES_SEEN_FOR)
    fell = (history.grades[:months] == INADEQUATE) & (history.grades_before[:months] != INADEQUATE)
    changes_before = [changes[month - YEAR : month, fell[month]].any(axis=0) for month in range(YEAR, months)]
    some = np.concatenate(changes_before)
    return float(some.mean()) if len(some) else math.nan


def agency_spread(history: History, month: int) -> float:
    """Return the standard deviation of agency shares over councils."""
    return float(history.panel["agency_share"][month].std())


def window_spells(history: History) -> Spells:
    """Return the spells of failure seen to June 2020, those of the real start among them."""
    return count_spells(history.grades[: LAST_JUDGED + 1], observed_starts())


def odds_per_decile(history: History, month: int, *, judged_only: bool) -> float:
    """Return the odds of good or better per decile of deprivation, of all councils or of those judged by then alone."""
    some = history.judgements[: month + 1].any(axis=0) if judged_only else np.ones(history.grades.shape[1], bool)
    return odds_ratio(deciles(history.run.table)[some], history.grades[month][some] >= GOOD)[0]


def region_spread(history: History, month: int) -> float:
    """Return the standard deviation over regions of the share of councils good or better."""
    return spread_over(np.array(history.run.table.region_index), history.grades[month] >= GOOD)


def spread_over(group: Numbers, flags: Flags) -> float:
    """Return the standard deviation over groups of the share that is ``flags``."""
    return float(np.std(np.bincount(group, flags) / np.bincount(group)))


@lru_cache(maxsize=8)
def deciles(table: Councils) -> Floats:
    """Return each council's decile of deprivation, from 1 (least deprived) to 10; equal scores rank by code."""
    order = np.argsort(np.array(table.deprivation), kind="stable")
    decile = np.empty(table.n)
    decile[order] = 1 + 10 * np.arange(table.n) // table.n
    decile.flags.writeable = False
    return decile


def odds_ratio(x: Floats, successes: Flags) -> tuple[float, float]:
    """Return the odds ratio of ``successes`` per unit of ``x`` by logistic regression, and the error of its logarithm.

    Both NaN where there is no maximum: nobody or everybody is chosen, or ``x`` tells the chosen from the rest.
    """
    if not len(x) or successes.all() or not successes.any():
        return math.nan, math.nan
    rows = np.column_stack([np.ones(len(x)), x - x.mean()])
    slopes = np.zeros(2)
    for _ in range(NEWTON_STEPS):
        share = 1.0 / (1.0 + np.exp(-rows @ slopes))
        curvature = rows.T @ (rows * (share * (1.0 - share))[:, None])
        if np.linalg.det(curvature) <= 1e-9 or abs(slopes[1]) > _STEEPEST:  # noqa: PLR2004  a flat top: no maximum
            return math.nan, math.nan
        step = np.linalg.solve(curvature, rows.T @ (successes - share))
        slopes += step
        if np.abs(step).max() < 1e-10:  # noqa: PLR2004  as near as doubles go
            break
    return float(np.exp(slopes[1])), float(np.sqrt(np.linalg.inv(curvature)[1, 1]))


def _by_year(history: History, years: int) -> Numbers:
    changes = history.changes[: years * YEAR]
    by_year: Numbers = changes.reshape(years, YEAR, -1).sum(axis=1)
    return by_year
