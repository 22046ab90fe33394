"""A small comparison, run once for all tests that only read it; and pages in a browser.

Pages are printed and counted, laid out at a width, and held against axe-core. Chromium is found by its name on the
path, or at `SLI_CHROMIUM`. `make axe` fetches axe-core. Where one of them is missing, the tests that need it are skipped
and say so.
"""

import html
import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from experiments.design.design import make_design
from experiments.studies.comparison.compare import compare_regimes

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
RESULT = re.compile(r'data-result="([^"]*)"')
PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")


@dataclass(frozen=True)
class Browser:
    """Headless Chromium with a profile of its own."""

    binary: str
    place: Path

    def run(self, *options):
        command = [self.binary, "--headless", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={self.place}/own"]
        if os.name == "posix" and os.geteuid() == 0:
            command.append("--no-sandbox")
        return subprocess.run([*command, *options], check=True, capture_output=True, timeout=180).stdout

    def printed_pages(self, path):
        """How many pages a page takes in print."""
        pdf = self.place / "printed.pdf"
        self.run("--no-pdf-header-footer", f"--print-to-pdf={pdf}", path.resolve().as_uri())
        return len(PAGE.findall(pdf.read_bytes()))

    def ask(self, path, width, script, *, as_printed=False):
        """What a script, an asynchronous function's body, returns of a page laid out at a width in pixels."""
        text = path.read_text(encoding="utf-8")
        if as_printed:
            text = text.replace("@media screen", "@media speech").replace("@media print", "@media screen")
        inside = text.replace(
            "</body>",
            f"<script>(async () => {{{script}}})().catch(error => String(error)).then("
            "found => { parent.document.body.dataset.result = JSON.stringify(found); });</script></body>",
        )
        frame = f'<iframe style="border:0" width="{width}" height="900" srcdoc="{html.escape(inside)}"></iframe>'
        outer = self.place / "outer.html"
        outer.write_text(f"<!DOCTYPE html><title>outer</title><body>{frame}</body>", encoding="utf-8")
        found = self.run(
            "--window-size=1400,1000", "--virtual-time-budget=120000", "--dump-dom", outer.resolve().as_uri()
        ).decode()
        result = RESULT.search(found)
        assert result, "the script gave no result"
        return json.loads(html.unescape(result[1]))


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    found = os.environ.get("SLI_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("there is no Chromium on this machine")
    return Browser(found, tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def axe(root):
    path = root / "tools" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip("axe-core is not there: `make axe` fetches it")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def small_design():
    """Two sets, three replicates, seven months: 4 regimes under 2 parities, with the councils of England."""
    return make_design(
        regimes=["peer_support", "hybrid"],
        parities=["pounds", "days"],
        sets=2,
        replicates=3,
        months=7,
        keep="sample,councils",
    )


@pytest.fixture(scope="session")
def small_results(small_design, tmp_path_factory):
    """The small comparison without its report."""
    return compare_regimes(small_design, tmp_path_factory.mktemp("results") / "small", report=False)
