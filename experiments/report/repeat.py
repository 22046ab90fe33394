"""The command that makes a comparison again, from what its manifest says of its design."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from experiments.design.design import BASELINES, COMPARED_PARITIES
from experiments.design.keep import KEEP_RUNS
from experiments.design.origin import DEFAULTS, FILE, PRIOR
from experiments.design.own_science import own_names
from experiments.design.stopping import USUAL_MOST, USUAL_REPLICATES
from experiments.results.store import Results
from simulation.councils import load_councils
from simulation.dates import FIRST_MONTH
from simulation.errors import InputError
from simulation.evidence.england import LAST_MONTH
from simulation.parameters import PARAMETERS
from simulation.regimes import REGIMES
from simulation.scenario import SCENARIOS
from simulation.switches import SWITCHES

USUAL_MONTHS, USUAL_SEED = 120, 2018
"""What `sli compare` takes where nothing is said."""


def command(results: Results) -> str:
    """Return the command, with names in capitals where it took a file of the user's own."""
    design = results.manifest["design"]
    england = results.case.england and _whole(design["councils"]["number"], design["scenario"]["start"])
    again = " ".join(["sli compare", *_options(results.manifest, results.sets, england=england)])
    return f"{again}  # from Python, with {own_names(design)}" if "own" in design else again


def _whole(councils: int, start: str) -> bool:
    """Return whether so many councils are all of England's in the month."""
    try:
        return councils == load_councils(start=start).n
    except InputError:  # a table of the user's own that starts in a month which the evidence does not cover
        return False


def _options(manifest: Mapping[str, Any], sets: pd.DataFrame, *, england: bool) -> Iterator[str]:
    design = manifest["design"]
    yield from _regimes(list(design["regimes"]))
    yield from _sets(manifest, sets)
    if tuple(design["parities"]) != tuple(COMPARED_PARITIES):
        yield f"--parity {','.join(design['parities'])}"
    for name, value in design["matters"].items():
        yield f"--matters {name}={value:g}"
    if design["months"] != USUAL_MONTHS:
        yield f"--months {design['months']}"
    if design["seed"] != USUAL_SEED:
        yield f"--seed {design['seed']}"
    kept = design["keep"]
    # Results of before have one word.
    if keep := [name for name in ([kept] if isinstance(kept, str) else kept) if name != KEEP_RUNS]:
        yield f"--keep {','.join(keep)}"
    yield from _world(design, england=england)


def _regimes(names: list[str]) -> Iterator[str]:
    shipped = [name for name in names if name in REGIMES]
    own = [name for name in names if name not in REGIMES]
    if set(shipped) != set(REGIMES) or own:
        chosen = [name for name in shipped if name not in BASELINES]
        yield f"--regimes {','.join(chosen or BASELINES)}"
    for name in own:
        yield f"--regime {name.upper()}.toml"


def _sets(manifest: Mapping[str, Any], sets: pd.DataFrame) -> Iterator[str]:
    design, kind = manifest["design"], manifest["design"]["origin"]["kind"]
    if kind == FILE:
        yield "--design SETS.csv"
    elif kind == DEFAULTS:
        yield "--sets 1"
    elif design["stop"] is None:
        yield f"--sets {manifest['draws']}"
    if design["stop"] is not None and manifest["most_draws"] != USUAL_MOST:
        yield f"--max-sets {manifest['most_draws']}"
    if design["stop"] is None or design["replicates"] != USUAL_REPLICATES:
        yield f"--replicates {design['replicates']}"
    if kind == PRIOR:
        yield "--draw prior"
    if manifest["levers"] == "fixed" and len(sets) > 1:
        yield "--levers fixed"
    if len(sets) > 1 and any(sets[name].min() == sets[name].max() for name in PARAMETERS):
        yield "--parameters PARAMETERS.toml"


def _world(design: Mapping[str, Any], *, england: bool) -> Iterator[str]:
    scenario = design["scenario"]
    if not england:
        yield "--councils COUNCILS.csv"
    if scenario["start"] != (LAST_MONTH if england else FIRST_MONTH):
        yield f"--start {scenario['start']}"
    funding = scenario["funding"]
    if funding != SCENARIOS["funding"].default:
        yield f"--funding {funding if isinstance(funding, str) else 'FUNDING.csv'}"
    if scenario["poverty_tilt"]:
        yield f"--poverty-tilt {scenario['poverty_tilt']:g}"
    if scenario["pause"] != SCENARIOS["pause"].default:
        yield f"--pause {scenario['pause']}"
    if scenario["headline"] != SCENARIOS["headline"].default:
        yield f"--headline {scenario['headline']}"
    for name, value in design["switches"].items():
        if value != SWITCHES[name].default:
            yield f"--switch {name}={value}"
