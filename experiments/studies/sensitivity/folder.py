"""The folder of a sensitivity study: which files it holds, and which of them are made of others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.design.study_settings import INPUTS, STUDY_FILE
from experiments.results.dictionary import DICTIONARY
from experiments.results.failures import FAILURES
from experiments.results.folder import ResultsFolder
from experiments.results.workplace import FIGURES

STUDY = "sensitivity"
INDEX_TEXT, SCREENING_TEXT, KNOWING_TEXT = "indices.csv", "screening.csv", "knowing.csv"
POINTS_TABLE, SCREENED_TABLE, SENSITIVITY_PAGE = "points.parquet", "screened_points.parquet", "sensitivity.html"
FILES = (
    INDEX_TEXT,
    SCREENING_TEXT,
    KNOWING_TEXT,
    POINTS_TABLE,
    SCREENED_TABLE,
    FAILURES,
    DICTIONARY,
    STUDY_FILE,
    INPUTS,
    FIGURES,
    SENSITIVITY_PAGE,
)


def sensitivity_folder(description: Mapping[str, Any], out: str | Path) -> ResultsFolder:
    """Return the folder of a study, not yet opened.

    Args:
        description: of its design, as plain values.
        out: where it is.
    """
    return ResultsFolder(out, STUDY, description, FILES, views=(FIGURES, SENSITIVITY_PAGE))
