"""The knock-outs: every claim's mechanism on and off under the same luck, with a verdict on each claim."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.design.origin import origin_words
from experiments.design.parameter_sets import described_sets
from experiments.design.world import World
from experiments.files.digests import model_digest, plain, table_digest
from experiments.files.provenance import provenance
from experiments.files.whole import write_csv
from experiments.results.folder import ResultsFolder
from experiments.studies.claims.answers import FIGURE, TABLE, Answer, claims_table, needed, read_claims, run_claims
from experiments.studies.claims.catalogue import check_switchable
from experiments.studies.claims.claim import Claim
from experiments.studies.claims.runs import Maker
from experiments.text.names import sentence


def write_claims(folder: Path, answers: Sequence[Answer], note: str, matters: Mapping[str, float] | None) -> None:
    """Write the table and the figure, each whole or not at all.

    Raises:
        OSError: they cannot be written, or the disk is full.
    """
    from experiments.figures import save
    from experiments.figures.claims_picture import claims_picture

    table = claims_table(answers, matters)
    write_csv(folder / TABLE, table, encoding="utf-8-sig", digits=10)
    save(claims_picture(table, note), folder / FIGURE)


def knock_out(
    chosen: Sequence[Claim],
    world: World,
    out: str | Path,
    *,
    matters: Mapping[str, float] | None = None,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> pd.DataFrame:
    """Run the claims, write `claims.csv`, `claims.png` and the manifest into a folder, and return the table.

    Args:
        chosen: the claims.
        world: sets, replicates and all else that they share.
        out: the folder.
        matters: smallest effects that matter, where not those of the outcomes.
        workers: threads; the files are the same whatever their number.
        force: replace what the folder holds.
        progress: show a bar on a terminal.
        tell: called with a line when nothing has to be run.

    Raises:
        InputError: a mechanism of a claim is off throughout, or the folder holds another design and not ``force``.
        OSError: the folder cannot be written or the disk is full.
    """
    check_switchable(chosen, world.switches)
    begun = time.monotonic()
    folder = ResultsFolder(Path(out), _describe(chosen, world, matters), (TABLE, FIGURE))
    if folder.open(force=force):
        tell(f"{out} holds these knock-outs already: nothing was run again")
        return read_claims(folder.path)
    answers, found = run_claims(chosen, world, matters=matters, workers=workers, progress=progress)
    write_claims(folder.path, answers, runs_note(world, found.made), matters)
    folder.write_manifest(
        {
            **provenance(),
            "runs": found.made,
            "failed": found.failed,
            "options": {"workers": workers},
            "elapsed_seconds": round(time.monotonic() - begun, 1),
            "finished": True,
            "digests": folder.digests(),
        }
    )
    return read_claims(folder.path)


def runs_note(world: World, runs: int) -> str:
    """Return what stands under the figure: how many runs it shows, the seed, and what it is not."""
    return (
        f"{sentence(origin_words(world.origin.kind, len(world.sets)))}; {world.replicates} replicates; "
        f"{runs:,} different runs; seed {world.seed}. "
        "An exploration of a model, not a forecast."
    )


def seconds_a_cell(chosen: Sequence[Claim], world: World) -> tuple[float, int]:
    """Return how long the runs of one set and replicate take here and now, and how many different ones they are."""
    conditions, outcomes = needed(chosen)
    maker = Maker(world, conditions, outcomes)
    maker.warm()
    begun = time.perf_counter()
    made = maker.make((0, 0))
    return time.perf_counter() - begun, 0 if made is None else made.made


def _describe(chosen: Sequence[Claim], world: World, matters: Mapping[str, float] | None) -> dict[str, Any]:
    conditions, _ = needed(chosen)
    return plain(
        {
            "claims": [claim.number for claim in chosen],
            "conditions": [asdict(condition) for condition in conditions],
            "origin": asdict(world.origin),
            "sets": described_sets(world.sets),
            "replicates": world.replicates,
            "months": world.months,
            "seed": world.seed,
            "scenario": asdict(world.scenario),
            "switches": world.switches.as_dict(),
            "councils": table_digest(world.councils),
            "matters": dict(matters or {}),
            "model": model_digest(),
        }
    )
