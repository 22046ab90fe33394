"""What people run with the model: the comparison of regimes, its tables and its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.design.design import Design, make_design
    from experiments.results.store import Results, load_results
    from experiments.running.cluster import on_cluster
    from experiments.studies.comparison.compare import compare_regimes
    from experiments.studies.discovery.discover import Discovery, discover
    from experiments.studies.ensemble.run_ensemble import EnsembleRuns, run_ensemble
    from experiments.studies.sensitivity.results import Sensitivity, load_sensitivity
    from experiments.studies.sensitivity.sensitivity import sensitivity
    from experiments.studies.sweep.results import Sweep, load_sweep
    from experiments.studies.sweep.sweep import sweep
    from experiments.studies.verification.folder import Verification, verify_folder

__all__ = [
    "Design",
    "Discovery",
    "EnsembleRuns",
    "Results",
    "Sensitivity",
    "Sweep",
    "Verification",
    "compare_regimes",
    "discover",
    "load_results",
    "load_sensitivity",
    "load_sweep",
    "make_design",
    "on_cluster",
    "run_ensemble",
    "sensitivity",
    "sweep",
    "verify_folder",
]

_HOMES = {
    "Design": "experiments.design.design",
    "Discovery": "experiments.studies.discovery.discover",
    "discover": "experiments.studies.discovery.discover",
    "EnsembleRuns": "experiments.studies.ensemble.run_ensemble",
    "run_ensemble": "experiments.studies.ensemble.run_ensemble",
    "Results": "experiments.results.store",
    "compare_regimes": "experiments.studies.comparison.compare",
    "load_results": "experiments.results.store",
    "Verification": "experiments.studies.verification.folder",
    "verify_folder": "experiments.studies.verification.folder",
    "make_design": "experiments.design.design",
    "on_cluster": "experiments.running.cluster",
    "load_sensitivity": "experiments.studies.sensitivity.results",
    "Sensitivity": "experiments.studies.sensitivity.results",
    "sensitivity": "experiments.studies.sensitivity.sensitivity",
    "load_sweep": "experiments.studies.sweep.results",
    "Sweep": "experiments.studies.sweep.results",
    "sweep": "experiments.studies.sweep.sweep",
}


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that ``sli --help`` imports neither pandas nor Mesa."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
