"""Scenarios: the world of a run, by calendar month."""

import math

import numpy as np
import pytest

from simulation import SCENARIOS, Scenario, simulate
from simulation.errors import InputError

APRIL_2018, MARCH_2020, MARCH_2025 = 0, 23, 83


def test_projected_funding_passes_its_three_dates_and_is_level_after():
    gaps = Scenario(funding="projected").gaps(120)
    assert len(gaps) == 120
    assert gaps[APRIL_2018] == 0.094
    assert gaps[MARCH_2020] == 0.23
    assert gaps[MARCH_2025] == pytest.approx(0.36)
    assert set(gaps[84:]) == {0.36}
    assert gaps[12] == pytest.approx(0.094 + (0.23 - 0.094) * 12 / 23)
    assert gaps[53] == pytest.approx(0.23 + (0.36 - 0.23) * 30 / 60)


def test_the_other_fundings():
    dates = (APRIL_2018, MARCH_2020, MARCH_2025, 119)

    def at_dates(funding):
        gaps = Scenario(funding=funding).gaps(120)
        return [gaps[month] for month in dates]

    assert at_dates("later") == pytest.approx([0.0, 0.10, 0.36, 0.36])
    assert at_dates("half") == pytest.approx([0.094, 0.162, 0.227, 0.227])
    assert at_dates("closed") == pytest.approx([0.094, 0.0, 0.0, 0.0])
    assert at_dates("frozen") == [0.094] * 4
    assert at_dates("outturn") == pytest.approx([0.094, 0.094 - 0.128 * 23 / 60, -0.034, -0.034])


def test_the_outturn_is_what_real_spending_per_child_in_need_says():
    """12.2 bn pounds in 2022/23, 2 bn more than six years before, over children in need; five years of an even rise."""
    per_child = 12.2 / 10.2 / (403_090 / 389_430)
    assert Scenario(funding="outturn").gaps(61)[60] == pytest.approx(0.094 - (per_child ** (5 / 6) - 1), abs=0.001)


@pytest.mark.parametrize(
    ("headline", "start", "until"),
    [("removed", "2018-04", 96), ("removed", "2026-04", 0), ("2027-04", "2026-04", 12), ("2025-01", "2026-04", -15)],
)
def test_overall_grades_end_in_a_calendar_month(headline, start, until):
    assert Scenario(headline=headline, start=start).headline_until() == until
    assert Scenario(headline="kept", start=start).headline_until() == 1_000_000


def test_the_rules_are_told_of_the_world():
    world = Scenario(poverty_tilt=1.5, headline="removed", start="2020-04")
    assert world.for_coefficients() == (1.5, 24, 72)
    assert world.months_of_drift() == 24
    assert Scenario(start="2015-01").months_of_drift() == 0


def test_without_overall_grades_a_run_is_the_same_until_they_end_and_then_quieter():
    kept, removed = (simulate("none", months=60, scenario=Scenario(headline=one)).months for one in ("kept", "2020-04"))
    assert kept[:24].equals(removed[:24])
    assert removed["press_climate"].iloc[-1] < kept["press_climate"].iloc[-1]
    beyond = simulate("none", months=60, scenario=Scenario(headline="removed")).months
    assert beyond.equals(kept)


def test_points_of_ones_own_are_joined_by_lines_and_level_outside():
    scenario = Scenario(funding=(("2018-06", 0.1), ("2018-10", 0.3), ("2018-11", 0.2)))
    assert scenario.gaps(9) == pytest.approx([0.1, 0.1, 0.1, 0.15, 0.2, 0.25, 0.3, 0.2, 0.2])
    assert Scenario(funding=(("2030-01", 0.05),)).gaps(3) == (0.05, 0.05, 0.05)


def test_another_start_moves_funding_and_pause():
    later = Scenario(start="2019-04")
    assert later.gaps(60) == pytest.approx(Scenario().gaps(72)[12:])
    assert Scenario().pause_months() == (24, 41)
    assert later.pause_months() == (12, 29)
    assert Scenario(start="2020-10").pause_months() == (0, 11)
    assert Scenario(start="2021-09").pause_months() == (0, 0)
    assert Scenario(pause="none").pause_months() == (0, 0)


def test_numbers_become_floats():
    scenario = Scenario(poverty_tilt=np.int64(1), funding=[["1900-01", 0], ("2199-12", np.float32(1))])
    assert type(scenario.poverty_tilt) is float
    assert {type(gap) for _, gap in scenario.points} == {float}
    assert hash(scenario) == hash(Scenario(poverty_tilt=1.0, funding=(("1900-01", 0.0), ("2199-12", 1.0))))


