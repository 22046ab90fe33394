"""What every test shares: no window opens, Ctrl-C is heard, examples repeat, and the project's folder is known.

Chromium, for pages, is found by its name on the path, or at `SLI_CHROMIUM`; `make axe` fetches axe-core. Where one of
them is missing, the tests that need it are skipped and say so.
"""

import os
import shutil
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock
from hypothesis import settings

from simulation.parameters import Parameters
from simulation.scenario import Scenario
from simulation.switches import Switches
from tests.chromium import Browser

os.environ["MPLBACKEND"] = "Agg"

# A shell that starts the tests in the background has them ignore Ctrl-C, and the processes that they start too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No deadline: a busy machine is not a wrong answer. Derandomised: the same tests run everywhere.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parents[1]


CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """Headless Chromium."""
    found = os.environ.get("SLI_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        pytest.skip("there is no Chromium on this machine")
    return Browser(found, tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def axe(root):
    """The script of axe-core."""
    path = root / "tools" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip("axe-core is not there: `make axe` fetches it")
    return path.read_text(encoding="utf-8")


def pytest_collection_modifyitems(items):
    """Begin with what follows whole pages, which takes longest, so that no process ends on it alone."""
    items.sort(key=lambda item: item.path.name not in {"test_readme.py", "test_docs.py"})


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """A maker of folders that all processes of the tests share: the first to ask makes it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    shared.mkdir(exist_ok=True)

    def give(name, make):
        folder, made = shared / name, shared / f"{name}.made"
        with FileLock(shared / f"{name}.lock"):
            if not made.exists():
                folder.mkdir(exist_ok=True)
                make(folder)
                made.touch()
        return folder

    return give


BEFORE_TERMS = {
    "switches": {
        "drift": "stops", "anchors": "off", "intervention": "off", "relative_spillover": "off", "own_leadership": "off",
        "tied_shock": "off",
    },
    "parameters": {
        "practice_adjustment_time": 24.0, "inspection_noise": 0.33, "outstanding_cut_shift": 1.1,
        "national_drift": 0.15, "collapse_rate": 0.05, "alarm_push": 0.94, "good_cut_shift": 0.35,
        "leap_to_outstanding": 0.1, "deprivation_effect": 0.2, "region_sd": 0.45, "voluntary_exit_rate": 0.14,
        "hiring_time": 8.3, "stigma_agency_effect": 0.093, "quality_agency_effect": 0.045,
    },
    "scenario": {"funding": "projected", "headline": "kept"},
}  # fmt: skip
"""The model before the terms of E4', E11' and E12': what values worked out by hand and closed forms are for."""


@pytest.fixture(scope="session")
def past():
    """Makers of parameters, switches and scenarios as they were before the new terms, but for what is named."""
    return SimpleNamespace(
        parameters=lambda **named: Parameters(**(BEFORE_TERMS["parameters"] | named)),
        switches=lambda **named: Switches(**(BEFORE_TERMS["switches"] | named)),
        scenario=lambda **named: Scenario(**(BEFORE_TERMS["scenario"] | named)),
    )
