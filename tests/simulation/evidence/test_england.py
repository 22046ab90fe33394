"""England's councils as a table that a user may hand in: printed, taken back, the same to the last bit."""

import csv
import io

import pytest

from simulation.councils import COUNCIL_FILE_COLUMNS, council_table, load_councils
from simulation.errors import InputError
from simulation.evidence.schema import REGIONS
from simulation.simulate import simulate


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "exported.csv"
        path.write_text(text, "utf-8")
        return path

    return write


def lines(text):
    return list(csv.DictReader(io.StringIO("\n".join(text.splitlines()[2:]))))


def joined(cells):
    heading = ",".join(column.name for column in COUNCIL_FILE_COLUMNS)
    out = io.StringIO()
    csv.DictWriter(out, heading.split(","), lineterminator="\n").writerows(cells)
    return f"{heading}\n{out.getvalue()}"


@pytest.mark.parametrize("start", [None, "2018-04", "2019-11", "2021-03", "2023-04", "2026-04"])
def test_the_table_of_england_is_taken_back_as_england(written, start):
    assert load_councils(written(council_table(start=start))) == load_councils(start=start)


@pytest.mark.parametrize("start", [None, "2021-04", "2026-04"])
def test_a_run_of_the_table_has_the_bits_of_a_run_of_england(written, start):
    own, shipped = (
        simulate("peer_support", months=30, councils=table)
        for table in (load_councils(written(council_table(start=start))), load_councils(start=start))
    )
    assert list(map(repr, own.outcomes.values())) == list(map(repr, shipped.outcomes.values()))
    assert own.months.equals(shipped.months)


@pytest.mark.parametrize("region", REGIONS)
def test_the_table_of_a_region_holds_what_england_says_of_it(written, region):
    part, england = load_councils(written(council_table(region, "2019-06"))), load_councils(start="2019-06")
    assert (part.regions, part.start, part.own) == ((region,), "2019-06", False)
    places = [place for place, name in enumerate(england.region) if name == region]
    for field in ("code", "name", "deprivation_score", "children_in_need", "grade", "first_month", "first_framework"):
        assert getattr(part, field) == tuple(getattr(england, field)[place] for place in places)


def test_the_tables_of_all_regions_are_that_of_england():
    parts = [line for region in REGIONS for line in lines(council_table(region))]
    assert sorted(parts, key=lambda line: line["code"]) == lines(council_table())


def test_the_table_holds_the_dates_of_the_evidence():
    hartlepool = lines(council_table())[0]
    assert (hartlepool["judged_on"], hartlepool["next_judgement"]) == ("2014-02-11", "2018-08")
    assert (hartlepool["children_in_need"], hartlepool["start"]) == ("1365", "2018-04")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Nort East", None), r"region: expected East Midlands, .*got 'Nort East' \(nearest: North East\)"),
        (("North East", "2026-05"), "start: expected a month from 2018-04 to 2026-04"),
    ],
)
def test_what_england_has_not_is_refused(arguments, message):
    with pytest.raises(InputError, match=message):
        council_table(*arguments)


def test_the_real_months_are_exported_where_asked_for(written):
    table = load_councils(written(council_table(start="2021-04", real_months=True)))
    assert table == load_councils(start="2021-04", real_months=True)
    assert min(table.first_month) == 4


def test_a_changed_cell_leaves_inspections_as_england_s(written):
    text = council_table("London")
    cells = lines(text)
    cells[0]["deprivation_score"] = "1"
    changed = load_councils(written(joined(cells)))
    assert not changed.own
    assert changed.first_month == load_councils(written(text)).first_month


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("start", "2018-05", "row 3, column 'start': expected 2018-04, as in row 2: the same in every row, got"),
        ("start", "", "row 3, column 'start': expected 2018-04, as in row 2: the same in every row, got nothing"),
        ("inspections", "own", "row 3, column 'inspections': expected england, as in row 2: .*got 'own'"),
        ("inspections", "englnd", r"expected one of england, own, got 'englnd' \(nearest: england\)"),
        ("next_judgement", "", "column 'next_framework': expected nothing where next_judgement is blank, got 'ilacs'"),
    ],
)
def test_cells_that_do_not_agree_are_refused(written, column, value, message):
    text = council_table("London")
    cells = lines(text)
    cells[1][column] = value
    with pytest.raises(InputError, match=message):
        load_councils(written(joined(cells)))


def test_another_start_may_be_asked_for(written):
    text = council_table("London")
    cells = [line | {"next_judgement": "", "next_framework": ""} for line in lines(text)]
    assert load_councils(written(joined(cells)), start="2026-04").start == "2026-04"


def test_the_shipped_table_of_facts_is_refused_by_naming_the_command(root):
    with pytest.raises(
        InputError, match=r"councils\.csv, row 1: .*got 'type'; `sli councils --export` prints England's"
    ):
        load_councils(root / "simulation" / "evidence" / "councils.csv")
