"""What a comparison says with and without an overall grade: a small trial of both choices, under the same luck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd

from experiments.design.design import BASELINES, Design
from experiments.design.parameter_sets import first_draws
from experiments.design.world import Condition
from experiments.files.whole import write_csv
from experiments.results.folder import Tell, tell_nobody
from experiments.results.headline import headline
from experiments.results.realised import MADE_EQUAL
from experiments.results.rows import MAIN
from experiments.results.workplace import Workplace
from experiments.statistics.paired import Matrix
from experiments.statistics.verdicts import MIN_REPLICATES, MIN_SETS, PARITY_TOLERANCE, paired_effect
from experiments.statistics.worlds import measure_worlds, share_met, worlds_within
from experiments.studies.claims.runs import ConditionRuns, Trial, run_trial
from experiments.studies.comparison.differences import COUNT_COLUMNS, EFFECT_COLUMNS
from experiments.studies.comparison.folder import HEADLINES
from experiments.text.names import NOTHING, PARTNERS
from simulation.arrays import Flags
from simulation.dates import month_number
from simulation.outcomes.outcomes import OUTCOMES
from simulation.regimes import QUANTITIES
from simulation.scenario import HEADLINE_KEPT, HEADLINE_REMOVED, Scenario

HEADLINE_DRAWS, FEWEST_HEADLINE_DRAWS = 64, 2 * MIN_SETS
"""At most, and at least, so many of the comparison's draws of parameter sets, the first ones.

Half of the worlds may miss the parity, and a verdict still be given.
"""
HEADLINE_COLUMNS = (
    "headline",
    "own",
    "outcome",
    "unit",
    "better",
    "parity",
    "regime",
    "baseline",
    *EFFECT_COLUMNS,
    *COUNT_COLUMNS,
    "change",
    "change_error",
)
_LAST_START = "2024-04"
"""Comparisons that start later are told under both choices: most of their months have no overall grade."""
_PART = 10
"""The trial makes at most one run for so many of the comparison's, but for the fewest that a verdict takes."""


def headline_choices(scenario: Scenario) -> tuple[str, ...]:
    """Return the choices of headline under which a comparison is told, its own first; none where its own is enough.

    It is where the runs start by April 2024, or where the month from which no overall grade is given is the user's own.
    """
    late = month_number(scenario.start, "start") > month_number(_LAST_START, "start")
    if not late or scenario.headline not in (HEADLINE_KEPT, HEADLINE_REMOVED):
        return ()
    own = scenario.headline
    return own, HEADLINE_REMOVED if own == HEADLINE_KEPT else HEADLINE_KEPT


def headline_pairs(design: Design) -> tuple[tuple[str, str], ...]:
    """Return the regimes that are compared under both choices, each with its baseline: those of the answer first."""
    pair = headline([regime.name for regime in design.regimes]) or BASELINES[::-1]
    return tuple(dict.fromkeys((pair, *((name, NOTHING) for name in pair if name != NOTHING))))


def headline_conditions(design: Design, parity: str) -> tuple[Condition, ...]:
    """Return what is run: the regimes of the pairs at a parity, under each choice; nothing without choices."""
    names = {name for pair in headline_pairs(design) for name in pair}
    regimes = [regime for regime in design.regimes if regime.name in names]
    return tuple(
        Condition(regime, parity).with_headline(choice)
        for choice in headline_choices(design.scenario)
        for regime in regimes
    )


