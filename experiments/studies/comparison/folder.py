"""The folder of a comparison: which files it holds, and which of them are made of others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.results.dictionary import DICTIONARY, write_dictionary
from experiments.results.failures import FAILURES
from experiments.results.folder import Make, ResultsFolder
from experiments.results.label_rows import LABELS
from experiments.results.numbers import MONTHS_ARRAY
from experiments.results.workplace import FIGURES, Workplace
from experiments.studies.comparison.findings import FINDINGS, PRICE_CURVE

STUDY = "compare"
CLAIMS, HEADLINES, REPORT, BRIEF = "claims.csv", "headlines.csv", "report.html", "brief.html"
PARTS = "parts"
"""The folder of reports on parts of the councils, a folder each."""
VIEWS = (PRICE_CURVE, FIGURES, REPORT, BRIEF, PARTS, DICTIONARY)
"""What is made of the other tables alone, and may be made again."""
COMPARISON_FILES = (
    LABELS,
    "runs.parquet",
    "months.parquet",
    "paths.parquet",
    "groups.parquet",
    "councils.parquet",
    "sets.parquet",
    FAILURES,
    "comparison.csv",
    "summary.csv",
    *FINDINGS,
    CLAIMS,
    HEADLINES,
    *VIEWS,
)


def comparison_folder(description: Mapping[str, Any], out: str | Path) -> ResultsFolder:
    """Return the folder of a comparison, not yet opened.

    Args:
        description: of its design, as plain values.
        out: where it is.
    """
    return ResultsFolder(out, STUDY, description, COMPARISON_FILES, views=VIEWS, raw=(MONTHS_ARRAY,))


def with_dictionary(make: Make, folder: ResultsFolder) -> Make:
    """Return what makes the same additions to finished results, and the dictionary with their columns in it."""

    def made(place: Workplace) -> Mapping[str, Any]:
        record = make(place)
        write_dictionary(place.path, folder.path)
        return record

    return made
