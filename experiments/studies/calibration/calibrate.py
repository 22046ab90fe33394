"""Calibration: history matching in waves, then approximate Bayesian computation on what is left."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.design.parameter_sets import draw_sets
from experiments.design.plausible import MADE_FILE, SETS_FILE
from experiments.files.digests import digest, model_digest, plain_values
from experiments.files.provenance import provenance
from experiments.files.whole import read_csv, write_csv, write_json
from experiments.observed import HISTORY_MONTHS, REGIME, fit_patterns
from experiments.results.blocks import BlockFolder
from experiments.results.folder import ResultsFolder, Tell, tell_nobody
from experiments.results.workplace import BLOCKS, FIGURES, Workplace
from experiments.statistics.picking import weighted_picks
from experiments.statistics.quantiles import draw_interval
from experiments.statistics.weights import effective_sets
from experiments.studies.calibration.informed import as_table, marginals
from experiments.studies.calibration.likeness import (
    CUT,
    Errors,
    abc_weights,
    implausibility,
    mean_histories,
    plausible,
    pooled_errors,
)
from experiments.studies.calibration.pictures import draw_pictures
from experiments.studies.calibration.runs import FitHistories, patterns_digest, run_fit_histories
from simulation.arrays import Floats, Numbers
from simulation.errors import InputError, shown, whole
from simulation.limits import MOST_SETS, checked_seed
from simulation.parameters import PARAMETERS, Parameters

PRIOR_SETS = 32_768
"""Drawn from the prior."""
WAVES = (2, 8)
"""Histories of each set that is left, after each wave."""
USUAL_KEEP = 1000
FEWEST_SETS, MOST_DRAWS = 20, 1_000_000
"""The fewest and the most parameter sets of a calibration."""
DIGITS = 6
STUDY = "calibrate"
CALIBRATION_TABLES = ("sets", "waves", "patterns", "marginals")
CALIBRATION_FILES = (MADE_FILE, *(f"{name}.csv" for name in CALIBRATION_TABLES), FIGURES, BLOCKS)
"""The blocks stay: `recover` uses the first wave again."""
_THIN = (2018, 1)


@dataclass(frozen=True)
class Calibration:
    """What calibration found.

    Attributes:
        sets: the plausible sets that are kept, a row a set: weight, then every parameter.
        waves: a row a wave: sets, replicates, how many are left, share of the prior that is left.
        patterns: a row a fit pattern: target, errors, what the weighted sets show, and sets that it rules out.
        marginals: a row a parameter, from `marginals`.
        effective: how many equally weighted sets the weights are worth.
    """

    sets: pd.DataFrame
    waves: pd.DataFrame
    patterns: pd.DataFrame
    marginals: pd.DataFrame
    effective: float


@dataclass(frozen=True)
class Left:
    """What a wave leaves of the prior: numbers of sets, their histories, and the errors."""

    numbers: Numbers
    histories: Floats
    errors: Errors


def calibrate(
    out: str | Path,
    *,
    sets: int = PRIOR_SETS,
    waves: Sequence[int] = WAVES,
    keep: int = USUAL_KEEP,
    seed: int = 2018,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> Calibration:
    """Find the plausible sets, write them and what is told of them to the folder ``out``, and return them.

    Args:
        out: the folder; a calibration that was stopped goes on from its blocks.
        sets: drawn from the prior by a seeded Latin hypercube.
        waves: histories of each set that is left, after each wave; rising, the first at least 2.
        keep: sets kept for use, drawn by their weights (a set drawn twice counts twice).
        seed: of the sets and of all luck.
        workers: processes.
        force: replace what the folder holds.
        progress: show bars on a terminal.
        tell: called with a line where something of earlier runs is used.

    Raises:
        InputError: a number is out of range, the folder holds other results, or the evidence rules out all but a few
            of the sets.
        OSError: the folder cannot be written.
    """
    sets, keep, seed = (
        whole("sets", sets, FEWEST_SETS, MOST_DRAWS),
        whole("keep", keep, 1, MOST_SETS),
        checked_seed(seed),
    )
    waves = _checked_waves(waves)
    design = {
        "experiment": "calibrate", "sets": sets, "waves": list(waves), "keep": keep, "seed": seed,
        "months": HISTORY_MONTHS, "regime": REGIME, "cut": CUT, "patterns": patterns_digest(), "model": model_digest(),
    }  # fmt: skip

    def fill(place: Workplace) -> dict[str, Any]:
        prior = [one.parameters for one in draw_sets(sets, Parameters(), set(), seed, levers=False)]
        left, wave_rows = _match(prior, waves, place.blocks, seed, workers, progress=progress, tell=tell)
        calibration, values, weights = _weigh(prior, left, wave_rows, waves[-1], keep, seed)
        figures = place.path / FIGURES
        draw_pictures(figures, values, weights, calibration.marginals, _note(calibration, seed))
        _write(place.path, calibration, design)
        return {"options": {"workers": workers}}

    folder = ResultsFolder(out, STUDY, plain_values(design), CALIBRATION_FILES)
    folder.fill(fill, force=force, tell=tell)
    return read_calibration(folder.path)


def read_calibration(folder: Path) -> Calibration:
    """Return the calibration that lies in a folder."""
    tables = {name: read_csv(folder / f"{name}.csv") for name in CALIBRATION_TABLES}
    record = json.loads((folder / MADE_FILE).read_text(encoding="utf-8"))
    return Calibration(**tables, effective=float(record["effective_sets"]))


def _weigh(
    prior: Sequence[Parameters], left: Left, wave_rows: list[dict[str, Any]], replicates: int, keep: int, seed: int
) -> tuple[Calibration, Floats, Floats]:
    """Return the calibration, the parameters of the sets that are left, and their weights."""
    targets = np.array([pattern.target for pattern in fit_patterns()])
    weights = abc_weights(mean_histories(left.histories), targets, left.errors, replicates)
    values = as_table([prior[number] for number in left.numbers])
    calibration = Calibration(
        sets=_pick_sets(values, weights, keep, seed),
        waves=pd.DataFrame(wave_rows),
        patterns=_patterns_table(left, weights, targets),
        marginals=marginals(values, weights),
        effective=effective_sets(weights),
    )
    return calibration, values, weights


def _checked_waves(waves: Sequence[int]) -> list[int]:
    numbers = [whole("waves", wave, 2, FEWEST_SETS) for wave in waves]
    if not numbers or not all(first < after for first, after in pairwise(numbers)):
        raise InputError(f"waves: expected rising numbers of histories from 2 to {FEWEST_SETS}, got {shown(numbers)}")
    return numbers


def _match(
    prior: Sequence[Parameters],
    waves: Sequence[int],
    store: BlockFolder,
    seed: int,
    workers: int,
    *,
    progress: bool,
    tell: Tell,
) -> tuple[Left, list[dict[str, Any]]]:
    """Rule sets out wave by wave; each gives those that are left more histories, and so a smaller replicate error."""
    targets, sds = (np.array([getattr(pattern, name) for pattern in fit_patterns()]) for name in ("target", "sd"))
    numbers = np.arange(len(prior))
    histories = np.empty((len(prior), 0, len(targets)))
    rows = []
    for wave, replicates in enumerate(waves, 1):
        new = FitHistories(f"wave-{wave}", prior, numbers.tolist(), histories.shape[1], replicates, seed)
        new_histories = run_fit_histories(new, store, workers=workers, progress=progress, tell=tell)
        histories = np.concatenate([histories, new_histories], axis=1)
        errors = pooled_errors(histories, sds)
        distances = implausibility(mean_histories(histories), targets, errors, replicates)
        alive = plausible(distances)
        rows.append(
            {
                "wave": wave, "sets": len(numbers), "replicates": replicates, "left": int(alive.sum()),
                "share_of_prior": float(alive.sum() / len(prior)),
                "rules_out_most": fit_patterns()[int((distances > CUT).sum(axis=0).argmax())].name,
            }
        )  # fmt: skip
        if alive.sum() < FEWEST_SETS:
            raise InputError(
                f"sets: expected at least {FEWEST_SETS} that the evidence does not rule out, got {alive.sum()} of "
                f"{len(prior)} after wave {wave}; draw more"
            )
        numbers, histories = numbers[alive], histories[alive]
    return Left(numbers, histories, errors), rows


def _pick_sets(values: Floats, weights: Floats, keep: int, seed: int) -> pd.DataFrame:
    """Return sets drawn by their weights at equal steps, each once, with the share of the drawings that chose it."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_THIN)))
    picks = weighted_picks(weights, keep, stream.random())
    rows = [[float(f"{value:.{DIGITS}g}") for value in row] for row in values[picks > 0]]
    table = pd.DataFrame(rows, columns=list(PARAMETERS))
    table.insert(0, "weight", picks[picks > 0] / keep)
    return table


