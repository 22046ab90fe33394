"""What is lost by having chosen one regime instead of the best in each world."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from experiments.design.design import Label
from experiments.results.rows import MAIN
from experiments.statistics.regret import Regret, regrets
from experiments.statistics.verdicts import MIN_REPLICATES, MIN_SETS, MOST_LEFT_OUT
from experiments.studies.comparison.differences import PairedRuns
from experiments.text.names import NOTHING
from simulation.arrays import Flags
from simulation.outcomes.outcomes import OUTCOMES

REGRET_COLUMNS = ("parity", "regime", "mean", "mean_error", "worst_tenth", "least", "worlds")


def regret_table(
    runs: PairedRuns, parities: Sequence[str], regimes: Sequence[str], *, sets: int, replicates: int
) -> pd.DataFrame:
    """Return a row a parity and regime: mean and worst tenth of its regret in council-months inadequate.

    No programme is one of the choices. A regime that missed the parity in over half of the worlds is none of them and
    has no numbers; worlds are those in which all others met it. ``least`` is true of the regime of least mean regret,
    if there are sets and replicates enough for a verdict.

    Args:
        runs: of all regimes.
        parities: what is made equal.
        regimes: the choices, no programme among them.
        sets: how many were run.
        replicates: of each set.
    """
    rows = [row for parity in parities for row in _rows(runs, parity, regimes, sets=sets, replicates=replicates)]
    return pd.DataFrame(rows, columns=list(REGRET_COLUMNS))


def _rows(
    runs: PairedRuns, parity: str, regimes: Sequence[str], *, sets: int, replicates: int
) -> list[dict[str, object]]:
    counts = {name: _counts(runs, Label(parity, name), sets) for name in regimes}
    choices = [name for name, met in counts.items() if met.any() and _left_out(met, runs) <= MOST_LEFT_OUT]
    nothing = runs.outcome(Label(parity, NOTHING), MAIN)
    stack = np.stack([runs.outcome(Label(parity, name), MAIN) - nothing for name in choices])
    together = np.all([counts[name] for name in choices], axis=0)
    lower = OUTCOMES[MAIN].better == "lower"
    by_choice = dict(
        zip(choices, regrets(stack, lower_is_better=lower, counts=together, weights=runs.weights), strict=True)
    )
    enough = by_choice[NOTHING].worlds >= MIN_SETS and replicates >= MIN_REPLICATES
    least = min(by_choice, key=lambda name: by_choice[name].mean) if enough else ""
    missing = Regret(np.nan, np.nan, np.nan, 0)
    return [
        {"parity": parity, "regime": name, "least": name == least, **vars(by_choice.get(name, missing))}
        for name in counts
    ]


def _counts(runs: PairedRuns, label: Label, sets: int) -> Flags:
    counts = runs.counts(label)
    return np.ones(sets, dtype=np.bool_) if counts is None else counts


def _left_out(met: Flags, runs: PairedRuns) -> float:
    weights = np.ones(len(met)) if runs.weights is None else runs.weights
    return 1.0 - float(weights[met].sum() / weights.sum())
