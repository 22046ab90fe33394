"""The workshop's scripts, which stand beside its pages, and a small workshop that runs in no time."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

PLACE = Path(__file__).resolve().parents[3] / "docs" / "workshop"
sys.path.insert(0, str(PLACE))


@pytest.fixture(scope="session")
def place():
    """The workshop's folder."""
    return PLACE


@pytest.fixture(scope="session")
def workshop():
    """The workshop as it is shipped."""
    return import_module("rounds").read_workshop()


@pytest.fixture(scope="session")
def small(once):
    """A file of the same rounds with few and short runs."""

    def make(folder):
        text = (PLACE / "rounds.toml").read_text(encoding="utf-8")
        for name, value in (("months", "120"), ("draws", "256"), ("replicates", "8")):
            assert f"\n{name} = {value}" in text
        text = text.replace("months = 120", "months = 12").replace("draws = 256", "draws = 12")
        (folder / "rounds.toml").write_text(text.replace("replicates = 8", "replicates = 5"), encoding="utf-8")

    return once("small-workshop", make) / "rounds.toml"


@pytest.fixture(scope="session")
def scored_example(once, small, place):
    """A folder in which the example's bets were scored on the small workshop."""

    def make(folder):
        arguments = [str(place / "bets_example.csv"), "--rounds", str(small), "--results", str(folder / "results")]
        assert import_module("score").main(arguments) == 0

    return once("scored-workshop", make) / "results"
