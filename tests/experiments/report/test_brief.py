"""The brief: what it holds, in its order, and the command that makes its numbers again."""

import math
import re
import shlex
import shutil
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from experiments.cli import main
from experiments.commands import compare as compare_command
from experiments.design.design import make_design
from experiments.report.brief import MOST_REGIMES, make_brief
from experiments.report.build import REPORT_TITLE
from experiments.report.repeat import command
from experiments.report.sections.knowing import knowing_words
from experiments.report.sections.turns import turn_words
from experiments.results.store import load_results
from experiments.studies.comparison import compare as compare_study
from experiments.studies.comparison.publication import renew_report
from simulation.scenario import Scenario
from simulation.switches import Switches


@pytest.fixture(scope="module")
def folder(small_results, tmp_path_factory):
    copy = tmp_path_factory.mktemp("brief") / "small"
    shutil.copytree(small_results.folder, copy)
    renew_report(copy)
    return copy


@pytest.fixture(scope="module")
def text(folder):
    return (folder / "brief.html").read_text(encoding="utf-8")


def test_its_parts_stand_in_their_order(text):
    wanted = [
        "The answer",
        "In one picture",
        "What it costs",
        "Regions, and who gains and who gives",
        "What turns the answer round",
        "What it cannot say",
        "How to repeat it",
        "Words used here",
    ]
    assert re.findall(r"<h2>(.*?)</h2>", text) == wanted
    assert text.count("<img") == 1


def test_the_question_has_its_dates(text):
    assert "from April 2018 to October 2018" in re.search(r"<h1>.*?</p>", text, re.DOTALL)[0]
    assert "10 years" not in text


def test_it_needs_nothing_else(text):
    bare = re.sub(r"base64,[A-Za-z0-9+/=]+", "", text)
    assert not re.search(r"url\(|@import|https?://|<script|<link", bare)


def test_the_picture_says_what_it_shows(small_results):
    picture = make_brief(small_results, REPORT_TITLE).picture
    assert "Broad peer support: no verdict" in picture.alt


def test_there_is_room_for_so_many_regimes_and_the_headline_is_among_them(small_results):
    results = load_results(small_results.folder)
    own = [f"mine_{place}" for place in range(20)]
    results.case = replace(results.case, regimes=("none", "partners_in_practice", *own, "peer_support"))
    table = make_brief(results, REPORT_TITLE).regimes
    assert len(table.rows) == MOST_REGIMES
    assert {"Partners in Practice", "Broad peer support"} <= {row[0] for row in table.rows}
    assert "13 more stand in report.html" in table.caption


def test_every_regime_and_term_that_it_uses_is_explained(small_results):
    explained = dict(make_brief(small_results, REPORT_TITLE).words)
    regimes = {"No programme", "Partners in Practice", "Broad peer support", "Hybrid"}
    assert {"Regret", "Parity", "Council-month inadequate"} | regimes <= set(explained)
    assert all(explained.values())


def test_few_worlds_cannot_tell_what_turns_the_answer(small_results):
    (said,) = make_brief(small_results, REPORT_TITLE).turns
    assert re.fullmatch(
        r"With \d+ worlds it cannot be told which uncertain numbers decide; it takes at least 40\.", said
    )


# The command


def asked(arguments, monkeypatch):
    """The design that a command asks for."""
    designs = []

    def take(design, *_, **__):
        designs.append(design)
        return SimpleNamespace(manifest={"failed": 0})

    monkeypatch.setattr(compare_study, "compare_regimes", take)
    monkeypatch.setattr(compare_command, "_say_results", lambda *_: None)
    assert main(arguments) == 0
    return designs[0]


