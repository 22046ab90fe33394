"""Values beyond their ranges: named once, in one sentence, by the one farthest out."""

from simulation.parameters import PARAMETERS, Parameters
from simulation.ranges import beyond_ranges


def test_nothing_is_said_of_values_in_their_ranges():
    ends = [Parameters(**{name: value}) for name, info in PARAMETERS.items() for value in (info.low, info.high)]
    assert beyond_ranges([Parameters(), *ends]) == ""


def test_a_value_beyond_its_range_is_named_with_the_range():
    assert "transfer_rate 0.9 (range 0.02 to 0.6, limits 0 to 100)" in beyond_ranges([Parameters(transfer_rate=0.9)])


def test_of_several_sets_the_farthest_value_is_named_once():
    sets = [Parameters(best_gap=value) for value in (2.5, 3.5, 0.1)]
    assert beyond_ranges(sets).count("best_gap") == 1
    assert "best_gap 3.5 (range 0.5 to 2, limits 0.01 to 10000)" in beyond_ranges(sets)


def test_of_many_parameters_the_first_are_named_and_the_others_counted():
    wide = Parameters(
        transfer_rate=1, best_gap=3, half_dose=20, borrowed_decay=1, safe_release=90, overload_cost=2, overload_exit=9
    )
    warning = beyond_ranges([wide])
    assert warning.count("(range") == 5
    assert warning.endswith(" and 2 more")
    assert "\n" not in warning
