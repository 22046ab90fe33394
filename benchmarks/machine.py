"""Which machine this is."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import thread_time

from numba import njit

from benchmarks import c_loop

_ROOT = Path(__file__).resolve().parents[1]
_STEPS, _CYCLES_A_STEP = 1_000_000, 6


def stamp() -> str:
    """Return when, what and on what was measured, in one line."""
    compiler = c_loop.compiler()
    parts = (
        f"{datetime.now(UTC):%d %B %Y}",
        f"commit {_commit()}",
        f"{_cpu()}, {os.cpu_count()} cores, {platform.system()}",
        f"Python {platform.python_version()}",
        ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "mesa")),
        c_loop.compiler_version(compiler) if compiler else "no C compiler",
    )
    return "; ".join(parts) + _load()


def measured_clock() -> float:
    """Return about how many GHz a core runs at, from a chain of six operations that wait for each other."""
    _chain(10, 1)
    times = []
    for _ in range(50):
        start = thread_time()
        _chain(_STEPS, 1)
        times.append(thread_time() - start)
    return _STEPS * _CYCLES_A_STEP / min(times) / 1e9


def _waiting(steps: int, x: int) -> int:
    for _ in range(steps):
        x ^= x << 13
        x ^= x >> 7
        x ^= x << 17
    return x


_chain: Callable[[int, int], int] = njit(_waiting)  # type: ignore[assignment]


def _load() -> str:
    if not hasattr(os, "getloadavg"):
        return ""
    return f". Others kept {os.getloadavg()[0]:.1f} cores busy, or waited for them, when it began"


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=_ROOT, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603, S607

    try:
        changed = git("status", "--porcelain", "--", "simulation", "benchmarks")
        return git("rev-parse", "--short", "HEAD") + (" with changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
