"""The runs that failed: of what, why, and the command that repeats each."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from experiments.design.crossing import Crossing, run_number
from experiments.design.design import Design
from experiments.design.points import POINT
from experiments.design.world import Condition
from experiments.results.gathered import Gathered
from experiments.results.run_index import RunIndex

FAILURES = "failures.csv"
FAILURE_COLUMNS = ("run", "parity", "regime", "set", "replicate", "reason", "command")


def failures_table(design: Design, gathered: Gathered, index: RunIndex, folder: Path) -> pd.DataFrame:
    """Return a row a run that failed: its number, condition, parameter set, replicate, reason and command.

    Args:
        design: what was run.
        gathered: all runs.
        index: their numbers.
        folder: where the results go, as it stands in the commands.
    """
    rows: list[tuple[object, ...]] = []
    for (place, number, replicate), reason in gathered.errors.items():
        if index.own[place, number]:
            run, label = int(index.starts[place, number]) + replicate, design.labels[place]
            rows.append((run, label.parity, label.regime, number, replicate, reason, _command(folder, run)))
    return _failures(rows)


def trial_failures(
    conditions: Sequence[Condition],
    errors: Mapping[tuple[int, int, int], str],
    numbers: Callable[[int, int, int], int],
    folder: Path,
) -> pd.DataFrame:
    """Return the same of a trial of conditions, with what sets a condition's world apart.

    Args:
        conditions: what was run.
        errors: why a run failed, by condition, set and replicate.
        numbers: gives the number of a run, by the same three.
        folder: where the results go, as it stands in the commands.
    """
    rows: list[tuple[object, ...]] = []
    for (place, number, replicate), reason in errors.items():
        one, run = conditions[place], numbers(place, number, replicate)
        rows.append((run, one.parity, one.regime.name, number, replicate, reason, _command(folder, run)))
    table = _failures(rows)
    of = {numbers(*key): conditions[key[0]] for key in errors}
    table.insert(3, "world", [world_words(of[run]) for run in table["run"]])
    return table


def crossing_failures(
    crossing: Crossing, errors: Mapping[tuple[int, int, int, int], str], folder: Path, first: int = 0
) -> pd.DataFrame:
    """Return the same of a crossing, with the point, a row a run however many points and parities show it.

    Args:
        crossing: what was run.
        errors: why a run failed, by point, set, label and replicate.
        folder: where the results go, as it stands in the commands.
        first: number of the crossing's first run among those of its study.
    """
    rows: list[tuple[object, ...]] = []
    points: dict[int, int] = {}
    for (point, number, label, replicate), reason in errors.items():
        places = crossing.places[point, number].tolist()
        if places[label] < 0 or places.index(places[label]) != label:
            continue
        run, at = first + run_number(crossing, point, label, number, replicate), crossing.labels[label]
        points[run] = point
        rows.append((run, at.parity, at.regime, number, replicate, reason, _command(folder, run)))
    table = _failures(rows)
    table.insert(1, POINT, [points[run] for run in table["run"]])
    return table


def world_words(condition: Condition) -> str:
    """Return what sets a condition's world apart, such as ``overload=off, funding=later``."""
    apart = [f"{name}=off" for name in condition.off]
    named = {"funding": condition.funding, "headline": condition.headline}
    return ", ".join([*apart, *(f"{name}={value}" for name, value in named.items() if value is not None)])


def _command(folder: Path, run: int) -> str:
    return f"sli run --results {shlex.quote(str(folder))} --run {run}"


def _failures(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(FAILURE_COLUMNS))
    return table.sort_values("run", ignore_index=True)
