"""The public names: exactly these, loaded on first use."""

import subprocess
import sys

import pytest

import simulation

HEAVY = ("mesa", "pandas", "matplotlib", "numpy", "scipy", "pyarrow", "experiments")


def loaded_after(command):
    """Which heavy packages are loaded once the command has run in a new process."""
    code = f"import sys\n{command}\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_all_is_exactly_what_is_exported():
    assert set(simulation.__all__) == {*simulation._HOME, "ENGINES", "simulate"}
    assert len(simulation.__all__) == len(set(simulation.__all__))
    assert set(dir(simulation)) == set(simulation.__all__)
    for name in simulation.__all__:
        assert getattr(simulation, name) is not None


def test_every_public_name_says_what_it_is():
    for name in simulation.__all__:
        thing = getattr(simulation, name)
        assert not callable(thing) or thing.__doc__, name


def test_a_name_that_does_not_exist_is_no_attribute():
    with pytest.raises(AttributeError, match="module 'simulation' has no attribute 'simulat'"):
        _ = simulation.simulat


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_after("import simulation") == []


def test_what_can_be_listed_without_a_run_loads_no_mesa_and_no_pandas():
    listing = "from simulation import PARAMETERS, SWITCHES, SCENARIOS, LEVERS, OUTCOMES, PATHS, Parameters, load_regime"
    assert loaded_after(f"{listing}\nload_regime('hybrid'); Parameters()") == []


def test_a_run_loads_no_figures_and_nothing_of_the_experiments():
    loaded = loaded_after("from simulation import simulate\nsimulate(months=1)")
    assert set(loaded) >= {"mesa", "pandas", "numpy"}
    assert "experiments" not in loaded


def test_star_import_gives_the_public_names():
    names = {}
    exec("from simulation import *", names)  # noqa: S102 - a star import is a statement
    assert set(names) - {"__builtins__"} == set(simulation.__all__)
