"""The tables of facts: what they hold, that they agree with one another, and what the reader refuses."""

import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.text.evidence import evidence_text, fact_text
from simulation.dates import month_of
from simulation.errors import InputError
from simulation.evidence import (
    GRADES,
    TABLES,
    describe_tables,
    first_judgements,
    licence_terms,
    not_found,
    read_rows,
    read_table,
)
from simulation.evidence.cells import CELL_KINDS
from simulation.evidence.reader import fault, parse_table
from simulation.evidence.schema import Column, Schema

FOLDER = files("simulation.evidence")
SOURCES = tomllib.loads(FOLDER.joinpath("SOURCES.toml").read_text("utf-8"))


@pytest.fixture(params=sorted(TABLES))
def name(request):
    return request.param


def test_a_table_has_the_columns_of_its_schema_with_their_types(name):
    table = read_table(name)
    assert tuple(table.columns) == TABLES[name].column_names
    kinds = {"integer": "Int64", "number": "float64", "date": "datetime64[s]"}
    for column in TABLES[name].columns:
        assert str(table[column.name].dtype) == kinds.get(column.kind, "str")


def test_every_column_says_what_it_means_and_every_kind_is_known(name):
    for column in TABLES[name].columns:
        assert column.meaning
        assert column.default
        assert column.kind in CELL_KINDS


def test_every_row_has_a_source_and_a_licence(name):
    source = SOURCES["tables"][name]
    if "licence" not in TABLES[name].column_names:
        assert source["licence"] in licence_terms()
    if "source" not in TABLES[name].column_names:
        assert source["source"] != "row by row"


def test_the_package_holds_these_tables_and_no_others():
    tables = {entry.name.removesuffix(".csv") for entry in FOLDER.iterdir() if entry.name.endswith(".csv")}
    assert tables == set(TABLES) == set(SOURCES["tables"])


def test_the_grades_of_the_councils_are_the_national_ones_of_march_2018():
    national = read_rows("national_grades")[0].cells
    assert str(national["date"]) == "2018-03-31"
    assert Counter(row.cells["grade"] for row in read_rows("councils")) == {g: national[g] for g in GRADES}


def test_judgements_give_every_row_of_the_national_grades():
    for row in read_rows("national_grades"):
        latest = {
            judgement.cells["code"]: judgement.cells["grade"]
            for judgement in read_rows("judgements")
            if judgement.cells["published"] <= row.cells["date"]
        }
        counts = Counter(latest.values())
        assert {grade: counts[grade] for grade in GRADES} == {grade: row.cells[grade] for grade in GRADES}
        assert sum(counts.values()) == 152


def test_the_latest_judgement_by_march_2018_is_the_one_that_the_councils_hold():
    start = read_rows("national_grades")[0].cells["date"]
    latest = {
        row.cells["code"]: (row.cells["grade"], row.cells["published"], row.cells["framework"])
        for row in read_rows("judgements")
        if row.cells["published"] <= start
    }
    held = {
        row.cells["code"]: (row.cells["grade"], row.cells["judged_on"], row.cells["framework"])
        for row in read_rows("councils")
    }
    assert latest == held


def test_a_council_ever_judged_inadequate_by_march_2018_is_marked_as_such():
    start = read_rows("national_grades")[0].cells["date"]
    failed = {
        row.cells["code"]
        for row in read_rows("judgements")
        if row.cells["published"] <= start and row.cells["grade"] == "inadequate"
    }
    marked = {row.cells["code"] for row in read_rows("councils") if row.cells["ever_inadequate_2009_2018"]}
    assert failed <= marked
    assert len(marked) == 59


def test_judgements_give_the_published_table_of_first_judgements():
    published = {
        "inadequate": (3, 13, 4, 0),
        "requires_improvement": (13, 20, 19, 2),
        "good": (2, 5, 13, 13),
        "outstanding": (0, 0, 0, 2),
    }
    counted = first_judgements()
    assert {held: tuple(counted[held, given] for given in GRADES) for held in GRADES} == published


def test_first_judgements_of_a_later_start_count_fewer_councils():
    assert sum(first_judgements("2019-04").values()) < sum(first_judgements().values()) == 109
    assert sum(first_judgements("2020-07").values()) == 0


def test_later_judgements_say_what_they_were_taken_from():
    rows = [row.cells for row in read_rows("later_judgements")]
    assert len(rows) == 201
    assert {f"{row['published']:%Y-%m}" <= "2025-03": row["basis"] for row in rows} == {
        True: "official statistics",
        False: "published report",
    }
    assert f"{min(row['published'] for row in rows):%Y-%m}" == "2021-08"
    assert f"{max(row['published'] for row in rows):%Y-%m}" == "2026-03"


