"""What a run costs from nothing, part by part: luck, month 0, the months, and what is made before and after them."""

from __future__ import annotations

from functools import partial

from benchmarks.engines import SEED, DistinctRun, months_of, opened
from benchmarks.page import milliseconds
from benchmarks.setting import Setting
from benchmarks.timing import Prepare, Times, by_turns, mean_of
from experiments.text.pages import table
from simulation.compiled import cache as compiled
from simulation.compiled.ensemble import Ensemble
from simulation.parameters import Parameters
from simulation.regimes import REGIMES, load_regime

PARITY = "pounds"
LUCK_PART, OPENING_PART, MONTHS_PART, OTHER_PART, WHOLE_PART = (
    "luck of a replicate",
    "month 0 of a parameter set",
    "the months",
    "terms of the regime, copies, outcomes",
    "**a run from nothing**",
)


def section(setting: Setting) -> str:
    """Return what each part of a run takes, mean of the nine regimes at equal pounds."""
    ensemble = Ensemble(setting.months)
    opening = opened(ensemble)
    parameters = Parameters()
    calls: dict[str, Prepare] = {
        LUCK_PART: lambda: partial(ensemble.draw, SEED, 0),
        OPENING_PART: lambda: partial(ensemble.open, parameters, opening.chance),
    }
    for name in REGIMES:
        run = DistinctRun(load_regime(name), PARITY)
        months = months_of(ensemble, run, opening)
        calls[f"months {name}"] = partial(months.prepare, compiled.run_months.dispatcher)
        calls[f"run {name}"] = partial(partial, ensemble.run, run.regime, opening, PARITY)
    times = by_turns(calls, setting.repeats)
    months_alone, runs = (mean_of([times[f"{kind} {name}"] for name in REGIMES]) for kind in ("months", "run"))
    around = Times(tuple(run - bare for run, bare in zip(runs.seconds, months_alone.seconds, strict=True)))
    parts = {
        LUCK_PART: times[LUCK_PART],
        OPENING_PART: times[OPENING_PART],
        MONTHS_PART: months_alone,
        OTHER_PART: around,
    }
    parts[WHOLE_PART] = Times(tuple(map(sum, zip(*(part.seconds for part in parts.values()), strict=True))))
    rows = [(name, *map(milliseconds, (part.best, part.median))) for name, part in parts.items()]
    return table(("Part", "Best, ms", "Median, ms"), rows, numbers=True)