def test_every_scenario_says_what_it_is():
    assert list(SCENARIOS) == ["funding", "poverty_tilt", "pause", "headline", "start"]
    for name, info in SCENARIOS.items():
        assert info.name == name
        assert info.meaning
        assert info.source
        assert str(getattr(Scenario(), name)).removesuffix(".0") == info.default
    for name in ("funding", "pause", "headline"):
        for choice in SCENARIOS[name].choices:
            assert getattr(Scenario(**{name: choice}), name) == choice


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("funding", "project", r"funding: expected projected, outturn, later, .*got 'project' \(nearest: projected\)"),
        ("funding", (), "funding: expected at least one point"),
        ("funding", 5, r"points of month and gap as in \(\('2018-04', 0.1\),\), got 5"),
        ("funding", None, "points of month and gap as in .*, got None"),
        ("funding", {"2018-04": 0.1}, "points of month and gap as in .*, got {'2018-04': 0.1}"),
        ("funding", ("2018-04", 0.1), "points of month and gap as in .*, got '2018-04'"),
        ("funding", (("2018-04",),), r"points of month and gap as in .*, got \('2018-04',\)"),
        ("funding", (("2018-04", 0.1, 0.2),), r"points of month and gap as in .*, got \('2018-04', 0.1, 0.2\)"),
        ("funding", ((["2018-04"], 0.1),), r"funding: expected a calendar month as YYYY-MM, got \['2018-04'\]"),
        ("funding", (("2018-13", 0.1),), "funding: expected a calendar month as YYYY-MM, got '2018-13'"),
        ("funding", (("2019-01", 0.1), ("2018-01", 0.2)), "funding: expected months in rising order"),
        ("funding", (("2019-01", 0.1), ("2019-01", 0.2)), "funding: expected months in rising order"),
        ("funding", (("2019-01", math.nan),), "funding: expected a gap from"),
        ("funding", (("2019-01", 1.5),), "funding: expected a gap from"),
        ("funding", (("2019-01", -1.5),), "funding: expected a gap from"),
        ("funding", (("2019-01", "0.1"),), "funding: expected a gap from"),
        ("poverty_tilt", -1, "poverty_tilt: expected a number from 0 to 10, got -1"),
        ("poverty_tilt", math.nan, "poverty_tilt: expected a number from 0 to 10, got nan"),
        ("poverty_tilt", "1", "poverty_tilt: expected a number from 0 to 10, got '1'"),
        ("poverty_tilt", True, "poverty_tilt: expected a number"),
        ("pause", "never", "pause: expected historical, none, got 'never'"),
        ("headline", "keep", r"headline: expected kept, removed or a month as YYYY-MM, got 'keep' \(nearest: kept\)"),
        ("headline", 2027, "headline: expected kept, removed or a month as YYYY-MM, got 2027"),
        ("headline", "2027-13", "headline: expected a calendar month as YYYY-MM, got '2027-13'"),
        ("start", "April 2018", "start: expected a calendar month as YYYY-MM, got 'April 2018'"),
        ("start", "1899-12", "start: expected a month from 1900-01 to 2199-12"),
        ("start", "2200-01", "start: expected a month from 1900-01 to 2199-12"),
        ("start", 2018, "start: expected a calendar month"),
    ],
)
def test_a_world_that_cannot_be_is_refused(field, value, sentence):
    with pytest.raises(InputError, match=sentence):
        Scenario(**{field: value})


def test_each_choice_of_the_world_changes_the_run_and_a_tilt_of_nothing_does_not(sector):
    def months(**choices):
        return simulate("partners_in_practice", months=30, councils=sector(), scenario=Scenario(**choices)).months

    usual = months()
    for choice in ({"funding": "closed"}, {"poverty_tilt": 1.0}, {"pause": "none"}):
        assert not months(**choice).equals(usual), choice
    surplus = (("2018-04", 0.0),)
    assert months(funding=surplus, poverty_tilt=2.0).equals(months(funding=surplus))


def test_a_surplus_delivers_what_was_pledged_and_no_more(sector):
    world = Scenario(funding=(("2018-04", -1.0),))
    mesa, compiled = (
        simulate("partners_in_practice", months=6, councils=sector(), scenario=world, engine=engine).months
        for engine in ("mesa", "ensemble")
    )
    assert mesa["days_delivered"].tolist() == mesa["days_pledged"].tolist()
    assert mesa["days_delivered"].min() > 0.0
    assert compiled.equals(mesa)


def test_poorer_councils_lose_more_quality_where_the_gap_is_tilted_to_them(england):
    level, tilted = (
        simulate("none", months=30, scenario=Scenario(funding="projected", poverty_tilt=tilt)).councils["mean_quality"]
        for tilt in (0.0, 2.0)
    )
    loss = level - tilted
    poorest, richest = max(england.deprivation), min(england.deprivation)
    assert loss[england.deprivation.index(poorest)] > 0 > loss[england.deprivation.index(richest)]


def test_no_judgement_is_set_for_the_pause_but_real_ones_were_published_in_it():
    with_pause = simulate("none", months=42).months["judgements"]
    without = simulate("none", months=42, scenario=Scenario(pause="none")).months["judgements"]
    assert with_pause[24:41].sum() < without[24:41].sum()


@pytest.mark.parametrize(("start", "months"), [("2018-04", 0), ("2021-04", 36), ("2026-04", 96), ("2010-01", 0)])
def test_the_rise_of_practice_counts_from_april_2018(start, months):
    assert Scenario(start=start).months_of_drift() == months
    assert Scenario(start=start, poverty_tilt=1.5).for_coefficients()[:2] == (1.5, months)


@pytest.mark.parametrize(
    ("start", "pause"),
    [("2018-04", (24, 41)), ("2020-04", (0, 17)), ("2021-06", (0, 3)), ("2021-08", (0, 1)), ("2021-09", (0, 0))],
)
def test_the_pause_lies_where_it_lay_for_any_start(start, pause):
    assert Scenario(start=start).pause_months() == pause
    first = simulate("none", months=3, scenario=Scenario(start=start)).months["judgements"]
    assert pause[0] > 0 or first[: pause[1]].sum() == 0
