"""What a sensitivity study would take: its screening, and its indices with as many columns as may be kept."""

from __future__ import annotations

from experiments.running.crossing_plan import CrossingPlan, plan_crossing
from experiments.studies.sensitivity.design import SensitivityDesign


def plan_sensitivity(design: SensitivityDesign, workers: int) -> CrossingPlan:
    """Return what both stages would take at most, from runs timed here and now."""
    kept = design.names[: design.most] if design.is_screened else design.names
    indices = plan_crossing(design.indices(kept), design.kept, workers)
    if not design.is_screened:
        return indices
    screening = plan_crossing(design.screening, design.kept, workers)
    return CrossingPlan(
        runs=screening.runs + indices.runs,
        rows=screening.rows + indices.rows,
        seconds_a_run=indices.seconds_a_run,
        megabytes=screening.megabytes + indices.megabytes,
        memory=max(screening.memory, indices.memory),
    )