def headline_trial(design: Design, parity: str, runs: int) -> Trial:
    """Return the trial of both choices: the first of a comparison's sets, and the first replicates of its luck.

    Args:
        design: of the comparison.
        parity: at which both choices are tried.
        runs: how many different runs the comparison made; the trial makes a tenth of them at most, but no fewer than a
            verdict may take.
    """
    a_draw = max(1, len(headline_conditions(design, parity)) * MIN_REPLICATES)
    draws = min(HEADLINE_DRAWS, max(FEWEST_HEADLINE_DRAWS, runs // (_PART * a_draw)))
    return Trial(
        world=design.world,
        sets=first_draws(design.sets, draws),
        origin=design.origin,
        replicates=MIN_REPLICATES,
    )


def write_headlines(
    design: Design,
    place: Workplace,
    *,
    parity: str,
    comparison_runs: int,
    workers: int = 1,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> dict[str, Any]:
    """Run both choices in the world of a comparison, write their table into a workplace, and return what was run.

    Args:
        design: of the comparison.
        place: the workplace.
        parity: at which both choices are tried: the main one.
        comparison_runs: how many different runs the comparison made.
        workers: threads; the table is the same whatever their number.
        progress: show a bar on a terminal.
        tell: called with a line where blocks on disk are used.

    Raises:
        OSError: the table cannot be written, or the disk is full.
    """
    trial = headline_trial(design, parity, comparison_runs)
    kept = dict.fromkeys((MAIN, *filter(None, [MADE_EQUAL.get(parity)])))
    runs = run_trial(
        trial,
        headline_conditions(design, parity),
        tuple(kept),
        store=place.blocks,
        workers=workers,
        progress=progress,
        title="overall grades",
        tell=tell,
    )
    write_csv(place.path / HEADLINES, headlines_table(design, parity, runs), encoding="utf-8-sig")
    return {"sets": len(trial.sets), "replicates": trial.replicates, "runs": runs.number, "failed": runs.failed}


def headlines_table(design: Design, parity: str, runs: ConditionRuns) -> pd.DataFrame:
    """Return a row a pair of regimes and choice: paired difference, chance better and verdict, by the project's rule.

    ``change`` is the difference under the choice less that under the comparison's own; empty in the rows of its own.
    """
    choices = headline_choices(design.scenario)
    rows = [row for pair in headline_pairs(design) for row in _rows(_OfChoices(design, parity, runs), pair, choices)]
    return pd.DataFrame(rows, columns=list(HEADLINE_COLUMNS))


class _OfChoices:
    """The runs of the trial, looked up by regime and choice: matrices of shape (sets, replicates)."""

    def __init__(self, design: Design, parity: str, runs: ConditionRuns) -> None:
        self.design, self.weights = design, runs.weights
        self.parity = parity
        self._runs = runs
        self._conditions = {(one.regime.name, one.headline): one for one in headline_conditions(design, parity)}

    def outcome(self, name: str, regime: str, choice: str) -> Matrix:
        return self._runs.values(self._conditions[regime, choice], name)

    def differences(self, pair: tuple[str, str], choice: str) -> Matrix:
        regime, baseline = pair
        return self.outcome(MAIN, regime, choice) - self.outcome(MAIN, baseline, choice)

    def counts(self, regime: str, choice: str) -> Flags | None:
        """Return which sets met the parity, shape (sets,); None where there is none to be met."""
        if self.parity not in QUANTITIES:
            return None
        name = MADE_EQUAL[self.parity]
        return worlds_within(self.outcome(name, regime, choice), self.outcome(name, PARTNERS, choice), PARITY_TOLERANCE)


def _rows(of: _OfChoices, pair: tuple[str, str], choices: tuple[str, ...]) -> Iterator[dict[str, object]]:
    regime, baseline = pair
    own, outcome = choices[0], OUTCOMES[MAIN]
    for choice in choices:
        counts = of.counts(regime, choice)
        effect = paired_effect(
            of.differences(pair, choice), outcome.better, of.design.smallest(MAIN), counts, of.weights
        )
        yield {
            "headline": choice,
            "own": choice == own,
            "outcome": MAIN,
            "unit": outcome.unit,
            "better": outcome.better,
            "parity": of.parity,
            "regime": regime,
            "baseline": baseline,
            "parity_met": share_met(counts, of.weights),
            **asdict(effect),
            **({} if choice == own else _change(of, pair, choice, own)),
        }


def _change(of: _OfChoices, pair: tuple[str, str], choice: str, own: str) -> dict[str, float]:
    """Return how far the difference moves from the comparison's own choice, in worlds that met the parity in both."""
    here, there = of.counts(pair[0], choice), of.counts(pair[0], own)
    both = None if here is None or there is None else here & there
    moved = measure_worlds(of.differences(pair, choice) - of.differences(pair, own), both, of.weights)
    return {"change": moved.mean, "change_error": 0.0 if moved.alike else moved.mean_error}
