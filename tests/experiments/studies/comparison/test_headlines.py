"""Both choices of headline beside a comparison: when, on what, what the table says, and how it is told."""

import json
import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from experiments import load_results
from experiments.cli import main
from experiments.design.design import make_design
from experiments.files.digests import digest
from experiments.report.sections.headlines import headline_words
from experiments.results.workplace import Workplace
from experiments.studies.claims import for_comparison as beside
from experiments.studies.comparison.compare import compare_regimes
from experiments.studies.comparison.differences import comparison_table
from experiments.studies.comparison.headlines import (
    FEWEST_HEADLINE_DRAWS,
    HEADLINE_COLUMNS,
    HEADLINE_DRAWS,
    headline_choices,
    headline_conditions,
    headline_pairs,
    headline_trial,
    write_headlines,
)
from experiments.studies.comparison.publication import renew_report
from experiments.studies.comparison.runs import run_comparison
from experiments.text.verdicts import CLOSE, NO_VERDICT, PARITY_NOT_MET
from simulation.errors import InputError
from simulation.scenario import Scenario

pytestmark = pytest.mark.usefixtures("quick_pictures")

SMALL = {"regimes": ["peer_support", "hybrid"], "parities": ["pounds"], "draw": "prior", "replicates": 5}
PAIRS = [("peer_support", "partners_in_practice"), ("peer_support", "none"), ("partners_in_practice", "none")]


def late(**more):
    """A small comparison that begins in April 2026, when overall grades end."""
    return make_design(**(SMALL | {"sets": 4, "months": 48, "scenario": Scenario(start="2026-04")} | more))


def place_in(folder):
    place = Workplace(folder)
    place.make_ready()
    return place


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """The table of a small comparison, as its folder has it."""
    place = place_in(tmp_path_factory.mktemp("headlines") / "place")
    record = write_headlines(late(), place, parity="pounds", comparison_runs=60, workers=2)
    assert record == {"sets": 4, "replicates": 5, "runs": 120, "failed": 0}
    return pd.read_csv(place.path / "headlines.csv", encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("start", "headline", "choices"),
    [
        ("2024-04", "removed", ()),
        ("2018-04", "kept", ()),
        ("2024-05", "removed", ("removed", "kept")),
        ("2026-04", "kept", ("kept", "removed")),
        ("2026-04", "2027-01", ()),
        ("2025-01", "2026-04", ()),
    ],
)
def test_both_are_told_after_april_2024_unless_a_month_is_named(start, headline, choices):
    assert headline_choices(Scenario(start=start, headline=headline)) == choices


def test_the_regimes_of_the_answer_and_no_programme_are_run_under_both_at_one_parity():
    design = late(parities=["days", "pounds"], regimes=None)
    assert list(headline_pairs(design)) == PAIRS
    conditions = headline_conditions(design, "days")
    assert {(one.regime.name, one.headline) for one in conditions} == {
        (name, choice) for name in ("none", *PAIRS[0]) for choice in ("removed", "kept")
    }
    assert {one.parity for one in conditions} == {"days"}
    assert len(conditions) == 6
    alone = late(regimes=["partners_in_practice"])
    assert headline_pairs(alone) == (("partners_in_practice", "none"),)
    assert headline_conditions(late(scenario=Scenario(start="2024-04")), "days") == ()


def test_it_takes_a_tenth_of_the_runs_at_most_and_no_fewer_sets_than_a_verdict_may_take():
    design = late(sets=256, replicates=8, draw="plausible")
    for runs, draws in ((60, FEWEST_HEADLINE_DRAWS), (9000, 30), (31560, HEADLINE_DRAWS)):
        trial = headline_trial(design, "days", runs)
        assert sum(one.weight for one in trial.sets) == draws
        assert trial.replicates == 5
        assert draws == FEWEST_HEADLINE_DRAWS or 6 * 5 * draws <= runs / 10
    few = late()
    assert headline_trial(few, "days", 60).sets == few.sets


def test_a_row_is_what_a_comparison_under_that_choice_says(table, tmp_path):
    assert list(table) == list(HEADLINE_COLUMNS)
    assert list(zip(table["regime"], table["baseline"], strict=True)) == [pair for pair in PAIRS for _ in range(2)]
    for choice in ("removed", "kept"):
        design = late(scenario=Scenario(start="2026-04", headline=choice))
        runs = run_comparison(design, place_in(tmp_path / choice).blocks, engine="ensemble", workers=2)
        whole = comparison_table(runs.design, runs.gathered)
        for row in table[table["headline"] == choice].to_dict("records"):
            there = whole[(whole["outcome"] == "inadequate_months") & (whole["regime"] == row["regime"])]
            (there,) = there[there["baseline"] == row["baseline"]].to_dict("records")
            for name in set(HEADLINE_COLUMNS) & set(there):
                if isinstance(there[name], str):
                    assert row[name] == there[name], name
                else:
                    np.testing.assert_allclose(row[name], there[name], rtol=1e-12, err_msg=name)


def test_the_choice_moves_the_difference_by_what_lies_between_its_rows(table):
    assert list(table["own"]) == [True, False] * 3
    assert table.loc[table["own"], ["change", "change_error"]].isna().all(axis=None)
    moved = table[~table["own"]]
    assert (moved["change"] != 0).any()
    (own, other) = table[table["regime"] == "partners_in_practice"].to_dict("records")
    assert other["change"] == pytest.approx(other["difference"] - own["difference"])
    assert other["change_error"] > 0


