"""What a validation found: its tables, read from its folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from experiments.files.whole import read_csv
from experiments.results.manifest import read_manifest
from experiments.studies.validation.validate import (
    SPELLS_TABLE,
    STUDY,
    Validation,
    read_patterns,
    validation_note,
)
from simulation.errors import InputError


@dataclass(frozen=True, eq=False)
class Validated:
    """The results of `sli validate`; each table is read when it is first asked for.

    Attributes:
        folder: where they lie.
        validation: what was run.
    """

    folder: Path
    validation: Validation

    @cached_property
    def patterns(self) -> pd.DataFrame:
        """A row a pattern: target, value with both spreads, and verdict."""
        return read_patterns(self.folder)

    @cached_property
    def spells(self) -> pd.DataFrame:
        """A row a month since an inadequate judgement, as `experiments.studies.validation.spells_table` says.

        Raises:
            InputError: an earlier version made the folder, without this table.
        """
        if not (self.folder / SPELLS_TABLE).is_file():
            raise InputError(f"{self.folder}: expected {SPELLS_TABLE}, got none: run `sli validate` again with --force")
        return read_csv(self.folder / SPELLS_TABLE)

    @property
    def note(self) -> str:
        """What the numbers were made from, in two sentences."""
        return validation_note(self.validation)


def load_validation(folder: str | Path) -> Validated:
    """Return the results of a validation that lie in ``folder``.

    Raises:
        InputError: the folder holds no finished results of `sli validate`.
    """
    home = Path(folder)
    manifest = read_manifest(home)
    if manifest.study != STUDY or not manifest.finished:
        raise InputError(f"{home}: expected finished results of `sli validate`, got those of `sli {manifest.study}`")
    asked = {name: manifest.design[name] for name in ("draw", "sets", "replicates", "seed")}
    return Validated(home, Validation(**asked))
