"""What moved between two versions of the model: differences, verdicts and claims of two folders of one design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.files.whole import read_csv
from experiments.results.manifest import Manifest, read_manifest
from experiments.statistics.prices import NORMAL_95
from simulation.errors import InputError, shown

COMPARED, TESTED = "comparison.csv", "claims.csv"
PAIR = ("outcome", "parity", "regime", "baseline")
CLAIM = ("claim", "observable", "contrast")
_ASKED = ("months", "seed", "replicates", "parities", "scenario", "switches", "matters")
"""What two versions must have been asked alike; a choice that only one of them knows is no difference."""
_MADE = {
    "model": "the model",
    "councils": "the councils",
    "sets": "the parameter sets",
    "regimes": "the regimes' files",
}
"""What a version may change and the question stays the same."""


@dataclass(frozen=True)
class Changes:
    """What moved from one results folder to another.

    Attributes:
        made: what else changed between them, in words: the model, the councils, the parameter sets, the regimes' files.
        differences: a row a paired difference of the comparisons, with the columns of `moves`.
        claims: the same of the sector's claims that decide; no rows where one of the two did not test them.
    """

    made: tuple[str, ...]
    differences: pd.DataFrame
    claims: pd.DataFrame


def find_changes(old: str | Path, new: str | Path) -> Changes:
    """Return what moved between two comparisons of one design, made by two versions.

    Args:
        old: the folder of the earlier one.
        new: the folder of the later one.

    Raises:
        InputError: one is no comparison, or they were asked different things.
    """
    before, after = Path(old), Path(new)
    manifests = [_comparison(folder) for folder in (before, after)]
    _check_asked(before, after, manifests[0].design, manifests[1].design)
    made = tuple(words for name, words in _MADE.items() if _entry(manifests[0], name) != _entry(manifests[1], name))
    differences = moves(read_csv(before / COMPARED), read_csv(after / COMPARED), PAIR, "difference")
    tested = all((folder / TESTED).is_file() for folder in (before, after))
    claims = claim_moves(read_csv(before / TESTED), read_csv(after / TESTED)) if tested else pd.DataFrame()
    return Changes(made, differences, claims)


def moves(old: pd.DataFrame, new: pd.DataFrame, keys: tuple[str, ...], value: str) -> pd.DataFrame:
    """Return a row a number that both tables have, in the order of the later one.

    Columns: the keys, ``unit``, ``old`` and ``new`` with their errors, ``moved`` (new less old), ``moved_error``,
    ``beyond_luck`` (moved by more than its 95% interval), ``old_verdict``, ``new_verdict`` and ``verdict_changed``. The
    error takes the two as independent. They often share their luck, and then less of what moved is luck than it says.

    Args:
        old: the earlier table: the keys, ``unit``, the value, its error as ``value_error``, and ``verdict``.
        new: the later one.
        keys: the columns that say which number it is.
        value: the column of the number.
    """
    columns = [*keys, "unit", value, f"{value}_error", "verdict"]
    both = new[columns].merge(old[columns].drop(columns="unit"), on=list(keys), suffixes=("_new", "_old"), sort=False)
    errors = {side: both[f"{value}_error_{side}"] for side in ("old", "new")}
    moved = both[f"{value}_new"] - both[f"{value}_old"]
    error = np.hypot(errors["old"], errors["new"])
    return pd.DataFrame(
        {name: both[name] for name in (*keys, "unit")}
        | {"old": both[f"{value}_old"], "old_error": errors["old"], "new": both[f"{value}_new"]}
        | {"new_error": errors["new"], "moved": moved, "moved_error": error}
        | {"beyond_luck": moved.abs() > NORMAL_95 * error}
        | {"old_verdict": both["verdict_old"], "new_verdict": both["verdict_new"]}
        | {"verdict_changed": both["verdict_old"] != both["verdict_new"]}
    )


def claim_moves(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return the same of the sector's claims: a row an effect that decides a claim.

    Args:
        old: the earlier table of claims.
        new: the later one.
    """
    before, after = (table[table["decides"].astype(bool)] for table in (old, new))
    return moves(before, after, CLAIM, "effect")


def _comparison(folder: Path) -> Manifest:
    manifest = read_manifest(folder)
    if manifest.study != "compare" or not manifest.finished:
        raise InputError(f"{folder}: expected a finished folder of `sli compare`, got one of {shown(manifest.study)}")
    return manifest


def _check_asked(before: Path, after: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    for name in _ASKED:
        for what, one, other in _shared(name, old.get(name), new.get(name)):
            if one != other:
                raise InputError(f"{after}: expected {what} as in {before}, {shown(one)}, got {shown(other)}")
    if set(old["regimes"]) != set(new["regimes"]):
        raise InputError(f"{after}: expected the regimes of {before}, got others")


def _shared(name: str, old: object, new: object) -> list[tuple[str, object, object]]:
    if isinstance(old, dict) and isinstance(new, dict):
        return [(what, old[what], new[what]) for what in old if what in new]
    return [(name, old, new)]


def _entry(manifest: Manifest, name: str) -> object:
    return manifest.design.get(name)