def test_later_judgements_are_of_councils_that_were_there():
    ends = {row.cells["code"]: row.cells["last_month"] for row in read_rows("council_changes")}
    begins = {row.cells["code"]: row.cells["first_month"] for row in read_rows("council_changes")}
    old = {row.cells["code"] for row in read_rows("councils")}
    for row in read_rows("later_judgements"):
        code, month = row.cells["code"], month_of(row.cells["published"])
        assert code in old or begins[code] <= month
        assert ends.get(code) is None or month <= ends[code]


def test_councils_ended_are_those_of_2018_and_every_new_one_has_a_predecessor_that_ended_as_it_began():
    changes = {row.cells["code"]: row.cells for row in read_rows("council_changes")}
    old = {row.cells["code"]: row.cells for row in read_rows("councils")}
    new = {code: row for code, row in changes.items() if code not in old}
    assert (len(changes), len(new)) == (11, 6)
    for code in set(changes) - set(new):
        assert (changes[code]["name"], changes[code]["region"]) == (old[code]["name"], old[code]["region"])
        assert (changes[code]["first_month"], changes[code]["predecessors"]) == (None, None)
    for row in new.values():
        for code in row["predecessors"].split("; "):
            assert changes[code]["last_month"] + 1 == row["first_month"]
            assert changes[code]["region"] == row["region"]


def test_children_in_need_of_the_councils_add_up_to_the_national_figure():
    national = {row.cells["year"]: row.cells["in_need_31_march"] for row in read_rows("demand")}[2018]
    assert round(sum(row.cells["children_in_need"] for row in read_rows("councils")), -1) == national


def test_directors_changes_give_the_share_of_councils_that_change_in_a_year():
    years = {row.cells["year"]: row.cells["councils_with_a_change"] for row in read_rows("directors")}
    changed = sum(years[year] for year in ("2018/19", "2019/20", "2020/21"))
    fact = {row.cells["fact"]: row.cells["value"] for row in read_rows("facts")}
    assert changed == 122
    assert fact["probability that a council changes director in a year"] == round(changed / (3 * 152), 3)


@pytest.mark.parametrize("table", ["facts", "programmes"])
def test_a_fact_is_one_number_or_one_range_or_words(table):
    for row in read_rows(table):
        value, low, high = (row.cells[column] for column in ("value", "low", "high"))
        words = row.cells.get("words")
        assert (low is None) == (high is None), row
        assert (words is None) == (value is not None or low is not None), row
        if low is not None:
            assert low <= high
            assert value is None or low <= value <= high


def test_ranges_are_held_as_ranges():
    facts = {row.cells["fact"]: row.cells for row in read_rows("facts")}
    rate = facts["interim director's day rate"]
    assert (rate["value"], rate["low"], rate["high"], rate["unit"]) == (None, 800, 1000, "GBP a day")
    assert facts["relation between spending and quality"]["words"] == "none found"


def test_describe_names_every_table_with_its_rows():
    sources = describe_tables()
    assert [source.table for source in sources] == list(TABLES)
    assert [source.rows for source in sources] == [len(read_rows(name)) for name in TABLES]
    assert all(source.publisher and source.period and source.note for source in sources)


def test_evidence_text_tells_of_every_table_every_fact_and_what_was_not_found():
    text = evidence_text()
    for source in describe_tables():
        assert f"{source.table} ({source.rows} rows)" in text
    flat = " ".join(text.split())
    for table in ("facts", "programmes"):
        assert all(fact_text(row.cells) in flat for row in read_rows(table))
    assert len(not_found()) == 5
    assert all(missing.what in flat and missing.instead in flat for missing in not_found())
    assert max(map(len, text.splitlines())) <= 100


def test_a_fact_in_words():
    row = {"fact": "visits", "value": 2.1, "low": 1.7, "high": 2.5, "unit": "a year", "period": "2018"}
    rest = {"source": "Ofsted", "licence": "OGL v3", "caveat": "few"}
    assert fact_text(row | rest) == "visits: 2.1 [1.7 to 2.5] a year (2018). Source: Ofsted (OGL v3). Caveat: few."


def test_an_unknown_table_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match=r"table: expected councils, .*, got 'counclis' \(nearest: councils\)"):
        read_table("counclis")


