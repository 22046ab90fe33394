"""Calibration: history matching in waves, then approximate Bayesian computation on what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.design.parameter_sets import draw_sets
from experiments.files.digests import digest, digest_of, model_digest, plain
from experiments.files.provenance import provenance
from experiments.files.whole import write_csv, write_json
from experiments.observed import MONTHS, REGIME, fit_patterns
from experiments.results.folder import ResultsFolder
from experiments.studies.calibration.informed import as_table, marginals
from experiments.studies.calibration.likeness import (
    CUT,
    Errors,
    abc_weights,
    effective_sets,
    implausibility,
    interval,
    mean_histories,
    plausible,
    pooled_errors,
)
from experiments.studies.calibration.pictures import draw_pictures
from experiments.studies.calibration.runs import ask, make_histories
from simulation.arrays import Floats
from simulation.errors import InputError, shown, whole
from simulation.limits import MOST_SETS, checked_seed
from simulation.parameters import PARAMETERS, Parameters

SETS = 32_768
WAVES = (2, 8)
"""Histories of each set that is left, after each wave."""
SHIPPED = 1000
LEAST, MOST_DRAWS = 20, 1_000_000
"""The fewest and the most parameter sets of a calibration."""
DIGITS = 6
SETS_FILE, MADE_FILE = "sets.csv", "made.json"
FILES = (SETS_FILE, MADE_FILE, "waves.csv", "patterns.csv", "marginals.csv", "figures")
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

    numbers: npt.NDArray[np.int64]
    histories: Floats
    errors: Errors


def calibrate(
    out: str | Path,
    *,
    sets: int = SETS,
    waves: Sequence[int] = WAVES,
    kept: int = SHIPPED,
    seed: int = 2018,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
) -> Calibration:
    """Find the plausible sets, write them and what is told of them to the folder ``out``, and return them.

    Args:
        out: the folder; a calibration that was stopped goes on from its blocks.
        sets: drawn from the prior by a seeded Latin hypercube.
        waves: histories of each set that is left, after each wave; rising, the first at least 2.
        kept: sets kept for use, drawn by their weights (a set drawn twice counts twice).
        seed: of the sets and of all luck.
        workers: processes.
        force: replace what the folder holds.
        progress: show bars on a terminal.

    Raises:
        InputError: a number is out of range, the folder holds other results, or the evidence rules out all but a few
            of the sets.
        OSError: the folder cannot be written.
    """
    sets, kept, seed = whole("sets", sets, LEAST, MOST_DRAWS), whole("kept", kept, 1, MOST_SETS), checked_seed(seed)
    waves = _checked_waves(waves)
    design = {
        "experiment": "calibrate", "sets": sets, "waves": list(waves), "kept": kept, "seed": seed, "months": MONTHS,
        "regime": REGIME, "cut": CUT, "patterns": patterns_digest(), "model": model_digest(),
    }  # fmt: skip
    folder = ResultsFolder(Path(out), plain(design), FILES)
    folder.open(force=force)
    prior = [chosen.parameters for chosen in draw_sets(sets, Parameters(), set(), seed, drawn=False)]
    left, told = _match(prior, waves, folder.path, seed, workers, progress=progress)
    targets = np.array([pattern.target for pattern in fit_patterns()])
    weights = abc_weights(mean_histories(left.histories), targets, left.errors, waves[-1])
    values = as_table([prior[number] for number in left.numbers])
    found = Calibration(
        sets=_kept(values, weights, kept, seed),
        waves=pd.DataFrame(told),
        patterns=_patterns_table(left, weights, targets),
        marginals=marginals(values, weights),
        effective=effective_sets(weights),
    )
    draw_pictures(folder.path / "figures", values, weights, found.marginals, _note(found, seed))
    _write(folder, found, design)
    return found


def patterns_digest() -> str:
    """Return the digest of what was fitted to: names, targets and errors."""
    return digest_of([[pattern.name, pattern.target, pattern.sd] for pattern in fit_patterns()])


def _checked_waves(waves: Sequence[int]) -> list[int]:
    numbers = [whole("waves", wave, 2, LEAST) for wave in waves]
    if not numbers or not all(first < after for first, after in pairwise(numbers)):
        raise InputError(f"waves: expected rising numbers of histories from 2 to {LEAST}, got {shown(numbers)}")
    return numbers


def _match(
    prior: Sequence[Parameters], waves: Sequence[int], folder: Path, seed: int, workers: int, *, progress: bool
) -> tuple[Left, list[dict[str, Any]]]:
    """Rule sets out wave by wave; each gives those that are left more histories, and so a smaller replicate error."""
    targets, sds = (np.array([getattr(pattern, name) for pattern in fit_patterns()]) for name in ("target", "sd"))
    numbers = np.arange(len(prior))
    histories = np.empty((len(prior), 0, len(targets)))
    told = []
    for wave, replicates in enumerate(waves, 1):
        asked = ask(prior, numbers.tolist(), histories.shape[1], replicates, seed=seed, name=f"wave-{wave}")
        made = make_histories(asked, folder, workers=workers, progress=progress, what=f"wave {wave}")
        histories = np.concatenate([histories, made], axis=1)
        errors = pooled_errors(histories, sds)
        distances = implausibility(mean_histories(histories), targets, errors, replicates)
        alive = plausible(distances)
        told.append(
            {
                "wave": wave, "sets": len(numbers), "replicates": replicates, "left": int(alive.sum()),
                "share_of_prior": float(alive.sum() / len(prior)),
                "rules_out_most": fit_patterns()[int((distances > CUT).sum(axis=0).argmax())].name,
            }
        )  # fmt: skip
        if alive.sum() < LEAST:
            raise InputError(
                f"sets: expected at least {LEAST} that the evidence does not rule out, got {alive.sum()} of "
                f"{len(prior)} after wave {wave}; draw more"
            )
        numbers, histories = numbers[alive], histories[alive]
    return Left(numbers, histories, errors), told


def _kept(values: Floats, weights: Floats, kept: int, seed: int) -> pd.DataFrame:
    """Return sets drawn by their weights at equal steps, each once, with the share of the drawings that chose it."""
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_THIN)))
    steps = (np.arange(kept) + stream.uniform()) / kept
    chosen, times = np.unique(np.searchsorted(np.cumsum(weights), steps), return_counts=True)
    rounded = [[float(f"{value:.{DIGITS}g}") for value in row] for row in values[np.minimum(chosen, len(values) - 1)]]
    table = pd.DataFrame(rounded, columns=list(PARAMETERS))
    table.insert(0, "weight", times / kept)
    return table


def _patterns_table(left: Left, weights: Floats, targets: Floats) -> pd.DataFrame:
    means = mean_histories(left.histories)
    chance = np.sqrt(np.diag(left.errors.chance))
    rows = []
    for column, pattern in enumerate(fit_patterns()):
        seen = np.isfinite(means[:, column])
        value = float(np.average(means[seen, column], weights=weights[seen]))
        low, high = interval(means[seen, column], weights[seen])
        rows.append(
            {
                "pattern": pattern.name, "unit": pattern.unit, "target": targets[column], "stated_error": pattern.sd,
                "chance": chance[column], "discrepancy": np.sqrt(left.errors.discrepancy[column]),
                "mean": value, "sets_low": low, "sets_high": high, "source": pattern.source,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _note(found: Calibration, seed: int) -> str:
    last = found.waves.iloc[-1]
    return (
        f"{found.waves.iloc[0]['sets']:,} sets from the prior, {last['left']:,} left after {len(found.waves)} waves, "
        f"worth {found.effective:,.0f} equally weighted ones; seed {seed}."
    )


def _write(folder: ResultsFolder, found: Calibration, design: dict[str, Any]) -> None:
    write_csv(folder.path / SETS_FILE, found.sets, digits=DIGITS)
    for name in ("waves", "patterns", "marginals"):
        write_csv(folder.path / f"{name}.csv", getattr(found, name), digits=DIGITS)
    command = (
        f"sli calibrate --sets {design['sets']} --waves {','.join(map(str, design['waves']))} "
        f"--keep {design['kept']} --seed {design['seed']}"
    )
    made = {
        "command": command,
        "design": design,
        "plausible_sets": len(found.sets),
        "share_of_prior": float(found.waves.iloc[-1]["share_of_prior"]),
        "effective_sets": round(found.effective, 1),
        "effective_shipped": round(effective_sets(found.sets.weight.to_numpy()), 1),
        "digest": digest(folder.path / SETS_FILE),
        **provenance(),
    }
    write_json(folder.path / MADE_FILE, made)
    folder.write_manifest({**provenance(), "finished": True, "digests": folder.digests()})
