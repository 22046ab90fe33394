"""One part of the councils, out of a finished comparison of all of them: its differences, regret and turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.design.design import BASELINES, Label
from experiments.design.uncertain import uncertain_numbers
from experiments.files.digests import digest_of
from experiments.files.whole import read_csv
from experiments.results.case import read_case
from experiments.results.excerpt import read_run_rows
from experiments.results.folder_runs import RUN_TABLE, FolderRuns
from experiments.results.group_totals import COUNCIL_COLUMNS, REGION, SMALLEST
from experiments.results.label_rows import LABELS
from experiments.results.rows import MAIN
from experiments.results.store import Results
from experiments.statistics.paired import Matrix
from experiments.statistics.verdicts import paired_effect
from experiments.studies.comparison.by_group import MEASURES
from experiments.studies.comparison.differences import COMPARISON_COLUMNS
from experiments.studies.comparison.knowing import knowing_table
from experiments.studies.comparison.regret import regret_table
from experiments.studies.comparison.turns import turns_table
from experiments.text.numbers import listing
from simulation.arrays import Floats
from simulation.errors import InputError, nearest, shown

LABEL_TABLE, GROUP_TABLE, COUNCIL_TABLE = LABELS, "groups.parquet", "councils.parquet"
GROUP_FINDINGS = "by_group.csv"
"""Tables that a part is made of: a region of the groups, councils that are named of the councils."""


@dataclass(frozen=True)
class CouncilPart:
    """Some of the councils.

    Attributes:
        name: of its folder.
        words: what it is, to stand after ``of``.
        councils: how many.
        codes: theirs in order, where they were named by code.
        region: its name, where it is one.
    """

    name: str
    words: str
    councils: int
    codes: tuple[str, ...] = ()
    region: str = ""

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of single runs that it is made of."""
        return LABEL_TABLE, RUN_TABLE, GROUP_TABLE if self.region else COUNCIL_TABLE


def find_part(folder: Path, *, region: str | None = None, only: Sequence[str] = ()) -> CouncilPart:
    """Return a region, or the councils that are named.

    Args:
        folder: of a finished comparison.
        region: its name, large or small letters.
        only: codes of councils, where there is no region.

    Raises:
        InputError: there is no such region or council, or the part has fewer than `SMALLEST` councils.
    """
    part = _named(folder, only) if region is None else _region(folder, region)
    if part.councils < SMALLEST:
        raise InputError(
            f"{part.words}: expected at least {SMALLEST} councils, got {part.councils}: so few show luck, and point "
            "at single councils"
        )
    return part


def _region(folder: Path, region: str) -> CouncilPart:
    known = read_csv(folder / GROUP_FINDINGS).query(f"kind == '{REGION}'").drop_duplicates("group")
    sizes = {str(name): int(number) for name, number in zip(known["group"], known["councils"], strict=True)}
    regions = {name.lower(): name for name in sizes}
    name = regions.get(region.strip().lower())
    if name is None:
        hint = nearest(region, sorted(regions.values()))
        raise InputError(f"--region: expected {listing(sorted(regions.values()))}, got {shown(region)}{hint}")
    return CouncilPart(_file_name(name), f"region {name}", sizes[name], region=name)


def _named(folder: Path, only: Sequence[str]) -> CouncilPart:
    here = set(read_run_rows(folder / COUNCIL_TABLE, "run", np.zeros(1, dtype=np.int64), ["council"])["council"])
    for code in only:
        if code not in here:
            raise InputError(
                f"--only: expected codes of councils of {folder}, got {shown(code)}{nearest(code, sorted(here))}"
            )
    codes = tuple(sorted(set(only)))
    return CouncilPart(f"councils-{digest_of(list(codes))[:8]}", f"{len(codes)} councils", len(codes), codes)


