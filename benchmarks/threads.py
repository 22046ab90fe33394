"""Two threads against one: the compiled months let go of Python's lock."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle, islice
from time import perf_counter

from benchmarks.engines import DistinctRun, distinct_runs, opened
from benchmarks.page import target_verdict
from benchmarks.setting import Setting
from benchmarks.timing import by_turns
from experiments.text.pages import table
from simulation.compiled.ensemble import Ensemble, Opening

LEAST_GAIN = 1.7


def section(setting: Setting) -> str:
    """Return how much faster the same runs are made by more threads."""
    cores = os.cpu_count() or 1
    if cores < 2:  # noqa: PLR2004
        return "This machine has one core: threads were not measured.\n"
    ensemble = Ensemble(setting.months)
    opening = opened(ensemble)
    runs = list(islice(cycle(distinct_runs(ensemble.table.n)), setting.thread_runs))
    counts = [1, 2] + [count for count in (4, 8, 16) if count <= cores]
    calls = {str(count): partial(_shared_out, ensemble, runs, opening, count) for count in counts}
    times = by_turns(calls, setting.repeats, perf_counter)
    gains = {name: times["1"].over(t) for name, t in times.items()}
    rows = [
        (name, f"{t.best:.3f}", f"{t.median:.3f}", f"{max(gains[name].seconds):.2f}", f"{gains[name].median:.2f}")
        for name, t in times.items()
    ]
    two = gains["2"].median
    return (
        table(
            ("Threads", "Best, s", "Median, s", "Times one, best round", "Times one, median round"), rows, numbers=True
        )
        + f"\nTwo threads made {len(runs)} runs {two:.2f} times as fast as one (median round; at least "
        f"{LEAST_GAIN} wanted: {target_verdict(two >= LEAST_GAIN)}).\n"
    )


def _shared_out(ensemble: Ensemble, runs: list[DistinctRun], opening: Opening, count: int) -> Callable[[], object]:
    def call() -> None:
        with ThreadPoolExecutor(count) as pool:
            list(pool.map(lambda run: ensemble.run(run.regime, opening, run.parity), runs))

    return call
