"""Calibration: adaptive importance sampling on the likelihood of judgements, beside patterns of directors and staff."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.design.plausible import FITS, MADE_FILE, SETS_FILE
from experiments.files.digests import digest, model_digest, plain_values
from experiments.files.provenance import provenance
from experiments.files.whole import read_csv, write_csv, write_json
from experiments.observed import HISTORY_MONTHS, REGIME, fit_patterns
from experiments.observed.judged import judged_until
from experiments.results.folder import ResultsFolder, Tell, tell_nobody
from experiments.results.workplace import BLOCKS, FIGURES, Workplace
from experiments.statistics.picking import weighted_picks
from experiments.statistics.quantiles import draw_interval
from experiments.statistics.weights import effective_sets
from experiments.studies.calibration.informed import as_table, marginals
from experiments.studies.calibration.library import HISTORIES, Data, Likelihoods
from experiments.studies.calibration.likeness import mean_histories, pooled_errors
from experiments.studies.calibration.pictures import draw_pictures
from experiments.studies.calibration.runs import patterns_digest
from experiments.studies.calibration.search import Fit, Found, look_for_sets
from simulation.arrays import Floats
from simulation.compiled.filter import PARTICLES
from simulation.dates import FIRST_MONTH, month_number
from simulation.errors import InputError, shown, whole
from simulation.limits import MOST_SETS, checked_seed
from simulation.parameters import PARAMETERS
from simulation.switches import Switches

UNTIL = ("2024-04", "2023-04", "2022-04", "2021-04", "2020-04", "2019-04")
"""Months of which nothing is fitted to, nor of any later: the first is that of the sets which other commands use."""
WAVE_SETS, WAVES = 1000, 8
USUAL_KEEP = 1000
FEWEST_SETS, MOST_DRAWS = 20, 1_000_000
"""The fewest and the most parameter sets of a wave."""
MOST_WAVES, MOST_PARTICLES = 20, 10_000
DIGITS = 6
STUDY = "calibrate"
CALIBRATION_TABLES = ("sets", "waves", "fits", "patterns", "marginals")
CALIBRATION_FILES = (MADE_FILE, *(f"{name}.csv" for name in CALIBRATION_TABLES), FITS, FIGURES, BLOCKS)
_THIN, _LOOK = (2018, 1), (2018, 3)
_LEAST_WORTH, _WORTH_PART = 60.0, 0.1
"""What weights are worth that a proposal is fitted to: so many sets, or this part of all so far where that is more."""


@dataclass(frozen=True)
class Calibration:
    """What calibration found.

    Attributes:
        sets: the plausible sets that are kept, a row a set: weight, then every parameter.
        waves: a row a wave and month: sets so far, those close to the best, noise and explained share of the surface,
            what weights are worth, the power of the likelihood.
        fits: a row a target: judgements, mean logarithm of their chance, what weights are worth, logarithm of the
            evidence beside the prior.
        patterns: a row a fit pattern: target, errors, and what the weighted sets show.
        marginals: a row a parameter, from `marginals`.
        effective: how many equally weighted sets the weights are worth.
    """

    sets: pd.DataFrame
    waves: pd.DataFrame
    fits: pd.DataFrame
    patterns: pd.DataFrame
    marginals: pd.DataFrame
    effective: float


def calibrate(
    out: str | Path,
    *,
    until: Sequence[str] = UNTIL,
    sets: int = WAVE_SETS,
    waves: int = WAVES,
    particles: int = PARTICLES,
    keep: int = USUAL_KEEP,
    switches: Switches | None = None,
    seed: int = 2018,
    workers: int = 1,
    force: bool = False,
    progress: bool = False,
    tell: Tell = tell_nobody,
) -> Calibration:
    """Find the plausible sets, write them and what is told of them to the folder ``out``, and return them.

    Args:
        out: the folder; a calibration that was stopped goes on from its blocks.
        until: months of which nothing is fitted to, nor of any later; the first is that of the sets which are
            returned, each of the others gets a fit of its own.
        sets: drawn in each wave: in the first from the prior, later from where sets were likely so far.
        waves: how many.
        particles: of each council, to estimate how likely its judgements are.
        keep: sets kept for use, drawn by their weights (a set drawn twice counts twice).
        switches: the model's structure, the default where None.
        seed: of the sets and of all luck.
        workers: threads.
        force: replace what the folder holds.
        progress: show bars on a terminal.
        tell: called with a line where something of earlier runs is used.

    Raises:
        InputError: a number or a month is not valid, or the folder holds other results.
        OSError: the folder cannot be written.
    """
    sets, waves = whole("sets", sets, FEWEST_SETS, MOST_DRAWS), whole("waves", waves, 1, MOST_WAVES)
    particles, keep = whole("particles", particles, 2, MOST_PARTICLES), whole("keep", keep, 1, MOST_SETS)
    until, seed = checked_until(until), checked_seed(seed)
    structure, usual = switches or Switches(), Switches().as_dict()
    changed = {name: choice for name, choice in structure.as_dict().items() if choice != usual[name]}
    design = {
        "experiment": "calibrate", "until": list(until), "sets": sets, "waves": waves, "particles": particles,
        "keep": keep, "switches": changed, "seed": seed, "months": HISTORY_MONTHS, "histories": HISTORIES,
        "regime": REGIME, "patterns": patterns_digest(), "model": model_digest(),
    }  # fmt: skip
    data = Data(judged_until(max(until)), particles, structure, seed)

    def fill(place: Workplace) -> dict[str, Any]:
        found, fits, wave_rows = look_for_sets(
            data, until, sets, waves, place.blocks, workers, progress=progress, tell=tell
        )
        calibration, weights = _weigh(found, fits, wave_rows, keep, seed)
        values = as_table(found.sets)
        draw_pictures(place.path / FIGURES, values, weights, calibration.marginals, _note(calibration, seed))
        _write_fits(place.path / FITS, values, fits, keep, seed)
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


def checked_until(until: Sequence[str]) -> tuple[str, ...]:
    """Return months of which nothing is fitted to.

    Raises:
        InputError: there is none, one is no month, comes twice, or lies before what is known of judgements or after
            what may be fitted to.
    """
    first, last = month_number(FIRST_MONTH, "start"), month_number(UNTIL[0], "until")
    if not until or len(set(until)) < len(until):
        raise InputError(f"until: expected months as YYYY-MM, each once, got {shown(list(until))}")
    for month in until:
        if not first < month_number(month, "until") <= last:
            raise InputError(
                f"until: expected a month after {FIRST_MONTH} and up to {UNTIL[0]}, for what comes later is kept for "
                f"scores, got {shown(month)}"
            )
    return tuple(until)


def _weigh(
    found: Found, fits: Mapping[str, Fit], wave_rows: list[dict[str, Any]], keep: int, seed: int
) -> tuple[Calibration, Floats]:
    """Return the calibration, and the weights of all sets that were looked at."""
    weights = next(iter(fits.values())).weights()
    values = as_table(found.sets)
    calibration = Calibration(
        sets=pick_sets(values, weights, keep, seed),
        waves=pd.DataFrame(wave_rows),
        fits=pd.DataFrame([_fit_row(month, fit, found.likelihoods) for month, fit in fits.items()]),
        patterns=_patterns_table(found.likelihoods, weights),
        marginals=marginals(values, weights),
        effective=effective_sets(weights),
    )
    return calibration, weights


def _fit_row(until: str, fit: Fit, likelihoods: Likelihoods) -> dict[str, Any]:
    logs, weights, number = fit.log_weights(), fit.weights(), judged_until(until).number
    months = month_number(until, "until") - month_number(FIRST_MONTH, "start")
    chances = likelihoods.log_chances[:, :months].sum(axis=1)
    some = (weights > 0) & np.isfinite(chances)
    return {
        "until": until, "judgements": number,
        "mean_log_chance": float(np.average(chances[some], weights=weights[some])) / number,
        "best_log_likelihood": float(fit.surface.heights[weights > 0].max()),
        "log_evidence": float(np.max(logs) + np.log(np.mean(np.exp(logs - np.max(logs))))),
        "noise": fit.surface.noise, "explained": fit.surface.explained, "worth": effective_sets(weights),
    }  # fmt: skip


def pick_sets(values: Floats, weights: Floats, keep: int, seed: int) -> pd.DataFrame:
    """Return sets drawn by their weights at equal steps, each once, with the share of the drawings that chose it.

    Args:
        values: parameters of the sets, shape (sets, parameters).
        weights: shape (sets,), summing to 1.
        keep: how many drawings.
        seed: of the first step.
    """
    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=_THIN)))
    picks = weighted_picks(weights, keep, stream.random())
    rows = [[float(f"{value:.{DIGITS}g}") for value in row] for row in values[picks > 0]]
    table = pd.DataFrame(rows, columns=list(PARAMETERS))
    table.insert(0, "weight", picks[picks > 0] / keep)
    return table


def _patterns_table(likelihoods: Likelihoods, weights: Floats) -> pd.DataFrame:
    means = mean_histories(likelihoods.histories)
    errors = pooled_errors(likelihoods.histories, np.array([pattern.sd for pattern in fit_patterns()]))
    chance = np.sqrt(np.diag(errors.chance))
    rows = []
    for column, pattern in enumerate(fit_patterns()):
        some = np.isfinite(means[:, column])
        low, high = draw_interval(means[some, column], weights[some])
        rows.append(
            {
                "pattern": pattern.name, "unit": pattern.unit, "target": pattern.target, "stated_error": pattern.sd,
                "chance": chance[column], "discrepancy": np.sqrt(errors.discrepancy[column]),
                "mean": float(np.average(means[some, column], weights=weights[some])), "sets_low": low,
                "sets_high": high, "one_by_one": pattern.judged, "source": pattern.source,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _note(calibration: Calibration, seed: int) -> str:
    return (
        f"{calibration.waves.sets.max():,} sets looked at in {calibration.waves.wave.max()} waves, worth "
        f"{calibration.effective:,.0f} equally weighted ones; seed {seed}."
    )


def _write(folder: Path, calibration: Calibration, design: dict[str, Any]) -> None:
    write_csv(folder / SETS_FILE, calibration.sets, digits=DIGITS)
    for name in CALIBRATION_TABLES[1:]:
        write_csv(folder / f"{name}.csv", getattr(calibration, name), digits=DIGITS)
    switches = "".join(f" --switch {name}={choice}" for name, choice in design["switches"].items())
    command = (
        f"sli calibrate --until {','.join(design['until'])} --sets {design['sets']} --waves {design['waves']} "
        f"--particles {design['particles']} --keep {design['keep']} --seed {design['seed']}{switches}"
    )
    record = {
        "command": command,
        "design": design,
        "looked_at": int(calibration.waves.sets.max()),
        "plausible_sets": len(calibration.sets),
        "effective_sets": round(calibration.effective, 1),
        "effective_shipped": round(effective_sets(calibration.sets.weight.to_numpy()), 1),
        "digest": digest(folder / SETS_FILE),
        "fits": {month: digest(folder / FITS / f"{month}.csv") for month in design["until"][1:]},
        **provenance(),
    }
    write_json(folder / MADE_FILE, record)


def _write_fits(folder: Path, values: Floats, fits: Mapping[str, Fit], keep: int, seed: int) -> None:
    """Write the sets of every fit but the first, a file a month of which nothing was known."""
    folder.mkdir(exist_ok=True)
    for month, fit in list(fits.items())[1:]:
        write_csv(folder / f"{month}.csv", pick_sets(values, fit.weights(), keep, seed), digits=DIGITS)
