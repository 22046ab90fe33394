"""Small real results of every kind that the gallery draws, where the lines of its page look for them; made once."""

from contextlib import chdir
from types import MappingProxyType

import pytest

from experiments import Discovery, discover, gallery, load_results, load_sensitivity, load_sweep
from experiments.cli import main
from simulation import Scenario

HOME = "results/gallery"
PAIR = ("--regimes", "peer_support,partners_in_practice", "--months", "7", "--sets", "2", "--replicates", "2")
COMMANDS = {
    "compare": (
        *(
            "compare",
            "--regimes",
            "none,partners_in_practice,peer_support,peer_support_with_chiefs",
            "--parity",
            "none",
        ),
        *("--months", "24", "--sets", "64", "--replicates", "2", "--no-claims"),
    ),
    "line": ("sweep", *PAIR, "--vary", "transfer_rate=0.1:0.5:3"),
    "map": ("sweep", *PAIR, "--vary", "transfer_rate=0.1:0.5:3", "--vary", "attention_shift_peers=-0.1:0.1:3"),
    "sensitivity": (
        *("sensitivity", "--months", "7", "--screen", "none", "--over", "transfer_rate,best_gap"),
        *("--size", "8", "--replicates", "2"),
    ),
    "validation": ("validate", "--sets", "2", "--replicates", "2"),
    "origins": ("validate", "--origins", "2022-04,2023-04", "--sets", "2", "--runs", "2"),
}


@pytest.fixture(scope="session")
def made(once):
    """The folder in which the lines of the page find small results."""

    def make(folder):
        with chdir(folder):
            for name, words in COMMANDS.items():
                assert main([*words, "--out", f"{HOME}/{name}"]) == 0
            discover(f"{HOME}/compare", f"{HOME}/boxes")

    return once("gallery", make)


@pytest.fixture(scope="session")
def watched():
    """A run of two years that was watched."""
    return gallery.watch("partners_in_practice", months=24, scenario=Scenario(start="2026-04"))


@pytest.fixture(scope="session")
def results(made):
    """The small comparison."""
    return load_results(made / HOME / "compare")


@pytest.fixture(scope="session")
def drawings(made, results, watched):
    """Every figure of the gallery: its function's name and what draws it at a size."""
    home = made / HOME
    given = {
        "fan": results,
        "paired_differences": results,
        "value_of_knowing": results,
        "regret_of_choices": results,
        "break_even_prices": results,
        "sweep_lines": load_sweep(home / "line"),
        "sweep_signs": load_sweep(home / "map"),
        "loss_box": Discovery(home / "boxes", results),
        "sensitivity_bars": load_sensitivity(home / "sensitivity"),
        "england_tiles": watched.run,
        "director_careers": watched,
        "support_network": watched,
        "inadequate_survival": gallery.load_validation(home / "validation"),
        "rolling_scores": gallery.load_origins(home / "origins"),
    }
    return MappingProxyType(given)
