"""All that the explorer's page knows of the model, as plain values: made from the package whenever a page is made."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

import numpy as np

from experiments.design.design import BASELINES, COMPARED_PARITIES
from experiments.design.origin import PLAUSIBLE, make_sets
from experiments.design.parameter_sets import LEVER_QUANTILES, number_of_draws
from experiments.design.stopping import USUAL_MOST, USUAL_REPLICATES
from experiments.explorer.engine import load_description
from experiments.explorer.lever_fields import describe_levers
from experiments.explorer.own import describe_own
from experiments.explorer.starts import describe_gaps, describe_start, start_months
from experiments.files.digests import model_digest
from experiments.report.repeat import USUAL_MONTHS, USUAL_SEED
from experiments.statistics import verdicts
from experiments.studies.comparison.money import PRICES
from experiments.text.names import inside
from experiments.text.verdicts import VERDICTS
from simulation.coefficients import Coefficients
from simulation.councils import GRADES
from simulation.evidence.england import LAST_MONTH
from simulation.outcomes.outcomes import OUTCOMES
from simulation.outcomes.paths import PATHS
from simulation.parameters import PARAMETERS, Parameters
from simulation.regimes import PARITIES, REGIMES, load_regime
from simulation.regimes.parity import parity_number
from simulation.scenario import SCENARIOS
from simulation.switches import Switches

PAGE_MONTHS = 240
"""The longest run in the page."""


def explorer_data() -> dict[str, Any]:
    """Return what `ExplorerData` in explorer/src/engine/data.ts describes, ready for JSON."""
    return {
        "project": {"version": version("sector-led-improvement"), "model": model_digest()},
        "engine": load_description(),
        "seed": USUAL_SEED,
        "months": {"usual": USUAL_MONTHS, "most": PAGE_MONTHS},
        "replicates": USUAL_REPLICATES,
        "default_start": LAST_MONTH,
        "parameters": [asdict(info) for info in PARAMETERS.values()],
        "outcomes": [_outcome(name) for name in OUTCOMES],
        "paths": [asdict(path) for path in PATHS.values()],
        "levers": describe_levers(),
        "regimes": [_regime(name) for name in REGIMES],
        "moved_arms": packed(json.dumps(_moved_arms()).encode()),
        "parities": list(PARITIES),
        "compared_parities": list(COMPARED_PARITIES),
        "baselines": list(BASELINES),
        "scenarios": [asdict(info) for info in SCENARIOS.values()],
        "coefficients": _coefficients(),
        "gaps": describe_gaps(PAGE_MONTHS),
        "start_months": start_months(),
        "starts": packed(json.dumps([describe_start(month) for month in start_months()]).encode()),
        "sets": _sets(),
        "grades": list(GRADES),
        "verdicts": _verdicts(),
        "prices": list(PRICES),
        "own": describe_own(),
    }


def packed(content: bytes) -> str:
    """Return bytes packed by gzip, in base 64; the same each time."""
    return base64.b64encode(gzip.compress(content, mtime=0)).decode()


def _outcome(name: str) -> dict[str, Any]:
    outcome = OUTCOMES[name]
    return {**asdict(outcome), "adds_up": outcome.adds_up or outcome.how == "sum"}


def _regime(name: str) -> dict[str, Any]:
    regime = load_regime(name)
    return {
        **regime.as_dict(),
        "words": inside(regime.title),
        "parity": {parity: parity_number(regime, parity) for parity in PARITIES},
    }


def _moved_arms() -> dict[str, dict[str, Any]]:
    """Return the arms at each start of the regimes that go by the calendar."""
    regimes = (load_regime(name) for name in REGIMES)
    return {
        regime.name: {month: regime.from_start(month).as_dict()["arms"] for month in start_months()}
        for regime in regimes
        if regime.by_calendar
    }


def _coefficients() -> dict[str, float]:
    """Return what is in force beside the parameters under the usual switches; what is nought is left out."""
    usual = asdict(Coefficients.in_force(Parameters(), Switches()))
    return {name: value for name, value in usual.items() if name not in PARAMETERS and value}


def _sets() -> dict[str, Any]:
    """Return the parameter sets that a comparison draws unless it is told otherwise."""
    sets, _ = make_sets(USUAL_MOST, PLAUSIBLE, None, {}, None, USUAL_SEED)
    rows = [[*one.parameters.as_dict().values(), one.receiver_quantile, one.giver_quantile] for one in sets]
    return {
        "names": [*PARAMETERS, *LEVER_QUANTILES],
        "number": len(sets),
        "draws": number_of_draws(sets),
        "drawn": [list(one.draws) for one in sets],
        "numbers": packed(np.array(rows, dtype="<f8").tobytes()),
    }


def _verdicts() -> dict[str, Any]:
    return {
        "very_likely_share": verdicts.VERY_LIKELY_SHARE,
        "likely_share": verdicts.LIKELY_SHARE,
        "min_replicates": verdicts.MIN_REPLICATES,
        "min_sets": verdicts.MIN_SETS,
        "most_left_out": verdicts.MOST_LEFT_OUT,
        "parity_tolerance": verdicts.PARITY_TOLERANCE,
        "words": list(VERDICTS),
    }
