"""Scenarios: choices about the world outside the model, never uncertainties drawn from a prior."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from simulation.dates import FIRST_MONTH, NEVER, month_number, months_after_first
from simulation.errors import InputError, is_number, nearest, shown

_PAUSE_FIRST, _PAUSE_LAST = "2020-04", "2021-08"
_REMOVED_FROM = "2026-04"
HEADLINE_KEPT, HEADLINE_REMOVED = "kept", "removed"
"""Whether inspections give an overall grade."""

Points = tuple[tuple[str, float], ...]

_PROJECTED: Points = (("2018-04", 0.094), ("2020-03", 0.23), ("2025-03", 0.36))
_OUTTURN: Points = (("2018-04", 0.094), ("2023-04", -0.034))
_FUNDING: Mapping[str, Points] = MappingProxyType(
    {
        "projected": _PROJECTED,
        "outturn": _OUTTURN,
        "later": (("2018-04", 0.0), ("2020-03", 0.10), ("2025-03", 0.36)),
        "half": tuple((month, 0.094 + (gap - 0.094) / 2) for month, gap in _PROJECTED),
        "closed": (("2018-04", 0.094), ("2020-03", 0.0)),
        "frozen": (("2018-04", 0.094),),
    }
)


@dataclass(frozen=True)
class ScenarioInfo:
    """One choice about the world: what may be chosen, the default, what it means and where it comes from."""

    name: str
    choices: tuple[str, ...]
    default: str
    unit: str
    meaning: str
    source: str


SCENARIOS: Mapping[str, ScenarioInfo] = MappingProxyType(
    {
        "funding": ScenarioInfo(
            "funding",
            tuple(_FUNDING),
            "outturn",
            "share of 2017/18 spending (8.6 bn pounds)",
            "national shortfall of funding by month: projected (9.4% in April 2018, 23% March 2020, 36% March 2025, "
            "then level), later (0, 10%, 36% on the same dates), half (half of projected's rise), "
            "closed (0 from March 2020), frozen (9.4%), outturn (9.4% in April 2018, less the real rise of spending "
            "per child in need since: -3.4% from April 2023 on, then level), or points of one's own",
            "Local Government Association projections 2017-2019; spending: DfE outturn via Action for Children / IFS; "
            "outturn: 12.2 bn pounds in 2022/23, 2 bn more than six years before in real terms (Struggling against the "
            "tide, 2024), over children in need of 2017 and 2023 (DfE: 389,430 and 403,090), an even rise assumed",
        ),
        "poverty_tilt": ScenarioInfo(
            "poverty_tilt",
            ("0", "1", "2"),
            "0",
            "factor",
            "how much more the gap weighs in poorer councils (any number from 0 to 10)",
            "assumption",
        ),
        "pause": ScenarioInfo(
            "pause",
            ("historical", "none"),
            "historical",
            "choice",
            "whether graded inspections pause from April 2020 to August 2021",
            "Ofsted: the Covid pause",
        ),
        "headline": ScenarioInfo(
            "headline",
            (HEADLINE_KEPT, HEADLINE_REMOVED),
            HEADLINE_REMOVED,
            "choice",
            "whether inspections give an overall grade: kept, removed (none from April 2026), or the month from which "
            "none is given as YYYY-MM; the judgement on leaders then stands for it, and brings headline_removed of its "
            "press and stigma",
            "Ofsted, 27 November 2025: none for inspections from 1 April 2026; the judgement on leaders equalled the "
            "overall grade in 233 of 271 ILACS inspections, 2018-2025",
        ),
        "start": ScenarioInfo(
            "start",
            (),
            FIRST_MONTH,
            "calendar month",
            "calendar month of month 0, as YYYY-MM",
            "31 March 2018: the last position before ILACS",
        ),
    }
)
"""Every choice about the world by its name, with its default and source."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """The world of a run: funding, its tilt to poorer councils, the pause and the headline of inspections, the start.

    ``funding`` is a named path or a tuple of ``("YYYY-MM", gap)`` points, joined by straight lines and level outside.
    ``headline`` is kept, removed, or the month ``YYYY-MM`` from which inspections give no overall grade.

    Raises:
        InputError: a choice is unknown, or a number or a month is not valid.
    """

    funding: str | Points = "outturn"
    poverty_tilt: float = 0.0
    pause: str = "historical"
    headline: str = HEADLINE_REMOVED
    start: str = FIRST_MONTH

    def __post_init__(self) -> None:
        """Refuse a world that cannot be."""
        month_number(self.start, "start")
        if isinstance(self.funding, str):
            _one_of("funding", self.funding, tuple(_FUNDING))
        else:
            object.__setattr__(self, "funding", _checked_points(self.funding))
        _one_of("pause", self.pause, SCENARIOS["pause"].choices)
        _check_headline(self.headline)
        tilt = self.poverty_tilt
        if not is_number(tilt) or not 0 <= tilt <= 10:
            raise InputError(f"poverty_tilt: expected a number from 0 to 10, got {shown(tilt)}")
        object.__setattr__(self, "poverty_tilt", float(tilt))

    @property
    def points(self) -> Points:
        """The funding path's points: calendar month and shortfall as a share of 2017/18 spending."""
        return _FUNDING[self.funding] if isinstance(self.funding, str) else self.funding

    def gaps(self, months: int) -> tuple[float, ...]:
        """Return the national shortfall (share of 2017/18 spending) of each month from month 0."""
        first = month_number(self.start, "start")
        points = [(month_number(month, "funding") - first, gap) for month, gap in self.points]
        return tuple(_between(points, month) for month in range(months))

    def for_coefficients(self) -> tuple[float, int, int]:
        """Return what the rules need of the world: poverty tilt, months of drift so far, end of overall grades."""
        return self.poverty_tilt, self.months_of_drift(), self.headline_until()

    def months_of_drift(self) -> int:
        """Return the months from April 2018, from which the national rise of practice counts, to the start.

        Before April 2018 there are none: an earlier start counts from itself.
        """
        return max(0, months_after_first(self.start))

    def headline_until(self) -> int:
        """Return the first month of the run whose judgements have no overall grade; `NEVER` where all have one."""
        if self.headline == HEADLINE_KEPT:
            return NEVER
        month = _REMOVED_FROM if self.headline == HEADLINE_REMOVED else self.headline
        return month_number(month, "headline") - month_number(self.start, "start")

    def pause_months(self) -> tuple[int, int]:
        """Return the first month of the pause of inspections and the first month after it; both 0 without a pause."""
        if self.pause == "none":
            return (0, 0)
        first = month_number(self.start, "start")
        begin = month_number(_PAUSE_FIRST, "pause") - first
        end = month_number(_PAUSE_LAST, "pause") + 1 - first
        return (max(begin, 0), end) if end > 0 else (0, 0)


