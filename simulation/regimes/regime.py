"""What a regime is: one or more arms of support, and whether failing departments are removed to trusts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Self

from simulation.dates import months_after_first
from simulation.errors import InputError, has_controls, is_number, nearest, shown
from simulation.parameters import PARAMETERS
from simulation.state import OPEN_END

MOST_LETTERS = 60
"""The longest name of a regime: it stands in the cells of every table."""

MOST_DAYS, MOST_POUNDS = 1e4, 1e5
"""The most days of one council a month, and the most pounds a day.

All that is ever spent still fits 64 bits of pence: 12,000 months of 5,000 councils that give 10,000 days at 100,000
pounds are 6e18, trusts add less than 1e15, and the limit is 9.2e18.
"""


@dataclass(frozen=True)
class LeverInfo:
    """One lever of an arm: its kind, unit, named choices or number limits, and meaning."""

    name: str
    kind: str
    unit: str
    meaning: str
    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1e6


def _lever(kind: str, unit: str, meaning: str, *, default: Any = None, **limits: Any) -> Any:
    metadata = {"kind": kind, "unit": unit, "meaning": meaning, **limits}
    return field(metadata=metadata) if default is None else field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Arm:
    """One arm of support. Numbers of givers and days are for 152 councils; elsewhere times N/152, givers rounded up.

    Raises:
        InputError: a lever is out of its limits or no choice of its own.
    """

    givers: int | str = _lever("count", "councils", "councils that give, or all who may", choices=("all",))
    giver_rule: str = _lever(
        "choice", "", "who may give: good or better, or also one just below good",
        choices=("good_or_better", "near_good_too"),
    )  # fmt: skip
    days_per_giver: float = _lever("number", "pledged days a month", "most that one giver gives", high=MOST_DAYS)
    receiver_rule: str = _lever(
        "choice", "", "who may receive: inadequate only, also requires improvement, also good ones on the cusp",
        choices=("inadequate", "below_good", "below_good_and_cusp"),
    )  # fmt: skip
    days_per_receiver: float = _lever("number", "days a month", "most that one receiver gets", high=MOST_DAYS)
    days_per_receiver_are: str = _lever(
        "choice", "", "whether days_per_receiver counts days pledged or days delivered",
        choices=("pledged", "delivered"), default="pledged",
    )  # fmt: skip
    givers_per_receiver: int = _lever(
        "count", "councils", "givers among which a receiver's days are split", low=1, high=50
    )
    reciprocal: bool = _lever("switch", "", "whether a giver may receive")
    paid: bool = _lever("switch", "", "whether days are paid; unpaid ones are not all delivered")
    director_share: float | str = _lever(
        "number", "share of days", "days that the giver's director gives in person",
        choices=("director_share_paid", "director_share_unpaid"), low=0.001, high=1.0,
    )  # fmt: skip
    cash_per_day: float = _lever("number", "pounds a day", "cash paid for a delivered day", high=MOST_POUNDS)
    shadow_price_per_day: float = _lever("number", "pounds a day", "worth of an unpaid delivered day", high=MOST_POUNDS)
    attention_shift: float | str = _lever(
        "number", "share", "what the arm adds to the base attention of chiefs whose councils give or receive",
        choices=("partners", "peers", "chiefs"), low=-0.3, high=0.3,
    )  # fmt: skip
    gold_preference: float = _lever("number", "SD", "preference for givers that came up from inadequate", high=100.0)
    region_preference: float = _lever("number", "SD", "preference for givers of the same region", high=100.0)
    labels: bool = _lever("switch", "", "whether givers and receivers are labelled as such")
    partnership: bool = _lever("switch", "", "whether giver and receiver share a director, one to one", default=False)
    first_month: int = _lever("count", "month", "first month in force, from month 0", default=0, high=OPEN_END)
    last_month: int | str = _lever(
        "count", "month", "last month in force", choices=("end",), default="end", high=OPEN_END
    )
    days: float | str = _lever(
        "number", "pledged days a month", "days pledged when no parity is asked, or as many as the givers can",
        choices=("capacity",),
    )  # fmt: skip
    share: float = _lever("number", "share", "part of the reference quantity under a parity", default=1.0, high=1.0)
    days_per_receiver_range: tuple[float, float] | None = _lever(
        "range", "pledged days a month", "range over which days_per_receiver is swept", default=(), high=MOST_DAYS
    )
    days_per_giver_range: tuple[float, float] | None = _lever(
        "range", "pledged days a month", "range over which days_per_giver is swept", default=(), high=MOST_DAYS
    )
    givers_follow: bool = _lever(
        "switch", "", "whether, when days_per_giver is swept, the number of givers moves so that their capacity stays",
        default=False,
    )  # fmt: skip

    def __post_init__(self) -> None:
        """Refuse a lever that cannot be."""
        for name, info in LEVERS.items():
            object.__setattr__(self, name, _checked(info, getattr(self, name)))

    @classmethod
    def from_mapping(cls, levers: Mapping[str, object]) -> Self:
        """Return the arm with these levers; unknown ones are refused, and so are missing ones without a default.

        Raises:
            InputError: a lever is unknown, missing or not valid.
        """
        _check_names(levers)
        try:
            return cls(**levers)  # type: ignore[arg-type]
        except TypeError as error:
            missing = str(error).partition("argument")[2].lstrip("s: ")
            raise InputError(f"expected every lever without a default, missing: {missing}") from None

    @property
    def last(self) -> int:
        """The last month in force as a number."""
        return OPEN_END if isinstance(self.last_month, str) else self.last_month


@dataclass(frozen=True, kw_only=True)
class Regime:
    """A regime of improvement support: named, described, with its arms in order.

    Attributes:
        name: as in files and tables: letters, digits and underscores.
        title: as a reader sees it.
        summary: what it is, in one sentence.
        arms: the arms; what one leaves of its quantity goes to the next.
        trusts: whether departments that fail badly or twice are removed to a trust.
        follows_parity: whether a parity sets the quantity of support (`historical` is what was in force).
        by_calendar: whether the months of its arms count from April 2018, and not from the start of a run.

    Raises:
        InputError: the name is none, a text holds control characters, or something is not of its type.
    """

    name: str
    title: str = ""
    summary: str = ""
    arms: tuple[Arm, ...] = ()
    trusts: bool = False
    follows_parity: bool = True
    by_calendar: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no regime."""
        for name, kind in _FIELDS.items():
            value = getattr(self, name)
            if not isinstance(value, kind):
                raise InputError(f"regime {name}: expected {_KINDS[kind]}, got {shown(value)}")
        if not _NAME.fullmatch(self.name):
            plain = re.sub(r"\W+", "_", self.name[:MOST_LETTERS], flags=re.ASCII).strip("_")
            wanted = f"up to {MOST_LETTERS} letters, digits and underscores"
            hint = f" (nearest: {plain})" if plain else ""
            raise InputError(f"regime name: expected {wanted}, got {shown(self.name)}{hint}")
        for name in ("title", "summary"):
            if has_controls(getattr(self, name)):
                raise InputError(
                    f"regime {name}: expected text without line ends and control characters, "
                    f"got {shown(getattr(self, name))}"
                )
        object.__setattr__(self, "arms", tuple(self.arms))
        for arm in self.arms:
            if not isinstance(arm, Arm):
                raise InputError(f"regime arms: expected Arm objects, got {shown(arm)}")
        if self.trusts and (len(self.arms) != 1 or self.arms[0].cash_per_day <= 0.0):
            raise InputError(f"regime {self.name}: expected one paid arm beside trusts, which share its money")
        if sum(arm.partnership for arm in self.arms) > 1:
            raise InputError(f"regime {self.name}: expected partnerships in one arm at most")

    @property
    def first_month(self) -> int:
        """The first month in which any arm is in force (`OPEN_END` if there is none)."""
        return min((arm.first_month for arm in self.arms), default=OPEN_END)

    def from_start(self, start: str) -> Regime:
        """Return this regime as a run from ``start`` (``YYYY-MM``) meets it.

        Where its months go by the calendar they are counted from the start: arms in force by then begin with the run,
        and those that had ended are left out.

        Raises:
            InputError: ``start`` is no month.
        """
        gone = months_after_first(start)
        if not self.by_calendar or gone == 0:
            return self
        arms = tuple(_moved(arm, gone) for arm in self.arms if arm.last >= gone)
        return replace(self, arms=arms, by_calendar=False)

    def with_arms(self, **levers: Any) -> Regime:
        """Return this regime with levers changed in every arm.

        Raises:
            InputError: a lever is unknown or not valid.
        """
        _check_names(levers)
        return replace(self, arms=tuple(replace(arm, **levers) for arm in self.arms))

    def as_dict(self) -> dict[str, Any]:
        """Return the regime as plain data, as its file would state it."""
        return asdict(self)


