"""Names that stand in the wrong place: what each is, and where it belongs."""

import pytest

from simulation.errors import InputError
from simulation.parameters import PARAMETERS
from simulation.places import PLACES, place_hint
from simulation.regimes import LEVERS, load_regime
from simulation.scenario import SCENARIOS
from simulation.switches import SWITCHES


def test_every_name_that_people_write_has_its_place():
    assert {*PARAMETERS, *LEVERS, *SWITCHES, *SCENARIOS} <= set(PLACES)


def test_a_name_of_two_things_has_both_places():
    assert "labels" in {*LEVERS} & {*SWITCHES}
    assert "a lever" in place_hint("labels")
    assert "a switch" in place_hint("labels")


@pytest.mark.parametrize(
    ("name", "said"), [("givers", "a lever"), ("overload", "a switch"), ("best_gap", "a parameter"), ("pause", "world")]
)
def test_a_place_is_said_in_words(name, said):
    assert said in place_hint(name)


def test_nothing_is_said_of_an_unknown_name():
    assert place_hint("best_gp") == ""


def test_a_parameter_in_a_regimes_file_is_told_so(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('title = "Mine"\n\n[[arm]]\ntransfer_rate = 0.1\n', "utf-8")
    with pytest.raises(InputError, match="expected levers, got 'transfer_rate', which is a parameter: set it with"):
        load_regime(path)
