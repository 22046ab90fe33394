"""England's councils of a month: who is there, and what a new council takes over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.dates import month_number, month_of, month_text
from simulation.evidence import read_rows
from simulation.evidence.makeup import councils_of

FIRST, LAST = month_number("2018-04", "start"), month_number("2026-04", "start")
NEW = {"E06000058", "E06000059", "E06000061", "E06000062", "E06000063", "E06000064"}


def england(start):
    judged = [*read_rows("judgements"), *read_rows("later_judgements")]
    councils = councils_of(month_number(start, "start"), read_rows("councils"), read_rows("council_changes"), judged)
    return {council.code: council for council in councils}


@pytest.mark.parametrize(
    ("start", "number"),
    [("2018-04", 152), ("2019-03", 152), ("2019-04", 151), ("2021-03", 151), ("2021-04", 152), ("2023-03", 152),
     ("2023-04", 153), ("2026-04", 153)],
)  # fmt: skip
def test_england_has_the_councils_of_the_month(start, number):
    assert len(england(start)) == number


@given(st.integers(FIRST, LAST).map(month_text))
def test_in_any_month_there_are_the_councils_of_2018_less_those_ended_and_those_made(start):
    month = month_number(start, "start")
    expected = {row.cells["code"] for row in read_rows("councils")}
    for row in read_rows("council_changes"):
        cells = row.cells
        if cells["last_month"] is not None and cells["last_month"] < month:
            expected.discard(cells["code"])
        if cells["first_month"] is not None and cells["first_month"] <= month:
            expected.add(cells["code"])
    there = england(start)
    assert list(there) == sorted(expected)
    assert sum(council.children_in_need for council in there.values()) == pytest.approx(404_706)
    assert all(council.judgements for council in there.values())


def test_a_council_made_of_two_has_their_children_and_the_mean_of_their_deprivation():
    old, new = england("2019-03"), england("2019-04")
    bournemouth, poole = old["E06000028"], old["E06000029"]
    both = new["E06000058"]
    children = bournemouth.children_in_need + poole.children_in_need
    assert both.children_in_need == children
    weighed = sum(one.children_in_need * one.deprivation_score for one in (bournemouth, poole))
    assert both.deprivation_score == pytest.approx(weighed / children)
    assert not {"E06000028", "E06000029"} & set(new)


@pytest.mark.parametrize(
    ("ended", "codes", "start"),
    [("E10000021", ("E06000061", "E06000062"), "2021-04"), ("E10000006", ("E06000063", "E06000064"), "2023-04")],
)
def test_a_council_that_is_split_gives_each_an_equal_part_and_its_record(ended, codes, start):
    before, there = england("2018-04")[ended], england(start)
    for code in codes:
        assert there[code].children_in_need == before.children_in_need / 2
        assert there[code].deprivation_score == pytest.approx(before.deprivation_score)
        assert there[code].judgements[: len(before.judgements)] == before.judgements
        assert there[code].failed_before == before.failed_before


def test_judgements_of_a_council_stand_in_order_of_date_and_its_own_come_last():
    for code, council in england("2026-04").items():
        dates = [judgement["published"] for judgement in council.judgements]
        assert dates == sorted(dates)
        if code in NEW:
            own = [judgement["code"] == code for judgement in council.judgements]
            assert own == sorted(own)
            assert any(own)


def test_no_council_is_judged_after_it_has_ended():
    ends = {row.cells["code"]: row.cells["last_month"] for row in read_rows("council_changes")}
    for council in england("2018-04").values():
        last = ends.get(council.code)
        assert last is None or month_of(council.judgements[-1]["published"]) <= last
