"""England's councils at a start in any month: what is known then, and nothing that came after."""

import csv
import math
import shutil
import statistics
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import Parameters, Scenario, draw_chance, simulate
from simulation.coefficients import Coefficients
from simulation.councils import GRADES, load_councils, same_start
from simulation.dates import month_number, month_of, month_text
from simulation.errors import InputError
from simulation.evidence import read_rows
from simulation.evidence.england import england_rows
from simulation.opening import open_states
from simulation.rules.spread import variances
from simulation.state import ILACS, SIF
from simulation.switches import Switches

FIRST, LAST = month_number("2018-04", "start"), month_number("2026-04", "start")
STARTS = st.integers(FIRST, LAST).map(month_text)
LATER = st.integers(FIRST + 1, LAST).map(month_text)
EVIDENCE = files("simulation.evidence")


def judgements():
    return [row.cells for name in ("judgements", "later_judgements") for row in read_rows(name)]


def held(start):
    """The latest judgement published before ``start`` of each code."""
    begin = month_number(start, "start")
    rows = sorted(judgements(), key=lambda cells: cells["published"])
    return {cells["code"]: cells for cells in rows if month_of(cells["published"]) < begin}


@given(STARTS)
def test_grades_and_their_ages_are_the_real_ones_of_the_month(start):
    table, latest = load_councils(start=start), held(start)
    begin = month_number(start, "start")
    judged = [i for i in range(table.n) if table.code[i] in latest]
    assert table.n - len(judged) <= 4
    for i in judged:
        cells = latest[table.code[i]]
        assert GRADES[table.grade[i]] == cells["grade"]
        assert table.months_since_judgement[i] == begin - month_of(cells["published"])
        old = cells["published"] < date(2018, 4, 1)
        assert table.framework[i] == (ILACS if cells["framework"] == "ilacs" and not old else SIF)


@pytest.mark.parametrize(
    ("start", "code", "before"),
    [
        ("2019-04", "E06000058", "E06000028"),
        ("2019-04", "E06000059", "E10000009"),
        ("2021-04", "E06000061", "E10000021"),
        ("2021-04", "E06000062", "E10000021"),
        ("2023-04", "E06000063", "E10000006"),
        ("2023-04", "E06000064", "E10000006"),
    ],
)
def test_a_new_council_begins_from_the_last_judgement_before_it(start, code, before):
    table, cells = load_councils(start=start), held(start)[before]
    place = table.code.index(code)
    assert GRADES[table.grade[place]] == cells["grade"]
    assert table.months_since_judgement[place] == month_number(start, "start") - month_of(cells["published"])


def test_a_failure_of_the_council_before_is_remembered():
    table = load_councils(start="2021-04")
    assert [table.recovered[table.code.index(code)] for code in ("E06000061", "E06000062")] == [1, 1]


