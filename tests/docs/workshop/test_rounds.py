"""The rounds have one source: links, designs and answers follow from `rounds.toml`."""

from urllib.parse import unquote

import pytest
from answers import answers, asked
from rounds import MOVED, answer_of, design_of, read_workshop, regime_of

from simulation.errors import InputError
from simulation.outcomes.outcomes import OUTCOMES
from simulation.regimes import load_regime


def test_there_are_four_rounds_and_the_last_is_the_tables_own(workshop):
    assert [one.is_own for one in workshop.rounds] == [False, False, False, True]
    assert workshop.measure in OUTCOMES


def test_a_link_says_what_is_not_as_usual_and_nothing_else(workshop):
    first, second, third, _ = workshop.rounds
    assert first.link == "#v=1&view=compare"
    assert "levers=peer_support_with_chiefs.0.days_per_giver:16" in second.link
    assert third.link.endswith("&held=dismissal_probability:0.8,press_supply_elasticity:4")
    assert all(unquote(one.link) == one.link and len(one.link) < 2000 for one in workshop.rounds)


def test_a_moved_regime_is_that_of_the_explorer(workshop):
    second = workshop.rounds[1]
    moved = regime_of(second, second.regime)
    (arm,) = moved.arms
    assert moved.name == second.regime + MOVED
    assert (arm.days_per_giver, arm.days_per_giver_range) == (16.0, None)
    assert regime_of(second, second.against) == load_regime(second.against)


def test_a_design_has_the_setting_of_the_round(workshop):
    third = workshop.rounds[2]
    design = design_of(workshop, third)
    assert (design.parities, design.months, design.replicates, design.draws) == (("days",), 120, 8, 256)
    assert (design.scenario.start, design.scenario.funding) == ("2026-04", "projected")
    held = [(one.parameters.dismissal_probability, one.parameters.press_supply_elasticity) for one in design.sets]
    assert set(held) == {(0.8, 4.0)}


def test_the_kept_answers_are_of_these_rounds(workshop):
    table = answers()
    wanted = list(asked(workshop))
    assert table["link"].tolist() == [one.one.link for one in wanted]
    assert table["name"].tolist() == [one.name for one in wanted]
    assert {"too close to call", "likely better, but by less than matters"} <= set(table["verdict"])


def test_no_verdict_goes_one_way_in_all_rounds():
    """A table that always bets on peers, or always on partners, does not win every round."""
    shares = answers()["share"]
    assert shares.min() < 0.5 < shares.max()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('regime = "own"', 'regime = "peers"'), "nearest: peer_support"),
        (('regime = "own"', 'regimes = "own"'), "expected the fields"),
        (("[[round]]", "[[turn]]"), "expected the fields"),
        (("dismissal_probability = 0.8", "dismissal_probabilty = 0.8"), "nearest: dismissal_probability"),
        (("best_gap = ", "best_gp = "), "nearest: best_gap"),
    ],
)
def test_a_file_of_rounds_that_is_wrong_is_one_sentence(place, tmp_path, change, told):
    path = tmp_path / "rounds.toml"
    path.write_text((place / "rounds.toml").read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_workshop(path)


@pytest.mark.slow
def test_the_kept_answer_of_a_round_comes_out_again(workshop, tmp_path):
    row = answers().iloc[1]
    answer = answer_of(workshop, workshop.rounds[1], tmp_path / "round", workers=2)
    for name in ("difference", "difference_error", "share", "share_error", "worlds_low", "worlds_high", "left_out"):
        assert getattr(answer.effect, name) == pytest.approx(row[name], rel=1e-9), name
    assert answer.effect.verdict == row["verdict"]
    assert " ".join(answer.decides) == row["decides"]
