"""One row of the comparison as a thing with names, and what may be said of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from experiments.figures import Mark
from experiments.statistics.paired import BETTER, CLOSE, HIGHER, LOWER, PARITY_NOT_MET, WORSE

MAIN = "inadequate_months"
"""The outcome that the report's answer is about."""
ONE_SET = "one parameter set: illustration, no verdict"
FIRM = (BETTER, WORSE, HIGHER, LOWER, CLOSE)


@dataclass(frozen=True)
class Row:
    """A paired difference of one outcome: regime less baseline, at one parity; NaN where there is none.

    ``parity_met`` is the share of runs that came within a tenth of what the parity makes equal.
    """

    outcome: str
    unit: str
    better: str
    parity: str
    regime: str
    baseline: str
    difference: float
    chance: tuple[float, float]
    sets_range: tuple[float, float]
    win_share: float
    realised: float
    realised_baseline: float
    parity_met: float
    sets: int
    replicates: int
    verdict: str

    @property
    def state(self) -> str:
        """The verdict; with one parameter set there is none, whatever luck says."""
        return ONE_SET if self.sets == 1 and self.verdict != PARITY_NOT_MET else self.verdict

    @property
    def firm(self) -> bool:
        """Whether a verdict was reached, be it that the two are too close to call."""
        return self.state in FIRM

    @property
    def by_luck(self) -> bool:
        """Whether luck alone could explain the difference: its interval reaches zero."""
        return not (self.chance[0] > 0 or self.chance[1] < 0)

    def mark(self, label: str) -> Mark:
        """Return the row as a mark in a figure."""
        return Mark(label, self.difference, self.chance, self.sets_range, firm=self.firm)


def read_rows(comparison: pd.DataFrame) -> list[Row]:
    """Return every row of the comparison in its order."""
    return [
        Row(
            outcome=str(cells["outcome"]),
            unit=str(cells["unit"]),
            better=str(cells["better"]),
            parity=str(cells["parity"]),
            regime=str(cells["regime"]),
            baseline=str(cells["baseline"]),
            difference=_number(cells["difference"]),
            chance=(_number(cells["chance_low"]), _number(cells["chance_high"])),
            sets_range=(_number(cells["sets_low"]), _number(cells["sets_high"])),
            win_share=_number(cells["win_share"]),
            realised=_number(cells["realised"]),
            realised_baseline=_number(cells["realised_baseline"]),
            parity_met=_number(cells["parity_met"]),
            sets=int(_number(cells["sets"])),
            replicates=int(_number(cells["replicates"])),
            verdict=str(cells["verdict"]),
        )
        for cells in _dicts(comparison)
    ]


def _dicts(table: pd.DataFrame) -> Iterator[dict[str, object]]:
    for record in table.to_dict("records"):
        yield {str(name): cell for name, cell in record.items()}


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, (int, float)) else math.nan
