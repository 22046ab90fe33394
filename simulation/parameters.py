"""Every uncertain number of the model: default, range, unit, meaning and source, in one place.

Ranges are uniform priors. Defaults are one rounded point among the plausible sets, for tests and examples, never for
conclusions: what the evidence narrows stands at the weighted mean of the sets, all else at a first guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from simulation.errors import InputError, is_number, nearest, shown
from simulation.toml_files import read_toml

# Upper limits keep every rule's exponentials and sums finite; they lie far beyond any prior.
_SHARE = (0.0, 1.0)
_EFFECT = (0.0, 100.0)
_TIME = (0.01, 10_000.0)
_SHIFT = (-0.3, 0.3)
_EITHER_WAY = (-100.0, 100.0)
_PULL = (0.0, 12.0)


@dataclass(frozen=True)
class ParameterInfo:
    """One uncertain number: its default, prior range, hard limits, unit, meaning and source."""

    name: str
    default: float
    low: float
    high: float
    hard_low: float
    hard_high: float
    unit: str
    meaning: str
    source: str
    group: str


def _uncertain(
    default: float,
    prior: tuple[float, float],
    unit: str,
    meaning: str,
    source: str,
    group: str,
    hard: tuple[float, float] = _EFFECT,
) -> Any:
    info = {
        "low": prior[0],
        "high": prior[1],
        "hard_low": hard[0],
        "hard_high": hard[1],
        "unit": unit,
        "meaning": meaning,
        "source": source,
        "group": group,
    }
    return field(default=default, metadata=info)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """One set of the uncertain numbers; never changed by a run.

    The defaults are a rounded point among the plausible sets, for tests and examples; conclusions take the sets.

    >>> Parameters(transfer_rate=0.4).transfer_rate
    0.4

    Raises:
        InputError: a value is not a finite number or lies outside its hard limits.
    """

    # fmt: off
    practice_adjustment_time: float = _uncertain(
        56.0, (12.0, 72.0), "months",
        "time in which practice closes 63% of the distance to its target",
        "Isos Partnership for the LGA 2016: core systems 6-12 months, whole service about two years",
        "practice", _TIME,
    )
    structural_sd: float = _uncertain(
        0.58, (0.2, 0.85), "SD",
        "spread of the levels that hold councils fixed, beyond deprivation and region",
        "assumption; not used where tied_shock is on", "practice",
    )
    structural_share: float = _uncertain(
        0.2, (0.02, 0.95), "share",
        "share of the spread within region and deprivation that is held fixed; used where tied_shock is on",
        "assumption, disciplined by the transitions between judgements", "practice", _SHARE,
    )
    practice_shock: float = _uncertain(
        0.22, (0.08, 0.32), "SD a month", "month-to-month luck in quality",
        "assumption, disciplined by the transitions between judgements; not used where tied_shock is on", "practice",
    )
    national_drift: float = _uncertain(
        0.07, (-0.1, 0.30), "SD a year", "national rise of practice, before the effect of pressure",
        "rise of grades 2018-2020", "practice", _EITHER_WAY,
    )
    intervention_pull: float = _uncertain(
        1.5, (0.0, 2.5), "a year",
        "pull to the middle between inadequate and good after failing, halving every 18 months",
        "judgements after an inadequate one: 8% inadequate again", "practice", _PULL,
    )
    pressure_effect: float = _uncertain(
        0.2, (0.0, 2.5), "SD per unit shortfall", "quality lost to a shortfall of funding",
        "National Audit Office HC 723 (2016) found none; Webb et al. 2022 implies 1 to 3.4", "money",
    )
    corporate_protection: float = _uncertain(
        0.5, (0.0, 1.0), "per unit attention",
        "share of the shortfall that a chief's attention above the usual keeps away",
        "assumption", "chiefs",
    )
    pressure_on_giving: float = _uncertain(
        0.5, (0.0, 1.5), "share per unit pressure", "share of pledged days lost per unit of the giver's shortfall",
        "assumption: the sector said that capacity and funding were insufficient", "support",
    )
    inspection_noise: float = _uncertain(
        0.58, (0.1, 0.7), "SD", "what an inspection sees beyond quality",
        "Ofsted reliability study (schools): 22 of 24 inspectors agree, about 0.2; wide", "inspection", (0.05, 100.0),
    )
    good_cut_shift: float = _uncertain(
        0.45, (0.0, 0.6), "SD", "how much lower ILACS set the bar for good",
        "change of framework, SIF to ILACS, April 2018", "inspection",
    )
    outstanding_cut_shift: float = _uncertain(
        1.55, (0.0, 1.8), "SD", "how much lower ILACS set the bar for outstanding",
        "SIF to ILACS: from 3 to 18 outstanding in two years", "inspection",
    )
    leap_to_outstanding: float = _uncertain(
        0.23, (0.0, 0.4), "probability",
        "chance that a council below good which scores outstanding is graded so at once",
        "judgements: 2 of 74 to 2020", "inspection", _SHARE,
    )
    anchor_outstanding: float = _uncertain(
        0.62, (0.0, 1.0), "SD",
        "how much lower the bar of outstanding is for a council that holds it",
        "judgements: 84% of outstanding councils stayed so", "inspection",
    )
    anchor_good: float = _uncertain(
        0.39, (0.0, 0.6), "SD",
        "how much lower the bar of good is for a council that holds good or better",
        "assumption, disciplined by the transitions between judgements", "inspection",
    )
    headline_removed: float = _uncertain(
        0.5, (0.0, 1.0), "share",
        "share of the press and stigma of a judgement that is left where no overall grade is given",
        "assumption: no overall grade has been given for inspections since April 2026; its effect is not known",
        "inspection", _SHARE,
    )
    deprivation_effect: float = _uncertain(
        0.22, (0.0, 0.35), "SD per SD", "quality lost per SD of deprivation",
        "Webb, Bennett and Bywaters 2022: odds of good 0.84 per decile", "start", (0.0, 0.95),
    )
    region_sd: float = _uncertain(
        0.35, (0.1, 0.7), "SD", "spread of regions' quality",
        "regions at the first single inspection framework", "start", (0.0, 0.95),
    )
    regional_spillover: float = _uncertain(
        0.4, (0.0, 0.7), "SD per SD", "pull of the region's mean quality on its councils' targets",
        "assumption", "practice", _SHARE,
    )
    collapse_rate: float = _uncertain(
        0.05, (0.0, 0.08), "a year", "chance that practice collapses in a council not judged inadequate",
        "falls to inadequate 2018-2020", "practice", _SHARE,
    )
    director_effect: float = _uncertain(
        0.25, (0.0, 0.5), "SD per SD", "effect of a director's ability on quality",
        "contested: none to large", "directors", _SHARE,
    )
    succession_dip: float = _uncertain(
        0.2, (0.0, 0.4), "SD", "quality target lost when a director is new in post, fading over a year",
        "schools: one to two years after a change of head", "directors",
    )
    interim_penalty: float = _uncertain(
        0.25, (0.0, 0.5), "SD", "quality target lost under an interim director",
        "direction only", "directors",
    )
    voluntary_exit_rate: float = _uncertain(
        0.13, (0.08, 0.22), "a year", "chance that a director leaves by choice",
        "ADCS flows 2013-2021", "directors", _SHARE,
    )
    dismissal_probability: float = _uncertain(
        0.4, (0.0, 0.8), "probability",
        "chance that a director two years in post is forced out in the year after an inadequate judgement",
        "looked for and not found; wide", "directors", _SHARE,
    )
    exit_quality_slope: float = _uncertain(
        0.25, (0.0, 0.6), "per SD", "how much likelier directors are to leave where quality is low",
        "Ofsted 2013: 11 of 17 newly inadequate councils had a new director", "directors",
    )
    press_supply_elasticity: float = _uncertain(
        1.0, (0.0, 4.0), "per unit", "how much bad press in the sector thins the supply of new directors",
        "assumption: the shortage of directors rests on it", "directors",
    )
    lost_after_dismissal: float = _uncertain(
        0.6, (0.2, 0.95), "share", "dismissed directors who leave the sector", "assumption", "directors", _SHARE,
    )
    lost_after_choice: float = _uncertain(
        0.8, (0.6, 0.9), "share", "directors leaving by choice who leave the sector", "assumption", "directors", _SHARE,
    )
    pool_exit_rate: float = _uncertain(
        0.25, (0.1, 0.5), "a year", "chance that a director in the pool leaves the sector",
        "assumption", "directors", _SHARE,
    )
    hiring_time: float = _uncertain(
        8.1, (4.0, 11.0), "months", "usual time to replace an interim with a permanent director",
        "ADCS 2024: interims stay about 8 months", "directors", _TIME,
    )
    attention_base: float = _uncertain(
        0.2, (0.08, 0.30), "share", "children's services' usual share of a chief executive's attention",
        "CCN / Pixel: children's share of spending 0.10 to 0.23; time use was never measured", "chiefs", _SHARE,
    )
    attention_effect: float = _uncertain(
        0.6, (0.0, 1.2), "SD per unit", "effect of the chief's attention on quality",
        "studies of management capacity; assumption", "chiefs",
    )
    attention_absorption: float = _uncertain(
        1.5, (0.0, 3.0), "per unit", "effect of the chief's attention on absorbing support",
        "assumption: the corporate context rests on it", "chiefs",
    )
    attention_shield: float = _uncertain(
        1.0, (0.0, 3.0), "per unit", "how far the chief's attention shields a director from dismissal",
        "assumption", "chiefs",
    )
    attention_shift_partners: float = _uncertain(
        0.0, (-0.1, 0.1), "share", "what Partners in Practice adds to chiefs' base attention",
        "assumption: sign-symmetric, the same prior for each regime", "chiefs", _SHIFT,
    )
    attention_shift_peers: float = _uncertain(
        0.0, (-0.1, 0.1), "share", "what peer support adds to chiefs' base attention",
        "assumption: sign-symmetric, the same prior for each regime", "chiefs", _SHIFT,
    )
    attention_shift_chiefs: float = _uncertain(
        0.0, (-0.1, 0.1), "share", "what peer support with chiefs engaged adds to their base attention",
        "assumption: sign-symmetric, the same prior for each regime", "chiefs", _SHIFT,
    )
    stigma_agency_effect: float = _uncertain(
        0.091, (0.0, 0.25), "share", "agency share that full stigma adds",
        "agency social workers after an inadequate judgement, DfE", "workforce",
    )
    quality_agency_effect: float = _uncertain(
        0.047, (0.0, 0.08), "share per SD", "agency share that quality takes away",
        "agency social workers by grade, DfE 2017-2020", "workforce",
    )
    agency_effect: float = _uncertain(
        1.0, (0.0, 2.5), "SD per unit", "quality target lost per unit of agency share", "direction only", "workforce",
    )
    alarm_push: float = _uncertain(
        1.0, (0.0, 1.6), "SD", "push on practice after failing: attention, money, intervention",
        "schools that fail improve, then fade; spending rises 12% (section 251 outturn)", "inspection",
    )
    label_stigma: float = _uncertain(
        0.1, (0.0, 0.5), "0-1", "stigma of being labelled a receiver", "assumption: zero allowed", "labels",
    )
    label_prestige: float = _uncertain(
        0.01, (0.0, 0.04), "share", "agency share that being labelled a giver takes away",
        "assumption: zero allowed", "labels",
    )
    transfer_rate: float = _uncertain(
        0.35, (0.02, 0.6), "SD per 100 effective days", "practice learnt from support",
        "assumption: no causal estimate of any support exists", "support",
    )
    best_gap: float = _uncertain(
        1.25, (0.5, 2.0), "SD", "gap in quality at which a giver teaches most",
        "assumption: learning is an inverted U of distance", "support", _TIME,
    )
    half_dose: float = _uncertain(
        4.5, (0.0, 10.0), "days a month", "dose at which support reaches half its power",
        "assumption: intensive partnerships worked", "support",
    )
    borrowed_decay: float = _uncertain(
        0.05, (0.01, 0.1), "a month", "borrowed practice forgotten", "organisational forgetting", "support", _SHARE,
    )
    borrowed_loss_on_exit: float = _uncertain(
        0.2, (0.0, 0.5), "share", "borrowed practice lost when a director leaves", "assumption", "support", _SHARE,
    )
    unpaid_delivery: float = _uncertain(
        0.7, (0.4, 1.0), "share", "pledged unpaid days that are delivered",
        "uneven regional delivery", "support", (0.01, 1.0),
    )
    safe_release: float = _uncertain(
        15.0, (5.0, 25.0), "days a month", "days a council can give without harm to itself", "assumption", "support",
    )
    overload_cost: float = _uncertain(
        0.2, (0.0, 0.4), "SD per 10 days over", "quality target lost by giving beyond safe release",
        "cases: Kirklees, Hackney, Hampshire", "support",
    )
    overload_exit: float = _uncertain(
        2.5, (0.0, 5.0), "per share of the month away", "how much likelier a director away giving is to leave",
        "assumption", "support",
    )
    giver_learning: float = _uncertain(
        0.1, (0.0, 0.3), "share", "what a giver learns of what it could teach",
        "beacon councils, teaching schools: two-way", "support",
    )
    gold_dust_premium: float = _uncertain(
        0.3, (-0.3, 0.6), "share", "extra teaching power of councils that came up from inadequate",
        "learning from failure lasts; number assumed", "support", (-1.0, 100.0),
    )
    director_share_paid: float = _uncertain(
        0.10, (0.05, 0.35), "share of days", "days of paid support that the giver's director gives in person",
        "assumption; one prior for paid and unpaid", "support", (0.001, 1.0),
    )
    director_share_unpaid: float = _uncertain(
        0.25, (0.05, 0.35), "share of days", "days of unpaid support that the giver's director gives in person",
        "assumption; one prior for paid and unpaid", "support", (0.001, 1.0),
    )
    # fmt: on

    def __post_init__(self) -> None:
        """Refuse what no run could be made with."""
        for name in PARAMETERS:
            object.__setattr__(self, name, _checked(name, getattr(self, name)))
        spread = self.deprivation_effect * self.deprivation_effect + self.region_sd * self.region_sd
        if spread > 0.9:
            raise InputError(
                "parameters deprivation_effect and region_sd: expected the sum of their squares to be 0.9 or less, "
                f"got {spread:.3g}"
            )

    @classmethod
    def from_mapping(cls, values: Mapping[str, object]) -> Self:
        """Return the set with these values, defaults elsewhere; unknown names are refused.

        Raises:
            InputError: a name is unknown, or a value is not a number within its hard limits.
        """
        for name in values:
            if name not in PARAMETERS:
                raise InputError(
                    f"unknown parameter {shown(name)}{nearest(name, PARAMETERS)}; `sli parameters` lists them all"
                )
        return cls(**values)  # type: ignore[arg-type]

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Return the set that a TOML file of ``name = value`` lines describes.

        Raises:
            InputError: the file cannot be read as TOML, or holds a bad name or value.
        """
        return cls.from_mapping(read_toml(path))

    def as_dict(self) -> dict[str, float]:
        """Return name and value of every uncertain number, in the order of `PARAMETERS`."""
        values = asdict(self)
        return {name: values[name] for name in PARAMETERS}


def _checked(name: str, value: object) -> float:
    info = PARAMETERS[name]
    if not is_number(value):
        raise InputError(f"parameter {name}: expected a finite number in {info.unit}, got {shown(value)}")
    if not info.hard_low <= value <= info.hard_high:
        raise InputError(
            f"parameter {name}: expected {info.hard_low:g} to {info.hard_high:g} ({info.unit}), got {shown(value)}"
        )
    return float(value)


PARAMETERS: Mapping[str, ParameterInfo] = MappingProxyType(
    {f.name: ParameterInfo(name=f.name, default=f.default, **f.metadata) for f in fields(Parameters)}  # type: ignore[arg-type]
)
"""Every uncertain number by its name, with its range, unit and source."""
