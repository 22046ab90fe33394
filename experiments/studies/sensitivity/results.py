"""What a sensitivity study found: its tables and pictures, read from its folder."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from experiments.design.study_settings import STUDY_FILE
from experiments.files.whole import read_csv
from experiments.results.manifest import read_manifest
from experiments.results.seal import hold
from experiments.studies.sensitivity.design import SensitivityDesign
from experiments.studies.sensitivity.folder import INDEX_TEXT, KNOWING_TEXT, POINTS_TABLE, SCREENING_TEXT, STUDY
from experiments.studies.sensitivity.make import make_sensitivity
from experiments.studies.sensitivity.pictures import sensitivity_pictures
from experiments.studies.sensitivity.settings import read_sensitivity
from simulation.errors import InputError, nearest, shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Sensitivity:
    """The results of a study; each table is read when it is first asked for.

    Args:
        folder: where they lie.
        design: of the study.

    Attributes:
        folder: where they lie.
        design: of the study.
    """

    def __init__(self, folder: str | Path, design: SensitivityDesign) -> None:
        self.folder, self.design = Path(folder), design

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row an outcome, difference or win, and column: its indices, and luck's share."""
        return read_csv(self.folder / INDEX_TEXT)

    @cached_property
    def screening(self) -> pd.DataFrame:
        """A row an outcome, difference or win, and column: its effects, and whether it was kept.

        Raises:
            InputError: there was no screening.
        """
        if not self.design.is_screened:
            raise InputError(f"{self.folder}: expected a screening, got a study without: all columns have indices")
        return read_csv(self.folder / SCREENING_TEXT)

    @cached_property
    def knowing(self) -> pd.DataFrame:
        """A row a pair, outcome and number or group: what it is worth to know it before choosing."""
        return read_csv(self.folder / KNOWING_TEXT)

    @cached_property
    def points(self) -> pd.DataFrame:
        """A row a point of the indices, parity and regime: what was varied, and the outcomes' means and variances."""
        return pd.read_parquet(self.folder / POINTS_TABLE)

    @property
    def failed(self) -> int:
        """How many runs failed."""
        return read_manifest(self.folder).failed

    @property
    def parity_met(self) -> dict[str, float]:
        """Share of the base points at which each pair met the parity, by ``regime/parity``."""
        return {name: float("nan") if share is None else share for name, share in self._record("parity_met").items()}

    def plot(self, name: str | None = None) -> Figure:
        """Return a picture: the one of a name, or the first, which is of the paired difference where there is one.

        Raises:
            InputError: there is no such picture.
        """
        pictures = dict(sensitivity_pictures(self.design, self.table))
        if name is not None and name not in pictures:
            raise InputError(f"expected one of {', '.join(pictures)}, got {shown(name)}{nearest(name, pictures)}")
        return pictures[next(iter(pictures)) if name is None else name]

    def _record(self, name: str) -> dict[str, float | None]:
        found: dict[str, float | None] = read_manifest(self.folder).record[name]
        return found


def load_sensitivity(folder: str | Path) -> Sensitivity:
    """Return the results of a study that lie in ``folder``; its design is made again from its own study file.

    Raises:
        InputError: the folder holds no finished study of sensitivity, or its study file was changed.
    """
    home = Path(folder)
    manifest = read_manifest(home)
    if manifest.study != STUDY or not manifest.finished:
        raise InputError(f"{home}: expected finished results of `sli {STUDY}`, got those of `sli {manifest.study}`")
    if not hold(home, {STUDY_FILE: manifest.digests.get(STUDY_FILE, "")}):
        raise InputError(f"{home / STUDY_FILE}: expected the file that the study wrote, got another or none")
    return Sensitivity(home, make_sensitivity(read_sensitivity(home / STUDY_FILE)))
