"""The knock-outs: every claim's mechanism on and off under the same luck, with a verdict on each claim."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.design.origin import origin_words
from experiments.files.whole import write_csv
from experiments.results.failures import FAILURES, trial_failures
from experiments.results.folder import ResultsFolder, Tell, tell_nobody
from experiments.results.known_runs import trial_run_number
from experiments.results.outcome_numbers import Outcomes
from experiments.results.workplace import Workplace
from experiments.running.maker import Maker
from experiments.studies.claims.answers import (
    CLAIMS_FIGURE,
    CLAIMS_TABLE,
    Answer,
    claims_table,
    needs_of,
    read_claims,
    run_claims,
)
from experiments.studies.claims.catalogue import check_switchable
from experiments.studies.claims.claim import Claim
from experiments.studies.claims.runs import ConditionPieces, Trial
from experiments.text.names import sentence
from simulation.simulate import ENSEMBLE

STUDY = "knockout"


def write_claims(folder: Path, answers: Sequence[Answer], note: str) -> None:
    """Write the table and the figure, each whole or not at all.

    Raises:
        OSError: they cannot be written, or the disk is full.
    """
    from experiments.figures import claims_figure, save

    table = claims_table(answers)
    write_csv(folder / CLAIMS_TABLE, table, encoding="utf-8-sig", digits=10)
    save(claims_figure(table, note), folder / CLAIMS_FIGURE)


def knock_out(
    claims: Sequence[Claim],
    trial: Trial,
    out: str | Path,
    *,
    matters: Mapping[str, float] | None = None,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> pd.DataFrame:
    """Run the claims, write `claims.csv`, `claims.png` and the manifest into a folder, and return the table.

    Args:
        claims: the claims.
        trial: what they are all tried on.
        out: the folder; knock-outs that were stopped go on from its blocks.
        matters: smallest effects that matter, where not those of the outcomes.
        workers: threads; the files are the same whatever their number.
        force: replace what the folder holds.
        progress: show a bar on a terminal.
        tell: called with a line where something of earlier runs is used.

    Raises:
        InputError: a mechanism of a claim is off throughout, the folder holds another design and not ``force``, or
            another process has it.
        OSError: the folder cannot be written or the disk is full.
    """
    check_switchable(claims, trial.world.switches)

    def fill(place: Workplace) -> dict[str, Any]:
        start = time.monotonic()
        answers, runs = run_claims(
            claims, trial, matters=matters, store=place.blocks, workers=workers, progress=progress, tell=tell
        )
        write_claims(place.path, answers, runs_note(trial, runs.number))
        if runs.errors:
            number = partial(trial_run_number, sets=len(trial.sets), replicates=trial.replicates)
            table = trial_failures(needs_of(claims)[0], runs.errors, number, Path(out))
            write_csv(place.path / FAILURES, table)
        return {
            "runs": runs.number,
            "failed": runs.failed,
            "options": {"workers": workers},
            "elapsed_seconds": round(time.monotonic() - start, 1),
        }

    folder = ResultsFolder(out, STUDY, describe_trial(claims, trial, matters), (CLAIMS_TABLE, CLAIMS_FIGURE, FAILURES))
    folder.fill(fill, force=force, tell=tell)
    return read_claims(folder.path)


def describe_trial(claims: Sequence[Claim], trial: Trial, matters: Mapping[str, float] | None) -> dict[str, Any]:
    """Return the whole design as plain values, ready for JSON."""
    numbers = [claim.number for claim in claims]
    return {"claims": numbers, "matters": dict(matters or {})} | trial.describe(needs_of(claims)[0])


def runs_note(trial: Trial, runs: int) -> str:
    """Return what stands under the figure: how many runs it shows, the seed, and what it is not."""
    return (
        f"{sentence(origin_words(trial.origin.kind, len(trial.sets)))}; {trial.replicates} replicates; "
        f"{runs:,} different runs; seed {trial.world.seed}. "
        "An exploration of a model, not a forecast."
    )


def seconds_a_cell(claims: Sequence[Claim], trial: Trial) -> tuple[float, int]:
    """Return how long the runs of one set and replicate take here and now, and how many different ones they are."""
    conditions, outcomes = needs_of(claims)
    maker = Maker(trial.world, ENSEMBLE)
    maker.warm()
    piece = ConditionPieces(trial, conditions, outcomes).piece(0, 0)
    start = time.perf_counter()
    maker.make(piece, Outcomes(outcomes))
    return time.perf_counter() - start, piece.runs
