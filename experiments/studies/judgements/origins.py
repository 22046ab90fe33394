"""Rolling origins: the months from which forecasts are made, and what is asked of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from experiments.design.parameter_sets import ParameterSet
from experiments.studies.judgements.known import latest_start
from experiments.studies.judgements.origin_sets import origin_sets
from experiments.studies.judgements.variant import Variant
from simulation.dates import FIRST_MONTH, calendar_month, month_number
from simulation.errors import InputError, shown, whole
from simulation.limits import MOST_REPLICATES, MOST_SETS, checked_seed

KNOWN_TO = 95
"""March 2026: the last month whose judgements the tables know, and the last with an overall grade."""

HORIZON = 24
"""Months from an origin within which a judgement counts as near; the others come after."""

LEADS = (12, 24)
"""After how many months the national mix of grades is held against its bands."""

LOOKED_AT_WINDOWS = ((36, 71), (72, 95))
"""April 2021 to March 2024 and April 2024 to March 2026, each forecast from its own first month."""

DEFAULT_RUNS, DEFAULT_SETS = 4000, 500

_FIRST = month_number(FIRST_MONTH, "start")
_PARTS = 3


@dataclass(frozen=True)
class RollingDesign:
    """What is asked for.

    Attributes:
        origins: the months in which forecasts begin, counted from April 2018.
        runs: how many of each origin, at least.
        sets: how many parameter sets are drawn at each origin, at most.
        draw: where they are drawn from, one of `experiments.design.origin.DRAWS`.
        seed: of all luck.
        variant: switches and parameters that are set.
        real_months: whether the first judgement of each council after an origin falls in its real month in every run,
            which nobody knew at the origin; else it comes when it is due.
    """

    origins: tuple[int, ...]
    runs: int = DEFAULT_RUNS
    sets: int = DEFAULT_SETS
    draw: str = "plausible"
    seed: int = 2018
    variant: Variant = field(default_factory=Variant)
    real_months: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be run."""
        checked_seed(self.seed)
        whole("runs", self.runs, 1, MOST_REPLICATES)
        whole("sets", self.sets, 1, MOST_SETS)

    @property
    def name(self) -> str:
        """The name of the variant, with the real months where they are given."""
        return f"{self.variant.name}, real months" if self.real_months else self.variant.name

    def sets_of(self, origin: int) -> tuple[tuple[ParameterSet, ...], str]:
        """Return the parameter sets of an origin and what they were fitted to, as `origin_sets` does."""
        return origin_sets(calendar_month(origin), self.draw, self.sets, self.seed, self.variant)


def parse_origins(text: str) -> tuple[int, ...]:
    """Return the months, counted from April 2018, that ``FIRST:LAST:STEP`` or months with commas between them name.

    >>> parse_origins("2019-04:2021-03:12")
    (12, 24)

    Raises:
        InputError: the text is neither, or a forecast cannot begin in one of the months.
    """
    parts = [part.strip() for part in text.split(":")]
    if len(parts) == 1:
        months = [month_number(part.strip(), "--origins") - _FIRST for part in text.split(",")]
    elif len(parts) == _PARTS:
        first, last = (month_number(part, "--origins") - _FIRST for part in parts[:2])
        months = list(range(first, last + 1, _step(parts[2])))
    else:
        expected = "FIRST:LAST:STEP, as in 2019-04:2024-04:12, or months with commas between them"
        raise InputError(f"--origins: expected {expected}, got {shown(text)}")
    return _checked(months, text)


def _step(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise InputError(f"--origins: expected a step of 1 month or more, got {shown(text)}")
    return int(text)


def _checked(months: Sequence[int], text: str) -> tuple[int, ...]:
    if not months:
        raise InputError(f"--origins: expected a last month not before the first, got {shown(text)}")
    last = latest_start(KNOWN_TO)
    for month in months:
        if not 0 <= month <= last:
            expected = f"months from {FIRST_MONTH} to {calendar_month(last)}"
            raise InputError(f"--origins: expected {expected}, got {calendar_month(month)}")
    return tuple(sorted(set(months)))
