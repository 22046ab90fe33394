"""Recovery: where do known parameters stand among those that calibration finds likely, when the model made the data?

Simulation-based calibration by ranks (Talts and others 2018). A truth and further sets are drawn alike from the
plausible ones, and the truth makes one history. Given that history, each of them was the truth with a chance in
proportion to its likelihood. So the place of the truth in the weighted row of all of them, for any parameter, is spread
evenly from 0 to 1 if the likelihood is right, however few the sets are.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.design.histories import history_piece, history_world
from experiments.design.plausible import PlausibleSets, load_plausible
from experiments.design.world import Piece
from experiments.files.digests import model_digest, plain_values
from experiments.files.whole import read_csv, write_csv
from experiments.observed import HISTORY_MONTHS, History, fit_patterns, measure_fit
from experiments.observed.judged import NOT_JUDGED, JudgedMonths, judged_until
from experiments.results.blocks import Block, BlockFolder
from experiments.results.folder import ResultsFolder, Tell, tell_nobody
from experiments.results.workplace import BLOCKS, FIGURES, Workplace
from experiments.running.flow import flow
from experiments.running.maker import Stopped, never
from experiments.running.rounds import run_pieces
from experiments.running.workers import thread_pool
from experiments.statistics.weights import effective_sets
from experiments.studies.calibration.calibrate import DIGITS, MOST_PARTICLES, UNTIL
from experiments.studies.calibration.informed import as_table
from experiments.studies.calibration.library import HISTORIES, Data, LibraryRunner, pattern_targets
from experiments.studies.calibration.likeness import (
    Errors,
    log_likeness,
    mean_histories,
    normalised,
    pooled_errors,
)
from experiments.studies.calibration.pictures import draw_places
from experiments.studies.calibration.proposals import FITTED
from experiments.studies.calibration.runs import patterns_digest
from simulation.arrays import Floats
from simulation.compiled.ensemble import Ensemble
from simulation.compiled.filter import PARTICLES
from simulation.errors import InputError, whole
from simulation.limits import LARGEST_SEED, MOST_SETS, checked_seed
from simulation.parameters import PARAMETERS, Parameters
from simulation.state import ILACS, SIF
from simulation.switches import Switches

TRUTHS, OTHERS = 200, 48
HALF, MOST = 0.5, 0.9
"""Central parts of the row in which so many truths stand."""
_SURE = (0.025, 0.975)
STUDY = "recovery"
PARAMETERS_FILE, TRUTHS_FILE, PLACES_FILE = ("recovery.csv", "truths.csv", "places.csv")
RECOVERY_FILES = (PARAMETERS_FILE, TRUTHS_FILE, PLACES_FILE, FIGURES, BLOCKS)
_DRAW, _NOISE, _WITHIN = (2018, 4), (2018, 5), (2018, 6)
_OTHER_SEED = 1_000_003
_CHANCES, _PATTERNS, _SHOWN = "log chances", "patterns", "shown"


@dataclass(frozen=True)
class Recovery:
    """Where known parameters stood.

    Attributes:
        parameters: a row a parameter: truths in the middle half and in the middle nine tenths, of how many; the chance
            that even places differ so much (Kolmogorov and Smirnov); whether the data may inform it; whether both
            counts are ones that even places give in 95% of cases.
        truths: a row a truth: what the weights of the sets are worth.
        places: a row a truth, a column a parameter: the truth's place, from 0 to 1.
    """

    parameters: pd.DataFrame
    truths: pd.DataFrame
    places: pd.DataFrame


@dataclass(frozen=True)
class _Asked:
    """What is asked for; the fields are the arguments of `recover`."""

    truths: int
    sets: int
    particles: int
    seed: int


def recover(
    out: str | Path,
    *,
    truths: int = TRUTHS,
    sets: int = OTHERS,
    particles: int = PARTICLES,
    seed: int = 2018,
    calibration: Path | None = None,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> Recovery:
    """See where known parameters stand among those that calibration finds likely, and write it to the folder ``out``.

    Args:
        out: the folder; a recovery that was stopped goes on from its blocks.
        truths: parameter sets drawn from the plausible ones; each makes one history.
        sets: further ones beside each truth.
        particles: of each council.
        seed: of truths, sets and all luck.
        calibration: a folder of `calibrate` whose sets are drawn from; the shipped ones where None.
        workers: threads.
        force: replace what the folder holds.
        progress: show a bar on a terminal.
        tell: called with a line where something of earlier runs is used.

    Raises:
        InputError: a number is out of range, or the folder holds other results.
        OSError: the folder cannot be written.
    """
    asked = _Asked(
        whole("truths", truths, 1, MOST_SETS),
        whole("sets", sets, 1, MOST_SETS),
        whole("particles", particles, 2, MOST_PARTICLES),
        checked_seed(seed),
    )
    if seed > LARGEST_SEED - _OTHER_SEED - truths:
        raise InputError(f"seed: expected at most {LARGEST_SEED - _OTHER_SEED - truths}, got {seed}")
    plausible = load_plausible(calibration)
    design = {
        "experiment": "recover", "truths": truths, "sets": sets, "particles": particles, "seed": seed,
        "drawn_from": plausible.digest, "patterns": patterns_digest(), "model": model_digest(),
    }  # fmt: skip

    def fill(place: Workplace) -> dict[str, Any]:
        found = _recover(asked, plausible, place.blocks, workers, progress=progress, tell=tell)
        write_csv(place.path / PARAMETERS_FILE, found.parameters, digits=DIGITS)
        write_csv(place.path / TRUTHS_FILE, found.truths, digits=DIGITS)
        write_csv(place.path / PLACES_FILE, found.places, digits=DIGITS)
        draw_places(place.path / FIGURES, found.places, found.parameters, f"{truths} truths; seed {seed}.")
        return {"options": {"workers": workers}}

    folder = ResultsFolder(out, STUDY, plain_values(design), RECOVERY_FILES)
    folder.fill(fill, force=force, tell=tell)
    return Recovery(*(read_csv(folder.path / name) for name in (PARAMETERS_FILE, TRUTHS_FILE, PLACES_FILE)))


def _recover(
    asked: _Asked, plausible: PlausibleSets, store: BlockFolder, workers: int, *, progress: bool, tell: Tell
) -> Recovery:
    """Make every truth's history, hold it against the truth and the sets beside it, and place the truth."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=asked.seed, spawn_key=_DRAW)))
    drawn = stream.choice(len(plausible), (asked.truths, asked.sets + 1), p=plausible.weights)
    rows = [[plausible.parameters[k] for k in row] for row in drawn]
    runner = TruthRunner(asked, workers)
    pieces = [_piece(number, row, asked) for number, row in enumerate(rows)]
    blocks = run_pieces(runner, pieces, store=store, progress=progress, title="truths", tell=tell)
    histories = np.concatenate([block.arrays[_PATTERNS] for block in blocks])
    errors = pooled_errors(histories, np.array([pattern.sd for pattern in fit_patterns()]))
    weights = [weigh_row(block, errors, asked.seed, number) for number, block in enumerate(blocks)]
    values = [as_table(row) for row in rows]
    return place_truths(values, weights, asked.seed)


