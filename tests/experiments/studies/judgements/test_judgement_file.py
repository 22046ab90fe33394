"""What a file shows is counted as by hand, and what is wrong with it is named."""

import numpy as np
import pytest

from experiments.observed.spells import grades_before
from experiments.studies.judgements.judgement_file import read_observed
from experiments.studies.judgements.runs import grade_counts
from experiments.studies.judgements.simple_forecasts import fit_years
from experiments.studies.judgements.window import Window, make_window
from simulation.errors import InputError
from simulation.evidence import read_rows
from simulation.state import ILACS, SIF

HEADER = "code,framework,published,grade\n"
# Held before 2019-04: E06000001 good, E06000002 requires improvement, E06000005 good.
TINY = (
    "E06000001,ilacs,2018-12-01,outstanding\n"
    "E06000001,ilacs,2019-05-02,inadequate\n"
    "E06000001,ilacs,2019-11-30,requires_improvement\n"
    "E06000002,sif_reinspection,2019-07-01,good\n"
    "E06000005,ilacs,2020-01-01,good\n"
)
WINDOW = make_window("2019-04", "2019-12")


@pytest.fixture
def file(tmp_path):
    def write(rows=TINY, header=HEADER):
        path = tmp_path / "judgements.csv"
        path.write_text(header + rows)
        return path

    return write


def test_windows_know_their_ends_of_quarters():
    assert (WINDOW.first, WINDOW.last, WINDOW.quarters) == (12, 20, (14, 17, 20))
    assert make_window("2018-04", "2038-03").months == 240
    assert make_window("2021-06", "2021-06").quarters == (38,)
    assert str(WINDOW) == "2019-04 to 2019-12"


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2019-13", "2020-01", "--from: expected a calendar month as YYYY-MM, got '2019-13'"),
        ("2019-01", "2020", "--to: expected a calendar month as YYYY-MM, got '2020'"),
        ("2018-03", "2020-01", "--from: expected 2018-04 or later"),
        ("2020-02", "2020-01", "--to: expected --from (2020-02) or later, got 2020-01"),
        ("2020-02", "2038-04", "--to: expected 2038-03 or earlier"),
        ("2020-01", "2020-02", "--to: expected the end of a quarter"),
    ],
)
def test_a_window_that_cannot_be_is_refused(first, last, says):
    with pytest.raises(InputError, match=r"^--") as refused:
        make_window(first, last)
    assert says in str(refused.value)


def test_judgements_are_those_of_the_window_with_the_grade_held_before_each(file):
    found = read_observed(file(), WINDOW)
    assert found.outside == 2
    assert found.judgements.council.tolist() == [0, 0, 1]
    assert found.judgements.month.tolist() == [13, 19, 15]
    assert found.judgements.framework.tolist() == [ILACS, ILACS, SIF]
    assert found.judgements.before.tolist() == [2, 0, 1]
    assert found.judgements.grade.tolist() == [0, 1, 2]
    assert found.judgements.count.tolist() == [1, 2, 1]


def test_councils_hold_what_the_package_says_until_the_file_says_more(file):
    found = read_observed(file(), WINDOW)
    before = np.bincount(grades_before(12), minlength=4)
    counts = grade_counts(found.grades, WINDOW.first, WINDOW)
    assert counts.sum(axis=1).tolist() == [152] * 3
    assert (counts[0] - before).tolist() == [1, 0, -1, 0]
    assert (counts[1] - before).tolist() == [1, -1, 0, 0]
    assert (counts[2] - before).tolist() == [0, 0, 0, 0]


def test_the_package_s_own_judgements_give_the_published_counts(file):
    rows = [row.cells for row in read_rows("judgements")]
    lines = [f"{row['code']},{row['framework']},{row['published']},{row['grade']}\n" for row in rows]
    window = make_window("2018-04", "2020-06")
    found = read_observed(file("".join(lines)), window)
    counts = grade_counts(found.grades, 0, window)
    published = {f"{row.cells['date']}": row.cells for row in read_rows("national_grades")}
    march = published["2020-03-31"]
    assert counts[window.quarters.index(23)].tolist() == [
        march[grade] for grade in ("inadequate", "requires_improvement", "good", "outstanding")
    ]
    assert len(found.judgements) == 109
    # The fit years stop in March 2020; every one of their judgements stands in the file.
    inside = found.judgements.month <= 23
    assert fit_years().sum() == inside.sum()


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("E06000099,ilacs,2019-05-02,good\n", "row 2, column 'code': expected the code of one of England's 152"),
        ("E06000001,ilacs,2019-05-32,good\n", "row 2, column 'published'"),
        ("E06000001,ilacs,2019-05-02,fine\n", "row 2, column 'grade'"),
        ("E06000001,other,2019-05-02,good\n", "row 2, column 'framework'"),
        ("E06000001,ilacs,2018-05-02,good\n", "expected judgements published from 2019-04 to 2019-12, got none"),
        ("E06000002,ilacs,2019-05-02,good\nE06000001,ilacs,2019-05-02,good\n", "row 3, column 'code'"),
        ("", "expected 1 to 5,000 judgements, got 0"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_row_and_column(file, rows, says):
    path = file(rows)
    with pytest.raises(InputError) as refused:
        read_observed(path, WINDOW)
    assert says in str(refused.value)
    assert str(path) in str(refused.value)


def test_another_heading_is_refused(file):
    with pytest.raises(InputError, match=r"row 1.*nearest: code"):
        read_observed(file(header="cod,framework,published,grade\n"), WINDOW)


def test_an_unjudged_window_keeps_the_grades(file):
    found = read_observed(file(), Window(first=19, last=20))
    assert found.outside == 4
    assert (found.grades[1] == found.grades[0]).all()


def test_codes_of_councils_made_later_and_a_source_are_known(file):
    rows = (
        "E06000061,ilacs,2021-10-01,inadequate,a report\n"
        "E06000062,ilacs,2021-08-01,good,\n"
        "E06000063,ilacs,2023-10-01,good,a report\n"
    )
    window = make_window("2021-04", "2023-12", "2021-03")
    found = read_observed(file(rows, "code,framework,published,grade,source\n"), window)
    codes = found.councils.code
    # In March 2021 Northamptonshire had not been parted yet, nor Cumbria: their judgements come by date.
    assert [codes[place] for place in found.judgements.council] == ["E10000006", "E10000021", "E10000021"]
    assert found.judgements.grade.tolist() == [2, 2, 0]
    assert found.judgements.count.tolist() == [1, 1, 2]
