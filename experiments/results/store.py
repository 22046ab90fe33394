"""Where results lie: the tables of a results folder, read back with their units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.files.whole import read_csv
from experiments.results.case import Case, read_case
from experiments.results.manifest import MANIFEST, read_manifest
from experiments.results.realised import with_realised
from experiments.results.workplace import UNFINISHED
from simulation.arrays import Numbers
from simulation.errors import InputError


class Results:
    """The results of a comparison; each table is read when it is first asked for.

    Columns named as outcomes or paths are in the unit that `units` gives; every table also carries the units of its
    columns in ``table.attrs["units"]``.

    Args:
        folder: a results folder.
        manifest: what its manifest says, or is going to say; read from the folder where None.

    Raises:
        InputError: the folder holds no finished results.
    """

    def __init__(self, folder: str | Path, manifest: Mapping[str, Any] | None = None) -> None:
        self.folder = Path(folder)
        self.manifest: Mapping[str, Any] = _read_finished(self.folder) if manifest is None else manifest

    @property
    def units(self) -> dict[str, str]:
        """Unit of every outcome, path, parameter and realised quantity by name."""
        return dict(self.manifest["units"])

    @cached_property
    def case(self) -> Case:
        """The comparison in short: its rows and the few facts that every figure and sentence needs."""
        return read_case(self.manifest, self.comparison, self.sets)

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row a run: parity, regime, set, replicate, every outcome, what was realised, and the error if it failed."""
        return self._with_units(with_realised(self._of_labels("runs")))

    @cached_property
    def labels(self) -> pd.DataFrame:
        """A row a parity, regime, set and replicate: the number of its run, and of its rows of `paths`."""
        from experiments.results.label_rows import plain_words

        return plain_words(self._labels)

    @cached_property
    def months(self) -> pd.DataFrame:
        """A row a run and month, for the replicates that were kept: parity, regime, set, replicate, every path.

        Raises:
            InputError: no months were kept.
        """
        if "months.parquet" not in self.manifest["digests"]:
            raise InputError(f"{self.folder}: expected months of some runs, got none: run again with --keep sample")
        return self._of_labels("months")

    @cached_property
    def paths(self) -> pd.DataFrame:
        """Quantiles of every path over all runs: parity, regime, path, month, kind (luck or sets), q05 to q95."""
        return self._of_labels("paths")

    @cached_property
    def groups(self) -> pd.DataFrame:
        """A row a run and group of councils: by region, fifth of deprivation and grade at the start."""
        return self._of_labels("groups")

    @cached_property
    def sets(self) -> pd.DataFrame:
        """A row a parameter set: how many times it counts, every parameter, and the quantiles of the drawn levers."""
        return self._parquet("sets")

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """A row an outcome, regime, baseline and parity: paired difference, share of worlds, range and verdict."""
        return self._csv("comparison")

    @cached_property
    def summary(self) -> pd.DataFrame:
        """A row a parity, regime and outcome: its mean over all runs."""
        return self._csv("summary")

    @cached_property
    def by_group(self) -> pd.DataFrame:
        """A row a measure, group of councils, regime, baseline and parity: as `comparison`, for a council's share."""
        return self._csv("by_group")

    @cached_property
    def by_lever(self) -> pd.DataFrame:
        """A row a lever, third of the sets, regime, baseline and parity: as `comparison`, with the regime's rank."""
        return self._csv("by_lever")

    @cached_property
    def regret(self) -> pd.DataFrame:
        """A row a regime and parity: what is lost on average, and in the worst tenth of worlds, by choosing it."""
        return self._csv("regret")

    @cached_property
    def turns(self) -> pd.DataFrame:
        """A row a parity and uncertain number that decides the headline's two regimes, and where the sign turns."""
        return self._csv("turns")

    @cached_property
    def knowing(self) -> pd.DataFrame:
        """A row a parity and uncertain number, or group of them: what it is worth to know it before choosing."""
        return self._csv("knowing")

    @cached_property
    def money(self) -> pd.DataFrame:
        """A row a regime and parity: its bill against no programme, and the council-months that it avoided."""
        return self._csv("money")

    @cached_property
    def break_even(self) -> pd.DataFrame:
        """A row a regime of unpaid days and parity: the price of a day at which it costs what the partners do."""
        return self._csv("break_even")

    @cached_property
    def price_curve(self) -> pd.DataFrame:
        """A row a regime, parity and price of an unpaid day: what a council-month avoided costs, pounds."""
        return self._csv("price_curve")

    @cached_property
    def failures(self) -> pd.DataFrame:
        """A row a run that failed: its number, parity, regime, set, replicate, the reason, and what repeats it.

        Raises:
            InputError: no run failed.
        """
        if not self.manifest["failed"]:
            raise InputError(f"{self.folder}: expected runs that failed, got none")
        return self._csv("failures")

    @cached_property
    def claims(self) -> pd.DataFrame:
        """A row a claim of the sector and effect: the effect, its intervals and the verdict.

        Raises:
            InputError: the claims were not tested.
        """
        if "claims" not in self.manifest:
            raise InputError(f"{self.folder}: expected claims that were tested, got none: run again with --claims")
        return self._csv("claims")

    @cached_property
    def headlines(self) -> pd.DataFrame:
        """A row a pair of regimes and choice of headline: as `comparison`, with how far the difference moves.

        Raises:
            InputError: one choice alone was run.
        """
        if "headlines" not in self.manifest:
            raise InputError(f"{self.folder}: expected both choices of headline, got the comparison's own alone")
        return self._csv("headlines")

    def under(self, name: str, parity: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the rows of ``runs``, ``paths`` or ``groups`` under one parity, read alone, as their file has them.

        Words are categories: a table of millions of rows takes a fifth of the memory. ``columns`` names those
        wanted, all where None.
        """
        from experiments.results.label_rows import label_rows

        return self._with_units(label_rows(self.folder, self._labels, name, parity=parity, columns=columns))

    def run_numbers(self, parity: str, regime: str) -> Numbers:
        """Return the numbers of a regime's runs under a parity, set by set and replicate by replicate."""
        from experiments.results.label_rows import runs_of

        return runs_of(self._labels, parity, regime)

    @cached_property
    def _labels(self) -> pd.DataFrame:
        from experiments.results.label_rows import read_labels

        return read_labels(self.folder)

    def _of_labels(self, name: str) -> pd.DataFrame:
        from experiments.results.label_rows import label_rows, plain_words

        kept = int(self.manifest["kept_replicates"]) if name == "months" else None
        return self._with_units(plain_words(label_rows(self.folder, self._labels, name, replicates=kept)))

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


def _read_finished(folder: Path) -> Mapping[str, Any]:
    """Return the manifest of a finished comparison, and refuse any other."""
    begun = folder / UNFINISHED
    if not (folder / MANIFEST).exists() and (begun / MANIFEST).exists():
        raise InputError(
            f"{folder}: expected finished results, got a comparison that was not run to its end; "
            f"`sli {read_manifest(begun).study} --out {folder}` with the options that it was begun with goes on"
        )
    manifest = read_manifest(folder)
    if not manifest.finished or "units" not in manifest.record:
        raise InputError(f"{folder}: expected finished results of `sli compare`, got those of `sli {manifest.study}`")
    return manifest.as_dict()
