"""Recovery: does calibration find parameters again that are known, because the model made the data?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.design.parameter_sets import draw_sets
from experiments.files.digests import model_digest, plain
from experiments.files.provenance import provenance
from experiments.files.whole import write_csv
from experiments.observed import fit_patterns
from experiments.results.folder import BLOCKS, ResultsFolder
from experiments.studies.calibration.calibrate import LEAST, MOST_DRAWS, patterns_digest
from experiments.studies.calibration.informed import INFORMED, as_table
from experiments.studies.calibration.likeness import (
    INTERVAL,
    Errors,
    abc_weights,
    effective_sets,
    implausibility,
    interval,
    mean_histories,
    plausible,
    pooled_errors,
)
from experiments.studies.calibration.runs import ask, make_histories
from simulation.arrays import Floats
from simulation.errors import InputError, whole
from simulation.limits import LARGEST_SEED, MOST_SETS
from simulation.parameters import PARAMETERS, Parameters

SETS, TRUTHS, REPLICATES = 32_768, 50, 2
_SURE = (0.025, 0.975)
FILES = ("recovery.csv", "truths.csv")
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
    sets: int = SETS,
    truths: int = TRUTHS,
    seed: int = 2018,
    calibration: Path | None = None,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
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
        calibration: a folder of `calibrate` whose first wave is used again, where it is of the same sets and luck.
        workers: processes.
        force: replace what the folder holds.
        progress: show bars on a terminal.

    Raises:
        InputError: a number is out of range, or the folder holds other results.
        OSError: the folder cannot be written.
    """
    sets, truths = whole("sets", sets, LEAST, MOST_DRAWS), whole("truths", truths, 1, MOST_SETS)
    seed = whole("seed", seed, 0, LARGEST_SEED - _OTHER_SEED)
    if calibration is not None and not (calibration / BLOCKS).is_dir():
        raise InputError(f"{calibration}: expected a folder of `sli calibrate` with its blocks, got none")
    design = {
        "experiment": "recovery", "sets": sets, "truths": truths, "seed": seed, "patterns": patterns_digest(),
        "model": model_digest(),
    }  # fmt: skip
    folder = ResultsFolder(Path(out), plain(design), FILES)
    folder.open(force=force)
    prior = _drawn(sets, seed)
    asked = ask(prior, range(sets), 0, REPLICATES, seed=seed, name="wave-1")
    histories = make_histories(asked, folder.path, workers=workers, progress=progress, what="prior", other=calibration)
    known = [_drawn(1, seed + _OTHER_SEED + number)[0] for number in range(truths)]
    asked = ask(known, range(truths), 0, 1, seed=seed + _OTHER_SEED, name="truths")
    data = make_histories(asked, folder.path, workers=workers, progress=progress, what="truths")[:, 0]
    errors = pooled_errors(histories, np.array([pattern.sd for pattern in fit_patterns()]))
    found = hold(as_table(prior), histories, as_table(known), _observed(data, errors, seed), errors)
    write_csv(folder.path / "recovery.csv", found.parameters, digits=6)
    write_csv(folder.path / "truths.csv", found.truths, digits=6)
    folder.write_manifest({**provenance(), "finished": True, "digests": folder.digests()})
    return found


def _drawn(number: int, seed: int) -> list[Parameters]:
    return [chosen.parameters for chosen in draw_sets(number, Parameters(), set(), seed, drawn=False)]


def _observed(data: Floats, errors: Errors, seed: int) -> Floats:
    """Return the truths' histories as they would be observed: with an error of the size that is allowed for."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_NOISE)))
    return data + np.sqrt(errors.discrepancy) * stream.standard_normal(data.shape)


def hold(values: Floats, histories: Floats, known: Floats, observed: Floats, errors: Errors) -> Recovery:
    """Hold every truth's data against the runs of the prior.

    Args:
        values: parameters of the prior's sets, shape (sets, parameters).
        histories: what they show, shape (sets, replicates, patterns).
        known: the truths, shape (truths, parameters).
        observed: their data, shape (truths, patterns).
        errors: what calibration allows for.
    """
    means, replicates = mean_histories(histories), histories.shape[1]
    inside, spreads, told = [], [], []
    for number, (truth, targets) in enumerate(zip(known, observed, strict=True)):
        alive = plausible(implausibility(means, targets, errors, replicates))
        told.append({"truth": number, "left": int(alive.sum()), "effective_sets": 0.0, "inside": 0})
        inside.append(np.zeros(len(truth), dtype=np.bool_))
        if not alive.any():
            continue
        weights = abc_weights(means[alive], targets, errors, replicates)
        inside[-1] = _inside(values[alive], weights, truth)
        spreads.append(_spread(values[alive], weights))
        told[-1] |= {"effective_sets": effective_sets(weights), "inside": int(inside[-1].sum())}
    if not spreads:
        raise InputError(f"sets: expected some that the data do not rule out, got none of {len(values)}; draw more")
    return Recovery(_counted(np.array(inside), np.array(spreads)), pd.DataFrame(told))


def _inside(values: Floats, weights: Floats, truth: Floats) -> npt.NDArray[np.bool_]:
    ends = [interval(column, weights) for column in values.T]
    low, high = np.array(ends).T
    return np.asarray((low <= truth) & (truth <= high))


def _spread(values: Floats, weights: Floats) -> Floats:
    """Return the spread that is left of each parameter over that of its uniform prior."""
    means = weights @ values
    prior = np.array([(info.high - info.low) / np.sqrt(12) for info in PARAMETERS.values()])
    left: Floats = np.sqrt(weights @ (values - means) ** 2) / prior
    return left


def _counted(inside: npt.NDArray[np.bool_], spreads: Floats) -> pd.DataFrame:
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
            "informed": left < INFORMED,
            "as_expected": (counts >= low) & (counts <= high),
        }
    )
