"""A finished comparison as the page shows it: its tables as they are, and nothing run."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.explorer.data import packed
from experiments.results.store import Results
from simulation.errors import InputError

_PATHS = ("regime", "path", "month", "kind", "q05", "q50", "q95")
_DIGITS = 4
"""Figures of a quantile of a path: more than a picture shows. Other tables keep all of theirs."""


def describe_results(results: Results) -> dict[str, Any]:
    """Return what `ShownResults` in explorer/src/folder/results.ts describes; tables are packed.

    Paths are those at the main parity of the comparison.

    Raises:
        InputError: a table is not in the folder.
    """
    try:
        return _described(results)
    except FileNotFoundError as error:
        missing = Path(str(error.filename or error)).name
        raise InputError(
            f"{results.folder}: expected a whole folder of `sli compare`, got one without {missing}"
        ) from None


def _described(results: Results) -> dict[str, Any]:
    case = results.case
    tables = {"comparison": results.comparison, "regret": results.regret, "money": results.money}
    if "claims" in results.manifest:
        tables["claims"] = results.claims
    paths = results.paths
    tables["paths"] = paths[paths["parity"] == case.parity][list(_PATHS)].map(_short)
    return {
        "name": results.folder.name,
        "period": case.period,
        "parity": case.parity,
        "parities": list(case.parities),
        "regimes": [{"name": name, "title": case.title(name), "words": case.words(name)} for name in case.regimes],
        "start": case.start,
        "months": case.months,
        "councils": case.councils,
        "sets": case.sets,
        "replicates": case.replicates,
        "seed": case.seed,
        "fingerprint": str(results.manifest["fingerprint"]),
        "tables": {name: packed(json.dumps(_columns(table)).encode()) for name, table in tables.items()},
    }


def _columns(table: pd.DataFrame) -> dict[str, list[Any]]:
    return {str(name): [_cell(value) for value in table[name].tolist()] for name in table.columns}


def _cell(value: Any) -> Any:  # noqa: ANN401  whatever a table holds
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _short(value: Any) -> Any:  # noqa: ANN401  likewise
    return float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value
