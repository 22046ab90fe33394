"""The councils at the start: England's as the evidence has them, and a user's own table."""

import csv
import io
import subprocess
import sys
from collections import Counter
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, rankdata

from simulation.councils import COUNCIL_FILE_COLUMNS, GRADES, council_template, load_councils
from simulation.errors import InputError
from simulation.evidence import read_rows
from simulation.evidence.own import AVERAGE_CHILDREN

HEADING = ",".join(column.name for column in COUNCIL_FILE_COLUMNS)
THREE = "code,region,grade\na,north,good\nb,north,inadequate\nc,south,outstanding\n"


@pytest.fixture
def table(tmp_path):
    def write(text):
        path = tmp_path / "mine.csv"
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def england():
    return load_councils()


def test_england_has_152_councils_in_nine_regions_in_order_of_code(england):
    assert england.n == 152
    assert list(england.code) == sorted(england.code)
    assert len(england.regions) == 9
    assert england.regions == tuple(sorted(england.regions))
    assert [england.regions[index] for index in england.region_index] == list(england.region)
    assert (england.start, england.own) == ("2018-04", False)


def test_deprivation_is_the_normal_score_of_the_average_rank(england):
    expected = norm.ppf((rankdata(england.deprivation_score) - 0.5) / 152)
    assert england.deprivation == pytest.approx(expected, abs=1e-12)
    assert len(set(england.deprivation)) == len(set(england.deprivation_score)) == 151


def test_england_starts_with_the_grades_of_march_2018(england):
    counts = Counter(england.grade)
    assert [counts[grade] for grade in range(4)] == [23, 72, 54, 3]
    assert sum(england.recovered) == 59
    assert all(england.recovered[i] for i in range(152) if england.grade[i] == 0)


def test_months_since_judgement_are_calendar_months(england):
    hartlepool = england.code.index("E06000001")
    assert england.months_since_judgement[hartlepool] == 50
    assert min(england.months_since_judgement) == 1
    march = {row.cells["code"] for row in read_rows("councils") if f"{row.cells['judged_on']:%Y-%m}" == "2018-03"}
    assert march == {england.code[i] for i in range(152) if england.months_since_judgement[i] == 1}


def test_first_judgements_are_the_first_published_from_april_2018(england):
    known = [month for month in england.first_month if month >= 0]
    assert len(known) == 109
    assert max(known) == 26
    assert sum(england.first_framework) == 7
    first = dict(zip(england.code, zip(england.first_month, england.first_framework, strict=True), strict=True))
    assert first["E06000001"] == (4, 0)
    assert first["E06000003"] == (-1, 0)
    assert first["E06000005"] == (1, 1)


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2018-09", "2018-08-31"),
        ("2019-04", "2019-03-31"),
        ("2020-04", "2020-03-31"),
        ("2021-03", "2021-03-31"),
    ],
)
def test_a_later_start_holds_the_grades_of_its_month(start, day):
    councils = load_councils(start=start)
    national = next(row.cells for row in read_rows("national_grades") if str(row.cells["date"]) == day)
    counts = Counter(councils.grade)
    expected = {grade: national[grade] for grade in GRADES}
    expected["requires_improvement"] -= start >= "2019-04"  # three such councils became two
    assert {GRADES[grade]: counts[grade] for grade in range(4)} == expected
    assert councils.start == start


def test_a_later_start_knows_no_later_judgement_and_remembers_failures(england):
    later = load_councils(start="2020-03")
    assert set(later.first_month) == {-1}
    assert min(later.months_since_judgement) == 1
    then = dict(zip(england.code, england.recovered, strict=True))
    assert all(now >= then.get(code, 0) for code, now in zip(later.code, later.recovered, strict=True))
    middlesbrough = later.code.index("E06000002")
    assert (later.grade[middlesbrough], later.recovered[middlesbrough], then["E06000002"]) == (
        0,
        1,
        0,
    )


@pytest.mark.parametrize("start", ["2018-03", "2026-05", "1999-01"])
def test_a_start_that_the_evidence_does_not_cover_is_refused(start):
    with pytest.raises(InputError, match=f"start: expected a month from 2018-04 to 2026-04, .*got '{start}'"):
        load_councils(start=start)


@pytest.mark.parametrize("start", ["2018-4", "April 2018", "2018-13", ""])
def test_a_start_that_is_no_month_is_refused(table, start):
    for path in (None, table(THREE)):
        with pytest.raises(InputError, match="start: expected a calendar month as YYYY-MM"):
            load_councils(path, start=start)


def test_councils_cannot_be_changed_and_must_agree(england):
    with pytest.raises(FrozenInstanceError):
        england.grade = ()
    with pytest.raises(InputError, match="expected 152 entries of grade, got 2"):
        replace(england, grade=(0, 1))
    with pytest.raises(InputError, match="expected codes in rising order"):
        replace(england, code=england.code[::-1])


