"""What forecasts from rolling origins scored: their tables, read from their folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from experiments.files.whole import read_csv
from experiments.results.manifest import read_manifest
from experiments.studies.judgements.origin_validation import STUDY, read_scores
from simulation.errors import InputError


@dataclass(frozen=True, eq=False)
class Origins:
    """The results of `sli validate --origins`; each table is read when it is first asked for.

    Attributes:
        folder: where they lie.
        seed: what all luck was drawn from.
        runs: of each origin, at least.
    """

    folder: Path
    seed: int
    runs: int

    @cached_property
    def scores(self) -> pd.DataFrame:
        """A row a cut, score and forecast, as `experiments.studies.judgements.origin_scores.origin_scores` says."""
        return read_scores(self.folder)

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row an origin: what its sets were fitted to, sets, runs, and judgements within 24 months and after."""
        return read_csv(self.folder / "origins.csv")


def load_origins(folder: str | Path) -> Origins:
    """Return the results of forecasts from rolling origins that lie in ``folder``.

    Raises:
        InputError: the folder holds no finished results of `sli validate --origins`.
    """
    home = Path(folder)
    manifest = read_manifest(home)
    if manifest.study != STUDY or not manifest.finished:
        raise InputError(f"{home}: expected finished results of `sli {STUDY}`, got those of `sli {manifest.study}`")
    return Origins(home, int(manifest.design["seed"]), int(manifest.design["runs"]))
