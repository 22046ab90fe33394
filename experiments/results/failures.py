"""The runs that failed: of what, why, and the command that repeats each."""

from __future__ import annotations

import shlex
from pathlib import Path

import pandas as pd

from experiments.design.design import Design
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
    rows = []
    for (place, number, replicate), reason in gathered.errors.items():
        if index.own[place, number]:
            run, label = int(index.starts[place, number]) + replicate, design.labels[place]
            command = f"sli run --results {shlex.quote(str(folder))} --run {run}"
            rows.append((run, label.parity, label.regime, number, replicate, reason, command))
    return pd.DataFrame(sorted(rows), columns=list(FAILURE_COLUMNS))
