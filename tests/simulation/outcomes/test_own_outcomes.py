"""Outcomes of one's own: worked out from the months or the panel, by either engine."""

import math

import pytest

from simulation import InputError, OwnOutcome, simulate
from simulation.outcomes.own_outcomes import own_outcomes, panel_table


def worst_month(months):
    return months["inadequate"].max()


def lowest_quality(panel):
    return panel["quality"].min()


OWN = {
    "worst_month": OwnOutcome(worst_month, "councils", "lower", matters=1.0),
    "lowest_quality": OwnOutcome(lowest_quality, "SD", "higher", of="panel"),
}


def test_outcomes_of_ones_own_stand_beside_the_others():
    run = simulate("peer_support", months=4, outcomes=OWN)
    usual = simulate("peer_support", months=4)
    assert run.outcomes["worst_month"] == usual.months["inadequate"].max()
    assert {name: value for name, value in run.outcomes.items() if name not in OWN} == pytest.approx(
        dict(usual.outcomes), nan_ok=True, abs=0
    )


def test_the_panel_is_the_same_from_both_engines():
    mesa = simulate("peer_support", months=4, outcomes=OWN)
    compiled = simulate("peer_support", months=4, outcomes=OWN, engine="ensemble")
    assert mesa.own == compiled.own
    table = panel_table(mesa)
    assert len(table) == 4 * mesa.table.n
    assert table["month"].tolist()[:: mesa.table.n] == [0, 1, 2, 3]
    assert table["quality"].min() == mesa.own["lowest_quality"]


def test_what_a_function_does_to_its_table_stays_in_it():
    def spoil(months):
        months["inadequate"] = 0.0
        return 1.0

    run = simulate(months=2, outcomes={"a": OwnOutcome(spoil, ""), "worst_month": OWN["worst_month"]})
    assert run.outcomes["worst_month"] > 0


def test_none_is_a_number_that_cannot_be_known():
    run = simulate(months=1, outcomes={"a": OwnOutcome(lambda _: None, "")})
    assert math.isnan(run.outcomes["a"])


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        ({"a b": OWN["worst_month"]}, "a name of letters, digits and underscores, got 'a b'"),
        ({"inadequate_months": OWN["worst_month"]}, "a name that is not taken, got inadequate_months"),
        ({"a": worst_month}, r"expected OwnOutcome\(function, unit, ...\) for a, got"),
        ({"a": OwnOutcome(max, "")}, r"expected OwnOutcome\(function, unit, ...\) for a, got"),
        ({"a": OwnOutcome(worst_month, "", "lowr")}, r"better of a: expected .* got 'lowr' \(nearest: lower\)"),
        ({"a": OwnOutcome(worst_month, "", of="month")}, r"of of a: expected months or panel, got 'month' \(nearest"),
        ({"a": OwnOutcome(worst_month, "", matters=-1)}, "matters of a: expected a number of 0 or more, got -1"),
        ([worst_month], "expected each an OwnOutcome by its name"),
    ],
)
def test_outcomes_that_are_none_are_refused(outcomes, sentence):
    with pytest.raises(InputError, match=sentence):
        own_outcomes(outcomes)


def test_what_is_no_number_is_refused():
    with pytest.raises(InputError, match="expected a number from a, got 'many'"):
        simulate(months=1, outcomes={"a": OwnOutcome(lambda _: "many", "")})


def test_a_run_without_a_panel_has_no_table_of_it():
    with pytest.raises(InputError, match="a run that kept its panel"):
        panel_table(simulate(months=1))