@pytest.mark.parametrize(
    "choices",
    [
        {"sets": 4, "replicates": 2, "regimes": ["peer_support"]},
        {"sets": 4, "replicates": 2, "draw": "prior", "levers": "fixed", "parities": ["days", "none"], "seed": 7},
        {"sets": 1, "replicates": 3, "parities": ["pounds"], "months": 12},
        {
            "sets": 3,
            "replicates": 2,
            "scenario": Scenario(funding="half", poverty_tilt=1.0, pause="none", headline="2027-04", start="2019-04"),
            "switches": Switches(labels="off"),
            "matters": {"inadequate_months": 40.0},
        },
        {"sets": 1, "replicates": 3, "scenario": Scenario(start="2026-04")},
    ],
)
def test_the_command_asks_for_the_same_design(choices, small_results, monkeypatch):
    design = make_design(**({"months": 7} | choices))
    results = load_results(small_results.folder)
    results.manifest = {
        **small_results.manifest,
        "design": design.describe(),
        "levers": design.levers,
        "draws": design.draws,
        "most_draws": design.draws,
    }
    results.sets = results.sets.iloc[: 1 if len(design.sets) == 1 else None]
    results.case = replace(results.case, england=True)
    said = command(results)
    assert said.startswith("sli compare ")
    start = design.scenario.start
    assert (f"--start {start}" in said) == (start != "2026-04")
    assert asked(shlex.split(said)[1:], monkeypatch).fingerprint == design.fingerprint


def test_files_of_one_s_own_are_named_in_capitals(small_results):
    results = load_results(small_results.folder)
    design = small_results.manifest["design"]
    own = {**design["regimes"], "mine": design["regimes"]["hybrid"]}
    results.manifest = {**small_results.manifest, "design": {**design, "regimes": own, "origin": {"kind": "file"}}}
    results.case = replace(results.case, england=False)
    said = command(results)
    for name in ("--regime MINE.toml", "--design SETS.csv", "--councils COUNCILS.csv"):
        assert name in said


def test_it_says_what_an_unpaid_day_counts_for_where_pounds_are_equal(text):
    assert "Equal pounds count each of these days at £600, an assumption, beside the cash." in text


@pytest.mark.parametrize("turns", [False, True])
def test_it_says_where_no_single_number_turns_the_answer(many_worlds, turns):
    said = turn_words(many_worlds(turns))
    assert (said[0] == "No single number turns the answer round; these move it most.") is not turns
    assert ("changes its sign (95% interval 0.21 to 0.42)" in said[-1]) is turns
    assert "above 0.30 " in said[-1] if turns else "above 0.300 " in said[-1]


@pytest.fixture
def many_worlds(small_results):
    """The small comparison as if it had a hundred worlds and one number that decides."""
    case = small_results.case
    pair = case.row(case.focus, case.rival)

    def make(turns, **knowing):
        ends = {"value_low": 0.21, "value_high": 0.42} if turns else {"value_low": math.nan, "value_high": math.nan}
        one = {"parameter": "transfer_rate", "value": 0.3, "share_above": 0.9, "share_below": 0.8, "turns": turns}
        worth = {"parity": case.parity, "kind": "group", "name": "what giving costs", "worth": 21.4, "price": 50_000.0}
        worth |= {"worth_error": 5.2, "worth_bias": 0.4, "pounds": 1_070_000.0} | knowing
        return SimpleNamespace(
            case=replace(case, rows=(replace(pair, worlds=100),)),
            turns=pd.DataFrame([one | ends | {"parity": case.parity, "place": 1}]),
            knowing=pd.DataFrame([worth]),
        )

    return make


def test_it_says_what_would_be_worth_knowing_and_for_how_much(many_worlds):
    (said,) = knowing_words(many_worlds(turns=True))
    begun = "Most worth finding out before choosing between these two: what giving costs (21 ±5 council-months"
    assert said.startswith(f"{begun}, £1.07 million), where ")
    (said,) = knowing_words(
        many_worlds(turns=True, kind="number", name="transfer_rate", price=math.nan, pounds=math.nan)
    )
    assert "practice learnt from support (21 ±5 council-months), where " in said


def test_it_says_where_nothing_can_be_seen_to_be_worth_knowing(many_worlds):
    (said,) = knowing_words(many_worlds(turns=True, worth_error=15.0))
    assert said.startswith("Nothing that is uncertain can be seen to be worth finding out")
    assert "what giving costs comes first, with 21 ±15 council-months" in said
