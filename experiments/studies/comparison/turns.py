"""What turns the answer round: the uncertain numbers that decide the headline's two regimes, at each parity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from experiments.design.design import Label
from experiments.results.headline import headline
from experiments.results.rows import MAIN
from experiments.statistics.influence import Estimate
from experiments.statistics.paired import Matrix
from experiments.statistics.turning import Turn, find_turns
from experiments.statistics.weights import Weights
from experiments.studies.comparison.differences import PairedRuns
from experiments.text.uncertain import number_unit
from simulation.arrays import Flags, Floats
from simulation.outcomes.outcomes import OUTCOMES

TURNS_COLUMNS = (
    "outcome",
    "parity",
    "regime",
    "baseline",
    "place",
    "parameter",
    "unit",
    "explained",
    "correlation",
    "correlation_low",
    "correlation_high",
    "coefficient",
    "coefficient_low",
    "coefficient_high",
    "value",
    "value_low",
    "value_high",
    "turns",
    "share_below",
    "share_below_error",
    "worlds_below",
    "share_above",
    "share_above_error",
    "worlds_above",
)


def turns_table(
    runs: PairedRuns, parities: Sequence[str], regimes: Sequence[str], numbers: Mapping[str, Floats]
) -> pd.DataFrame:
    """Return a row a parity and number that decides council-months inadequate between the headline's two regimes.

    ``explained`` is the share of the worlds' ranks that goes with the number, luck taken out: the square of
    ``correlation``. ``coefficient`` is that of a regression on all numbers, in standard deviations; empty where there
    are too few worlds for so many. ``value`` is where the worlds are parted, and ``turns`` whether the sign of the
    mean difference turns there. Columns ``_low`` and ``_high`` are the ends of 95% intervals. No rows where nothing
    can be told.

    Args:
        runs: of all regimes.
        parities: what is made equal.
        regimes: of the comparison.
        numbers: from `experiments.design.uncertain.uncertain_numbers`.
    """
    rows: list[dict[str, object]] = []
    pair = headline(regimes)
    for parity in parities if pair else ():
        label, other = (Label(parity, name) for name in pair or ())
        differences = runs.outcome(label, MAIN) - runs.outcome(other, MAIN)
        rows += pair_turns(label, other.regime, differences, numbers, runs.counts(label), runs.weights)
    return pd.DataFrame(rows, columns=list(TURNS_COLUMNS))


def pair_turns(
    label: Label,
    baseline: str,
    differences: Matrix,
    numbers: Mapping[str, Floats],
    counts: Flags | None,
    weights: Weights,
) -> list[dict[str, object]]:
    """Return the rows of one pair at one parity.

    Args:
        label: the regime and its parity.
        baseline: what it is compared with.
        differences: regime less baseline, shape (sets, replicates); NaN where a run failed.
        numbers: name -> value in each set, shape (sets,).
        counts: which sets met the parity, shape (sets,); None where there is none to be met.
        weights: how many times each set counts; once where None.
    """
    turns = find_turns(differences, OUTCOMES[MAIN].better, numbers, counts, weights)
    shared = {"outcome": MAIN, "parity": label.parity, "regime": label.regime, "baseline": baseline}
    return [shared | {"place": place} | _cells(turn) for place, turn in enumerate(turns, start=1)]


def _cells(turn: Turn) -> dict[str, object]:
    return {
        "parameter": turn.name,
        "unit": number_unit(turn.name),
        "explained": turn.explained,
        **_ends("correlation", turn.correlation),
        **_ends("coefficient", turn.coefficient),
        **_ends("value", turn.value),
        "turns": turn.turns,
        "share_below": turn.below.value,
        "share_below_error": turn.below.error,
        "worlds_below": turn.worlds_below,
        "share_above": turn.above.value,
        "share_above_error": turn.above.error,
        "worlds_above": turn.worlds_above,
    }


def _ends(name: str, estimate: Estimate) -> dict[str, object]:
    return {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
