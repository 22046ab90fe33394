"""Build the engine for a browser: ``python -m explorer.engine`` (or ``make explorer``).

It takes about a minute, and the same bytes come out each time. Needs the packages of explorer/requirements.lock.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from experiments.explorer.engine import DESCRIPTION, MODULE, write_description
from experiments.files.digests import digest
from explorer.engine.description import describe_calls
from explorer.engine.link import link_module
from explorer.engine.sources import sources_digest

_TOOLS = ("numba", "llvmlite", "ziglang")


def build_engine(to: Path) -> None:
    """Write the module and its description into the folder ``to``."""
    with tempfile.TemporaryDirectory() as place:
        lower = [sys.executable, "-m", "explorer.engine.lower", place]
        subprocess.run(lower, check=True, env={**os.environ, "NUMBA_OPT": "0"})  # noqa: S603
        link_module(Path(place), to / MODULE.name)
    write_description(
        to / DESCRIPTION.name,
        {
            "made_of": sources_digest(),
            "made_with": {name: version(name) for name in _TOOLS},
            "module": digest(to / MODULE.name),
            **describe_calls(),
        },
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else MODULE.parent
    build_engine(folder)
    print(f"{folder / MODULE.name}: {(folder / MODULE.name).stat().st_size / 1000:.1f} kB")  # noqa: T201