def _patterns_table(left: Left, weights: Floats, targets: Floats) -> pd.DataFrame:
    means = mean_histories(left.histories)
    chance = np.sqrt(np.diag(left.errors.chance))
    rows = []
    for column, pattern in enumerate(fit_patterns()):
        some = np.isfinite(means[:, column])
        value = float(np.average(means[some, column], weights=weights[some]))
        low, high = draw_interval(means[some, column], weights[some])
        rows.append(
            {
                "pattern": pattern.name, "unit": pattern.unit, "target": targets[column], "stated_error": pattern.sd,
                "chance": chance[column], "discrepancy": np.sqrt(left.errors.discrepancy[column]),
                "mean": value, "sets_low": low, "sets_high": high, "source": pattern.source,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _note(calibration: Calibration, seed: int) -> str:
    waves = calibration.waves
    first, last = waves.iloc[0], waves.iloc[-1]
    return (
        f"{first['sets']:,} sets from the prior, {last['left']:,} left after {len(waves)} waves, "
        f"worth {calibration.effective:,.0f} equally weighted ones; seed {seed}."
    )


def _write(folder: Path, calibration: Calibration, design: dict[str, Any]) -> None:
    write_csv(folder / SETS_FILE, calibration.sets, digits=DIGITS)
    for name in ("waves", "patterns", "marginals"):
        write_csv(folder / f"{name}.csv", getattr(calibration, name), digits=DIGITS)
    command = (
        f"sli calibrate --sets {design['sets']} --waves {','.join(map(str, design['waves']))} "
        f"--keep {design['keep']} --seed {design['seed']}"
    )
    record = {
        "command": command,
        "design": design,
        "plausible_sets": len(calibration.sets),
        "share_of_prior": float(calibration.waves.iloc[-1]["share_of_prior"]),
        "effective_sets": round(calibration.effective, 1),
        "effective_shipped": round(effective_sets(calibration.sets.weight.to_numpy()), 1),
        "digest": digest(folder / SETS_FILE),
        **provenance(),
    }
    write_json(folder / MADE_FILE, record)
