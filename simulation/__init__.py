"""The model: councils, their directors and chief executives, and the support they give each other.

>>> from simulation import simulate
>>> run = simulate("peer_support", months=12)
>>> run.outcomes["inadequate_months"]
252.0
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from simulation.simulate import ENGINES, simulate

if TYPE_CHECKING:
    from simulation.agents.agents import ChiefExecutive, Council, Director
    from simulation.agents.model import SectorModel
    from simulation.agents.sweeping import EachIteration
    from simulation.chance import Chance
    from simulation.compiled.ensemble import Ensemble
    from simulation.councils import Councils, load_councils
    from simulation.draws import draw_chance
    from simulation.errors import InputError
    from simulation.invariants import check_model, check_regime
    from simulation.outcomes.outcomes import OUTCOMES
    from simulation.outcomes.own_outcomes import OwnOutcome
    from simulation.outcomes.pairs import paired_outcomes
    from simulation.outcomes.paths import PATHS
    from simulation.outcomes.run import Run
    from simulation.parameters import PARAMETERS, Parameters
    from simulation.regimes import LEVERS, PARITIES, REGIMES, Arm, Regime, deploy, draw_levers, load_regime
    from simulation.scenario import SCENARIOS, Scenario
    from simulation.switches import SWITCHES, Switches

_HOMES = {
    "agents.agents": ("ChiefExecutive", "Council", "Director"),
    "agents.model": ("SectorModel",),
    "agents.sweeping": ("EachIteration",),
    "chance": ("Chance",),
    "compiled.ensemble": ("Ensemble",),
    "councils": ("Councils", "load_councils"),
    "draws": ("draw_chance",),
    "errors": ("InputError",),
    "invariants": ("check_model", "check_regime"),
    "outcomes.pairs": ("paired_outcomes",),
    "outcomes.outcomes": ("OUTCOMES",),
    "outcomes.own_outcomes": ("OwnOutcome",),
    "outcomes.paths": ("PATHS",),
    "outcomes.run": ("Run",),
    "parameters": ("PARAMETERS", "Parameters"),
    "regimes": ("LEVERS", "PARITIES", "REGIMES", "Arm", "Regime", "deploy", "draw_levers", "load_regime"),
    "scenario": ("SCENARIOS", "Scenario"),
    "switches": ("SWITCHES", "Switches"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}
_ELSEWHERE = {"run_ensemble": "experiments", "EnsembleRuns": "experiments"}

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
    "EachIteration",
    "Ensemble",
    "InputError",
    "OwnOutcome",
    "Parameters",
    "Regime",
    "Run",
    "Scenario",
    "SectorModel",
    "Switches",
    "check_model",
    "check_regime",
    "deploy",
    "draw_chance",
    "draw_levers",
    "load_councils",
    "load_regime",
    "paired_outcomes",
    "simulate",
]


def __getattr__(name: str) -> Any:
    """Load a public name on first use, so that what needs neither Mesa nor pandas does not wait for them."""
    if name in _ELSEWHERE:
        raise AttributeError(f"{name} is in another package: from {_ELSEWHERE[name]} import {name}")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"simulation.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
