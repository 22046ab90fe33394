"""What every test shares: no window opens, Ctrl-C is heard, examples repeat, and the project's folder is known."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

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
