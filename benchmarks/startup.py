"""What a person waits for before anything happens: compiling once, starting warm, asking for help."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.page import target_verdict
from benchmarks.setting import Setting
from benchmarks.timing import Times
from experiments.text.pages import table

_ROOT = Path(__file__).resolve().parents[1]
_FIRST_RUN = "from simulation.simulate import simulate; simulate('none', engine='ensemble')"
_COMPILING = """
from time import perf_counter, process_time
from simulation.compiled.ensemble import Ensemble
from simulation.simulate import simulate
start, used = perf_counter(), process_time()
simulate("none", months=1, engine="ensemble")
print(perf_counter() - start, process_time() - used)
"""
MOST_COMPILING, MOST_WARM, MOST_HELP = 20.0, 2.0, 0.5


def section(setting: Setting) -> str:
    """Return how long a process takes that compiles first, that finds the model compiled, and that only helps."""
    with TemporaryDirectory() as folder:
        output = _run([sys.executable, "-c", _COMPILING], folder)[2].split()
        compiling = (Times((float(output[-2]),)), Times((float(output[-1]),)))
        warm = _times([sys.executable, "-c", _FIRST_RUN], folder, setting.starts)
    help_times = _times([str(Path(sys.executable).with_name("sli")), "--help"], None, setting.starts)
    rows = [
        _row("compiling, nothing kept from before", *compiling, MOST_COMPILING),
        _row("a new process to its first finished run, compiled before", *warm, MOST_WARM),
        _row("`sli --help`", *help_times, MOST_HELP),
    ]
    return table(("What", "Best, s", "Median, s", "Processor, median, s", "At most, s", "Wanted"), rows, numbers=True)


def _row(name: str, wall: Times, processor: Times, most: float) -> tuple[str, ...]:
    shown = (f"{wall.best:.2f}", f"{wall.median:.2f}", f"{processor.median:.2f}", f"{most:g}")
    return name, *shown, target_verdict(wall.median <= most)


def _times(command: Sequence[str], cache: str | None, starts: int) -> tuple[Times, Times]:
    """Return what the wall's clock and the processor's say of so many warm starts."""
    _run(command, cache)
    times = [_run(command, cache) for _ in range(starts)]
    return Times(tuple(run[0] for run in times)), Times(tuple(run[1] for run in times))


def _run(command: Sequence[str], cache: str | None) -> tuple[float, float, str]:
    """Return the seconds that a process takes by the wall's clock and the processor's, and what it prints."""
    environment = dict(os.environ)
    if cache is not None:
        environment["NUMBA_CACHE_DIR"] = cache
    start, used = perf_counter(), _used()
    done = subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    return perf_counter() - start, _used() - used, done.stdout


def _used() -> float:
    times = os.times()
    return times.children_user + times.children_system
