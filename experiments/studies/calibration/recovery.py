"""Recovery: does calibration find parameters again that are known, because the model made the data?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.design.parameter_sets import draw_sets
from experiments.files.digests import model_digest, plain_values
from experiments.files.whole import read_csv, write_csv
from experiments.observed import fit_patterns
from experiments.results.blocks import BlockFolder
from experiments.results.folder import ResultsFolder, Tell, tell_nobody
from experiments.results.manifest import MANIFEST, read_manifest
from experiments.results.workplace import BLOCKS, UNFINISHED, Workplace
from experiments.statistics.quantiles import INTERVAL, draw_interval
from experiments.statistics.weights import effective_sets
from experiments.studies.calibration.calibrate import DIGITS, FEWEST_SETS, MOST_DRAWS, PRIOR_SETS
from experiments.studies.calibration.calibrate import STUDY as CALIBRATION
from experiments.studies.calibration.informed import NARROW_SPREAD, as_table
from experiments.studies.calibration.likeness import (
    Errors,
    abc_weights,
    implausibility,
    mean_histories,
    plausible,
    pooled_errors,
)
from experiments.studies.calibration.runs import FitHistories, patterns_digest, run_fit_histories
from simulation.arrays import Flags, Floats
from simulation.errors import InputError, whole
from simulation.limits import LARGEST_SEED, MOST_SETS
from simulation.parameters import PARAMETERS, Parameters

TRUTHS, RECOVERY_REPLICATES = 50, 2
_SURE = (0.025, 0.975)
STUDY = "recovery"
_SHARED = ("model", "patterns", "sets", "seed")
"""What a calibration has in common with a recovery that uses its first wave."""
PARAMETERS_FILE, TRUTHS_FILE = RECOVERY_FILES = ("recovery.csv", "truths.csv")
_NOISE = (2018, 2)
_OTHER_SEED = 1_000_003


@dataclass(frozen=True)
class Recovery:
    """How often known parameters were found again.

    Attributes:
        parameters: a row a parameter: truths inside the 90% interval, of how many; the mean spread that is left over
            the prior's; whether the evidence informs it; whether the count is one that a right interval gives in 95%
            of cases (41 to 49 of 50).
        truths: a row a truth: sets left, what their weights are worth, and parameters inside their intervals.
    """

    parameters: pd.DataFrame
    truths: pd.DataFrame


def recover(
    out: str | Path,
    *,
    sets: int = PRIOR_SETS,
    truths: int = TRUTHS,
    seed: int = 2018,
    calibration: Path | None = None,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> Recovery:
    """Fit data that the model made itself, and count how often the 90% interval holds the truth.

    Every truth is drawn from the prior on its own; its data are one history under a luck of its own, with an error
    drawn for the discrepancy that calibration allows for. All truths are held against the same runs of the prior: a
    first wave, two histories a set, and weights. A truth for which no set is left is a miss.

    Args:
        out: the folder; a recovery that was stopped goes on from its blocks.
        sets: drawn from the prior, shared by all truths.
        truths: how many.
        seed: of sets, truths and all luck.
        calibration: a folder of `calibrate` whose first wave is used again; it is of the same sets, luck and model.
        workers: processes.
        force: replace what the folder holds.
        progress: show bars on a terminal.
        tell: called with a line where something of earlier runs is used.

    Raises:
        InputError: a number is out of range, the calibration is another, or the folder holds other results.
        OSError: the folder cannot be written.
    """
    sets, truths = whole("sets", sets, FEWEST_SETS, MOST_DRAWS), whole("truths", truths, 1, MOST_SETS)
    seed = whole("seed", seed, 0, LARGEST_SEED - _OTHER_SEED)
    design = {
        "experiment": "recovery", "sets": sets, "truths": truths, "seed": seed, "patterns": patterns_digest(),
        "model": model_digest(),
    }  # fmt: skip
    lent = () if calibration is None else (_blocks_of(calibration, design),)

    def fill(place: Workplace) -> dict[str, Any]:
        store = BlockFolder(place.blocks.path, lent=lent)
        recovery = _recover(store, sets, truths, seed, workers, progress=progress, tell=tell)
        write_csv(place.path / PARAMETERS_FILE, recovery.parameters, digits=DIGITS)
        write_csv(place.path / TRUTHS_FILE, recovery.truths, digits=DIGITS)
        return {"options": {"workers": workers}}

    folder = ResultsFolder(out, STUDY, plain_values(design), RECOVERY_FILES)
    folder.fill(fill, force=force, tell=tell)
    return Recovery(read_csv(folder.path / PARAMETERS_FILE), read_csv(folder.path / TRUTHS_FILE))


def _recover(
    store: BlockFolder, sets: int, truths: int, seed: int, workers: int, *, progress: bool, tell: Tell
) -> Recovery:
    """Run the prior and the truths, and hold each truth against the prior."""
    prior, other_seed = _draw(sets, seed), seed + _OTHER_SEED
    wave = FitHistories("wave-1", prior, range(sets), 0, RECOVERY_REPLICATES, seed)
    histories = run_fit_histories(wave, store, workers=workers, progress=progress, tell=tell)
    known = [_draw(1, other_seed + number)[0] for number in range(truths)]
    alone = FitHistories("truths", known, range(truths), 0, 1, other_seed)
    data = run_fit_histories(alone, store, workers=workers, progress=progress, tell=tell)[:, 0]
    errors = pooled_errors(histories, np.array([pattern.sd for pattern in fit_patterns()]))
    return fit_truths(as_table(prior), histories, as_table(known), _with_errors(data, errors, seed), errors)


def _blocks_of(calibration: Path, design: Mapping[str, Any]) -> Path:
    """Return where the blocks of a calibration lie, finished or not.

    Raises:
        InputError: there are none, or they are of other sets, another luck or another model.
    """
    begun = calibration / UNFINISHED
    place = calibration if (calibration / MANIFEST).exists() or not begun.is_dir() else begun
    manifest = read_manifest(place)
    if manifest.study != CALIBRATION:
        raise InputError(f"{calibration}: expected a folder of `sli calibrate`, got one of `sli {manifest.study}`")
    for name in _SHARED:
        if manifest.design.get(name) != design[name]:
            same = ", ".join(_SHARED)
            raise InputError(f"{calibration}: expected a calibration of the same {same}, got one of another {name}")
    if (first := manifest.design["waves"][0]) != RECOVERY_REPLICATES:
        raise InputError(
            f"{calibration}: expected a first wave of {RECOVERY_REPLICATES} histories a set, got one of {first}"
        )
    return place / BLOCKS


def _draw(number: int, seed: int) -> list[Parameters]:
    return [one.parameters for one in draw_sets(number, Parameters(), set(), seed, levers=False)]


def _with_errors(data: Floats, errors: Errors, seed: int) -> Floats:
    """Return the truths' histories as they would be observed: with an error of the size that is allowed for."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_NOISE)))
    return data + np.sqrt(errors.discrepancy) * stream.standard_normal(data.shape)


