"""An override that the model would never call is refused; one of an inspection is heard."""

import pytest

from simulation import ChiefExecutive, Council, Director, InputError, SectorModel, simulate


@pytest.mark.parametrize(
    ("kind", "name", "sentence"),
    [
        (Council, "update_presure", r"Own.update_presure: expected .* of Council, .* \(nearest: update_pressure\)"),
        (Council, "take_judgment", "nearest: take_judgement"),
        (Director, "leave_by_choice", r"of Director, .* \(nearest: leaves_by_choice\)"),
        (ChiefExecutive, "meet_crises", "nearest: meet_crisis"),
        (Council, "may_give", "got a rule that it does not ask an agent for"),
        (Council, "leaves_by_choice", "got a rule that it does not ask an agent for"),
    ],
)
def test_a_misspelt_override_is_refused_as_the_class_is_made(kind, name, sentence):
    with pytest.raises(InputError, match=sentence):
        type("Own", (kind,), {name: lambda *_: None})


def test_a_subclass_of_a_subclass_is_looked_at_too():
    class First(Director):
        def weighs_an_offer(self):
            return True

    with pytest.raises(InputError, match=r"of First, .* \(nearest: weighs_an_offer\)"):
        type("Second", (First,), {"weigh_an_offer": lambda _: False})


def test_a_method_of_ones_own_is_no_override():
    class Careful(Council):
        def is_careful(self):
            return True

        def _update_presure(self):
            return None

    assert SectorModel(months=1, council_class=Careful).councils[0].is_careful()


def test_an_inspection_of_ones_own_is_heard():
    class Praised(Council):
        def give_grade(self, seen, leap, c):  # noqa: ARG002  the same whatever was seen
            return 3

    run = simulate("none", months=12, council_class=Praised)
    usual = simulate("none", months=12)
    assert run.months["good_or_better"].iloc[-1] > usual.months["good_or_better"].iloc[-1]
    assert run.months["judgements"].sum() == usual.months["judgements"].sum()