def weigh_row(block: Block, errors: Errors, seed: int, number: int) -> Floats:
    """Return the chance with which each set of a row was the truth, the truth first, summing to 1, shape (sets + 1,).

    Args:
        block: what the truth's history showed, and what is likely under each set.
        errors: what calibration allows for between histories and what was observed.
        seed: of the error that the truth's patterns are observed with.
        number: of the truth.
    """
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=(*_NOISE, number))))
    used = np.isfinite(pattern_targets(UNTIL[0]))
    shown = block.arrays[_SHOWN] + np.sqrt(errors.discrepancy) * stream.standard_normal(len(errors.discrepancy))
    means = mean_histories(block.arrays[_PATTERNS])
    logs = log_likeness(means, np.where(used, shown, np.nan), errors, HISTORIES)
    return normalised(logs + block.arrays[_CHANCES].sum(axis=1))


def place_truths(values: Sequence[Floats], weights: Sequence[Floats], seed: int) -> Recovery:
    """Return where each truth stands among the sets beside it.

    Args:
        values: parameters of each truth and of the sets beside it, the truth first, shape (sets + 1, parameters) each.
        weights: the chance with which each of them was the truth, shape (sets + 1,) each.
        seed: of where a truth stands within its own part of the row.
    """
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_WITHIN)))
    places, worth = [], []
    for row, weight in zip(values, weights, strict=True):
        below, level = weight @ (row < row[0]), weight @ (row == row[0])
        places.append(below + stream.random(row.shape[1]) * level)
        worth.append(effective_sets(weight))
    table = pd.DataFrame(np.array(places), columns=list(PARAMETERS))
    truths = pd.DataFrame({"truth": range(len(values)), "effective_sets": worth})
    return Recovery(_parameters_table(np.array(places)), truths, table)


