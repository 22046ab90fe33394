"""The scoring script: bets beside results, kept and used again; bad input is told, and nothing is overwritten."""

import shutil

import pandas as pd
import pytest
from bets import BETS
from rounds import read_workshop
from score import main
from scoreboard import HOW, SCORES_COLUMNS

from experiments.files.whole import read_csv

HEAD = ",".join(BETS.column_names)
FILES = ["scores.csv", "scores.html", "scores.png"]


@pytest.fixture
def scored(scored_example, tmp_path):
    """A copy of what was scored, for one test to change."""
    return shutil.copytree(scored_example, tmp_path / "results")


@pytest.fixture
def score(small, scored, tmp_path, capsys):
    """Scores rows of bets on what was compared for the example; returns the exit code and what was said."""

    def run(*rows, head=HEAD, rounds=small):
        path = tmp_path / "bets.csv"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        code = main([str(path), "--rounds", str(rounds), "--results", str(scored)])
        return code, capsys.readouterr()

    return run


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.glob("scores.*")}


def test_the_example_gives_a_table_a_picture_and_a_page(scored, place):
    assert sorted(path.name for path in scored.glob("scores.*")) == FILES
    bets = pd.read_csv(place / "bets_example.csv")
    table = read_csv(scored / "scores.csv")
    assert list(table) == list(SCORES_COLUMNS)
    assert table["group"].tolist() == bets["group"].tolist()
    share, chance = table["share"], table["chance"]
    kept = 100 * (1 - share * (1 - chance) ** 2 - (1 - share) * chance**2)
    assert table["points"].tolist() == pytest.approx(kept.tolist(), nan_ok=True)
    page = (scored / "scores.html").read_text(encoding="utf-8")
    assert "Round 4. A programme of your own" in page
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org", "")


def test_bets_on_some_rounds_are_scored_beside_what_was_kept(score, scored):
    before = {path: path.stat().st_mtime_ns for path in scored.rglob("manifest.json")}
    code, said = score("One,1,peer_support,70,10,best_gap", "Two,1,partners_in_practice,50", "Two,3,peer_support,50")
    assert code == 0
    assert "Round 1. Few strong partners, or many peers" in said.out
    assert "Round 2" not in said.out
    assert HOW in said.out
    table = read_csv(scored / "scores.csv").set_index(["group", "round"])
    assert table.loc[("Two", 1), "points"] == pytest.approx(75)
    assert table.loc[("One", 1), "fewer_came"] == pytest.approx(-table.loc[("One", 1), "difference"])
    assert table.loc[("Two", 1), "fewer_came"] == pytest.approx(table.loc[("One", 1), "difference"])
    assert {path: path.stat().st_mtime_ns for path in scored.rglob("manifest.json")} == before


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (["a,1,peer_suport,60"], 1),
        (["a,1,peer_support,20", "b,7,peer_support,60", "c,1,peer_support,60,x"], 3),
        ([], 1),
    ],
)
def test_bad_bets_are_told_and_nothing_is_overwritten(score, scored, rows, lines):
    before = contents(scored)
    code, said = score(*rows)
    assert code == 2
    assert said.err.count("\n") == lines
    assert all(line.startswith("score: ") for line in said.err.splitlines())
    assert said.out == ""
    assert contents(scored) == before


def test_results_of_other_rounds_are_refused(score, scored, small, tmp_path):
    other = tmp_path / "rounds.toml"
    other.write_text(small.read_text(encoding="utf-8").replace("months = 12", "months = 13"), encoding="utf-8")
    before = contents(scored)
    code, said = score("a,1,peer_support,60", rounds=other)
    assert code == 2
    assert "round-1" in said.err.splitlines()[-1]
    assert contents(scored) == before


@pytest.mark.parametrize("arguments", [[], ["no_such.csv"], ["bets.csv", "--nonsense"]])
def test_a_command_that_is_wrong_is_one_sentence(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(small, place, tmp_path, capsys):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    code = main([str(place / "bets_example.csv"), "--rounds", str(small), "--results", str(blocked)])
    assert code == 2
    assert f"score: cannot use {blocked / 'round-1'}: " in capsys.readouterr().err.splitlines()[-1]


def test_the_small_workshop_is_that_of_the_pages_in_all_else(small, workshop):
    assert read_workshop(small).rounds == workshop.rounds