_FIELDS = {"name": str, "title": str, "summary": str, "trusts": bool, "follows_parity": bool, "by_calendar": bool}
_KINDS = {str: "text", bool: "true or false"}
_NAME = re.compile(rf"[A-Za-z0-9_]{{1,{MOST_LETTERS}}}")


def _moved(arm: Arm, months: int) -> Arm:
    """Return the arm with its months counted from so many ``months`` later."""
    last = arm.last_month if isinstance(arm.last_month, str) else arm.last_month - months
    return replace(arm, first_month=max(0, arm.first_month - months), last_month=last)


def _check_names(levers: Iterable[str]) -> None:
    for name in levers:
        if name in PARAMETERS:
            raise InputError(f"expected levers, got {shown(name)}, which is a parameter: set it with --parameters")
        if name not in LEVERS:
            raise InputError(
                f"unknown lever {shown(name)}{nearest(name, LEVERS)}; `sli regimes --levers` lists them all"
            )


def _checked(info: LeverInfo, value: Any) -> Any:
    if info.kind == "switch":
        if not isinstance(value, bool):
            raise InputError(f"lever {info.name}: expected true or false, got {shown(value)}")
        return value
    if info.kind == "range":
        return _checked_range(info, value)
    if isinstance(value, str):
        if value not in info.choices:
            expected = ", ".join(info.choices) or f"a number in {info.unit}"
            raise InputError(
                f"lever {info.name}: expected {expected}, got {shown(value)}{nearest(value, info.choices)}"
            )
        return value
    if info.kind == "choice":
        raise InputError(f"lever {info.name}: expected {', '.join(info.choices)}, got {shown(value)}")
    return _checked_number(info, value)


def _checked_number(info: LeverInfo, value: Any) -> float | int:
    whole = info.kind == "count"
    if not is_number(value) or (whole and not hasattr(value, "__index__")):
        raise InputError(
            f"lever {info.name}: expected a {'whole ' if whole else ''}number ({info.unit}), got {shown(value)}"
        )
    if not info.low <= value <= info.high:
        raise InputError(f"lever {info.name}: expected {info.low:g} to {info.high:g} ({info.unit}), got {shown(value)}")
    return int(value) if whole else float(value)


def _checked_range(info: LeverInfo, value: Any) -> tuple[float, float] | None:
    if value is None or (isinstance(value, tuple) and not value):
        return None
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise InputError(f"lever {info.name}: expected two numbers, low and high, got {shown(value)}")
    low, high = (_checked_number(info, number) for number in value)
    if low > high:
        raise InputError(f"lever {info.name}: expected low before high, got {shown(value)}")
    return (float(low), float(high))


LEVERS: Mapping[str, LeverInfo] = MappingProxyType({f.name: LeverInfo(name=f.name, **f.metadata) for f in fields(Arm)})
"""Every lever of an arm."""
