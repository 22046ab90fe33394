"""Time the engine in headless Chromium beside the compiled one: ``python -m explorer.engine.times [ROUNDS]``.

Needs Chromium, Node and what `make explorer-tools` fetches. Both take turns; the least of all rounds is told, for other
work on the machine only adds.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from experiments.design.origin import PLAUSIBLE, make_sets
from experiments.design.parameter_sets import ParameterSet
from experiments.explorer.data import explorer_data
from experiments.explorer.engine import MODULE
from experiments.report.repeat import USUAL_MONTHS, USUAL_SEED
from simulation.compiled.ensemble import Ensemble, Opening
from simulation.evidence.england import LAST_MONTH
from simulation.outcomes.pairs import paired_outcomes
from simulation.regimes import REGIMES, load_regime
from simulation.scenario import Scenario
from tests.chromium import Browser

_TURNS = 5
_ASK = "return await sli.times(text('module'), JSON.parse(text('data')), {rounds});"


def write_timed_page(folder: Path) -> Path:
    """Write a page that holds the engine and can time it, and return its path."""
    script = folder / "times.js"
    bundle = ["node", "build.mjs", "tests/times.ts", str(script)]
    subprocess.run(bundle, cwd=Path(__file__).parents[1], check=True)  # noqa: S603
    parts = {"module": base64.b64encode(MODULE.read_bytes()).decode(), "data": json.dumps(explorer_data())}
    held = "".join(f'<script type="a" id="{name}">{text}</script>' for name, text in parts.items())
    reader = "const text = id => document.getElementById(id).textContent;"
    page = folder / "times.html"
    page.write_text(
        f"<!DOCTYPE html><body>{held}<script>{script.read_text(encoding='utf-8')}{reader}</script></body>",
        encoding="utf-8",
    )
    return page


def time_natively(ensemble: Ensemble, opening: Opening, one: ParameterSet, rounds: int) -> dict[str, float]:
    """Return the least milliseconds of a run of each regime over 120 months at equal pounds, paired with `none`."""
    none = ensemble.run("none", opening)
    least: dict[str, float] = defaultdict(lambda: float("inf"))
    for _ in range(rounds):
        for name in REGIMES:
            regime = one.levers(load_regime(name))
            begun = time.perf_counter()
            paired_outcomes(ensemble.run(regime, opening, "pounds"), none)
            least[name] = min(least[name], 1000 * (time.perf_counter() - begun))
    return least


def main() -> None:
    """Time both, and print a line a regime."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    one = make_sets(256, PLAUSIBLE, None, {}, None, USUAL_SEED)[0][0]
    ensemble = Ensemble(USUAL_MONTHS, scenario=Scenario(start=LAST_MONTH))
    opening = ensemble.open(one.parameters, ensemble.draw(USUAL_SEED, 0))
    binary = shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory() as place:
        page = write_timed_page(Path(place))
        here: dict[str, float] = {}
        there: dict[str, float] = {}
        with Browser(binary, Path(place)).opened(page.as_uri()) as tab:
            for _ in range(_TURNS):
                told = tab.ask(_ASK.format(rounds=rounds))
                there = {name: min([*times, there.get(name, 1e9)]) for name, times in told["runs"].items()}
                native = time_natively(ensemble, opening, one, rounds)
                here = {name: min(native[name], here.get(name, 1e9)) for name in native}
    lines = [f"{name:26} {there[name]:5.2f} ms, natively {here[name]:5.2f} ms" for name in REGIMES]
    lines.append(f"all together {sum(there.values()) / sum(here.values()):.2f} times native")
    lines.append(f"start {min(told['start']):.1f} ms, luck of a replicate {min(told['luck']):.1f} ms")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
