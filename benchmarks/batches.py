"""Batches: a long sweep, what keeping, resuming and a cluster add to each piece, and the shards of a comparison merged.

Runs take several threads or processes, so that all times here are the wall's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from benchmarks.page import target_verdict
from benchmarks.setting import Setting
from experiments.design.crossing import Crossing
from experiments.results.blocks import BlockFolder
from experiments.running.cluster import on_cluster
from experiments.running.crossed import run_crossing
from experiments.studies.sweep.make import make_sweep
from experiments.text.pages import table

_ROOT = Path(__file__).resolve().parents[1]
OUTCOME = "inadequate_months"
POINTS = 5
TWO_REGIMES = ("peer_support", "partners_in_practice")
WORKERS = 2
MOST_SHARE = 0.05
"""What keeping, resuming or a cluster may add to a piece, as a share of what making it takes."""
LARGE = 1 << 20
# What the system tells of an ended child is no less than its parent held when it began, so the child tells it itself.
_TELLS_MEMORY = """
import sys
from pathlib import Path
from experiments.cli import main
code = main(sys.argv[1:])
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
print(next((line.split()[1] for line in lines if line.startswith("VmHWM")), 0))
sys.exit(code)
"""


class Used(NamedTuple):
    """What a command took: seconds by the wall's clock, and the most memory that it held, in bytes."""

    seconds: float
    memory: int


def section(setting: Setting) -> str:
    """Return what a long sweep takes, what is added to a piece, and what merging shards takes."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        return "\n".join((_sweep(home, setting), _pieces(home, setting), _shards(home, setting)))


def _sweep(home: Path, setting: Setting) -> str:
    """Return the time, memory, disk and rows a second of one `sli sweep`."""
    out = home / "sweep"
    asked = ["--vary", f"transfer_rate=0.1:0.5:{POINTS}", "--regimes", ",".join(TWO_REGIMES), "--workers", str(WORKERS)]
    asked += ["--sets", str(setting.sweep_sets), "--replicates", str(setting.sweep_replicates)]
    used = used_by("sweep", *asked, "--months", str(setting.months), "--draw", "prior", "--out", str(out))
    runs = POINTS * len(TWO_REGIMES) * setting.sweep_sets * setting.sweep_replicates
    disk = size_of(out)
    row = (f"{runs:,}", f"{used.seconds:.0f}", f"{runs / used.seconds:.0f}", megabytes(used.memory), megabytes(disk))
    head = ("Rows of a sweep", "Seconds, start to end", "Rows a second", "Most memory, MiB", "Disk, MiB")
    return table(head, [row], numbers=True)


def _pieces(home: Path, setting: Setting) -> str:
    """Return what a piece takes, made and forgotten, kept, taken from disk, and made on a cluster."""
    crossing = _crossing(setting)
    pieces = len(crossing.extents())
    _timed(crossing)
    ways = ("made by two threads, not kept", "made and kept", "taken from disk", "made by a cluster of two, not kept")
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for repeat in range(setting.batch_repeats):
        store = BlockFolder(home / f"blocks {repeat}")
        for way, kept in zip(ways, (None, store, store), strict=False):
            seconds[way].append(_timed(crossing, kept))
    with on_cluster(f"local:{WORKERS}"):
        _timed(crossing)
        seconds[ways[3]] = [_timed(crossing) for _ in range(setting.batch_repeats)]
    least = {way: min(times) for way, times in seconds.items()}
    made = least[ways[0]]
    added = (0.0, least[ways[1]] - made, least[ways[2]], least[ways[3]] - made)
    rows = [_piece_row(way, least[way], pieces, more / made) for way, more in zip(ways, added, strict=True)]
    return table((f"{pieces} pieces", "Best, s", "ms a piece", "Added to a piece", "Wanted"), rows, numbers=True)


def _piece_row(way: str, seconds: float, pieces: int, added: float) -> tuple[str, ...]:
    return way, f"{seconds:.2f}", f"{1e3 * seconds / pieces:.1f}", f"{added:.1%}", target_verdict(added < MOST_SHARE)


def _crossing(setting: Setting) -> Crossing:
    """Return the crossing of a sweep that is timed piece by piece."""
    asked = {"vary": {"transfer_rate": f"0.1:0.5:{POINTS}"}, "regimes": list(TWO_REGIMES), "months": setting.months}
    sizes = {"sets": setting.piece_sets, "replicates": setting.piece_replicates, "draw": "prior"}
    return make_sweep({**asked, **sizes}).crossing


def _timed(crossing: Crossing, store: BlockFolder | None = None) -> float:
    """Return the seconds that the runs of a crossing take."""
    start = perf_counter()
    run_crossing(crossing, (OUTCOME,), store=store, workers=WORKERS)
    return perf_counter() - start


def _shards(home: Path, setting: Setting) -> str:
    """Return what the two halves of a comparison take, and what merging them takes."""
    asked = ["--regimes", "peer_support,hybrid", "--parity", "pounds", "--draw", "prior", "--workers", str(WORKERS)]
    asked += ["--sets", str(setting.shard_sets), "--replicates", "4", "--months", str(setting.months)]
    halves = [home / "first", home / "second"]
    rows = []
    for number, half in enumerate(halves, 1):
        used = used_by("compare", *asked, "--shard", f"{number}/2", "--out", str(half))
        rows.append((f"shard {number} of 2", f"{used.seconds:.1f}", megabytes(used.memory), megabytes(size_of(half))))
    used = used_by("merge", str(home / "merged"), *map(str, halves), "--workers", str(WORKERS))
    rows.append(("both merged", f"{used.seconds:.1f}", megabytes(used.memory), megabytes(size_of(home / "merged"))))
    return table(("A comparison in two shards", "Seconds", "Most memory, MiB", "Disk, MiB"), rows, numbers=True)


def used_by(*words: str) -> Used:
    """Run a command of `sli` in a process of its own.

    Raises:
        RuntimeError: it fails.
    """
    start = perf_counter()
    line = [sys.executable, "-c", _TELLS_MEMORY, *words]
    done = subprocess.run(line, env={**os.environ, "PYTHONPATH": str(_ROOT)}, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended in {done.returncode}")
    return Used(perf_counter() - start, 1024 * int(done.stdout.split()[-1]))


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def megabytes(number: int) -> str:
    """Return bytes as MiB."""
    return f"{number / LARGE:.1f}"
