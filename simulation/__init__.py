"""The model: councils, their directors and chief executives, and the support they give each other.

>>> from simulation import simulate
>>> run = simulate("peer_support", months=12)
>>> run.outcomes["inadequate_months"]
252.0
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.agents import ChiefExecutive, Council, Director
    from simulation.batch import EnsembleRuns, run_ensemble
    from simulation.chance import Chance, draw_chance
    from simulation.councils import Councils, load_councils
    from simulation.engine import Ensemble
    from simulation.engines import ENGINES, simulate
    from simulation.errors import InputError
    from simulation.measures import paired_outcomes
    from simulation.outcomes import OUTCOMES
    from simulation.parameters import PARAMETERS, Parameters
    from simulation.paths import PATHS
    from simulation.regimes import LEVERS, PARITIES, REGIMES, Arm, Regime, deploy, draw_levers, load_regime
    from simulation.run import Run
    from simulation.scenario import SCENARIOS, Scenario
    from simulation.sector import SectorModel
    from simulation.switches import SWITCHES, Switches

_HOMES = {
    "agents": ("ChiefExecutive", "Council", "Director"),
    "batch": ("EnsembleRuns", "run_ensemble"),
    "chance": ("Chance", "draw_chance"),
    "councils": ("Councils", "load_councils"),
    "engine": ("Ensemble",),
    "engines": ("ENGINES", "simulate"),
    "errors": ("InputError",),
    "measures": ("paired_outcomes",),
    "outcomes": ("OUTCOMES",),
    "parameters": ("PARAMETERS", "Parameters"),
    "paths": ("PATHS",),
    "regimes": ("LEVERS", "PARITIES", "REGIMES", "Arm", "Regime", "deploy", "draw_levers", "load_regime"),
    "run": ("Run",),
    "scenario": ("SCENARIOS", "Scenario"),
    "sector": ("SectorModel",),
    "switches": ("SWITCHES", "Switches"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "ENGINES",
    "LEVERS",
    "OUTCOMES",
    "PARAMETERS",
    "PARITIES",
    "PATHS",
    "REGIMES",
    "SCENARIOS",
    "SWITCHES",
    "Arm",
    "Chance",
    "ChiefExecutive",
    "Council",
    "Councils",
    "Director",
    "Ensemble",
    "EnsembleRuns",
    "InputError",
    "Parameters",
    "Regime",
    "Run",
    "Scenario",
    "SectorModel",
    "Switches",
    "deploy",
    "draw_chance",
    "draw_levers",
    "load_councils",
    "load_regime",
    "paired_outcomes",
    "run_ensemble",
    "simulate",
]


def __getattr__(name: str) -> Any:
    """Load a public name on first use, so that what needs neither Mesa nor pandas does not wait for them."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"simulation.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
