"""The pages say what the code and the kept answers say, also where they say it in running text."""

import re
from itertools import pairwise

import pytest
from answers import answers, asked
from budget import ENGAGED_PEER, PARTNER, PEER, faults_of, middle, price, purse_of
from pages import FACTS, MAKERS, main, slot_text
from points import NO_BET

from experiments.statistics.verdicts import LIKELY_SHARE, VERY_LIKELY_SHARE
from simulation.councils import load_councils
from simulation.outcomes.outcomes import OUTCOMES
from simulation.parameters import PARAMETERS
from simulation.regimes import load_regime


@pytest.fixture(scope="module")
def texts(place):
    """Every page's text on one line, by its name."""
    return {page.stem: " ".join(page.read_text(encoding="utf-8").split()) for page in place.glob("*.md")}


def test_the_pages_are_renewed(capsys):
    assert main(["--check"]) == 0, f"{capsys.readouterr().out}: run docs/workshop/pages.py"


def test_every_slot_stands_on_a_page(texts):
    standing = {name for text in texts.values() for name in re.findall(r"<!-- workshop: ([^>]+?) -->", text)}
    assert standing == {*MAKERS, *(f"fact {card}" for card in FACTS)}


def test_a_slot_that_there_is_not_is_told(workshop):
    with pytest.raises(SystemExit, match="unknown slot 'prizes': expected rounds"):
        slot_text(workshop, "prizes")


def test_the_shares_that_the_facilitator_says_are_those_of_the_rounds(texts):
    first, _, third = answers()["share"].head(3)
    said = texts["facilitator"]
    better = round(100 * first)
    assert f"“Peers win {better} to {100 - better}.”" in said
    assert f"In {better} of 100 worlds peers do better" in said
    assert f"{better} and {round(100 * third)} lie within their errors" in said


def test_rounds_one_and_three_cannot_be_told_apart():
    first, _, third = answers().head(3).to_dict("records")
    assert abs(first["share"] - third["share"]) < first["share_error"] + third["share_error"]
    assert [one["verdict"].split(",")[0] for one in (first, third)] == ["likely better", "too close to call"]
    assert abs(first["difference"]) < first["matters"]


def test_round_two_is_near_fifty():
    second = answers().iloc[1]
    assert abs(second["share"] - 0.5) < second["share_error"]
    assert second["verdict"] == "too close to call"


def test_the_programmes_of_the_example_keep_within_the_purse_as_the_facilitator_says(texts, workshop):
    bought = [one.programme for one in asked(workshop) if one.programme]
    assert len(bought) == 3
    assert [list(faults_of(workshop, programme)) for programme in bought] == [[], [], []]
    assert "which all keep within the purse" in texts["facilitator"]


def test_a_partner_costs_here_what_the_facilitator_says(texts, workshop):
    partner = price(workshop, PARTNER)
    assert f"Why £{partner.cash:,.0f} here?" in texts["facilitator"]
    assert f"at the model's price of £{partner.cash / partner.delivered:,.0f}" in texts["facilitator"]
    card = texts["role_cards"]
    assert "“A partner had 0.94 million a year." in texts["facilitator"]
    assert "0.94m a partner-year" in card


def test_the_purse_binds_as_the_facilitator_says(texts, workshop):
    purse, peer = purse_of(workshop), price(workshop, PEER)
    assert int(purse.director_days / peer.director_days + 1e-9) == 60
    assert round(purse.cash / (60 * peer.cash)) == 7
    assert purse.chief_days / price(workshop, ENGAGED_PEER).chief_days == 40
    assert price(workshop, PARTNER).times(14).cash == purse.cash
    for said in (
        "Fourteen partners take all of the cash and all of the directors' days.",
        "Sixty peers take all of the directors' days and about a seventh of the cash.",
        "Chiefs' days are enough for forty peers.",
    ):
        assert said in texts["facilitator"]


def test_the_budget_sheet_names_the_middles_and_the_ranges(texts):
    share, delivery = PARAMETERS["director_share_paid"], PARAMETERS["unpaid_delivery"]
    assert middle("director_share_paid") == pytest.approx(1 / 5)
    assert f"({100 * share.low:.0f} to {100 * share.high:.0f}%)" in texts["budget"]
    assert f"{100 * middle('unpaid_delivery'):.0f}% of unpaid days arrive" in texts["budget"]
    assert f"({100 * delivery.low:.0f} to {100 * delivery.high:.0f}%)" in texts["budget"]
    assert f"unpaid days at {load_regime(PEER).arms[0].shadow_price_per_day:.0f} pounds" in texts["facilitator"]


def test_the_bet_sheet_names_the_scale_and_what_matters(texts, workshop):
    sheet = texts["bet_sheet"]
    councils = len(load_councils(start=workshop.start).code)
    assert f"The councils together have {councils * workshop.months:,}." in sheet
    assert f"{100 * LIKELY_SHARE:.0f} if it is likely, {100 * VERY_LIKELY_SHARE:.0f} if it is very likely" in sheet
    assert f"{OUTCOMES[workshop.measure].matters:.0f} or more is taken to matter" in sheet
    assert f"50 keeps {NO_BET:.0f} points of 100" in sheet
    assert f"A bet of 50 keeps {NO_BET:.0f} points" in texts["index"]


def test_numbers_are_held_at_the_hard_ends_of_their_ranges(workshop):
    held = workshop.rounds[2].held
    assert held == {name: PARAMETERS[name].high for name in held}


def test_the_minutes_of_the_agenda_follow_one_another(texts):
    patterns = {"index": r"\| (\d+) to (\d+) \|", "facilitator": r"\*\*(\d+) to (\d+)\. "}
    agenda, minutes = (
        [(int(begin), int(end)) for begin, end in re.findall(pattern, texts[name])]
        for name, pattern in patterns.items()
    )
    assert agenda == minutes
    assert (minutes[0][0], minutes[-1][1]) == (0, 120)
    assert all(one[1] == after[0] for one, after in pairwise(minutes))