def _parameters_table(places: Floats) -> pd.DataFrame:
    from scipy.stats import binom, kstest

    number = len(places)
    table = pd.DataFrame({"parameter": list(PARAMETERS), "truths": number})
    expected = np.ones(len(PARAMETERS), bool)
    for name, part in (("half", HALF), ("most", MOST)):
        counts = (np.abs(places - 0.5) <= part / 2).sum(axis=0)
        low, high = binom.ppf(_SURE, number, part)
        table[name] = counts
        expected &= (counts >= low) & (counts <= high)
    table["even_chance"] = [float(kstest(column, "uniform").pvalue) for column in places.T]
    table["fitted"] = table.parameter.isin(FITTED)
    table["as_expected"] = expected
    return table


def _piece(number: int, sets: Sequence[Parameters], asked: _Asked) -> Piece:
    world = history_world(HISTORY_MONTHS, asked.seed)
    what = ["truth", number, asked.particles, patterns_digest()]
    return history_piece(world, f"truth-{number:04}", [(one, number) for one in sets], what)


@dataclass(frozen=True, eq=False)
class TruthRunner:
    """Makes a block a truth, in threads: its history, and how likely that is under each set of its row."""

    asked: _Asked
    workers: int

    def warm(self) -> None:
        """Compile the model or load it, before any bar stands in its way."""
        LibraryRunner(self._data(judged_until(UNTIL[-1])), self.workers).warm()

    def blocks(self, pieces: Sequence[Piece]) -> Generator[tuple[Piece, Block], None, None]:
        """Yield each block as it is ready, in any order; close the iterator to stop."""
        pool = thread_pool(self.workers)
        with closing(flow(pool.executor, pool.work(self._make), pieces, lambda: self.workers, pool.stop)) as blocks:
            yield from blocks

    def _data(self, judged: JudgedMonths) -> Data:
        return Data(judged, self.asked.particles, Switches(), self.asked.seed)

    def _make(self, piece: Piece, stopped: Stopped = never) -> Block | None:
        """Return the block of a truth, or None if ``stopped()`` before its end."""
        judged, shown = truth_history(piece.cells[0].parameters, piece.cells[0].luck, self.asked.seed)
        runner = LibraryRunner(self._data(judged), 1)
        block = runner.make(piece, stopped)
        return None if block is None else Block({**block.arrays, _SHOWN: shown}, block.errors)


def truth_history(truth: Parameters, number: int, seed: int) -> tuple[JudgedMonths, Floats]:
    """Return the judgements that a truth's history gives, and what it shows of every fit pattern.

    Its luck is unlike that of any history that it is held against.
    """
    months = judged_until(UNTIL[0]).grades.shape[0]
    ensemble = Ensemble(months)
    opening = ensemble.open(truth, ensemble.draw(seed + _OTHER_SEED + number, 0))
    history = History(ensemble.run("historical", opening, "none", panel=True))
    grades = np.where(history.judgements, history.grades, NOT_JUDGED)
    first = (np.cumsum(history.judgements, axis=0) == 1) & history.judgements
    sif = first & (np.array(ensemble.table.first_framework) == SIF)
    return JudgedMonths(grades, np.where(sif, SIF, ILACS)), measure_fit(history)