class PartRuns(FolderRuns):
    """The runs of a part of the councils, read from the tables of single runs; matrices of shape (sets, replicates).

    Whether a world met the parity is judged over all councils: it is for all of them that it was made equal.
    """

    def __init__(self, results: Results, part: CouncilPart) -> None:
        super().__init__(results)
        self._part = part
        self._values = lru_cache(maxsize=None)(self._read_part)

    def outcome(self, label: Label, name: str) -> Matrix:
        """Return council-months inadequate of the part, days given or received, or the mean of quality."""
        values: Matrix = self._values(label)[COUNCIL_COLUMNS.index(name)]
        return values

    def _read_part(self, label: Label) -> Floats:
        return self._read_region(label) if self._part.region else self._read_councils(label)

    def _read_region(self, label: Label) -> Floats:
        table = self._rows(GROUP_TABLE, label, ["kind", "group", *COUNCIL_COLUMNS])
        mine = table[(table["kind"] == REGION) & (table["group"] == self._part.region)]
        return np.stack([mine[name].to_numpy().reshape(self._shape) for name in COUNCIL_COLUMNS])

    def _read_councils(self, label: Label) -> Floats:
        table = self._rows(COUNCIL_TABLE, label, ["council", *COUNCIL_COLUMNS])
        columns = table["council"].cat.categories.get_indexer(pd.Index(self._part.codes))
        councils = len(table["council"].cat.categories)
        values = np.stack([table[name].to_numpy() for name in COUNCIL_COLUMNS])
        mine = values.reshape(len(COUNCIL_COLUMNS), *self._shape, councils)[..., columns]
        totals = mine.sum(axis=-1)
        totals[COUNCIL_COLUMNS.index("mean_quality")] /= len(columns)
        return np.asarray(totals)


def part_results(results: Results, part: CouncilPart) -> Results:
    """Return the results of a part: all that is said of worlds; no groups, and money of all councils."""
    case, runs = results.case, PartRuns(results, part)
    of_part = Results(results.folder, results.manifest)
    of_part.comparison = pd.DataFrame(list(_rows(results, runs, part)), columns=list(COMPARISON_COLUMNS))
    of_part.regret = regret_table(runs, case.parities, case.regimes, sets=case.sets, replicates=case.replicates)
    numbers = uncertain_numbers(results.sets)
    of_part.turns = turns_table(runs, case.parities, case.regimes, numbers)
    of_part.knowing = knowing_table(runs, case.parities, case.regimes, numbers)
    of_part.by_group = results.by_group.iloc[:0]
    whole = read_case(results.manifest, of_part.comparison, results.sets)
    of_part.case = replace(whole, councils=part.councils, part=part.words)
    return of_part


def _rows(results: Results, runs: PartRuns, part: CouncilPart) -> Iterator[dict[str, object]]:
    """Yield a row a parity, regime, baseline and measure; what was realised is of all councils."""
    names = ("outcome", "parity", "regime", "baseline")
    whole = {tuple(row[name] for name in names): row for row in results.comparison.to_dict("records")}
    share = part.councils / results.case.councils
    labels = [Label(parity, regime) for parity in results.case.parities for regime in results.case.regimes]
    for label, baseline in product(labels, BASELINES):
        if baseline == label.regime:
            continue
        other, counts = Label(label.parity, baseline), runs.counts(label)
        of_all = whole[MAIN, label.parity, label.regime, baseline]
        for measure in MEASURES:
            matters = float(whole[measure.outcome, label.parity, label.regime, baseline]["matters"])
            matters *= share if measure.total else 1.0
            differences = runs.outcome(label, measure.name) - runs.outcome(other, measure.name)
            effect = paired_effect(differences, measure.better, matters, counts, runs.weights)
            yield {
                **{name: of_all[name] for name in ("parity", "regime", "baseline", "realised", "realised_baseline")},
                "outcome": measure.name,
                "unit": measure.unit.replace(" a council", ""),
                "better": measure.better,
                "parity_met": of_all["parity_met"],
                **asdict(effect),
            }


def _file_name(name: str) -> str:
    letters = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in name.lower())
    return "-".join(filter(None, letters.split("-"))) or "region"
