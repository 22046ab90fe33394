"""Deposits: made, sealed, read, and scored by later judgements."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from experiments.cli import main
from experiments.files.digests import digest_of
from experiments.studies.judgements import DepositDesign, make_deposit, read_deposit, score_deposit
from experiments.studies.judgements.deposit_runs import group_counts, group_names, quarter_ends
from experiments.studies.judgements.deposit_scores import start_mix
from experiments.studies.judgements.deposit_text import deposit_lines, scored_lines
from experiments.studies.judgements.known import councils_at, known_rows
from experiments.studies.judgements.scores import ranked_probability_score
from simulation.errors import InputError

DESIGN = DepositDesign(start="2019-04", years=2, sets=3, replicates=2)
TINY = (
    "code,framework,published,grade\n"
    "E06000001,ilacs,2018-12-01,outstanding\n"
    "E06000001,ilacs,2019-05-02,inadequate\n"
    "E06000002,ilacs,2019-08-30,good\n"
    "E06000003,ilacs,2019-11-02,outstanding\n"
)


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("deposits")


@pytest.fixture(scope="session")
def path(home):
    make_deposit(DESIGN, home / "made.json")
    return home / "made.json"


@pytest.fixture(scope="session")
def judgements(home):
    (home / "later.csv").write_text(TINY)
    return home / "later.csv"


@pytest.fixture
def changed(path, tmp_path):
    """Writes the deposit with something changed, sealed anew or not."""

    def write(change, *, sealed):
        content = json.loads(path.read_text())
        change(content)
        if sealed:
            content["digest"] = digest_of({name: value for name, value in content.items() if name != "digest"})
        (tmp_path / "changed.json").write_text(json.dumps(content))
        return tmp_path / "changed.json"

    return write


def test_quarters_end_by_the_calendar():
    assert quarter_ends("2019-04", 12) == (2, 5, 8, 11)
    assert quarter_ends("2019-03", 7) == (0, 3, 6)


def test_a_deposit_holds_the_chances_of_every_group_and_quarter(path):
    deposit = read_deposit(path)
    councils = councils_at(12)
    assert deposit.months == ("2019-06", "2019-09", "2019-12", "2020-03", "2020-06", "2020-09", "2020-12", "2021-03")
    assert [(one.kind, one.group) for one in deposit.groups] == list(group_names(councils))
    assert len(deposit.groups) == 1 + 9 + 5
    for one in deposit.groups:
        assert one.chances.shape == (8, 4)
        assert one.chances.sum(axis=1) == pytest.approx(np.ones(8))
    country, *others = deposit.groups
    for kind in ("region", "deprivation_fifth"):
        own = [one for one in others if one.kind == kind]
        assert sum(one.councils for one in own) == country.councils == councils.n
        assert sum(one.chances * one.councils for one in own) == pytest.approx(country.chances * country.councils)
    # Soon after the start most hold what they held then.
    assert country.chances[0] == pytest.approx(country.at_start / country.councils, abs=0.06)


def test_a_deposit_says_who_made_it_when_and_how_and_names_no_council(path):
    deposit = read_deposit(path)
    assert deposit.record["version"]
    assert deposit.settings["seed"] == 2018
    assert set(deposit.settings) >= {"sets", "replicates", "draw", "switches", "set", "model", "councils", "fitted_to"}
    text = "\n".join([path.read_text(), *deposit_lines(deposit, "made.json")])
    assert not re.search(r"E\d{8}", text)
    assert not any(name in text for name in councils_at(12).name if len(name) > 6)
    assert "cannot be bent" in text
    assert list(deposit_lines(deposit, "made.json"))[-1] == f"digest: {deposit.digest}"


def test_the_same_design_gives_the_same_chances(path, tmp_path):
    again = make_deposit(DESIGN, tmp_path / "again.json")
    assert [one.chances.tolist() for one in again.groups] == [one.chances.tolist() for one in read_deposit(path).groups]


def test_a_deposit_is_never_written_over(path, tmp_path):
    before = path.read_bytes()
    with pytest.raises(InputError, match="expected a name that is not taken"):
        make_deposit(DESIGN, path)
    assert path.read_bytes() == before
    with pytest.raises(InputError, match="expected a name that is not taken"):
        make_deposit(DESIGN, tmp_path)


def test_a_changed_deposit_is_refused(changed):
    def nearer(content):
        content["groups"][0]["chances"][0][0] += 1e-9

    with pytest.raises(InputError, match="it was changed"):
        read_deposit(changed(nearer, sealed=False))
    assert read_deposit(changed(nearer, sealed=True)).groups
    with pytest.raises(InputError, match="it was changed"):
        read_deposit(changed(lambda content: content.update(made="2018-01-01"), sealed=False))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda content: content.update(form="other"), "expected a deposit of sli forecast"),
        (lambda content: content.pop("months"), "got no months"),
        (lambda content: content["groups"][0]["chances"].pop(), "a row of chances a month"),
        (lambda content: content.update(made="today"), "expected a deposit whose groups"),
    ],
)
def test_another_file_is_refused(changed, change, says):
    with pytest.raises(InputError, match=re.escape(says)):
        read_deposit(changed(change, sealed=True))


def test_grades_held_are_scored_by_the_chances_of_the_group(path, judgements):
    deposit, councils = read_deposit(path), councils_at(12)
    found = score_deposit(deposit, judgements)
    assert (found.used, found.outside) == (2, 2)
    table = found.table.set_index(["month", "kind", "score"])
    assert list(dict.fromkeys(found.table["month"])) == ["2019-06", "2019-09"]
    assert found.table.groupby("month")["judgements"].first().to_dict() == {"2019-06": 1, "2019-09": 2}
    grades = np.array(councils.grade)
    grades[councils.code.index("E06000001")] = 0
    grades[councils.code.index("E06000002")] = 2
    own = table.loc[("2019-09", "country", "ranked_probability_score")]
    for column, chances in (("forecast", deposit.groups[0].chances[1]), ("mix_at_start", start_mix(deposit.groups[0]))):
        by_hand = ranked_probability_score(np.tile(chances, (councils.n, 1)), grades).mean()
        assert own[column] == pytest.approx(by_hand)
    assert own["difference"] == pytest.approx(own["forecast"] - own["mix_at_start"])
    assert (found.table["councils"] == councils.n).all()
    assert len(found.table) == 2 * 3 * 2


def test_the_month_to_which_a_file_is_complete_can_be_said(path, judgements):
    found = score_deposit(read_deposit(path), judgements, "2020-03")
    assert found.table["month"].max() == "2020-03"
    assert found.used == 3
    assert "3 judgements of later.csv used; 1 others passed over" in list(scored_lines(found))


def test_no_council_is_named_where_a_deposit_is_scored(path, tmp_path):
    rows = [row.cells for row in sorted(known_rows(), key=lambda row: (row.cells["code"], row.cells["published"]))]
    lines = [f"{row['code']},{row['framework']},{row['published']},{row['grade']}\n" for row in rows]
    (tmp_path / "all.csv").write_text("code,framework,published,grade\n" + "".join(lines))
    found = score_deposit(read_deposit(path), tmp_path / "all.csv", "2021-03")
    text = "\n".join(scored_lines(found))
    assert not re.search(r"E\d{8}", text)
    counts = sum("2019-04" <= f"{row['published']:%Y-%m}" <= "2021-03" for row in rows)
    assert f"{counts} judgements of all.csv used" in text
    assert "no overall grade" not in text


def test_a_deposit_from_a_month_that_is_known_already_is_not_before_the_facts(path, judgements):
    deposit = read_deposit(path)
    words = "not before the facts: the tables know the judgements from 2019-04 on already; no blind test"
    for lines in (deposit_lines(deposit, "made.json"), scored_lines(score_deposit(deposit, judgements))):
        assert any(line.startswith(words) for line in lines)
    newest = replace(deposit, start=DepositDesign().start)
    assert not any("before the facts:" in line for line in deposit_lines(newest, "made.json"))


def test_groups_hold_every_council_thrice():
    councils = councils_at(0)
    counts = group_counts(np.array(councils.grade), councils)
    assert counts.sum() == 3 * councils.n
    assert counts[0].tolist() == [23, 72, 54, 3]


def test_the_command_deposits_and_scores(tmp_path, judgements, capsys):
    out = tmp_path / "own.json"
    making = ("--start", "2019-04", "--years", 1, "--sets", 2, "--replicates", 1, "--set", "collapse_rate=0.07")
    assert main(["forecast", "--out", str(out), "--workers", "1", *map(str, making)]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[-1] == f"digest: {read_deposit(out).digest}"
    assert read_deposit(out).settings["set"] == {"collapse_rate": 0.07}
    assert main(["forecast", "--score", str(out), "--judgements", str(judgements)]) == 0
    assert "2 judgements of later.csv used" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "expected --out to deposit a forecast or --score to score one, got neither"),
        (("--out", "NEW", "--score", "MADE"), "got both"),
        (("--out", "MADE"), "expected a name that is not taken"),
        (("--out", "NEW", "--judgements", "LATER"), "--judgements: expected it with --score alone"),
        (("--out", "NEW", "--to", "2019-06"), "--to: expected it with --score alone"),
        (("--out", "NEW", "--years", "0"), "years: expected a whole number from 1 to 20, got 0"),
        (("--out", "NEW", "--start", "2017-01"), "start: expected a month from 2018-04"),
        (("--out", "NEW", "--draw", "prio"), "draw: expected plausible or prior, got 'prio' (nearest: prior)"),
        (("--out", "NEW", "--switch", "colapse=off"), "nearest: collapse"),
        (("--score", "MADE"), "--score: expected --judgements FILE.csv beside it, got none"),
        (("--score", "MADE", "--judgements", "LATER", "--sets", "2"), "--sets: expected it with --out alone"),
        (("--score", "LATER", "--judgements", "LATER"), "expected a JSON file, got what is not JSON text"),
        (("--score", "NEW", "--judgements", "LATER"), "expected a JSON file, got no such file"),
        (("--score", "MADE", "--judgements", "LATER", "--to", "2019-05"), "expected judgements to 2019-06 or later"),
        (("--score", "MADE", "--judgements", "EARLY", "--to", "2019-06"), "expected judgements from 2019-04 on"),
        (("--score", "MADE", "--judgements", "UNKNOWN"), "or of one made since, got 'E06000099'"),
    ],
)
def test_bad_input_is_one_sentence_and_writes_nothing(path, judgements, tmp_path, capsys, options, says):
    (tmp_path / "early.csv").write_text("code,framework,published,grade\nE06000001,ilacs,2019-01-01,good\n")
    (tmp_path / "unknown.csv").write_text("code,framework,published,grade\nE06000099,ilacs,2019-07-01,good\n")
    names = {
        "NEW": tmp_path / "new.json",
        "MADE": path,
        "LATER": judgements,
        "EARLY": tmp_path / "early.csv",
        "UNKNOWN": tmp_path / "unknown.csv",
    }
    assert main(["forecast", *(str(names.get(text, text)) for text in options)]) == 2
    said = capsys.readouterr().err.strip()
    assert says in said
    assert "\n" not in said
    assert not (tmp_path / "new.json").exists()


def test_a_deposit_of_other_grades_at_the_start_is_not_scored(changed, judgements):
    def other(content):
        content["groups"][0]["at_start"][0] += 1

    with pytest.raises(InputError, match="expected the grades that the deposit has at its start, 2019-04"):
        score_deposit(read_deposit(changed(other, sealed=True)), judgements)
