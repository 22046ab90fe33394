"""Kills a comparison at random moments, over and over, and holds the finished folder against one made in one go.

    python -m benchmarks.killed_often 100 [SEED]

Kills are of the whole process group, at a random part of a second after it started to work (kill -9). After each, the
same command goes on, or now and then another process is refused. It prints how often it was killed and where, and ends
in exit code 1 if a byte differs.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

OPTIONS = {
    "--regimes": "peer_support,hybrid",
    "--parity": "pounds,days",
    "--sets": "24",
    "--replicates": "8",
    "--months": "24",
    "--draw": "prior",
    "--keep": "sample,councils",
    "--workers": "2",
}
"""Large enough to be killed in runs, tables, claims and report, small enough to be begun a hundred times."""
_SPOILT = 0.6
"""How often finished results are spoilt after a kill, so that not all kills fall on the report."""
LONGEST_WAIT = 12.0
"""Seconds after which a process that works is killed at the latest."""


def start(out: Path) -> subprocess.Popen[str]:
    """Start the comparison in a group of its own."""
    words = [word for option in OPTIONS.items() for word in option]
    return subprocess.Popen(  # noqa: S603  fixed words only
        [sys.executable, "-m", "experiments", "compare", *words, "--claims", "--out", str(out)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def check_end(process: subprocess.Popen[str]) -> None:
    """Wait for a comparison's end, and stop with what it said if it failed."""
    _, said = process.communicate()
    if process.returncode:
        raise SystemExit(f"the comparison ended in {process.returncode}: {said}")


def content(out: Path) -> dict[str, bytes]:
    """Return every file of a folder but its lock; of its manifest, all but how long it took."""
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    manifest = json.loads(files.pop("manifest.json"))
    manifest.pop("elapsed_seconds", None)
    del files[".lock"]
    return files | {"manifest.json": json.dumps(manifest).encode()}


def state(out: Path) -> str:
    """Return how far a folder has come."""
    begun = out / "unfinished"
    if (begun / "added").exists():
        return "claims or the report are added"
    if (begun / "comparison.csv").exists():
        return "tables are written or moved"
    if list(begun.glob("blocks/*.npz")):
        return "runs are made"
    return "results are finished" if (out / "manifest.json").exists() else "nothing is made"


def kill_often(out: Path, kills: int, luck: random.Random) -> Counter[str]:
    """Kill the comparison so many times, begin anew whenever it is finished, and return where it was killed."""
    places: Counter[str] = Counter()
    while places.total() < kills:
        process = start(out)
        try:
            process.wait(timeout=luck.uniform(0.3, LONGEST_WAIT))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            places[state(out)] += 1
        else:
            check_end(process)
        if (out / "comparison.csv").exists() and luck.random() < _SPOILT:
            # The next kills fall on a folder whose results are made anew in the place of those that are there.
            (out / "comparison.csv").write_text("changed by hand\n", encoding="utf-8")
    return places


def kill_and_compare(kills: int, seed: int) -> tuple[Counter[str], int, list[str]]:
    """Return where the comparison was killed, how many files it has, and those that are not as in one go."""
    with tempfile.TemporaryDirectory() as home:
        whole, killed = Path(home, "whole"), Path(home, "killed")
        check_end(start(whole))
        places = kill_often(killed, kills, random.Random(seed))  # noqa: S311  no secret
        for _ in range(3):
            # Three commands: the first may only put in place what is whole, and the third has nothing to do.
            check_end(start(killed))
        expected, found = content(whole), content(killed)
    differing = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    return places, len(expected), differing


def main(kills: int, seed: int) -> int:
    """Print what was found, and return 0 if the folder that was killed so often is the one made in one go."""
    begun = time.monotonic()
    places, files, differing = kill_and_compare(kills, seed)
    minutes = (time.monotonic() - begun) / 60
    print(f"killed {places.total()} times in {minutes:.0f} minutes, while: {dict(places)}")  # noqa: T201
    print(f"not as in one go: {differing}" if differing else f"all {files} files are as in one go")  # noqa: T201
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))  # noqa: PLR2004
