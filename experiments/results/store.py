"""Where results lie: the tables of a results folder, read back with their units."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.files.whole import read_csv
from experiments.results.folder import MANIFEST
from simulation.errors import InputError

RUN = ("parity", "regime", "set", "replicate")
"""The columns that say which run a row is of."""
TABLES = ("runs", "months", "paths", "groups", "sets")


class Results:
    """The results of a comparison; each table is read when it is first asked for.

    Columns named as outcomes or paths are in the unit that `units` gives; every table also carries the units of its
    columns in ``table.attrs["units"]``.

    Raises:
        InputError: the folder holds no finished results.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.manifest: Mapping[str, Any] = self._read_manifest()

    @property
    def units(self) -> dict[str, str]:
        """Unit of every outcome, path, parameter and realised quantity by name."""
        return dict(self.manifest["units"])

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row a run: parity, regime, set, replicate, every outcome, what was realised, and the error if it failed."""
        return self._parquet("runs")

    @cached_property
    def months(self) -> pd.DataFrame:
        """A row a run and month, for the replicates that were kept: parity, regime, set, replicate, every path.

        Raises:
            InputError: no months were kept.
        """
        if not (self.folder / "months.parquet").exists():
            raise InputError(f"{self.folder}: expected months of some runs, got none: run again with --keep sample")
        return self._parquet("months")

    @cached_property
    def paths(self) -> pd.DataFrame:
        """Quantiles of every path over all runs: parity, regime, path, month, kind (luck or sets), q05 to q95."""
        return self._parquet("paths")

    @cached_property
    def groups(self) -> pd.DataFrame:
        """A row a run and group of councils: by region, fifth of deprivation and grade at the start."""
        return self._parquet("groups")

    @cached_property
    def sets(self) -> pd.DataFrame:
        """A row a parameter set: how many times it counts, every parameter, and the quantiles of the drawn levers."""
        return self._parquet("sets")

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """A row an outcome, regime, baseline and parity: paired difference, intervals, win share and verdict."""
        return self._csv("comparison")

    @cached_property
    def summary(self) -> pd.DataFrame:
        """A row a parity, regime and outcome: its mean over all runs."""
        return self._csv("summary")

    def under(self, name: str, parity: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the rows of ``runs``, ``paths`` or ``groups`` under one parity, read alone.

        Words are categories: a table of millions of rows takes a fifth of the memory. ``columns`` names those
        wanted, all where None.
        """
        from experiments.results.excerpt import read_parity

        return self._with_units(read_parity(self.folder / f"{name}.parquet", parity, columns))

    def _read_manifest(self) -> Mapping[str, Any]:
        path = self.folder / MANIFEST
        try:
            manifest: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"{self.folder}: expected a folder of results with a {MANIFEST}, got: {error}") from None
        if "units" not in manifest:
            raise InputError(f"{self.folder}: expected finished results, got a comparison that was not run to its end")
        return manifest

    def _parquet(self, name: str) -> pd.DataFrame:
        return self._with_units(pd.read_parquet(self.folder / f"{name}.parquet"))

    def _csv(self, name: str) -> pd.DataFrame:
        return self._with_units(read_csv(self.folder / f"{name}.csv"))

    def _with_units(self, table: pd.DataFrame) -> pd.DataFrame:
        units = self.units
        table.attrs["units"] = {column: units[column] for column in table.columns if column in units}
        return table


def load_results(folder: str | Path) -> Results:
    """Return the results that lie in ``folder``.

    >>> load_results("results/compare").runs  # doctest: +SKIP

    Raises:
        InputError: the folder holds no finished results.
    """
    return Results(folder)
