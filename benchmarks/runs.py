"""What one run costs: every regime under every parity that the comparison runs, chance and month 0 shared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from statistics import fmean

from benchmarks.engines import DistinctRun, distinct_runs, months_of, opened
from benchmarks.machine import measured_clock
from benchmarks.page import milliseconds, target_verdict
from benchmarks.setting import Setting
from benchmarks.timing import Times, by_turns, mean_of
from experiments.text.pages import table
from simulation.compiled import cache as compiled
from simulation.compiled.ensemble import Ensemble, Opening

MOST_MS = 3.0
CLOCK = 2.5


def section(setting: Setting) -> str:
    """Return the cost of a run, by regime and parity, and its mean."""
    ensemble = Ensemble(setting.months)
    opening = opened(ensemble)
    runs = distinct_runs(ensemble.table.n)
    calls = {f"{run.regime.name} {run.parity}": partial(_whole, ensemble, run, opening) for run in runs}
    bare = {f"bare {name}": months_of(ensemble, run, opening) for name, run in zip(calls, runs, strict=True)}
    times = by_turns(calls, setting.repeats)
    months = by_turns({k: partial(m.prepare, compiled.run_months.dispatcher) for k, m in bare.items()}, setting.repeats)
    lines = [_line(run, t, b) for run, t, b in zip(runs, times.values(), months.values(), strict=True)]
    mean, bare_mean = mean_of(list(times.values())), mean_of(list(months.values()))
    best = fmean(t.best for t in times.values())
    lines.append(("**mean of all**", "", *map(milliseconds, (best, mean.median, bare_mean.median))))
    head = ("Regime", "Parity", "Best, ms", "Median, ms", "Months alone, ms")
    return table(head, lines, numbers=True) + "\n" + _said(mean.median, best, ensemble)


def _whole(ensemble: Ensemble, run: DistinctRun, opening: Opening) -> Callable[[], object]:
    return partial(ensemble.run, run.regime, opening, run.parity)


def _line(run: DistinctRun, whole: Times, months: Times) -> tuple[str, ...]:
    return (f"`{run.regime.name}`", run.parity, *map(milliseconds, (whole.best, whole.median, months.median)))


def _said(median: float, best: float, ensemble: Ensemble) -> str:
    clock = measured_clock()
    scaled = 1e3 * median * clock / CLOCK
    return (
        f"A run of {ensemble.table.n} councils and {ensemble.months} months took {1e3 * median:.2f} ms, the mean "
        f"of all (median round; mean of the best {1e3 * best:.2f} ms; at most {MOST_MS:g} ms wanted: "
        f"{target_verdict(1e3 * median <= MOST_MS)}). A core of this machine ran at about {clock:.1f} GHz then: cycle "
        f"for cycle, {scaled:.2f} ms at {CLOCK} GHz ({target_verdict(scaled <= MOST_MS)}).\n"
    )