def _one_of(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise InputError(f"{name}: expected {', '.join(choices)}, got {shown(value)}{nearest(str(value), choices)}")


def _check_headline(value: object) -> None:
    if value in (HEADLINE_KEPT, HEADLINE_REMOVED):
        return
    if not isinstance(value, str) or not value[:1].isdigit():
        hint = nearest(str(value), (HEADLINE_KEPT, HEADLINE_REMOVED))
        raise InputError(
            f"headline: expected {HEADLINE_KEPT}, {HEADLINE_REMOVED} or a month as YYYY-MM, got {shown(value)}{hint}"
        )
    month_number(value, "headline")


def _checked_points(points: Any) -> Points:
    for point in points if isinstance(points, list | tuple) else (points,):
        if not isinstance(point, list | tuple) or len(point) != 2:
            expected = f"{', '.join(_FUNDING)}, or points of month and gap as in (('{FIRST_MONTH}', 0.1),)"
            raise InputError(f"funding: expected {expected}, got {shown(point)}")
    if not points:
        raise InputError("funding: expected at least one point of month and gap, got none")
    months = [month_number(month, "funding") for month, _ in points]
    if months != sorted(set(months)):
        raise InputError("funding: expected months in rising order, each once, got another order")
    for month, gap in points:
        if not is_number(gap) or not -1 <= gap <= 1:
            raise InputError(
                f"funding: expected a gap from -1 to 1 (share of 2017/18 spending) in {month}, got {shown(gap)}"
            )
    return tuple((month, float(gap)) for month, gap in points)


def _between(points: list[tuple[int, float]], month: int) -> float:
    if month <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if month <= right:
            return low + (high - low) * (month - left) / (right - left)
    return points[-1][1]
