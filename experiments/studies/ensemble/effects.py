"""What the runs of an ensemble say of two regimes: the paired difference of an outcome, by the house's one rule."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from experiments.results.realised import MADE_EQUAL
from experiments.statistics.paired import Matrix
from experiments.statistics.verdicts import PARITY_TOLERANCE, PairedEffect, paired_effect
from experiments.statistics.worlds import worlds_within
from experiments.text.names import NOTHING
from simulation.arrays import Flags
from simulation.errors import InputError, nearest, shown
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.own_outcomes import OwnOutcome

Way = tuple[str, float]
"""Which way an outcome is better, and the smallest difference in it that is worth a decision."""


def way_of_outcome(outcome: str, own: Mapping[str, OwnOutcome], months: int) -> Way:
    """Return which way an outcome is better, and the smallest difference that matters over so many months.

    Raises:
        InputError: there is no such outcome.
    """
    if outcome in own:
        return own[outcome].better, own[outcome].matters
    if outcome not in OUTCOMES:
        hint = nearest(str(outcome), [*own, *OUTCOMES])
        raise InputError(f"outcome: expected one of these runs, got {shown(outcome)}{hint}")
    return OUTCOMES[outcome].better, OUTCOMES[outcome].smallest(months)


def effect_in(runs: pd.DataFrame, outcome: str, pair: tuple[str, str], parity: str, way: Way) -> PairedEffect:
    """Return the paired difference of an outcome between two regimes, over sets and replicates.

    Args:
        runs: a row a run, as `EnsembleRuns.runs`.
        outcome: its column.
        pair: the regime, and the one that it is compared with.
        parity: under which.
        way: from `way_of_outcome`.

    Raises:
        InputError: there are no runs of a regime under the parity.
    """
    one, other = (_matrix(runs, outcome, regime, parity) for regime in pair)
    return paired_effect(one - other, *way, _met(runs, pair, parity))


def _matrix(runs: pd.DataFrame, column: str, regime: str, parity: str) -> Matrix:
    """Return a column of one regime's runs, shape (sets, replicates)."""
    for name, value in (("regime", regime), ("parity", parity)):
        known = list(dict.fromkeys(runs[name]))
        if value not in known:
            hint = nearest(str(value), known)
            raise InputError(f"{name}: expected one of {', '.join(known)}, got {shown(value)}{hint}")
    own = runs[(runs["regime"] == regime) & (runs["parity"] == parity)]
    table = own.pivot(index="set", columns="replicate", values=column)  # noqa: PD010  a cell is one run
    return np.asarray(table, dtype=np.float64)


def _met(runs: pd.DataFrame, pair: tuple[str, str], parity: str) -> Flags | None:
    """Return which sets met the parity, shape (sets,); None where there is none to be met."""
    if parity not in MADE_EQUAL or NOTHING in pair:
        return None
    one, other = (_matrix(runs, MADE_EQUAL[parity], regime, parity) for regime in pair)
    return worlds_within(one, other, PARITY_TOLERANCE)
