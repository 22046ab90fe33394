"""Is the model rigged? How often each regime wins over the prior, on every outcome, at every parity.

A draw is one parameter set of the prior, with its levers: a world, and its luck is taken out as everywhere
(`experiments.statistics.worlds`). A regime that wins or loses nearly all draws does so by what was put in, and that
must be explained.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.statistics.paired import Matrix
from experiments.statistics.verdicts import PARITY_TOLERANCE
from experiments.statistics.worlds import measure_worlds, worlds_within
from experiments.text.names import NOTHING, PARTNERS
from experiments.text.verdicts import HIGHER, NEITHER
from simulation.arrays import Flags, Floats
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

_ERRORS = 2.0
"""Standard errors within which other draws may put a share elsewhere."""

FEWEST_MET = 40
"""Draws that must have met the parity before their share is looked at alone."""

EVERY_OTHER = "every_other"
"""The opponent in rows that say how often a regime is better (or worse) than each other one."""


@dataclass(frozen=True)
class Shares:
    """How one regime did against another over the draws.

    Attributes:
        draws: those in which both have a number.
        won: share of them in which the regime is better, luck taken out; by plain means with one replicate.
        lost: share in which it is worse.
        equal: the rest: no difference in any run.
        error: standard error of the larger of won and lost.
    """

    draws: int
    won: float
    lost: float
    equal: float
    error: float = math.nan


def rigging_table(runs: pd.DataFrame) -> pd.DataFrame:
    """Return a row an outcome with a direction, parity, regime and opponent: shares of draws won, lost and equal.

    Columns are those of `Shares`, and ``draws_met``, ``won_met`` and ``lost_met``: the same over the draws that met the
    parity, as in the comparison. Where the opponent is ``every_other``, won means better than each of the others, lost
    worse than each, and equal neither, by what is best guessed of each draw.

    Args:
        runs: as in a results folder: parity, regime, set, replicate, outcomes, realised quantities; sets and
            replicates in rising order within each regime.
    """
    return pd.DataFrame([row for name in _outcomes_with_direction(runs) for row in _outcome_rows(runs, name)])


def shares(differences: Matrix, better: str, counts: Flags | None = None) -> Shares:
    """Return how often a regime won.

    Args:
        differences: regime less opponent, a row a draw, a column a replicate.
        better: ``lower`` or ``higher``.
        counts: which draws count, shape (draws,); all where None.
    """
    worlds = measure_worlds(differences if better == HIGHER else -differences, counts)
    if not worlds.number:
        return Shares(0, math.nan, math.nan, math.nan)
    won = worlds.share(1.0)
    if math.isnan(won.value):
        better_in, worse_in = float((worlds.means > 0).mean()), float((worlds.means < 0).mean())
        return Shares(worlds.number, better_in, worse_in, 1.0 - better_in - worse_in)
    lost = max(1.0 - won.value - worlds.same_share, 0.0)
    return Shares(worlds.number, won.value, lost, worlds.same_share, won.error)


def beyond_limit(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of which more than 95% of draws are won or lost, each pair of regimes once.

    Those draws that met the parity count on their own too, where they are at least 40. Column ``result`` says
    ``wins`` or ``loses``.
    """
    return _with_results(table, _beyond(table))


def near_limit(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that other draws might put beyond the limit: within it by less than two standard errors."""
    most = table[["won", "lost"]].max(axis=1)
    return _with_results(table, ~_beyond(table) & (most + _ERRORS * table["error"] > LIMIT))


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
    return [name for name, info in OUTCOMES.items() if info.better != NEITHER and name in runs]


def _outcome_rows(runs: pd.DataFrame, name: str) -> Iterator[dict[str, object]]:
    for parity, under in runs.groupby("parity", sort=False, observed=True):
        values = _matrices(under, name)
        counts = _draws_met(under, str(parity))
        key = {"outcome": name, "unit": OUTCOMES[name].unit, "better": OUTCOMES[name].better, "parity": str(parity)}
        for regime in values:
            for opponent in values:
                if regime != opponent:
                    yield key | _pair_row(values, counts, regime, opponent, OUTCOMES[name].better)
            yield key | _rank_row(values, regime, OUTCOMES[name].better)


def _pair_row(
    values: dict[str, Matrix], counts: dict[str, Flags], regime: str, opponent: str, better: str
) -> dict[str, object]:
    differences = values[regime] - values[opponent]
    met = shares(differences, better, counts[regime] & counts[opponent])
    return {
        "regime": regime,
        "opponent": opponent,
        **vars(shares(differences, better)),
        "draws_met": met.draws,
        "won_met": met.won,
        "lost_met": met.lost,
    }


def _rank_row(values: dict[str, Matrix], regime: str, better: str) -> dict[str, object]:
    sign = 1.0 if better == HIGHER else -1.0
    gains = {name: _guesses(sign * (matrix - values[regime])) for name, matrix in values.items() if name != regime}
    others = np.array(list(gains.values()))
    known = np.isfinite(others).all(axis=0)
    if not known.any():
        result = Shares(0, math.nan, math.nan, math.nan)
    else:
        won, lost = (float(np.all(side[:, known] < 0, axis=0).mean()) for side in (others, -others))
        result = Shares(int(known.sum()), won, lost, 1.0 - won - lost, _binomial_error(max(won, lost), known.sum()))
    row: dict[str, object] = {"regime": regime, "opponent": EVERY_OTHER, **vars(result)}
    return row | {"draws_met": 0, "won_met": math.nan, "lost_met": math.nan}


def _guesses(differences: Matrix) -> Floats:
    """Return what is best guessed of each draw's difference, NaN where it has none, shape (draws,)."""
    guesses = np.full(len(differences), np.nan)
    guesses[np.isfinite(differences).any(axis=1)] = measure_worlds(differences).best_guesses
    return guesses


def _binomial_error(share: float, draws: int) -> float:
    return max(math.sqrt(share * (1.0 - share) / draws), 1.0 / (draws + 2))


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


def _draws_met(under: pd.DataFrame, parity: str) -> dict[str, Flags]:
    """Return which draws met the parity with the partners, shape (draws,); `none` is held to none."""
    quantity = _matrices(under, f"realised_{parity}")
    reference = quantity[PARTNERS]
    return {
        name: np.ones(len(mine), dtype=np.bool_)
        if name == NOTHING
        else worlds_within(mine, reference, PARITY_TOLERANCE)
        for name, mine in quantity.items()
    }


def _once(table: pd.DataFrame) -> pd.Series[bool]:
    """Return which rows to keep so that each pair stands once: with the regime that is listed first as opponent."""
    order = {name: place for place, name in enumerate([*REGIMES, *sorted(set(table.regime) - set(REGIMES))])}
    # Every other one comes before all: those rows stay.
    return table.regime.map(order) > table.opponent.map({**order, EVERY_OTHER: -1})