def test_loading_councils_needs_neither_pandas_nor_numpy():
    code = "import sys; from simulation.councils import load_councils; load_councils(); "
    code += "print([name for name in ('pandas', 'numpy', 'mesa') if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_average_number_of_children_is_that_of_the_evidence(england):
    assert round(sum(england.children_in_need) / 152) == AVERAGE_CHILDREN


def test_a_small_table_gets_the_stated_defaults(table):
    councils = load_councils(table(THREE))
    assert councils.name == councils.code == ("a", "b", "c")
    assert councils.grade == (2, 0, 3)
    assert councils.deprivation == (0.0, 0.0, 0.0)
    assert councils.children_in_need == (AVERAGE_CHILDREN,) * 3
    assert councils.months_since_judgement == (1, 13, 25)
    assert councils.recovered == (0, 1, 0)
    assert councils.first_month == (-1, -1, -1)
    assert councils.first_framework == (0, 0, 0)
    assert councils.framework == (1, 1, 1)
    assert (councils.start, councils.own, councils.regions) == ("2018-04", True, ("north", "south"))


def test_month_0_is_the_month_after_the_last_date_or_the_one_asked_for(table):
    path = table("code,region,grade,judged_on\na,x,good,2022-12-31\nb,x,good,2021-01-01\nc,x,good,\n")
    councils = load_councils(path)
    assert councils.start == "2023-01"
    assert councils.months_since_judgement == (1, 24, 1)
    assert load_councils(path, start="2023-06").months_since_judgement == (6, 29, 1)


def test_a_known_next_judgement_is_kept(table):
    path = table("code,region,grade,next_judgement\na,x,good,2018-04\nb,x,good,2019-05\nc,x,good,\n")
    assert load_councils(path).first_month == (0, 13, -1)


def test_the_order_of_rows_does_not_matter(table):
    lines = THREE.splitlines(keepends=True)
    assert load_councils(table(THREE)) == load_councils(table("".join([lines[0], *reversed(lines[1:])])))


@pytest.mark.parametrize(
    ("judged_on", "framework", "cuts"),
    [
        ("2018-03-31", "", 1),
        ("2018-04-01", "", 0),
        ("2019-01-01", "sif", 1),
        ("2019-01-01", "sif_reinspection", 1),
        ("2019-01-01", "ilacs", 0),
        ("2018-03-31", "ilacs", 1),
        ("", "ilacs", 0),
        ("", "sif", 1),
        ("", "", 0),
    ],
)
def test_the_framework_of_a_grade_says_whose_cuts_gave_it(table, judged_on, framework, cuts):
    rest = "b,x,good,2021-01-01,\nc,x,good,2021-01-01,\n"
    path = table(f"code,region,grade,judged_on,framework\na,x,good,{judged_on},{framework}\n{rest}")
    assert load_councils(path).framework == (cuts, 0, 0)


COUNCIL = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "Eastshire", "Kingston upon Hull, City of", 'The "New" Borough', "Übersee"]),
        "region": st.sampled_from(["north", "south", "the east"]),
        "grade": st.sampled_from(GRADES),
        "judged_on": st.dates(date(2014, 1, 1), date(2016, 12, 31)).map(str) | st.just(""),
        "ever_inadequate": st.sampled_from(["", "1"]),
        "deprivation_score": st.floats(0, 90).map(str),
        "children_in_need": st.integers(1, 9000).map(str),
    }
)


@given(st.dictionaries(st.text("ABCxyz019-", min_size=1, max_size=6), COUNCIL, min_size=3, max_size=12))
def test_a_filled_template_reads_back(tmp_path_factory, councils):
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADING.split(","), restval="")
    writer.writerows({"code": code, **council} for code, council in councils.items())
    path = tmp_path_factory.mktemp("own") / "filled.csv"
    path.write_text(council_template() + out.getvalue(), "utf-8")
    read = load_councils(path, start="2017-01")
    order = sorted(councils)
    assert read.code == tuple(order)
    assert read.name == tuple(councils[code]["name"] or code for code in order)
    assert read.grade == tuple(GRADES.index(councils[code]["grade"]) for code in order)
    assert read.children_in_need == tuple(float(councils[code]["children_in_need"]) for code in order)
    assert read.deprivation == pytest.approx(norm.ppf((rankdata(read.deprivation_score) - 0.5) / read.n), abs=1e-12)
    assert all(1 <= months <= 36 for months in read.months_since_judgement)


def test_the_template_explains_every_column_and_holds_no_council(table):
    template = council_template()
    for column in COUNCIL_FILE_COLUMNS:
        assert f"# {column.name}: {column.meaning} (" in template
    assert template.splitlines()[-1] == HEADING
    with pytest.raises(InputError, match="expected 3 to 5,000 councils, got 0"):
        load_councils(table(template))