SPOILT = [
    (
        "councils",
        "E06000002",
        "E06000001",
        "row 3, column 'code': expected a code that comes once .*row 2 too",
    ),
    ("councils", "E06000001,", "X1,", "row 2, column 'code': expected an ONS code of a council.*got 'X1'"),
    (
        "councils",
        ",good,",
        ",godo,",
        r"row 2, column 'grade': expected one of .*got 'godo' \(nearest: good\)",
    ),
    ("councils", "North East", "North", r"row 2, column 'region': .*got 'North' \(nearest: North"),
    ("councils", ",1365,", ",-1365,", "row 2, column 'children_in_need': expected a whole number, 1 or more"),
    ("councils", ",1365,", ",1365.5,", "row 2, column 'children_in_need': expected a whole number.*'1365.5'"),
    (
        "councils",
        "33.178",
        "nan",
        "row 2, column 'deprivation_score': expected a number, 0 or more, got 'nan'",
    ),
    ("councils", "0.084,0", "1.084,0", "row 2, column 'agency_share_2017': expected a number from 0 to 1"),
    (
        "councils",
        "2014-02-11",
        "11/02/2014",
        "column 'judged_on': expected a date as YYYY-MM-DD, got '11/02/2014'",
    ),
    (
        "councils",
        "2014-02-11",
        "2014-02-30",
        "column 'judged_on': expected a date as YYYY-MM-DD, got '2014-02-30'",
    ),
    ("councils", "Hartlepool", "", "row 2, column 'name': expected text, got nothing"),
    (
        "councils",
        ",judged_on,",
        ",judged,",
        r"row 1: expected one of the columns .*'judged' \(nearest: judged_on\)",
    ),
    ("councils", ",type,", ",name,", "row 1: expected each column once, got 'name' 2 times"),
    (
        "judgements",
        "2018-08-28",
        "2014-02-11",
        "row 3, column 'published': expected a published after 2014-02-11",
    ),
    ("judgements", "E06000001,ilacs", "E06000002,ilacs", "row 4, column 'published'"),
    ("judgements", ",sif,", ",sfi,", r"row 2, column 'framework': .*'sfi' \(nearest: sif\)"),
    ("national_grades", "2018-08-31", "2018-03-01", "row 3, column 'date': expected a date after 2018-03-31"),
    (
        "national_grades",
        ",72,",
        ",-72,",
        "row 2, column 'requires_improvement': expected a whole number, 0 or more",
    ),
    (
        "directors",
        "2013/14",
        "2013/15",
        "row 2, column 'year': expected a year from April to March.*'2013/15'",
    ),
    ("directors", "2018/19", "2015/16", "row 6, column 'year': expected a year after 2017/18"),
    ("directors", ",65,", ",,", "row 5, column 'changes_of_director': expected a whole number.*got nothing"),
    ("workforce", "0.272", "27.2", "row 2, column 'agency_share': expected a number from 0 to 1, got '27.2'"),
    (
        "workforce",
        "OGL v3",
        "GPL",
        r"row 2, column 'licence': expected one of OGL v3, quoted fact, got 'GPL'",
    ),
    ("later_judgements", ",ilacs,", ",ilcas,", r"row 2, column 'framework': .*'ilcas' \(nearest: ilacs\)"),
    ("later_judgements", "official statistics", "hearsay", "row 2, column 'basis': expected one of official statist"),
    ("council_changes", "2019-03", "March 2019", "row 2, column 'last_month': expected a month as YYYY-MM"),
    ("demand", "2014,", "2012,", "row 3, column 'year': expected a year after 2013"),
    ("facts", "director,", "directors,", r"row 2, column 'topic': .*\(nearest: director\)"),
    ("facts", "0.268", "about 0.27", "row 2, column 'value': expected a number, got 'about 0.27'"),
    ("programmes", "DfE,OGL", ",OGL", "row 2, column 'source': expected text, got nothing"),
]


@pytest.mark.parametrize(("table", "old", "new", "message"), SPOILT)
def test_a_spoilt_cell_is_named(tmp_path, table, old, new, message):
    text = FOLDER.joinpath(f"{table}.csv").read_text("utf-8")
    assert old in text
    path = tmp_path / f"{table}.csv"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError, match=message) as refused:
        read_table(table, tmp_path)
    assert str(refused.value).startswith(str(path))
    assert "\n" not in str(refused.value)


def test_a_copy_of_the_tables_reads_as_the_package_does(tmp_path, name):
    (tmp_path / f"{name}.csv").write_bytes(FOLDER.joinpath(f"{name}.csv").read_bytes())
    assert read_rows(name, tmp_path) == read_rows(name)


def test_a_missing_council_is_missed(tmp_path):
    lines = FOLDER.joinpath("councils.csv").read_text("utf-8").splitlines()
    (tmp_path / "councils.csv").write_text("\n".join(lines[:-1]), "utf-8")
    with pytest.raises(InputError, match="expected 152 councils, got 151"):
        read_rows("councils", tmp_path)


