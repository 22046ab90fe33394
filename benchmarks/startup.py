"""What a person waits for before anything happens: compiling once, starting warm, asking for help."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.setting import Setting
from benchmarks.table import table, verdict
from benchmarks.timing import Times

_ROOT = Path(__file__).resolve().parents[1]
_FIRST_RUN = "from simulation.engines import simulate; simulate('none', engine='ensemble')"
_COMPILING = """
from time import perf_counter
from benchmarks.engines import DistinctRun, months_of, opened
from simulation import compiled, load_regime
from simulation.engine import Ensemble
ensemble = Ensemble()
given = months_of(ensemble, DistinctRun(load_regime("none"), "none"), opened(ensemble))
start = perf_counter()
compiled.run_months(*given.fresh().values())
print(perf_counter() - start)
"""
MOST_COMPILING, MOST_WARM, MOST_HELP = 20.0, 2.0, 0.5


def section(setting: Setting) -> str:
    """Return how long a process takes that compiles first, that finds the model compiled, and that only helps."""
    with TemporaryDirectory() as folder:
        said = _run([sys.executable, "-W", "ignore", "-c", _COMPILING], folder)
        compiling = Times((float(said[1].split()[-1]),))
        warm = _times([sys.executable, "-c", _FIRST_RUN], folder, setting.starts)
    asked = _times([str(Path(sys.executable).with_name("sli")), "--help"], None, setting.starts)
    rows = [
        _row("compiling, nothing kept from before", compiling, MOST_COMPILING),
        _row("a new process to its first finished run, compiled before", warm, MOST_WARM),
        _row("`sli --help`", asked, MOST_HELP),
    ]
    return table(("", "Best, s", "Median, s", "At most", ""), rows)


def _row(name: str, times: Times, most: float) -> tuple[str, ...]:
    return name, f"{times.best:.2f}", f"{times.median:.2f}", f"{most:g}", verdict(times.median <= most)


def _times(command: Sequence[str], cache: str | None, starts: int) -> Times:
    _run(command, cache)
    return Times(tuple(_run(command, cache)[0] for _ in range(starts)))


def _run(command: Sequence[str], cache: str | None) -> tuple[float, str]:
    environment = dict(os.environ)
    if cache is not None:
        environment["NUMBA_CACHE_DIR"] = cache
    start = perf_counter()
    done = subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    return perf_counter() - start, done.stdout
