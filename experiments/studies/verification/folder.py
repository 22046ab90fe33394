"""Does a results folder still hold: its files by their digests, and a sample of its runs, made again?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.design.world import Piece
from experiments.files.digests import model_digest
from experiments.results.blocks import Block
from experiments.results.known_runs import KnownRun, KnownRuns
from experiments.results.manifest import read_manifest
from experiments.results.numbers import RunNumbers
from experiments.results.seal import hold
from experiments.running.rounds import run_rounds
from experiments.running.runner import Runner
from experiments.studies.verification.readers import READERS, read_known_runs
from simulation.arrays import Flags, Floats
from simulation.councils import Councils
from simulation.errors import whole
from simulation.limits import checked_seed
from simulation.outcomes.outcomes import OUTCOMES

SAMPLE, MOST_AGAIN = 32, 10_000_000
_PLACE = {name: place for place, name in enumerate(OUTCOMES)}
CHANGE_COLUMNS = ("outcome", "unit", "runs", "mean_change", "largest_change")


@dataclass(frozen=True)
class Verification:
    """What was found of a results folder.

    Attributes:
        files: how many files have a digest.
        changed: those that are missing or not as they were written, by name; no run is made again then.
        runs: how many runs were made again: none where the study keeps none by itself.
        differing: the numbers of those that are not equal, bit for bit.
        failed: reasons of those that failed now.
        same_model: whether the model is the very one that made the results.
        changes: a row an outcome that changed: its unit, in how many runs, mean change and largest one (now less then).
    """

    files: int
    changed: tuple[str, ...]
    runs: int
    differing: tuple[int, ...]
    failed: tuple[str, ...]
    same_model: bool
    changes: pd.DataFrame

    @property
    def holds(self) -> bool:
        """Whether every file and every run that was made again is as it was."""
        return not (self.changed or self.differing)


def verify_folder(
    folder: str | Path,
    *,
    runs: int = SAMPLE,
    seed: int = 2018,
    councils: Councils | None = None,
    workers: int = 1,
    progress: bool = False,
) -> Verification:
    """Return whether a results folder holds; nothing in it is written.

    Args:
        folder: finished results.
        runs: how many of them are, at random; all where there are fewer.
        seed: of their choice.
        councils: the user's own, where the results were made on those.
        workers: threads.
        progress: show a bar on a terminal.

    Raises:
        InputError: the folder holds no such results, or a number is out of range.
    """
    home, sample, seed = Path(folder), whole("runs", runs, 1, MOST_AGAIN), checked_seed(seed)
    manifest = read_manifest(home)
    digests = {**manifest.digests, **manifest.views}
    changed = tuple(name for name, seal in digests.items() if not hold(home, {name: seal}))
    same = manifest.design.get("model") == model_digest()
    if changed:
        return Verification(len(digests), changed, 0, (), (), same, _changes((), (), ()))
    known = read_known_runs(home, councils) if manifest.study in READERS else None
    chosen = [] if known is None else _chosen(known, sample, seed)
    if known is None or not chosen:
        return Verification(len(digests), (), 0, (), (), same, _changes((), (), ()))
    then = [values for _, values in chosen]
    blocks = _made_again([run for run, _ in chosen], workers, progress=progress)
    places = [_PLACE[name] for name in known.kept]
    now = [block.arrays["outcomes"][0][places] for block in blocks]
    differing = tuple(
        run.number for (run, _), one, other in zip(chosen, then, now, strict=True) if not _equal(one, other).all()
    )
    failed = tuple(reason for block in blocks for reason in block.errors.tolist() if reason)
    return Verification(len(digests), (), len(chosen), differing, failed, same, _changes(then, now, known.kept))


def _chosen(known: KnownRuns, sample: int, seed: int) -> list[tuple[KnownRun, Floats]]:
    """Return some runs at random that did not fail, with what they gave, luck by luck."""
    numbers = np.random.default_rng(seed).permutation(known.number)
    chosen: list[tuple[KnownRun, Floats]] = []
    for number in numbers.tolist():
        values = known.outcomes(number) if len(chosen) < sample else None
        if values is not None:
            chosen.append((known.run(number), values))
        if len(chosen) == sample:
            break
    return sorted(chosen, key=lambda pair: (pair[0].luck, pair[0].number))


def _made_again(runs: Sequence[KnownRun], workers: int, *, progress: bool) -> list[Block]:
    pieces = [Piece(f"run-{run.number}", "", (run.cell,), run.world) for run in runs]
    blocks: dict[str, Block] = {}

    def take(piece: Piece, block: Block) -> None:
        blocks[piece.name] = block

    run_rounds(
        Runner(runs[0].world, RunNumbers(0), workers=workers),
        [pieces],
        take,
        progress=progress,
        title="runs made again",
    )
    return [blocks[piece.name] for piece in pieces]


def _equal(one: Floats, other: Floats) -> Flags:
    """Return which numbers are the same to the last bit; a missing one is the same as another."""
    same: Flags = (one.view(np.int64) == other.view(np.int64)) | (np.isnan(one) & np.isnan(other))
    return same


def _changes(then: Sequence[Floats], now: Sequence[Floats], names: Iterable[str]) -> pd.DataFrame:
    rows = []
    for at, name in enumerate(names):
        before, after = (np.array([values[at] for values in side]) for side in (then, now))
        changed = ~_equal(before, after)
        if changed.any():
            moved = after - before
            known = moved[np.isfinite(moved)]
            most = float(known[np.argmax(abs(known))]) if known.size else np.nan
            mean = float(known.mean()) if known.size else np.nan
            rows.append((name, OUTCOMES[name].unit, int(changed.sum()), mean, most))
    return pd.DataFrame(rows, columns=list(CHANGE_COLUMNS))