def rows(*lines, heading="code,region,grade"):
    return "\n".join([heading, *lines, ""])


BAD = [
    (rows("a,x,good", "b,x,good"), ": expected 3 to 5,000 councils, got 2"),
    (rows(*(f"{i},x,good" for i in range(5001))), ": expected 3 to 5,000 councils, got 5,001"),
    (rows("a,x,good", "a,x,good", "b,x,good"), ", row 3, column 'code': .*comes once .*row 2 too.*got 'a'"),
    (
        rows("a,x,good", "b,x,Outstandin", "c,x,good"),
        r", row 3, column 'grade': .*got 'Outstandin' \(nearest: outstanding\)",
    ),
    (rows("a,x,good", ",x,good", "c,x,good"), ", row 3, column 'code': expected text, got nothing"),
    (rows("a,x,good", "b,,good", "c,x,good"), ", row 3, column 'region': expected text, got nothing"),
    (rows("a,good", heading="code,grade"), ", row 1: expected the column 'region', got code, grade"),
    (
        rows("a,x,good,1", heading="code,region,grade,children"),
        r", row 1: .*got 'children' \(nearest: children_in_need\)",
    ),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_bad_tables_are_refused(table, text, message):
    with pytest.raises(InputError, match=f"mine.csv{message}"):
        load_councils(table(text))


BAD_CELLS = [
    ("children_in_need", "nan", "a number above 0, got 'nan'"),
    ("children_in_need", "-5", "a number above 0, got '-5'"),
    ("children_in_need", "0", "a number above 0, got '0'"),
    ("children_in_need", "many", "a number above 0, got 'many'"),
    ("children_in_need", "", "a number above 0, as in the other rows .*got nothing"),
    ("deprivation_score", "inf", "a number, got 'inf'"),
    ("deprivation_score", "", "a number, as in the other rows .*got nothing"),
    ("ever_inadequate", "2", "a whole number from 0 to 1, got '2'"),
    ("ever_inadequate", "no", "a whole number from 0 to 1, got 'no'"),
    ("ever_inadequate", "0", "1 for a council that is inadequate now, got '0'"),
    ("judged_on", "2018", "a date as YYYY-MM-DD, got '2018'"),
    ("judged_on", "0001-01-01", "a date from 1900-01-01 to 2199-12-31, got '0001-01-01'"),
    ("judged_on", "2999-01-01", "a date from 1900-01-01 to 2199-12-31, got '2999-01-01'"),
    ("next_judgement", "2999-01", "a month from 1900-01 to 2199-12, got '2999-01'"),
    ("children_in_need", "\u0663", "a number above 0, got '\u0663'"),
    ("judged_on", "\u0662\u0660\u0661\u0668-\u0660\u0661-\u0660\u0661", "a date as YYYY-MM-DD, got"),
    ("next_judgement", "\u0662\u0660\u0661\u0669-\u0660\u0661", "a month as YYYY-MM, got"),
    ("judged_on", "2018-04-01", "a date before the month of the start, 2018-04, got '2018-04-01'"),
    ("framework", "ofsted", "one of sif, sif_reinspection, ilacs, got 'ofsted'"),
    ("next_judgement", "soon", "a month as YYYY-MM, got 'soon'"),
    ("next_judgement", "2018-03", "a month from the start on, 2018-04, got '2018-03'"),
]


@pytest.mark.parametrize(("column", "cell", "expected"), BAD_CELLS)
def test_bad_cells_are_refused(table, column, cell, expected):
    fine = {"children_in_need": "1", "deprivation_score": "1"}.get(column, "")
    text = rows(
        f"a,x,good,{fine}",
        f"b,x,inadequate,{cell}",
        f"c,x,good,{fine}",
        heading=f"code,region,grade,{column}",
    )
    with pytest.raises(InputError, match=f"mine.csv, row 3, column '{column}': expected {expected}"):
        load_councils(table(text), start="2018-04")


def test_files_that_are_no_table_are_refused(table, tmp_path):
    with pytest.raises(InputError, match="expected a CSV file, got no such file"):
        load_councils(tmp_path / "missing.csv")
    with pytest.raises(InputError, match="expected a heading and rows, got an empty file"):
        load_councils(table(""))
    with pytest.raises(InputError, match="got one that cannot be read"):
        load_councils("mine\0.csv")


@pytest.mark.parametrize("children", [1e8 + 1, 0, -5.0, float("nan"), "900"])
def test_a_table_made_in_python_holds_no_children_that_cannot_be(sector, children):
    with pytest.raises(InputError, match="councils: expected children_in_need above 0 and up to 100,000,000, got"):
        sector(3, children_in_need=(1000.0, children, 1e8))
    assert sector(3, children_in_need=(1000.0, 0.5, 1e8)).n == 3
