"""The check on rigging: the comparison over the whole prior, and how often each regime wins in it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.design.design import Design
from experiments.files.whole import write_csv
from experiments.results.folder import Tell, tell_nobody
from experiments.results.workplace import Workplace
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.comparison.folder import comparison_folder, with_dictionary
from experiments.studies.rigging.shares import rigging_table

RIGGING_TABLE = "rigging.csv"


def check_rigging(
    design: Design,
    out: str | Path,
    *,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> pd.DataFrame:
    """Run the comparison, write rigging.csv beside its tables, and return that table (`rigging_table`).

    Arguments are those of `compare_regimes`.

    Raises:
        InputError: the folder holds another design, and not ``force``, or another process has it.
        OSError: the folder cannot be written or the disk is full; whole files are left, and the next call goes on.
    """
    results = compare_regimes(design, out, workers=workers, force=force, report=False, progress=progress, tell=tell)
    table = rigging_table(results.runs)
    if RIGGING_TABLE not in results.manifest["digests"]:
        folder = comparison_folder(design.describe(), out)
        folder.add(with_dictionary(partial(_add_table, table=table), folder))
    return table


def _add_table(place: Workplace, *, table: pd.DataFrame) -> dict[str, Any]:
    write_csv(place.path / RIGGING_TABLE, table, encoding="utf-8-sig", digits=6)
    return {}
