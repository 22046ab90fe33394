"""The claims beside a comparison: tested on its own sets, luck and world, with fewer runs."""

from __future__ import annotations

from typing import Any

from experiments.design.design import Design
from experiments.design.parameter_sets import first_draws
from experiments.files.whole import write_csv
from experiments.results.folder import Tell, tell_nobody
from experiments.results.workplace import Workplace
from experiments.studies.claims.answers import CLAIMS_TABLE, claims_table, run_claims
from experiments.studies.claims.catalogue import claims, switchable
from experiments.studies.claims.knockout import runs_note
from experiments.studies.claims.runs import Trial

CLAIM_DRAWS, CLAIM_REPLICATES = 40, 5
"""At most so many of the comparison's draws of parameter sets, the first ones, and so many replicates."""


def trial_of(design: Design) -> Trial:
    """Return the trial of a comparison's claims: fewer of its sets, and the first replicates of its luck."""
    return Trial(
        world=design.world,
        sets=first_draws(design.sets, CLAIM_DRAWS),
        origin=design.origin,
        replicates=CLAIM_REPLICATES,
    )


def write_beside(
    design: Design, place: Workplace, *, workers: int = 1, progress: bool = False, tell: Tell = tell_nobody
) -> dict[str, Any]:
    """Test the claims in the world of a comparison, write their table into a workplace, and return what was run.

    Claims of which a mechanism is off there are left out.

    Raises:
        OSError: the table cannot be written, or the disk is full.
    """
    trial = trial_of(design)
    candidates = switchable(claims(), trial.world.switches)
    answers, runs = run_claims(
        candidates, trial, store=place.blocks, workers=workers, progress=progress, title="claims", tell=tell
    )
    write_csv(place.path / CLAIMS_TABLE, claims_table(answers), encoding="utf-8-sig", digits=10)
    return {
        "sets": len(trial.sets),
        "replicates": trial.replicates,
        "runs": runs.number,
        "failed": runs.failed,
        "left_out": [claim.number for claim in claims() if claim not in candidates],
        "note": runs_note(trial, runs.number),
    }
