"""What the rules are run with: the parameters after the switches, and constants derived from them once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Self

from simulation.dates import NEVER
from simulation.parameters import PARAMETERS, Parameters
from simulation.switches import Switches

_SILENCED = {
    "overload": ("overload_cost", "overload_exit"),
    "labels": ("label_stigma", "label_prestige"),
    "press_dismissal": ("dismissal_probability",),
    "press_climate": ("press_supply_elasticity",),
    "attention_quality": ("attention_effect",),
    "attention_shield": ("attention_shield",),
    "attention_absorption": ("attention_absorption",),
    "alarm": ("alarm_push",),
    "collapse": ("collapse_rate",),
    "spillover": ("regional_spillover",),
    "pressure": ("pressure_effect",),
    "pressure_on_giving": ("pressure_on_giving",),
    "dose_threshold": ("half_dose",),
    "gold_dust": ("gold_dust_premium",),
    "anchors": ("anchor_outstanding", "anchor_good"),
    "intervention": ("intervention_pull",),
}
"""A mechanism is switched off by setting its parameters to zero (attention_shift: regimes may state it as a number)."""

_DRIFT_MONTHS, _ENDLESS_DRIFT = 36, NEVER
_TRUST_ALARM = 0.4
_MONTHS_TO_TRUST, _NEXT_MONTH = 18, 1


@dataclass(frozen=True, kw_only=True)
class Coefficients(Parameters):
    """Parameters in force and constants that follow from them; computed once a run, the same for every engine.

    Chances and rates are a month, decays are factors a month, cuts are scores. What follows from the parameters is
    written by `simulation.rules.constants.write_constants` and is 0 before.
    """

    inverted_attention: int = 0
    saturating_gap: int = 0
    attention_shifts: int = 1
    drift_months: int = _DRIFT_MONTHS
    drift_from: int = 0
    relative_spillover: int = 0
    own_leadership: int = 0
    tied_shock: int = 0
    headline_until: int = NEVER
    trust_alarm: float = 0.0
    trust_delay: int = _MONTHS_TO_TRUST
    trust_price: int = 1
    poverty_tilt: float = 0.0

    quality_step: float = 0.0
    shock: float = 0.0
    intervention_level: float = 0.0
    collapse_chance: float = 0.0
    stigma_keep: float = 0.0
    alarm_keep: float = 0.0
    press_keep: float = 0.0
    borrowed_keep: float = 0.0
    crisis_chance: float = 0.0
    new_chief_chance: float = 0.0
    dismissal_scale: float = 0.0
    dismissal_bound: float = 0.0
    exit_chance: float = 0.0
    exit_bound: float = 0.0
    pool_exit_chance: float = 0.0
    hiring_chance: float = 0.0
    candidates_inflow: float = 0.0
    candidates_start: float = 0.0
    candidates_most: float = 0.0
    inadequate_cut: float = 0.0
    good_cut: float = 0.0
    outstanding_cut: float = 0.0
    sif_good_cut: float = 0.0
    sif_outstanding_cut: float = 0.0

    def __post_init__(self) -> None:
        """Check nothing: the parameters were checked as such, and what follows from them is 0 before it is written."""

    @classmethod
    def in_force(
        cls,
        parameters: Parameters,
        switches: Switches,
        poverty_tilt: float = 0.0,
        drift_from: int = 0,
        headline_until: int = NEVER,
    ) -> Self:
        """Return what parameters, switches and scenario say, before anything that follows from it is written.

        ``drift_from`` is the months from April 2018 to the start, ``headline_until`` the month of the run in which
        inspections give no overall grade any more.
        """
        values = {name: getattr(parameters, name) for name in PARAMETERS}
        for switch, names in _SILENCED.items():
            if switches.off(switch):
                values |= dict.fromkeys(names, 0.0)
        return cls(
            **values,
            inverted_attention=int(switches.attention_shape == "inverted_u"),
            saturating_gap=int(switches.gap_shape == "saturating"),
            attention_shifts=int(not switches.off("attention_shift")),
            drift_months=_ENDLESS_DRIFT if switches.drift == "continues" else _DRIFT_MONTHS,
            drift_from=drift_from,
            relative_spillover=int(not switches.off("relative_spillover")),
            own_leadership=int(not switches.off("own_leadership")),
            tied_shock=int(not switches.off("tied_shock")),
            headline_until=headline_until,
            trust_alarm=0.0 if switches.off("alarm") else _TRUST_ALARM,
            trust_price=int(not switches.off("trust_price")),
            trust_delay=_NEXT_MONTH if switches.off("trust_delay") else _MONTHS_TO_TRUST,
            poverty_tilt=poverty_tilt,
        )

    @classmethod
    def of(
        cls,
        parameters: Parameters,
        switches: Switches,
        councils: int,
        poverty_tilt: float = 0.0,
        drift_from: int = 0,
        headline_until: int = NEVER,
        *,
        write: Callable[..., None] | None = None,
    ) -> Self:
        """Return the coefficients of a run of so many ``councils``, all that follows written.

        ``write`` writes what follows, in place of `simulation.rules.constants.write_constants`.
        """
        from simulation.rules.constants import write_constants

        c = SimpleNamespace(**vars(cls.in_force(parameters, switches, poverty_tilt, drift_from, headline_until)))
        (write or write_constants)(c, councils)
        return cls(**vars(c))
