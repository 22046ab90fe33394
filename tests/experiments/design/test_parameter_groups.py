"""Groups of parameters: of parameters that there are, none of them in two groups."""

from experiments.design.parameter_groups import PARAMETER_GROUPS
from simulation.parameters import PARAMETERS


def test_every_group_is_of_parameters_that_there_are_and_none_is_in_two():
    named = [name for names in PARAMETER_GROUPS.values() for name in names]
    assert [name for name in named if name not in PARAMETERS] == []
    assert len(named) == len(set(named))


def test_the_groups_that_were_asked_for_are_there():
    asked = {"what a day teaches", "what giving costs", "chiefs' attention", "directors' market"}
    assert set(PARAMETER_GROUPS) == asked
    assert all(len(names) > 1 for names in PARAMETER_GROUPS.values())