def test_where_all_press_and_stigma_are_left_no_run_changes(tmp_path):
    design = late(sets=2, parameters={"headline_removed": 1.0})
    write_headlines(design, place_in(tmp_path / "place"), parity="pounds", comparison_runs=30)
    all_left = pd.read_csv(tmp_path / "place" / "headlines.csv", encoding="utf-8-sig")
    own, other = (
        all_left[all_left["own"] == of]
        .drop(columns=["headline", "own", "change", "change_error"])
        .reset_index(drop=True)
        for of in (True, False)
    )
    pd.testing.assert_frame_equal(own, other)
    assert (all_left.loc[~all_left["own"] & (all_left["worlds"] > 0), "change"] == 0).all()


# The folder


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A comparison of few short runs with its claims, both choices and its report."""
    out = tmp_path_factory.mktemp("told") / "told"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beside, "CLAIM_REPLICATES", 2)
        compare_regimes(late(sets=2, replicates=2, months=6, regimes=["peer_support"]), out, claims=True, workers=2)
    return out


def test_the_folder_the_report_and_the_brief_have_both(told):
    manifest = json.loads((told / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["headlines"]["runs"] == 60
    assert manifest["digests"]["headlines.csv"] == digest(told / "headlines.csv")
    results = load_results(told)
    (said,) = headline_words(results)
    for page in ("report.html", "brief.html"):
        assert said.replace("'", "&#39;") in (told / page).read_text(encoding="utf-8")
    report = (told / "report.html").read_text(encoding="utf-8")
    section = re.search(r'<section id="headlines">.*?</section>', report, re.DOTALL)[0]
    assert "Ofsted gives no overall grade" in section
    assert section.count(">kept<") == section.count(">removed from April 2026<") == 3
    with pytest.raises(InputError, match="expected both choices of headline"):
        _ = load_results_without(told).headlines


def load_results_without(folder):
    results = load_results(folder)
    results.manifest = {name: value for name, value in results.manifest.items() if name != "headlines"}
    return results


def test_a_report_made_again_is_the_same_and_wants_its_table(told):
    before = {name: digest(told / name) for name in ("report.html", "brief.html")}
    renew_report(told)
    assert {name: digest(told / name) for name in before} == before
    text = (told / "headlines.csv").read_bytes()
    try:
        (told / "headlines.csv").write_bytes(text + b"\n")
        with pytest.raises(InputError, match=r"expected headlines\.csv as it was written"):
            renew_report(told)
    finally:
        (told / "headlines.csv").write_bytes(text)


@pytest.mark.parametrize("scenario", [Scenario(start="2024-04"), Scenario(start="2026-04", headline="2026-06")])
def test_elsewhere_nothing_is_added(tmp_path, monkeypatch, scenario):
    monkeypatch.setattr(beside, "write_beside", lambda *_, **__: {"sets": 0})
    design = late(sets=2, replicates=2, months=6, regimes=["peer_support"], scenario=scenario)
    manifest = compare_regimes(design, tmp_path, claims=True, report=False).manifest
    assert "headlines" not in manifest
    assert not (tmp_path / "headlines.csv").exists()


def test_without_claims_nothing_is_added(tmp_path):
    design = late(sets=2, replicates=2, months=6, regimes=["peer_support"])
    manifest = compare_regimes(design, tmp_path).manifest
    assert "headlines" not in manifest | manifest["reported"]
    assert '<section id="headlines">' not in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_dry_run_counts_them_where_they_are_run(capsys):
    asked = ["compare", "--regimes", "peer_support", "--months", "6", "--dry-run", "--draw", "prior", "--sets", "12"]
    assert main(asked) == 0
    assert "for the other choice of --headline at most 360 runs" in capsys.readouterr().out
    for without in (["--no-claims"], ["--start", "2018-04"], ["--headline", "2027-01"]):
        assert main([*asked, *without]) == 0
        assert "--headline" not in capsys.readouterr().out


# The sentence


def row(headline, verdict, change=np.nan, error=np.nan):
    numbers = dict.fromkeys(
        ("difference", "difference_error", "share", "share_error", "worlds_low", "worlds_high", "gains", "losses"), 0.0
    )
    return numbers | {
        "headline": headline, "own": headline == "removed", "unit": "council-months", "better": "lower",
        "parity": "pounds", "regime": "peer_support", "baseline": "partners_in_practice", "within": 0.0,
        "matters": 10.0, "parity_met": 1.0, "worlds": 20, "left_out": 0.0, "replicates": 5, "verdict": verdict,
        "change": change, "change_error": error,
    }  # fmt: skip


def says(own, other, change=np.nan, error=np.nan, part=""):
    table = pd.DataFrame([row("kept", other, change, error), row("removed", own)])
    case = SimpleNamespace(focus="peer_support", rival="partners_in_practice", part=part, words=lambda name: name[:5])
    return headline_words(SimpleNamespace(case=case, manifest={"headlines": {}}, headlines=table))


def test_the_sentence_says_both_verdicts_and_how_far_the_difference_moves():
    assert says(CLOSE, CLOSE, 12.0, 3.0) == (
        (
            "With overall grades kept throughout, a small trial gives the same verdict on peer_ against partn: too "
            "close to call; the mean difference moves by +12 ±3 council-months."
        ),
    )
    assert says("likely better", CLOSE, 0.0, 0.0) == (
        (
            "With overall grades kept throughout, a small trial gives another verdict on peer_ against partn: too "
            "close to call in place of likely better; no run of these two changes."
        ),
    )
    nothing = ("With overall grades kept throughout, a small trial gives no verdict on peer_ against partn.",)
    assert says(NO_VERDICT, NO_VERDICT) == says("likely better", PARITY_NOT_MET, 5.0, 2.0) == nothing
    assert says(CLOSE, CLOSE, 12.0, 3.0, part="region North East") == ()
