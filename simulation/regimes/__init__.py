"""Regimes of improvement support: one TOML file each, every lever a number or a named choice."""

from simulation.regimes.files import REGIMES, load_regime, with_own_name
from simulation.regimes.parity import PARITIES, QUANTITIES, Deployment, deploy, draw_levers
from simulation.regimes.regime import LEVERS, Arm, LeverInfo, Regime

__all__ = [
    "LEVERS",
    "PARITIES",
    "QUANTITIES",
    "REGIMES",
    "Arm",
    "Deployment",
    "LeverInfo",
    "Regime",
    "deploy",
    "draw_levers",
    "load_regime",
    "with_own_name",
]
