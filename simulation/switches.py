"""Structural switches: every mechanism that a claim rests on can be turned off, and two can take another shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any, Self

from simulation.errors import InputError, nearest, shown


@dataclass(frozen=True)
class SwitchInfo:
    """One named choice about the model's structure."""

    name: str
    choices: tuple[str, ...]
    default: str
    meaning: str
    claim: str


def _choice(choices: tuple[str, ...], meaning: str, claim: str) -> Any:
    return field(default=choices[0], metadata={"choices": choices, "meaning": meaning, "claim": claim})


def _mechanism(meaning: str, claim: str) -> Any:
    return _choice(("on", "off"), meaning, claim)


@dataclass(frozen=True, kw_only=True)
class Switches:
    """One choice for every structural switch.

    >>> Switches(labels="off").labels
    'off'

    Raises:
        InputError: a choice is not one of the switch's own.
    """

    gap_shape: str = _choice(
        ("inverted_u", "saturating"),
        "how learning depends on the gap in quality between giver and receiver",
        "partners help best whoever they are paired with",
    )
    attention_shape: str = _choice(
        ("linear", "inverted_u"),
        "how quality depends on the chief's attention",
        "chief executives make support work",
    )
    drift: str = _choice(
        ("continues", "stops"),
        "whether the national rise of practice ends in March 2021 or goes on; it counts from April 2018",
        "none: an extrapolation to be varied",
    )
    overload: str = _mechanism(
        "giving beyond safe release costs quality, and a director away is likelier to leave",
        "Partners in Practice overburdens directors; capacity must be released and shared safely",
    )
    labels: str = _mechanism(
        "labelled receivers carry stigma and labelled givers prestige",
        "labels as giver or receiver polarise",
    )
    press_dismissal: str = _mechanism(
        "bad press forces directors out",
        "football manager syndrome",
    )
    press_climate: str = _mechanism(
        "bad press in the sector thins the supply of new directors",
        "football manager syndrome",
    )
    attention_shift: str = _mechanism(
        "a regime shifts chiefs' attention",
        "Partners in Practice marginalises chief executives",
    )
    attention_quality: str = _mechanism(
        "the chief's attention raises quality",
        "chief executives make support work",
    )
    attention_shield: str = _mechanism(
        "the chief's attention shields the director from dismissal",
        "chief executives make support work",
    )
    attention_absorption: str = _mechanism(
        "the chief's attention helps to absorb support",
        "chief executives make support work",
    )
    alarm: str = _mechanism(
        "failing an inspection brings attention, money and intervention",
        "support, and not the alarm, mends failing councils",
    )
    collapse: str = _mechanism("practice can collapse", "none: a fitted mechanism")
    spillover: str = _mechanism("quality spreads within regions", "broad peer support lifts regions")
    pressure: str = _mechanism(
        "a shortfall of funding lowers quality",
        "a two-billion-pound gap and growing demand",
    )
    pressure_on_giving: str = _mechanism(
        "a shortfall of funding keeps givers from delivering what they pledged",
        "a two-billion-pound gap and growing demand; capacity must be released",
    )
    dose_threshold: str = _mechanism(
        "support below a certain dose loses power",
        "broad support does more for a fraction of the money",
    )
    gold_dust: str = _mechanism(
        "councils that came up from inadequate teach better",
        "gold dust councils help best",
    )

    anchors: str = _mechanism(
        "who holds outstanding, or good, meets a lower bar when judged again",
        "none: persistence of grades that inspection noise does not explain",
    )
    intervention: str = _mechanism(
        "failing councils are pulled to the middle between inadequate and good",
        "none: few failing councils fail again",
    )
    relative_spillover: str = _mechanism(
        "spillover acts on what a region stands above its structural levels, so that its effect enters once",
        "none: the spread of regions should stay where it begins",
    )
    own_leadership: str = _mechanism(
        "leadership counts beside what is to be expected at the council, not beside the sector's mean in month 0",
        "none: no council should drift for what it began with",
    )
    tied_shock: str = _mechanism(
        "the monthly shock follows from the spread at the start, so that the spread stays where it begins",
        "none: the spread of quality should stay where it begins",
    )

    trust_delay: str = _mechanism(
        "a trust starts 18 months after it is decided; off: the month after",
        "a formal partnership can stand in for removal to a trust",
    )
    trust_price: str = _mechanism(
        "a trust costs money, which partners then lack; off: it costs nothing",
        "a formal partnership can stand in for removal to a trust",
    )

    def __post_init__(self) -> None:
        """Refuse a choice that does not exist."""
        for name, info in SWITCHES.items():
            value = getattr(self, name)
            if value not in info.choices:
                hint = nearest(str(value), info.choices)
                raise InputError(f"switch {name}: expected {' or '.join(info.choices)}, got {shown(value)}{hint}")

    @classmethod
    def from_mapping(cls, choices: Mapping[str, str]) -> Self:
        """Return the switches with these choices, defaults elsewhere; unknown names are refused.

        Raises:
            InputError: a switch or a choice does not exist.
        """
        for name in choices:
            if name not in SWITCHES:
                raise InputError(
                    f"unknown switch {shown(name)}{nearest(name, SWITCHES)}; `sli switches` lists them all"
                )
        return cls(**choices)

    def as_dict(self) -> dict[str, str]:
        """Return name and choice of every switch."""
        return asdict(self)

    def off(self, name: str) -> bool:
        """Return whether the mechanism ``name`` is switched off."""
        return bool(getattr(self, name) == "off")


SWITCHES: Mapping[str, SwitchInfo] = MappingProxyType(
    {f.name: SwitchInfo(name=f.name, default=str(f.default), **f.metadata) for f in fields(Switches)}
)
"""Every structural switch by its name, with its choices and the claim that rests on it."""
