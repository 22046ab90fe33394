"""The world that options describe: one helper for every command."""

from pathlib import Path

import pytest

from experiments.commands.world import read_draw, read_world, warn_of_ranges
from experiments.design.design import make_design
from simulation.councils import load_councils
from simulation.errors import InputError
from simulation.parameters import Parameters
from simulation.scenario import Scenario
from simulation.switches import Switches


def test_what_is_left_out_stands_at_its_default():
    assert read_world() == (load_councils(), Scenario(), Switches(), {})


def test_the_scenario_starts_in_the_month_of_the_councils(tmp_path):
    table, held = tmp_path / "mine.csv", tmp_path / "mine.toml"
    table.write_text("code,region,grade\na,x,good\nb,x,good\nc,x,good\n", "utf-8")
    held.write_text("best_gap = 1\n", "utf-8")
    found = read_world(
        councils=table, start="2026-04", funding="frozen", pause="none", switch=["alarm=off"], parameters=held
    )
    assert found.councils == load_councils(table, start="2026-04")
    assert found.scenario == Scenario(start="2026-04", funding="frozen", pause="none")
    assert found.switches == Switches(alarm="off")
    assert found.parameters == {"best_gap": 1}


def test_a_design_takes_the_world_as_it_is():
    world = read_world(switch=["labels=off"])
    assert (
        make_design(sets=1, **world._asdict()).describe()
        == make_design(sets=1, switches=Switches(labels="off")).describe()
    )


def test_parameter_sets_are_drawn_or_read():
    assert read_draw(None, None, None, 20) == (20, "plausible")
    assert read_draw("all", "prior", None, 20) == ("all", "prior")
    assert read_draw(None, None, Path("mine.csv"), 20) == (20, "plausible")
    for given in (("3", None), (None, "prior")):
        with pytest.raises(InputError, match=r"expected either --(sets|draw) or --design, got both"):
            read_draw(*given, Path("mine.csv"), 20)


def test_values_beyond_their_ranges_are_warned_of_once(capsys):
    warn_of_ranges([Parameters(best_gap=3), Parameters(best_gap=4)])
    assert capsys.readouterr().err.count("warning") == 1
    warn_of_ranges([Parameters()])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("givers = 3\n", "expected parameters, got 'givers', which is a lever"),
        ("labels = 1\n", "which is a lever"),
        ("[[arm]]\ngivers = 3\n", "got 'arm', which is an arm of a regime: hand in a regime's file with --regime"),
    ],
)
def test_what_is_no_parameter_is_told_where_it_belongs(tmp_path, text, said):
    path = tmp_path / "held.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=said):
        read_world(parameters=path)


def test_what_is_no_switch_is_told_where_it_belongs():
    with pytest.raises(InputError, match="--switch: expected a switch, got 'best_gap', which is a parameter"):
        read_world(switch=["best_gap=1"])
