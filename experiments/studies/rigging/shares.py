"""Is the model rigged? How often each regime wins over the prior, on every outcome, at every parity.

A draw is one parameter set of the prior, with its levers. It is won by the regime whose mean over the replicates is
better. A regime that wins or loses nearly all draws does so by what was put in, and that must be explained.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from experiments.statistics import paired as statistics
from experiments.statistics.paired import Matrix
from experiments.text.names import NOTHING, PARTNERS
from simulation.outcomes.outcomes import OUTCOMES
from simulation.regimes import REGIMES

RIGGING_OUTCOMES = (
    "inadequate_months",
    "mean_quality",
    "quality_spread",
    "not_giving_spread_change",
    "stuck_share",
    "director_changes",
)
"""Outcomes on which no regime may win or lose nearly all draws without an explanation."""

LIMIT = 0.95
"""Share of draws beyond which a win or a loss must be explained."""

FEWEST_MET = 40
"""Draws that must have met the parity before their share is looked at alone."""

EVERY_OTHER = "every_other"
"""The opponent in rows that say how often a regime is better (or worse) than each other one."""


@dataclass(frozen=True)
class Shares:
    """How one regime did against another over the draws.

    Attributes:
        draws: those in which both have a number.
        won: share of them in which the regime's mean over the replicates is strictly better.
        lost: share in which it is strictly worse.
        equal: the rest.
        won_beyond_luck: share in which it is better and the draw's own 95% interval over replicates excludes zero;
            NaN with one replicate.
        lost_beyond_luck: likewise for worse.
    """

    draws: int
    won: float
    lost: float
    equal: float
    won_beyond_luck: float = math.nan
    lost_beyond_luck: float = math.nan


def rigging_table(runs: pd.DataFrame) -> pd.DataFrame:
    """Return a row an outcome with a direction, parity, regime and opponent: shares of draws won, lost and equal.

    Columns are those of `Shares`, and ``draws_met``, ``won_met`` and ``lost_met``: the same over the draws with runs
    that met the parity, by those runs alone, as in the comparison's share of wins. Where the opponent is
    ``every_other``, won means better than each of the others, lost worse than each, and equal neither.

    Args:
        runs: as in a results folder: parity, regime, set, replicate, outcomes, realised quantities; sets and
            replicates in rising order within each regime.
    """
    return pd.DataFrame([row for name in _outcomes_with_direction(runs) for row in _outcome_rows(runs, name)])


def shares(differences: Matrix, better: str) -> Shares:
    """Return how often a regime won.

    Args:
        differences: regime less opponent, a row a draw, a column a replicate.
        better: ``lower`` or ``higher``.
    """
    gains = differences if better == statistics.HIGHER else -differences
    means = statistics.set_means(gains)
    known = np.isfinite(means)
    draws = int(known.sum())
    if not draws:
        return Shares(0, math.nan, math.nan, math.nan)
    means = means[known]
    half = _half_widths(gains[known])
    won, lost = float((means > 0).mean()), float((means < 0).mean())
    if not np.isfinite(half).any():
        return Shares(draws, won, lost, 1.0 - won - lost)
    beyond = np.abs(means) > half
    return Shares(
        draws,
        won,
        lost,
        float((means == 0).mean()),
        float((beyond & (means > 0)).mean()),
        float((beyond & (means < 0)).mean()),
    )


def beyond_limit(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of which more than 95% of draws are won or lost, each pair of regimes once.

    Those draws that met the parity count on their own too, where they are at least 40. Column ``result`` says
    ``wins`` or ``loses``.
    """
    return _with_results(table, _beyond(table))


