"""All luck of a replicate, drawn before it starts: one table a decision, one stream a table.

Two regimes that share a replicate meet the same luck, council by council and month by month (common random numbers).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from simulation.arrays import Floats
from simulation.errors import InputError

UNIFORM, NORMAL = "uniform", "normal"

MONTHLY: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        "judgement_gap": (0, UNIFORM),
        "leap": (1, UNIFORM),
        "leaving": (2, UNIFORM),
        "dismissal": (3, UNIFORM),
        "fate": (4, UNIFORM),
        "route": (5, UNIFORM),
        "filling": (6, UNIFORM),
        "appointment": (7, UNIFORM),
        "pick": (8, UNIFORM),
        "chief_leaves": (9, UNIFORM),
        "crisis": (10, UNIFORM),
        "which_crisis": (11, UNIFORM),
        "collapse": (12, UNIFORM),
        "pool": (13, UNIFORM),
        "quality": (14, NORMAL),
        "inspection": (15, NORMAL),
        "ability": (16, NORMAL),
        "interim_ability": (17, NORMAL),
        "new_chief": (18, NORMAL),
        "estimate": (19, NORMAL),
        "collapse_depth": (20, NORMAL),
    }
)
"""Decisions taken by month and council: number of the stream and distribution. A new one takes a new number."""

START: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        "start_inspection": (100, UNIFORM),
        "start_service": (101, UNIFORM),
        "start_interim": (102, UNIFORM),
        "start_interim_months": (103, UNIFORM),
        "start_due": (104, UNIFORM),
        "start_quality_then": (110, NORMAL),
        "start_structure": (111, NORMAL),
        "start_quality_since": (112, NORMAL),
        "start_agency": (113, NORMAL),
        "start_chief": (114, NORMAL),
        "start_ability": (115, NORMAL),
        "start_months_in_post": (116, NORMAL),
        "start_interim_ability": (117, NORMAL),
    }
)
"""Draws of the start, one a council: uniform ones, then normal ones."""

REGION_STREAM = 118


@dataclass(frozen=True)
class Chance:
    """The luck of one replicate.

    Attributes:
        seed: entropy of every stream.
        replicate: which replicate.
        table: draws of every month, shape (months, decisions, councils), decisions in the order of `MONTHLY`.
        start: draws of the start, each of shape (councils,).
        regions: normal draws of the start, shape (regions,).
    """

    seed: int
    replicate: int
    table: Floats
    start: Mapping[str, Floats]
    regions: Floats

    @property
    def shape(self) -> tuple[int, int, int]:
        """Months, councils and regions that the tables cover."""
        months, _, councils = self.table.shape
        return months, councils, len(self.regions)

    def check(self, months: int, councils: int, regions: int) -> None:
        """Refuse luck that does not cover a run.

        Raises:
            InputError: there is luck for fewer months, or for other councils or regions.
        """
        drawn = self.shape
        if drawn[0] < months or drawn[1:] != (councils, regions):
            raise InputError(
                f"chance: expected luck for {months} months, {councils} councils and {regions} regions, "
                f"got {drawn[0]}, {drawn[1]} and {drawn[2]}"
            )

    @cached_property
    def months(self) -> Mapping[str, Floats]:
        """The monthly tables by decision, each of shape (months, councils)."""
        return {name: self.table[:, place] for place, name in enumerate(MONTHLY)}

    @cached_property
    def rows(self) -> Mapping[str, list[list[float]]]:
        """The monthly tables as lists of lists, which plain Python reads faster than arrays."""
        return {name: table.tolist() for name, table in self.months.items()}
