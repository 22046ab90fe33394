"""Patterns: what was observed, and what a simulated history shows of it."""

from experiments.patterns.fit import fit_groups, fit_patterns, measure_fit
from experiments.patterns.further import further_groups, further_patterns, measure_further
from experiments.patterns.measured import MONTHS, REGIME, History
from experiments.patterns.pattern import TOLERANCE, Group, Pattern

__all__ = [
    "MONTHS",
    "REGIME",
    "TOLERANCE",
    "Group",
    "History",
    "Pattern",
    "fit_groups",
    "fit_patterns",
    "further_groups",
    "further_patterns",
    "measure_fit",
    "measure_further",
]
