"""Time the explorer's page in headless Chromium, as a reader meets it: ``python -m explorer.page_times [MOVES]``.

Tells what it takes from opening to the first answer, from a move of a slider to the picture, and from the rest to the
finest look (256 worlds x 8 runs of luck), and what the page holds in memory over the moves. Needs Chromium.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from experiments.explorer.page import write_page
from tests.chromium import Browser, Tab

MOVES = 200
FIRST, FINEST = "16 worlds", "256 worlds"
_SAID = "document.querySelector('.progress [role=status]')?.textContent"
_MOVE = """
const slider = document.getElementById('transfer_rate');
const frame = () => new Promise(done => requestAnimationFrame(done));
const times = [];
for (let move = 0; move < {moves}; move++) {{
  const begun = performance.now();
  slider.value = 0.02 + 0.0057 * ((move * 37) % 100);
  slider.dispatchEvent(new Event('input', {{ bubbles: true }}));
  await frame();
  await new Promise(done => setTimeout(done));
  while (document.querySelector('.stale')) await frame();
  await frame();
  times.push(performance.now() - begun);
}}
slider.dispatchEvent(new Event('change', {{ bubbles: true }}));
return times;
"""


def told(moves: int) -> Iterator[str]:
    """Yield what was measured, a line each."""
    binary = shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "explorer.html"
        write_page(page)
        begun = time.monotonic()
        with Browser(binary, Path(place)).opened(page.as_uri()) as tab:
            tab.until(f"{_SAID}?.startsWith({FIRST!r})")
            yield f"first answer: {time.monotonic() - begun:.1f} s, the start of Chromium included"
            tab.call("Performance.enable")
            before = _heap(tab)
            times = tab.ask(_MOVE.format(moves=moves))
            rest = time.monotonic()
            yield (
                f"from a move to the picture, {moves} moves: median {statistics.median(times):.0f} ms, "
                f"worst {max(times):.0f} ms"
            )
            yield f"memory of scripts: {before:.1f} MB before the moves, {_heap(tab):.1f} MB after"
            tab.until(f"{_SAID}?.startsWith({FINEST!r})", patience=600)
            yield f"from the last move to the finest look: {time.monotonic() - rest:.0f} s"


def _heap(tab: Tab) -> float:
    tab.call("HeapProfiler.collectGarbage")
    measured = {one["name"]: one["value"] for one in tab.call("Performance.getMetrics")["metrics"]}
    return float(measured["JSHeapUsedSize"]) / 1e6


if __name__ == "__main__":
    for line in told(int(sys.argv[1]) if len(sys.argv) > 1 else MOVES):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