def spoil(folder, begin):
    """Write the tables into ``folder``, with every row that was published from ``begin`` on changed or left out."""
    for name in ("councils", "council_changes"):
        shutil.copy(EVIDENCE.joinpath(f"{name}.csv"), folder)
    for name in ("judgements", "later_judgements"):
        lines = list(csv.reader(EVIDENCE.joinpath(f"{name}.csv").read_text("utf-8").splitlines()))
        heading, rows = lines[0], lines[1:]
        kept = []
        for place, row in enumerate(rows):
            published = date.fromisoformat(row[2])
            if month_of(published) >= begin:
                if place % 3 == 0:
                    continue
                row[3] = GRADES[place % 4]
            kept.append(row)
        if not kept:
            kept = [["E06000001", "ilacs", "2026-03-31", "good", *rows[0][4:]]]
        with (folder / f"{name}.csv").open("w", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows([heading, *kept])


@settings(max_examples=12)
@given(LATER)
def test_what_was_published_after_the_start_does_not_move_it(tmp_path_factory, start):
    folder = tmp_path_factory.mktemp("spoilt")
    spoil(folder, month_number(start, "start"))
    assert [row.cells for row in england_rows(start, folder=folder)] == [row.cells for row in england_rows(start)]


def test_the_spoilt_tables_do_move_a_start_that_is_given_the_real_months(tmp_path):
    spoil(tmp_path, month_number("2019-04", "start"))
    real, spoilt = (england_rows("2019-04", real_months=True, folder=folder) for folder in (None, tmp_path))
    assert [row.cells for row in real] != [row.cells for row in spoilt]


@given(LATER)
def test_first_judgements_are_known_only_where_that_is_asked_for(start):
    assert set(load_councils(start=start).first_month) == {-1}
    begin, first = month_number(start, "start"), {}
    for cells in judgements():
        month = month_of(cells["published"]) - begin
        if month >= 0:
            first[cells["code"]] = min(month, first.get(cells["code"], month))
    real = load_councils(start=start, real_months=True)
    assert list(real.first_month) == [first.get(code, -1) for code in real.code]


def test_april_2018_knows_the_first_judgements_up_to_the_pause_or_all_or_none():
    known = [sum(month >= 0 for month in load_councils(real_months=real).first_month) for real in (None, True, False)]
    assert known == [109, 150, 0]


def test_the_real_months_are_not_asked_of_a_file(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("code,region,grade\na,x,good\nb,x,good\nc,x,good\n", "utf-8")
    with pytest.raises(InputError, match="real_months: expected England's councils, got a file"):
        load_councils(path, real_months=True)


@given(LATER, st.integers(0, 50))
def test_councils_are_judged_when_due_by_their_real_last_judgement_the_overdue_within_a_year(start, replicate):
    table, world = same_start(None, Scenario(start=start, pause="none"))
    chance = draw_chance(2018, replicate, 1, table.n, 9)
    c = Coefficients.of(Parameters(), Switches(), table.n, *world.for_coefficients())
    states, _, _ = open_states(table, chance, c, world.pause_months())
    luck, usual = chance.start["start_due"], (33, 38, 41, 40)
    due = [int(usual[g] + 12 * (u - 0.5)) - m
           for g, u, m in zip(table.grade, luck, table.months_since_judgement, strict=True)]  # fmt: skip
    overdue = sorted((i for i in range(table.n) if due[i] < 0), key=lambda i: (due[i], i))
    expected = dict(enumerate(due)) | {i: 12 * place // len(overdue) for place, i in enumerate(overdue)}
    assert [state.next_judgement for state in states] == [expected[i] for i in range(table.n)]


@pytest.mark.parametrize("start", ["2019-02", "2021-04", "2023-04", "2026-04"])
def test_quality_has_the_spread_of_england_at_any_start(start):
    """The spread is that of S1 (SD 1 in April 2018), a little more or less as grades lie; drift moves the middle."""
    table, world = same_start(None, Scenario(start=start))
    parameters = Parameters(national_drift=0.1)
    c = Coefficients.of(parameters, Switches(), table.n, *world.for_coefficients())
    spreads, scores = [], []
    for replicate in range(12):
        states, _, _ = open_states(table, draw_chance(5, replicate, 1, table.n, 9), c, world.pause_months())
        spreads.append(statistics.pstdev(state.quality for state in states))
        scores.append([state.quality for state in states])
    within = math.sqrt(variances(c)[0])
    assert 0.9 * within < statistics.fmean(spreads) < 1.15
    by_grade = [
        statistics.fmean(row[i] for row in scores for i in range(table.n) if table.grade[i] == grade)
        for grade in range(4)
    ]
    assert by_grade[1] < by_grade[2] < by_grade[3]
    assert Counter(table.framework)[ILACS] > 0


@pytest.mark.parametrize("start", ["2018-11", "2020-08", "2023-04", "2026-04"])
@pytest.mark.parametrize("regime", ["historical", "hybrid"])
def test_both_engines_open_and_run_the_same_from_any_start(start, regime):
    one, other = (simulate(regime, months=14, engine=engine, scenario=Scenario(start=start), parity="none")
                  for engine in ("mesa", "ensemble"))  # fmt: skip
    assert one.months.equals(other.months)
    assert list(map(repr, one.outcomes.values())) == list(map(repr, other.outcomes.values()))