PAIR = Schema(
    "pair",
    "two columns",
    (
        Column("name", "text", "a name", unique=True),
        Column("size", "number", "a size", required=False, above=0, together=True),
    ),
)

BROKEN = [
    (b"", "pair.csv: expected a heading and rows, got an empty file"),
    (b"\n\n# only a comment\n", "pair.csv: expected a heading and rows, got an empty file"),
    (b"name,size\n", "pair.csv: expected 1 to 5,000 rows, got 0"),
    (b"name,size\nx,1\0", "pair.csv: expected a CSV text file in UTF-8, got binary data"),
    ("name,size\nx,1\n".encode("utf-16"), "pair.csv: expected a CSV text file in UTF-8, got binary data"),
    (b"PK\x03\x04rest", "pair.csv: expected a CSV text file, got a workbook or an archive"),
    (b"name,size\nx,1\ncaf\xe9,1\n", "pair.csv, row 3: expected text in UTF-8, got the byte 0xe9"),
    (b'name,size\nx,1\n"y,2\n', "pair.csv, row 3: expected well-formed CSV"),
    (b'name,size\n"x"y,1\n', "pair.csv, row 2: expected well-formed CSV"),
    (b"name,size\nx,1,2\n", "pair.csv, row 2: expected 2 cells, got 3"),
    (b"name;size\nx;1\n", "pair.csv, row 1: expected one of the columns name, size, got 'name;size'"),
    (b"size\n1\n", "pair.csv, row 1: expected the column 'name', got size"),
    (b"name\nx\n", "pair.csv, row 1: expected the column 'size', got name"),
    (b"name,size\nx,0\n", "pair.csv, row 2, column 'size': expected a number above 0, got '0'"),
    (b"name,size\nx,1e999\n", "pair.csv, row 2, column 'size': expected a number above 0, got '1e999'"),
    (b"name,size\nx,1_0\n", "pair.csv, row 2, column 'size': expected a number above 0, got '1_0'"),
    (b'name,size\nx,"1,000"\n', "pair.csv, row 2, column 'size': expected a number above 0, got '1,000'"),
    (
        b"name,size\nx,1\ny,\n",
        "pair.csv, row 3, column 'size': expected a number above 0, as in the other rows",
    ),
    (
        b"# note\nname,size\n\nx,1\n# note\nx,1\n",
        "pair.csv, row 6, column 'name': expected a name that comes once",
    ),
]


@pytest.mark.parametrize(("data", "message"), BROKEN)
def test_a_broken_file_gives_one_clear_sentence(data, message):
    with pytest.raises(InputError) as refused:
        parse_table(data, "pair.csv", PAIR)
    assert str(refused.value).startswith(message)
    assert "\n" not in str(refused.value)


def test_a_spreadsheet_may_add_a_mark_blank_rows_and_trailing_commas():
    data = "\ufeffname,size,,\r\n# a comment, with a comma,,\r\n,,,\r\nx,1,,\r\n".encode()
    assert [(row.number, row.cells) for row in parse_table(data, "pair.csv", PAIR)] == [(4, {"name": "x", "size": 1.0})]


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(InputError, match=r"councils\.csv: expected a CSV file, got no such file"):
        read_rows("councils", tmp_path)
    (tmp_path / "councils.csv").mkdir()
    with pytest.raises(InputError, match=r"councils\.csv: expected a CSV file, got a folder"):
        read_rows("councils", tmp_path)
    below = tmp_path / "file"
    below.write_text("x")
    with pytest.raises(InputError, match="got one that cannot be read"):
        read_rows("councils", below)


def test_a_file_too_large_to_be_a_table_is_refused(tmp_path):
    with Path(tmp_path / "facts.csv").open("wb") as handle:
        handle.truncate(17 * 2**20)
    with pytest.raises(InputError, match="at most 16 MiB, got a larger one"):
        read_rows("facts", tmp_path)


def test_a_long_cell_is_cut_short_in_the_message():
    assert len(str(fault("a.csv", 2, "name", "text", "x" * 1000))) < 120


def outcome(data):
    try:
        return parse_table(data, "pair.csv", PAIR)
    except InputError as error:
        return str(error)


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: f"name,size\n{text}".encode()))
def test_whatever_the_bytes_the_reader_gives_rows_or_one_sentence(data):
    told = outcome(data)
    if isinstance(told, str):
        assert told.startswith("pair.csv")
        assert "\n" not in told
    else:
        assert all(set(row.cells) == {"name", "size"} for row in told)
