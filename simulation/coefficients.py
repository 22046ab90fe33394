"""What the rules are run with: the parameters after the switches, and constants derived from them once."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Self

from simulation.parameters import Parameters
from simulation.switches import Switches

ENGLAND = 152
"""Councils in England: numbers of givers, days, pounds and candidates are stated for so many."""

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
}
"""A mechanism is switched off by setting its parameters to zero (attention_shift: regimes may state it as a number)."""

# The March 2018 mix of grades as cuts of a standard normal: 23, 72, 54 and 3 of 152.
_CUTS = (-1.0316, 0.3189, 2.0597)
_DRIFT_MONTHS = 36
_TRUST_ALARM = 0.4

LN2 = math.log(2.0)


@dataclass(frozen=True, kw_only=True)
class Coefficients(Parameters):
    """Parameters in force and constants derived from them; computed once a run, the same for every engine.

    Chances and rates are a month, decays are factors a month, cuts are scores.
    """

    inverted_attention: int = 0
    saturating_gap: int = 0
    attention_shifts: int = 1
    drift_months: int = _DRIFT_MONTHS
    poverty_tilt: float = 0.0

    quality_step: float = 0.0
    collapse_chance: float = 0.0
    stigma_keep: float = 0.0
    alarm_keep: float = 0.0
    press_keep: float = 0.0
    borrowed_keep: float = 0.0
    trust_alarm: float = 0.0
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

    @classmethod
    def of(cls, parameters: Parameters, switches: Switches, councils: int, poverty_tilt: float = 0.0) -> Self:
        """Return the coefficients of a run of so many ``councils``."""
        silenced = {name: 0.0 for switch, names in _SILENCED.items() if switches.off(switch) for name in names}
        p = replace(parameters, **silenced)
        scale = councils / ENGLAND
        width = math.sqrt(1.0 + p.inspection_noise * p.inspection_noise)
        return cls(
            **p.as_dict(),
            inverted_attention=int(switches.attention_shape == "inverted_u"),
            saturating_gap=int(switches.gap_shape == "saturating"),
            attention_shifts=int(not switches.off("attention_shift")),
            drift_months=1_000_000 if switches.drift == "continues" else _DRIFT_MONTHS,
            poverty_tilt=poverty_tilt,
            quality_step=min(1.0, 1.0 / p.practice_adjustment_time),
            collapse_chance=monthly(p.collapse_rate),
            stigma_keep=half_life(24.0),
            alarm_keep=half_life(18.0),
            press_keep=half_life(6.0),
            borrowed_keep=1.0 - p.borrowed_decay,
            trust_alarm=0.0 if switches.off("alarm") else _TRUST_ALARM,
            crisis_chance=0.4 / 12.0,
            new_chief_chance=monthly(0.21),
            dismissal_scale=_dismissal_scale(p.dismissal_probability),
            dismissal_bound=_dismissal_scale(p.dismissal_probability) * math.exp(p.attention_shield * p.attention_base),
            exit_chance=monthly(p.voluntary_exit_rate),
            exit_bound=monthly(p.voluntary_exit_rate) * math.exp(2.0 * p.exit_quality_slope),
            pool_exit_chance=monthly(p.pool_exit_rate),
            hiring_chance=1.0 - math.exp(-1.0 / p.hiring_time),
            candidates_inflow=21.0 / 12.0 * scale,
            candidates_start=12.0 * scale,
            candidates_most=max(1.0, 40.0 * scale),
            inadequate_cut=width * _CUTS[0],
            good_cut=width * _CUTS[1] - p.good_cut_shift,
            outstanding_cut=width * _CUTS[2] - p.outstanding_cut_shift,
            sif_good_cut=width * _CUTS[1],
            sif_outstanding_cut=width * _CUTS[2],
        )


def monthly(yearly: float) -> float:
    """Return the chance a month of what has the chance ``yearly`` a year."""
    return 1.0 - math.pow(1.0 - yearly, 1.0 / 12.0)


def half_life(months: float) -> float:
    """Return the factor a month of what halves in so many months."""
    return math.exp(-LN2 / months)


def _dismissal_scale(probability: float) -> float:
    """Return E8's scale: a director two years in post at the judgement is dismissed within a year so often."""
    weight = math.fsum(math.exp(-LN2 / 6.0 * m) * (1.0 - math.exp(-(m + 25) / 12.0)) for m in range(1, 13))
    return -math.log(max(0.02, 1.0 - probability)) / weight
