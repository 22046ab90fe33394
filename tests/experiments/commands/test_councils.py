"""Councils of one's own, few or many and after what the evidence covers, through every command that takes them."""

import json

import pytest

import experiments.report
from experiments.cli import main
from experiments.results.store import load_results
from simulation.councils import load_councils

GRADES = ("inadequate", "requires_improvement", "good", "outstanding")
FEW_RUNS = ["--months", "3", "--sets", "2", "--replicates", "2"]


@pytest.fixture(params=[3, pytest.param(5000, marks=pytest.mark.slow)], ids=["3", "5000"])
def own(request, tmp_path):
    path = tmp_path / "own.csv"
    lines = [f"c{i:04},r{i % 9},{GRADES[i % 4]},2025-0{1 + i % 9}-01" for i in range(request.param)]
    path.write_text("\n".join(["code,region,grade,judged_on", *lines, ""]), "utf-8")
    return path


def sli(*arguments):
    return main([str(argument) for argument in arguments])


def test_they_are_compared_claims_and_report_too(own, tmp_path):
    out = tmp_path / "out"
    options = ["--councils", own, "--start", "2026-04", *FEW_RUNS, "--regimes", "peer_support", "--parity", "pounds"]
    assert sli("compare", *options, "--claims", "--out", out) == 0
    results = load_results(out)
    assert results.case.start == "2026-04"
    assert not results.case.england
    assert (out / "report.html").is_file()
    assert sli("report", out) == 0


def test_claims_are_tested_on_them(own, tmp_path):
    options = ["--councils", own, "--start", "2026-04", *FEW_RUNS, "--claims", "1,4,9"]
    assert sli("knockout", *options, "--out", tmp_path / "out") == 0


def test_one_run_is_made_of_them(own, tmp_path):
    options = ["--councils", own, "--start", "2026-04", "--regime", "peer_support", "--months", "3"]
    assert sli("run", *options, "--out", tmp_path / "out") == 0


def test_the_exported_table_gives_the_results_of_the_shipped_one(capsys, tmp_path, monkeypatch):
    assert sli("councils", "--export", "--start", "2026-04") == 0
    table = tmp_path / "england.csv"
    table.write_text(capsys.readouterr().out, "utf-8")
    monkeypatch.setattr(experiments.report, "write_report", lambda *_, **__: None)
    common = ["--months", "3", "--sets", "2", "--replicates", "2", "--regimes", "peer_support", "--no-claims"]
    assert sli("compare", *common, "--out", tmp_path / "shipped") == 0
    assert sli("compare", *common, "--councils", table, "--out", tmp_path / "own") == 0
    shipped, own = (json.loads((tmp_path / name / "manifest.json").read_text("utf-8")) for name in ("shipped", "own"))
    assert own["fingerprint"] == shipped["fingerprint"]
    assert own["digests"] == shipped["digests"]
    assert load_results(tmp_path / "own").case.england
    assert capsys.readouterr().out.startswith(
        "153 councils of England from April 2026 to June 2026; the latest month that the tables cover: --start takes "
        "another\n"
    )


@pytest.mark.parametrize(("start", "number"), [("2018-04", 152), ("2019-04", 151), ("2026-04", 153)])
def test_the_councils_of_a_month_are_listed_with_their_grades(capsys, start, number):
    assert sli("councils", "--start", start) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{number} councils at {start}"
    table = load_councils(start=start)
    listed = lines[6:]
    assert [line.split()[0] for line in listed] == list(table.code)
    assert all(GRADES[grade] in line for grade, line in zip(table.grade, listed, strict=True))


def test_the_councils_of_a_month_say_when_they_are_due(capsys):
    assert sli("councils", "--start", "2026-04", "--region", "North East") == 0
    rows = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()[6:]}
    assert len(rows) == 12
    assert "2024-05" in rows["E06000001"]
    assert rows["E06000001"].endswith("2027-09")
    assert rows["E06000002"].endswith("2026-07")
    overdue = [line for line in rows.values() if line.endswith("overdue")]
    assert 0 < len(overdue) < 12


def test_april_2018_lists_the_real_months(capsys):
    assert sli("councils", "--start", "2018-04", "--region", "North East") == 0
    rows = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()[6:]}
    assert rows["E06000001"].endswith("2018-08")
    assert rows["E06000003"].endswith("after the pause")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--export", "--template"], "--export: expected either --export or --template, got both"),
        (["--region", "London"], "--region: expected --export or --start beside it, got neither"),
        (["--start", "2019-04", "--template"], "--start: expected --export or nothing beside it, got --template"),
        (["--start", "2026-05"], "start: expected a month from 2018-04 to 2026-04"),
        (["--start", "2026-04", "--region", "Londn"], "(nearest: London)"),
        (["--export", "--region", "Londn"], "(nearest: London)"),
    ],
)
def test_options_that_do_not_go_together_are_refused(capsys, options, said):
    assert sli("councils", *options) == 2
    assert said in capsys.readouterr().err