def near_limit(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that other draws might put beyond the limit: within it, but not by more than sampling allows."""
    most = table[["won", "lost"]].max(axis=1)
    counts = (most * table.draws).fillna(0).round().astype(int)
    bounds = [_upper_bound(count, draws) for count, draws in zip(counts, table.draws, strict=True)]
    return _with_results(table, ~_beyond(table) & (np.array(bounds) > LIMIT))


def watched_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the watched outcomes."""
    return table[table.outcome.isin(RIGGING_OUTCOMES)]


def _beyond(table: pd.DataFrame) -> pd.Series[bool]:
    many = table.draws_met >= FEWEST_MET
    fair = table[["won_met", "lost_met"]].max(axis=1)
    return (table[["won", "lost"]].max(axis=1) > LIMIT) | (many & (fair > LIMIT))


def _with_results(table: pd.DataFrame, rows: pd.Series[bool]) -> pd.DataFrame:
    """Return some rows with what the regime does in each, each pair of regimes once."""
    some = table[rows]
    some = some.assign(result=np.where(some.won >= some.lost, "wins", "loses"))
    return some[_once(some)].reset_index(drop=True)


def _outcomes_with_direction(runs: pd.DataFrame) -> list[str]:
    return [name for name, info in OUTCOMES.items() if info.better != statistics.NEITHER and name in runs]


def _outcome_rows(runs: pd.DataFrame, name: str) -> Iterator[dict[str, object]]:
    for parity, under in runs.groupby("parity", sort=False, observed=True):
        values = _matrices(under, name)
        fair = _fair_runs(under, str(parity))
        key = {"outcome": name, "unit": OUTCOMES[name].unit, "better": OUTCOMES[name].better, "parity": str(parity)}
        for regime in values:
            for opponent in values:
                if regime != opponent:
                    yield key | _pair_row(values, fair, regime, opponent, OUTCOMES[name].better)
            yield key | _rank_row(values, regime, OUTCOMES[name].better)


def _pair_row(
    values: dict[str, Matrix], fair: dict[str, Matrix], regime: str, opponent: str, better: str
) -> dict[str, object]:
    differences = values[regime] - values[opponent]
    all_draws = shares(differences, better)
    fair_draws = shares(np.where((fair[regime] * fair[opponent]) > 0, differences, np.nan), better)
    return {
        "regime": regime,
        "opponent": opponent,
        **vars(all_draws),
        "draws_met": fair_draws.draws,
        "won_met": fair_draws.won,
        "lost_met": fair_draws.lost,
    }


def _rank_row(values: dict[str, Matrix], regime: str, better: str) -> dict[str, object]:
    sign = 1.0 if better == statistics.HIGHER else -1.0
    own = statistics.set_means(sign * values[regime])
    others = np.array([statistics.set_means(sign * values[other]) for other in values if other != regime])
    known = np.isfinite(own) & np.isfinite(others).all(axis=0)
    if not known.any():
        result = Shares(0, math.nan, math.nan, math.nan)
    else:
        won = float((own > others.max(axis=0))[known].mean())
        lost = float((own < others.min(axis=0))[known].mean())
        result = Shares(int(known.sum()), won, lost, 1.0 - won - lost)
    row: dict[str, object] = {"regime": regime, "opponent": EVERY_OTHER, **vars(result)}
    return row | {"draws_met": 0, "won_met": math.nan, "lost_met": math.nan}


def _matrices(under: pd.DataFrame, column: str) -> dict[str, Matrix]:
    """Return a column of every regime's runs under one parity, a row a draw; what is paired is nought under none."""
    matrices = {
        str(regime): own[column].to_numpy(dtype=np.float64).reshape(own["set"].nunique(), -1)
        for regime, own in under.groupby("regime", sort=False, observed=True)
    }
    if column in OUTCOMES and OUTCOMES[column].paired and NOTHING in matrices:
        ran = _matrices(under, "realised_pounds")[NOTHING]
        matrices[NOTHING] = np.where(np.isfinite(ran), 0.0, np.nan)
    return matrices


def _fair_runs(under: pd.DataFrame, parity: str) -> dict[str, Matrix]:
    """Return 1 for every run that met the parity with the partners, 0 for the others; `none` is held to none."""
    quantity = _matrices(under, f"realised_{parity}")
    reference = quantity[PARTNERS]
    return {
        name: np.ones_like(mine) if name == NOTHING else statistics.parity_met(mine, reference).astype(np.float64)
        for name, mine in quantity.items()
    }


def _half_widths(gains: Matrix) -> Matrix:
    """Return the half-width of every draw's 95% interval over its replicates; NaN with fewer than two."""
    from scipy import special

    number = np.isfinite(gains).sum(axis=1)
    half = np.full(len(gains), np.nan)
    rows = number >= 2  # noqa: PLR2004  a spread takes two
    if rows.any():
        spread = np.nanstd(gains[rows], axis=1, ddof=1)
        student = special.stdtrit(number[rows] - 1, 0.5 + statistics.CONFIDENCE / 2)
        half[rows] = student * spread / np.sqrt(number[rows])
    return half


@cache
def _upper_bound(count: int, draws: int) -> float:
    """Return the upper end of Wilson's 95% interval of a share, count of draws; nought where there are none."""
    from scipy.stats import binomtest

    if not draws:
        return 0.0
    return float(binomtest(count, draws).proportion_ci(statistics.CONFIDENCE, method="wilson").high)


def _once(table: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows to keep so that each pair stands once: with the regime that is listed first as opponent."""
    order = {name: place for place, name in enumerate([*REGIMES, *sorted(set(table.regime) - set(REGIMES))])}
    # Every other one comes before all: those rows stay.
    return table.regime.map(order) > table.opponent.map({**order, EVERY_OTHER: -1})
