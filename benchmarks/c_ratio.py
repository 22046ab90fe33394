"""The compiled months beside the same months by hand in C: the same bits, then the ratio of their times."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import c_loop
from benchmarks.engines import DistinctRun, MonthsCall, differing, months_of, opened
from benchmarks.page import milliseconds, target_verdict
from benchmarks.phases import clocked_seconds
from benchmarks.setting import Setting
from benchmarks.timing import Prepare, Times, by_turns
from experiments.text.pages import table
from simulation.compiled import cache as compiled
from simulation.compiled.ensemble import Ensemble
from simulation.regimes import load_regime

MOST_RATIO = 1.3
BUILDS = {"-O2": ("-O2", *c_loop.COMMON), "-O3": ("-O3", *c_loop.COMMON), "-O3 -march=native": c_loop.FLAGS}


def section(setting: Setting) -> str:
    """Return the engine's time over that of the C loop, for regime `none`, and the phases of both."""
    if c_loop.compiler() is None:
        return "There is no C compiler on this machine: the C loop was not measured.\n"
    ensemble = Ensemble(setting.months)
    months = months_of(ensemble, DistinctRun(load_regime("none"), "none"), opened(ensemble))
    with TemporaryDirectory() as folder:
        loops = {name: c_loop.build_library(Path(folder), name, flags) for name, flags in BUILDS.items()}
        wrong = {name: differing(_by_engine(months), _by_c(loop, months)) for name, loop in loops.items()}
        if any(wrong.values()):
            return f"**The C loop does not give the engine's bits** and was not timed; what differs: {wrong}.\n"
        calls: dict[str, Prepare] = {name: partial(_prepare, loop, months) for name, loop in loops.items()}
        calls["engine"] = partial(months.prepare, compiled.run_months.dispatcher)
        times = by_turns(calls, 4 * setting.repeats)
        engine = times.pop("engine")
        return _ratios(engine, times) + "\n" + _phases(months, loops["-O3"], setting)


def _by_engine(months: MonthsCall) -> dict[str, object]:
    arguments = months.fresh()
    compiled.run_months.dispatcher(*arguments.values())
    return arguments


def _by_c(loop: c_loop.CLoop, months: MonthsCall) -> dict[str, object]:
    arguments = months.fresh()
    loop.prepare(arguments)()
    return arguments


def _prepare(loop: c_loop.CLoop, months: MonthsCall) -> c_loop.Call:
    return loop.prepare(months.fresh())


def _ratios(engine: Times, loops: dict[str, Times]) -> str:
    rows = [(f"C, `{name}`", *map(milliseconds, (t.best, t.median)), *_over(engine, t)) for name, t in loops.items()]
    rows.append(("ensemble engine", *map(milliseconds, (engine.best, engine.median)), "", ""))
    fastest = min(loops.values(), key=lambda t: t.median)
    ratio = engine.median / fastest.median
    met = target_verdict(ratio <= MOST_RATIO)
    return (
        table(("Months of `none`", "Best, ms", "Median, ms", "Engine/C, best", "Engine/C, median"), rows, numbers=True)
        + f"\nEvery array is equal in every bit. Against the fastest C of these the engine takes {ratio:.2f} times as "
        f"long (medians; best {engine.best / fastest.best:.2f}; at most {MOST_RATIO} wanted: {met}).\n"
    )


def _over(engine: Times, loop: Times) -> tuple[str, str]:
    return f"{engine.best / loop.best:.2f}", f"{engine.median / loop.median:.2f}"


def _phases(months: MonthsCall, loop: c_loop.CLoop, setting: Setting) -> str:
    by_engine = clocked_seconds(months, setting.repeats)
    by_c = dict(zip(c_loop.PHASES, _clocked_c(loop, months, setting.repeats), strict=True))
    rows = [
        (
            f"`{phase}`",
            f"{1e6 * seconds:.0f}",
            f"{1e6 * by_c[phase]:.0f}" if phase in by_c else "",
            f"{seconds / by_c[phase]:.2f}" if phase in by_c else "",
        )
        for phase, seconds in by_engine.items()
    ]
    return table(("Phase, `none`, best", "Engine, us a run", "C `-O3`, us a run", "Engine/C"), rows, numbers=True)


def _clocked_c(loop: c_loop.CLoop, months: MonthsCall, repeats: int) -> list[float]:
    spent = np.zeros((repeats, len(c_loop.PHASES)))
    for repeat in range(repeats):
        loop.prepare(months.fresh(), spent[repeat])()
    return [float(seconds) for seconds in np.min(spent, axis=0)]
