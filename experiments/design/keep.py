"""What a comparison keeps of single runs beside their outcomes."""

from __future__ import annotations

from collections.abc import Collection

from experiments.inputs.checks import checked_choice
from simulation.errors import InputError

KEEP_RUNS, KEEP_SAMPLE, KEEP_MONTHS, KEEP_COUNCILS = "runs", "sample", "months", "councils"
KEPT = (KEEP_RUNS, KEEP_SAMPLE, KEEP_MONTHS, KEEP_COUNCILS)
"""Outcomes and groups of councils, always; months of the first replicate of each set, or of all; every council."""

_SAMPLED = 1


def checked_keep(keep: str) -> tuple[str, ...]:
    """Return what is kept, in the order of `KEPT`, of names with commas between them.

    Raises:
        InputError: a name is unknown, or months are asked for of some replicates and of all.
    """
    asked = {checked_choice("keep", name.strip(), KEPT) for name in keep.split(",")}
    if {KEEP_SAMPLE, KEEP_MONTHS} <= asked:
        raise InputError(f"keep: expected {KEEP_SAMPLE} or {KEEP_MONTHS}, got both")
    return tuple(name for name in KEPT if name in {KEEP_RUNS, *asked})


def replicates_kept(keep: Collection[str], replicates: int) -> int:
    """Return of how many replicates of each set the months are kept: the first ones."""
    if KEEP_MONTHS in keep:
        return replicates
    return min(_SAMPLED, replicates) if KEEP_SAMPLE in keep else 0
