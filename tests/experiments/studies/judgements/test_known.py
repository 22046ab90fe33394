"""What the tables know, brought to the councils of a start."""

import numpy as np
import pytest

from experiments.observed.spells import grades_before
from experiments.studies.judgements.known import (
    councils_at,
    grades_held,
    known_judgements,
    known_places,
    known_rows,
    root_code,
)
from experiments.studies.judgements.window import Window
from simulation.councils import GRADES
from simulation.dates import history_month
from simulation.evidence import read_rows


def test_every_judgement_of_both_tables_is_known_in_order():
    dates = [row.cells["published"] for row in known_rows()]
    assert len(dates) == len(read_rows("judgements")) + len(read_rows("later_judgements"))
    assert dates == sorted(dates)


def test_every_code_stands_for_a_council_of_the_start():
    england = councils_at(0)
    places = known_places(england)
    assert {row.cells["code"] for row in known_rows()} <= set(places)
    assert all(places[code] == (place,) for place, code in enumerate(england.code))
    of = {code: [england.code[place] for place in places[code]] for code in places}
    assert of["E06000058"] == ["E06000028"]
    assert of["E06000063"] == of["E06000064"] == ["E10000006"]
    later = councils_at(96)
    of = {code: [later.code[place] for place in places] for code, places in known_places(later).items()}
    assert of["E06000028"] == of["E06000029"] == ["E06000058"]
    assert of["E10000021"] == ["E06000061", "E06000062"]


@pytest.mark.parametrize("month", [12, 36, 60, 96])
def test_grades_at_a_start_are_the_last_that_the_tables_know_of_each_council(month):
    councils = councils_at(month)
    held = dict(zip(councils.code, councils.grade, strict=True))
    last = {
        row.cells["code"]: row.cells["grade"] for row in known_rows() if history_month(row.cells["published"]) < month
    }
    assert len(held) == {12: 151, 36: 152, 60: 153, 96: 153}[month]
    assert all(GRADES[held[code]] == grade for code, grade in last.items() if code in held)


@pytest.mark.parametrize(
    ("code", "root"),
    [("E06000058", "E06000028"), ("E06000062", "E10000021"), ("E10000006", "E10000006"), ("E06000001", "E06000001")],
)
def test_a_root_is_the_first_predecessor_of_march_2018(code, root):
    assert root_code(code) == root


@pytest.mark.parametrize("month", [0, 12, 27])
def test_grades_held_are_those_of_the_evidence(month):
    assert (grades_held(councils_at(0), 0, month) == grades_before(month)).all()


def test_judgements_of_a_window_have_the_grade_before_and_their_number():
    found = known_judgements(councils_at(0), Window(0, 95))
    inside = [row for row in known_rows() if f"{row.cells['published']:%Y-%m}" >= "2018-04"]
    assert len(found) == len(inside)
    first = found.count == 1
    assert (found.before[first] == np.array(councils_at(0).grade)[found.council[first]]).all()
    twice = np.flatnonzero(found.council == found.council[np.argmax(found.count)])
    assert (found.before[twice[1:]] == found.grade[twice[:-1]]).all()
    assert found.count[twice].tolist() == list(range(1, len(twice) + 1))
