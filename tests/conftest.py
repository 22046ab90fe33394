"""What every test shares: no window is opened, examples repeat, and the project's folder is known."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["MPLBACKEND"] = "Agg"

# No deadline: a busy machine is not a wrong answer. Derandomised: the same tests run everywhere.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parents[1]
