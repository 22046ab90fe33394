"""The claims beside a comparison: tested on its own sets, luck and world, with fewer runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from experiments.design.design import Design
from experiments.design.world import World
from experiments.files.whole import write_csv
from experiments.studies.claims.answers import TABLE, claims_table, run_claims
from experiments.studies.claims.catalogue import claims, switchable
from experiments.studies.claims.knockout import runs_note

SETS, REPLICATES = 24, 8
"""At most so many of the comparison's sets, spread over them, and so many replicates."""


def world_of(design: Design) -> World:
    """Return the world of a comparison with fewer of its sets and the first replicates of its luck."""
    many = len(design.sets)
    picked = np.unique(np.linspace(0, many - 1, min(SETS, many)).round().astype(int))
    return World(
        sets=tuple(design.sets[place] for place in picked),
        replicates=REPLICATES,
        months=design.months,
        seed=design.seed,
        scenario=design.scenario,
        switches=design.switches,
        councils=design.councils,
        origin=design.origin,
    )


def write_beside(design: Design, folder: Path, *, workers: int = 1, progress: bool = False) -> dict[str, Any]:
    """Test the claims in the world of a comparison, write their table into its folder, and return what was run.

    Claims of which a mechanism is off there are left out.

    Raises:
        OSError: the table cannot be written, or the disk is full.
    """
    world = world_of(design)
    chosen = switchable(claims(), world.switches)
    answers, found = run_claims(chosen, world, workers=workers, progress=progress)
    write_csv(folder / TABLE, claims_table(answers), encoding="utf-8-sig", digits=10)
    return {
        "sets": len(world.sets),
        "replicates": world.replicates,
        "runs": found.made,
        "failed": found.failed,
        "left_out": [claim.number for claim in claims() if claim not in chosen],
        "note": runs_note(world, found.made),
    }