def fit_truths(values: Floats, histories: Floats, known: Floats, data: Floats, errors: Errors) -> Recovery:
    """Hold every truth's data against the runs of the prior.

    Args:
        values: parameters of the prior's sets, shape (sets, parameters).
        histories: what they show, shape (sets, replicates, patterns).
        known: the truths, shape (truths, parameters).
        data: their data, shape (truths, patterns).
        errors: what calibration allows for.
    """
    means, replicates = mean_histories(histories), histories.shape[1]
    inside, spreads, rows = [], [], []
    for number, (truth, targets) in enumerate(zip(known, data, strict=True)):
        alive = plausible(implausibility(means, targets, errors, replicates))
        rows.append({"truth": number, "left": int(alive.sum()), "effective_sets": 0.0, "inside": 0})
        inside.append(np.zeros(len(truth), dtype=np.bool_))
        if not alive.any():
            continue
        weights = abc_weights(means[alive], targets, errors, replicates)
        inside[-1] = _inside(values[alive], weights, truth)
        spreads.append(_spread(values[alive], weights))
        rows[-1] |= {"effective_sets": effective_sets(weights), "inside": int(inside[-1].sum())}
    if not spreads:
        raise InputError(f"sets: expected some that the data do not rule out, got none of {len(values)}; draw more")
    return Recovery(_parameters_table(np.array(inside), np.array(spreads)), pd.DataFrame(rows))


def _inside(values: Floats, weights: Floats, truth: Floats) -> Flags:
    ends = [draw_interval(column, weights) for column in values.T]
    low, high = np.array(ends).T
    return np.asarray((low <= truth) & (truth <= high))


def _spread(values: Floats, weights: Floats) -> Floats:
    """Return the spread that is left of each parameter over that of its uniform prior."""
    means = weights @ values
    prior = np.array([(info.high - info.low) / np.sqrt(12) for info in PARAMETERS.values()])
    left: Floats = np.sqrt(weights @ (values - means) ** 2) / prior
    return left


def _parameters_table(inside: Flags, spreads: Floats) -> pd.DataFrame:
    from scipy.stats import binom

    left = np.sqrt((spreads**2).mean(axis=0))
    counts = inside.sum(axis=0)
    low, high = binom.ppf(_SURE, len(inside), INTERVAL)
    return pd.DataFrame(
        {
            "parameter": list(PARAMETERS),
            "inside": counts,
            "truths": len(inside),
            "spread_left": left,
            "informed": left < NARROW_SPREAD,
            "as_expected": (counts >= low) & (counts <= high),
        }
    )
