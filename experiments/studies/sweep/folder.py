"""The folder of a sweep: which files it holds, and which of them are made of others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.design.study_settings import INPUTS, STUDY_FILE
from experiments.results.dictionary import DICTIONARY
from experiments.results.failures import FAILURES
from experiments.results.folder import ResultsFolder
from experiments.results.workplace import FIGURES

STUDY = "sweep"
RUNS_TABLE, RUNS_TEXT, POINTS_TEXT, SETS_TEXT = "sweep.parquet", "sweep.csv", "points.csv", "sets.csv"
REGRET_TEXT, SWEEP_PAGE = "regret.csv", "sweep.html"
SWEEP_FILES = (
    RUNS_TABLE,
    RUNS_TEXT,
    POINTS_TEXT,
    SETS_TEXT,
    REGRET_TEXT,
    FAILURES,
    DICTIONARY,
    STUDY_FILE,
    INPUTS,
    FIGURES,
    SWEEP_PAGE,
)


def sweep_folder(description: Mapping[str, Any], out: str | Path) -> ResultsFolder:
    """Return the folder of a sweep, not yet opened.

    Args:
        description: of its design, as plain values.
        out: where it is.
    """
    return ResultsFolder(out, STUDY, description, SWEEP_FILES, views=(FIGURES, SWEEP_PAGE))
