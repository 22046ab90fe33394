"""What a sweep found: its tables and pictures, read from its folder."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from experiments.design.study_settings import STUDY_FILE
from experiments.files.whole import read_csv
from experiments.results.manifest import read_manifest
from experiments.results.seal import hold
from experiments.studies.sweep.design import SweepDesign
from experiments.studies.sweep.folder import POINTS_TEXT, REGRET_TEXT, RUNS_TABLE, SETS_TEXT, STUDY
from experiments.studies.sweep.make import make_sweep
from experiments.studies.sweep.pictures import sweep_pictures
from experiments.studies.sweep.settings import read_settings
from simulation.errors import InputError, nearest, shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Sweep:
    """The results of a sweep; each table is read when it is first asked for.

    Args:
        folder: where they lie.
        design: of the sweep.

    Attributes:
        folder: where they lie.
        design: of the sweep.
    """

    def __init__(self, folder: str | Path, design: SweepDesign) -> None:
        self.folder, self.design = Path(folder), design

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a run: its point and what is varied, parity, regime, set, replicate, outcomes, and why it failed."""
        return pd.read_parquet(self.folder / RUNS_TABLE)

    @cached_property
    def points(self) -> pd.DataFrame:
        """A row a point, outcome and regime or pair of regimes: mean, luck's interval, and range of the sets."""
        return self._text(POINTS_TEXT)

    @cached_property
    def sets(self) -> pd.DataFrame:
        """A row a parameter set that every point is crossed with."""
        return self._text(SETS_TEXT)

    @cached_property
    def regret(self) -> pd.DataFrame:
        """A row an outcome and choice: what is lost by it in place of the best.

        Raises:
            InputError: nothing that somebody chooses was varied.
        """
        if REGRET_TEXT not in read_manifest(self.folder).digests:
            raise InputError(f"{self.folder}: expected a lever among what is varied, got none: there is no regret")
        return self._text(REGRET_TEXT)

    @cached_property
    def failed(self) -> int:
        """How many runs failed."""
        return read_manifest(self.folder).failed

    @cached_property
    def means_in_text(self) -> bool:
        """Whether `sweep.csv` has the means over the replicates, and not a row a run."""
        return bool(read_manifest(self.folder).record.get("text_rows") != "runs")

    def plot(self, name: str | None = None) -> Figure:
        """Return a picture: the one of a name, or the last, which is of the paired difference where there is one.

        Raises:
            InputError: there is no such picture, or none at all.
        """
        pictures = dict(sweep_pictures(self.design, self.points))
        if not pictures:
            raise InputError("expected one or two things varied, the two as a grid, got others: there is no picture")
        if name is not None and name not in pictures:
            raise InputError(f"expected one of {', '.join(pictures)}, got {shown(name)}{nearest(name, pictures)}")
        return pictures[name if name is not None else list(pictures)[-1]]

    def _text(self, name: str) -> pd.DataFrame:
        return read_csv(self.folder / name)


def load_sweep(folder: str | Path) -> Sweep:
    """Return the results of a sweep that lie in ``folder``; its design is made again from its own study file.

    Raises:
        InputError: the folder holds no finished sweep, or its study file was changed.
    """
    home = Path(folder)
    manifest = read_manifest(home)
    if manifest.study != STUDY or not manifest.finished:
        raise InputError(f"{home}: expected finished results of `sli sweep`, got those of `sli {manifest.study}`")
    if not hold(home, {STUDY_FILE: manifest.digests.get(STUDY_FILE, "")}):
        raise InputError(f"{home / STUDY_FILE}: expected the file that the sweep wrote, got another or none")
    return Sweep(home, make_sweep(read_settings(home / STUDY_FILE)))
